"""The talent file in figures: people once, ages only where a birth date is known."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import access
from awards.actions import talent
from awards.queries.talent_figures import Bar, Year, figures_of
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_people_are_counted_once_and_the_unknown_is_said():
    bureau = desk.make_bureau()
    officer = desk.make_officer(bureau)
    skilled = pools.make_pool(bureau, officer)
    teachers = pools.make_pool(bureau, officer, "师资库", kind="teacher")
    wang, li = desk.make_person("王芳", 1), desk.make_person("李强", 2, region="510300")
    merged = desk.make_person("王芳", 3)
    desk.make_grade(merged, 5)
    li.birth_on = None
    li.save()
    for pool, person in ((skilled, wang), (teachers, merged), (skilled, li)):
        pools.enter(pool, person, officer)
    merged.survivor = wang
    merged.save()
    gone = pools.enter(teachers, li, officer)
    talent.leave_pool(gone, reason="退休", left_on=TODAY, by=officer, at=pools.AT)

    found = figures_of(access.pool_entries_for(officer), TODAY)

    assert (found.people, found.entries, found.age_unknown) == (2, 3, 1)
    assert found.by_pool == (
        Bar(str(skilled.pk), "高技能人才库", 2),
        Bar(str(teachers.pk), "师资库", 1),
    )
    assert found.by_grade == (Bar("5", "高级技师", 1), Bar("", "", 1))
    assert found.by_occupation == (Bar("6-18-02-04", "焊工", 1),)
    assert found.by_region == (
        Bar("510100", "四川省成都市", 1),
        Bar("510300", "四川省自贡市", 1),
    )
    assert found.by_age == (Bar("30", "30–39", 1),)
    assert found.years == (Year(2025, 4, 0), Year(2026, 0, 1))


def test_an_empty_file_has_no_bars():
    officer = desk.make_officer(desk.make_bureau())

    found = figures_of(access.pool_entries_for(officer), TODAY)

    assert (found.people, found.by_pool, found.by_grade, found.years) == (0, (), (), ())


def test_figures_take_a_fixed_number_of_queries():
    bureau = desk.make_bureau()
    officer = desk.make_officer(bureau)
    pool = pools.make_pool(bureau, officer)

    def queries(serial):
        person = desk.make_person(f"王芳{serial}", serial)
        desk.make_grade(person, 4)
        pools.enter(pool, person, officer)
        rows = access.pool_entries_for(officer)
        with CaptureQueriesContext(connection) as captured:
            figures_of(rows, TODAY)
        return len(captured)

    assert [queries(serial) for serial in range(3)] == [3, 3, 3]
