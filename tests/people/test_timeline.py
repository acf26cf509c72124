"""What the register of personal data knows of a person."""

import pytest

from people.actions import record_grade, record_professional_title, record_title
from people.models import Change, Person
from people.register import personal_data
from tests.factories import (
    AT,
    BY,
    make_appointment,
    make_entry,
    make_person,
    make_skill,
)

pytestmark = pytest.mark.django_db
OWN = ("people", "competitions")


def place(name):
    return next(entry for entry in personal_data if entry.name == name)


def test_a_time_line_tells_facts_and_appointments():
    person = make_person("张伟")
    record_grade(
        person,
        occupation_code="6-18-02-04",
        grade=4,
        evidence="证书",
        by=BY,
        at=AT,
    )
    record_title(person, title="全国技术能手", evidence="函", by=BY, at=AT)
    make_appointment(make_skill(name="焊接"), "judge", person)

    told = [line.text for name in OWN for line in place(name).timeline(person.pk)]

    assert told == [
        "建立人员档案",
        "记录技能等级：焊工 技师（二级）",
        "记录称号：全国技术能手",
        "四川工匠杯 焊接：任裁判员",
    ]


def test_a_download_holds_ones_own_values_in_full():
    person = make_person("张伟", phone="13812345678")
    entry = make_entry(make_skill(name="焊接"), members=[person])

    own = place("people").download(person.pk)
    taken_part = place("competitions").download(person.pk)

    assert (own["name"], own["phone"]) == ("张伟", "13812345678")
    assert own["identity_number"] == person.identity_number
    assert taken_part["entries"] == [
        {
            "competition": "四川工匠杯",
            "skill": "焊接",
            "delegation": entry.delegation.name,
            "state": "accepted",
        }
    ]


def test_two_competitors_of_one_skill_are_two_people():
    skill = make_skill(name="焊接")
    first, second = make_person(), make_person()
    make_entry(skill, members=[first])
    make_entry(skill, members=[second])

    assert place("competitions").merge(second.pk, first.pk) == [
        "两份档案都在“焊接”参赛，不能是同一个人。"
    ]
    assert place("competitions").merge(make_person().pk, first.pk) == []


def test_erasing_removes_contact_and_says_what_is_kept():
    person = make_person("张伟", phone="13812345678")
    make_entry(make_skill(), members=[person])

    kept = [reason for name in OWN for reason in place(name).erase(person.pk, BY, AT)]

    assert Person.objects.get(pk=person.pk).phone == ""
    assert Change.objects.get().field == "phone"
    assert kept == [
        "姓名和证件号码：成绩与证书核验所必需，保存期满前不能删除",
        "参赛记录：成绩须能复核，不能删除",
    ]


def test_a_download_holds_every_fact_with_its_evidence():
    person = make_person("张伟")
    record_professional_title(
        person,
        name="高级工程师",
        level="associate",
        evidence="职称证书",
        by=BY,
        at=AT,
    )

    own = place("people").download(person.pk)

    assert [
        (fact["kind"], fact["text"], fact["evidence"]) for fact in own["facts"]
    ] == [("professional-title", "高级工程师", "职称证书")]
    assert own["integrity_records"] == own["consents"] == []
