"""The talent file as a list: a sheet per pool, notes, options, nobody else's pools."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import access
from awards.listings.base import Selection
from awards.listings.registry import LISTINGS
from awards.worklist import Filters
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db
TALENT = LISTINGS["talent-file"]


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


def chosen(bureau, **options):
    return Selection(
        bureau=bureau,
        scope=access.scope_of(bureau),
        filters=Filters(q=options.pop("q", ""), region=options.pop("region", "")),
        at=desk.AT,
        options=options,
    )


def test_a_sheet_per_pool_with_what_is_wrong_in_the_note(bureau, officer):
    wang = desk.make_person("王芳", 1, unit="成都一厂")
    li = desk.make_person("李强", 2, region="510300")
    desk.make_grade(wang, 4)
    pools.make_title(wang)
    pools.make_sanction(li)
    skilled = pools.make_pool(bureau, officer)
    teachers = pools.make_pool(bureau, officer, "师资库", kind="teacher")
    for pool, person in ((skilled, wang), (teachers, wang), (teachers, li)):
        pools.enter(pool, person, officer)
    other = desk.make_bureau("510100", "成都市人力资源和社会保障局")
    clerk = desk.make_officer(other, "zhao")
    pools.enter(pools.make_pool(other, clerk, "市库"), wang, clerk)

    lines = list(TALENT.lines(chosen(bureau)))

    assert [(line.sheet, line.cells["name"]) for line in lines] == [
        ("高技能人才库", "王芳"),
        ("师资库", "李强"),
        ("师资库", "王芳"),
    ]
    first = lines[0].cells
    assert (first["grade_held"], first["occupation"]) == ("技师", "焊工")
    assert (first["titles"], first["document"]) == ("全国技术能手", pools.PAPER)
    assert lines[1].cells["note"] == "有诚信记录"
    assert TALENT.people(chosen(bureau)) == 2
    only = TALENT.lines(chosen(bureau, pool=str(teachers.pk), q="wangfang"))
    assert [line.sheet for line in only] == ["师资库"]
    assert list(TALENT.lines(chosen(bureau, state="left"))) == []
    assert list(TALENT.lines(chosen(bureau, pool="x"))) == []
    assert {key.column.key for key in TALENT.columns} >= set(first)


def test_lines_take_as_many_queries_for_many_as_for_one(bureau, officer):
    pool = pools.make_pool(bureau, officer)

    def queries(serial):
        person = desk.make_person(f"王芳{serial}", serial, unit=f"单位{serial}")
        desk.make_grade(person, 4)
        pools.enter(pool, person, officer)
        with CaptureQueriesContext(connection) as captured:
            found = len(list(TALENT.lines(chosen(bureau))))
        return found, len(captured)

    first, second, third = queries(1), queries(2), queries(3)

    assert (first[0], second[0], third[0]) == (1, 2, 3)
    assert first[1] == second[1] == third[1]
