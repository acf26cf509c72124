"""What stands in a lifetime file, from where, and for whose eyes."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.lifetime import Viewer, as_plain, digest_of, lifetime_of
from awards.models import PersonLook
from competitions.models import Appointment, EntryCoach, EntryExpert
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


def read(person, bureau=None, **given):
    viewer = Viewer.PERSON if bureau is None else Viewer.BUREAU
    return lifetime_of(person, viewer=viewer, bureau=bureau, at=desk.AT, **given)


def section(file, key):
    return next(part for part in file.sections if part.key == key).lines


def test_a_result_stands_as_published_with_its_release(bureau):
    people = [desk.make_person("王芳", 1), desk.make_person("李强", 2)]
    release, _skill, _entries = desk.make_final(people)

    (line,) = section(read(people[1], bureau), "results")

    assert line.on == date(2026, 11, 12)
    assert line.what == "2026 年四川工匠杯职业技能大赛 焊接"
    assert line.details == ("省级", "成都代表队", "第 2 名", "银牌", "得分 90.43")
    assert line.source == (
        f"成绩版本 {release.number}，2026-11-20 发布，川工匠杯〔2026〕9 号"
    )


def test_a_correction_stands_alone_and_names_what_it_corrected(bureau):
    person = desk.make_person("王芳", 1)
    first, skill, entries = desk.make_final([person])
    second = desk.publish(skill, [(entries[0], 3, "铜牌")], by="system:demo")

    (line,) = section(read(person, bureau), "results")

    assert "铜牌" in line.details
    assert line.source.endswith(f"更正了 {first.number}")
    assert second.number in line.source


def test_what_is_not_published_is_the_persons_alone(bureau):
    person = desk.make_person("王芳", 1)
    skill = desk.make_skill(desk.make_competition())
    desk.make_entry(skill, [person], "01")
    rehearsal = desk.make_competition(code="try", is_rehearsal=True, owner=bureau)
    desk.make_entry(desk.make_skill(rehearsal), [person], "01")

    assert section(read(person, bureau), "results") == ()
    (line,) = section(read(person), "results")
    assert (line.state, line.what) == (
        "成绩未发布",
        "2026 年四川工匠杯职业技能大赛 焊接",
    )


def test_service_and_coaching_stand_with_the_results(bureau, officer):
    person = desk.make_person("王芳", 1)
    _release, skill, entries = desk.make_final([desk.make_person("周杰", 2)])
    EntryCoach.objects.create(entry=entries[0], person=person, position=1)
    EntryExpert.objects.create(entry=entries[0], person=person)
    common = {"appointed_by": officer, "appointed_at": desk.AT}
    Appointment.objects.create(
        competition=skill.competition,
        skill=skill,
        person=person,
        role="chief-judge",
        **common,
    )
    later = desk.make_competition(
        code="later",
        owner=bureau,
        name="明年的大赛",
        starts_on=date(2027, 5, 1),
        ends_on=date(2027, 5, 3),
    )
    Appointment.objects.create(competition=later, person=person, role="judge", **common)

    seen = read(person, bureau)

    assert [line.details for line in section(seen, "service")] == [("裁判长", "省级")]
    assert [line.details[:2] for line in section(seen, "coaching")] == [
        ("第一教练", "省级"),
        ("专家组成员", "省级"),
    ]
    assert [line.what for line in section(read(person), "service")] == [
        "明年的大赛",
        "2026 年四川工匠杯职业技能大赛 焊接",
    ]


def test_facts_entitlements_and_integrity_stand_with_their_papers(bureau):
    person = desk.make_person("王芳", 1)
    desk.make_grade(person, 4)
    pools.make_title(person)
    pools.make_sanction(person)
    right = pools.make_proposal(person)

    file = read(person, bureau)

    assert [(line.what, line.source) for line in section(file, "grades")] == [
        ("技师（二级）", "证书已核，2026-11-20 登记")
    ]
    (title,) = section(file, "titles")
    assert (title.what, title.on) == ("全国技术能手", date(2024, 5, 1))
    (given,) = section(file, "entitlements")
    assert given.what == f"四川省高技能人才库（R-{right.pk}）"
    assert (given.state, "第五条" in given.source) == ("已核准", True)
    (record,) = section(file, "integrity")
    assert (record.state, record.source) == ("生效中", "川人社罚〔2026〕1 号")


def test_merged_files_are_one_person(bureau):
    person, duplicate = desk.make_person("王芳", 1), desk.make_person("王芳", 2)
    desk.make_final([duplicate])
    desk.make_grade(duplicate, 3)
    duplicate.survivor = person
    duplicate.save()

    file = read(person, bureau)

    assert len(section(file, "results")) == len(section(file, "grades")) == 1
    assert ("合并", "2 份档案已合并为一份") in file.heads


def test_a_bureau_sees_its_own_pools_and_the_person_all(bureau, officer):
    person = desk.make_person("王芳", 1)
    city = desk.make_bureau("510100", "成都市人力资源和社会保障局")
    clerk = desk.make_officer(city, "zhao")
    pools.enter(pools.make_pool(bureau, officer), person, officer)
    pools.enter(pools.make_pool(city, clerk, "成都领军人才库"), person, clerk)

    assert [x.what for x in section(read(person, bureau), "pools")] == ["高技能人才库"]
    assert {x.what for x in section(read(person), "pools")} == {
        "高技能人才库",
        "成都领军人才库",
    }


def test_the_person_sees_which_bureau_looked_and_no_clerk(bureau, officer):
    person = desk.make_person("王芳", 1)
    PersonLook.objects.create(
        bureau=bureau,
        person=person,
        user=officer,
        place="lifetime",
        day=date(2026, 11, 20),
        first_at=desk.AT,
    )

    text = json.dumps(as_plain(read(person)), ensure_ascii=False)

    assert bureau.name in text
    assert officer.name not in text
    assert "looks" not in [part.key for part in read(person, bureau).sections]


def test_the_number_is_shortened_unless_asked_in_full(bureau):
    person = desk.make_person("王芳", 1)
    number = person.identity_number

    shortened = json.dumps(as_plain(read(person, bureau)), ensure_ascii=False)
    own = json.dumps(as_plain(read(person)), ensure_ascii=False)
    full = dict(read(person, bureau, is_full=True).heads)

    assert number not in shortened + own
    assert f"519***********{number[-4:]}" in shortened
    assert "1991-04-07" not in shortened
    assert (full["居民身份证"], full["出生日期"]) == (number, "1991-04-07")


def test_the_digest_names_the_content_and_not_the_moment(bureau):
    person = desk.make_person("王芳", 1)
    before = digest_of(read(person, bureau))
    later = lifetime_of(
        person, viewer=Viewer.BUREAU, bureau=bureau, at=desk.AT.replace(hour=9)
    )
    assert digest_of(later) == before

    desk.make_grade(person, 4)

    assert digest_of(read(person, bureau)) != before


def test_the_number_of_queries_does_not_grow_with_the_file(bureau, officer):
    person = desk.make_person("王芳", 1)
    pool = pools.make_pool(bureau, officer)
    pools.enter(pool, person, officer)

    def queries(code):
        competition = desk.make_competition(
            code=code, name=code, owner=bureau, starts_on=date(2026, 3, 1)
        )
        release, skill, entries = desk.make_final([person], competition)
        EntryCoach.objects.create(entry=entries[0], person=person)
        decision = desk.make_decision(release, skill, entries[0], person)
        desk.make_entitlement(decision)
        desk.make_grade(person, 4)
        with CaptureQueriesContext(connection) as captured:
            file = read(person, bureau)
        return len(section(file, "results")), len(captured)

    first, second, third = queries("a"), queries("b"), queries("c")
    assert (first[0], second[0], third[0]) == (1, 2, 3)
    assert first[1] == second[1] == third[1]
