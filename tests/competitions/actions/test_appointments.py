"""Appointments: conflicts of interest and roles that exclude each other."""

from datetime import date

import pytest

from competitions.actions import appoint, withdraw_appointment
from competitions.enums import EventRole
from competitions.errors import AppointmentRefused
from competitions.queries import conflicts_in, event_roles_of
from people.actions import merge_persons, record_sanction, register_person
from tests.factories import (
    AT,
    BY,
    make_appointment,
    make_delegation,
    make_entry,
    make_organization,
    make_person,
    make_skill,
    make_user,
)

pytestmark = pytest.mark.django_db
TOLD = "在诚信记录限制期内："


@pytest.fixture
def skill():
    return make_skill()


def refusal(skill, person, role="judge"):
    with pytest.raises(AppointmentRefused) as refused:
        make_appointment(skill, role, person)
    return refused.value.code, refused.value.reasons


def test_a_judge_of_the_same_unit_is_refused_with_name_and_delegation(skill):
    factory = make_organization("成都焊接厂")
    home = make_delegation(skill.competition, "成都市代表队")
    make_entry(skill, delegation=home, members=[make_person(organization=factory)])

    assert refusal(skill, make_person("梁晓岚", organization=factory)) == (
        "same-organization",
        ("利益回避：梁晓岚 与参赛选手同一单位或学校（成都市代表队，1 个参赛）。",),
    )


def test_every_kind_of_conflict_is_refused(skill):
    office = make_organization("成都市总工会")
    home = make_delegation(skill.competition, organization=office)
    competitor, coach = make_person(), make_person()
    make_entry(skill, delegation=home, members=[competitor], coaches=[coach])
    leader = make_person()
    appoint(
        skill.competition,
        person=leader,
        role=EventRole.LEADER,
        delegation=home,
        by=make_user(),
        at=AT,
    )

    assert refusal(skill, competitor)[0] == "competitor"
    assert refusal(skill, coach, "chief-judge")[0] == "coach"
    assert refusal(skill, make_person(organization=office))[0] == "same-delegation"
    assert refusal(skill, leader)[0] == "two-roles"


def test_a_conflict_in_another_skill_does_not_matter(skill):
    factory = make_organization()
    other = make_skill(skill.competition)
    make_entry(other, members=[make_person(organization=factory)])

    appointment = make_appointment(skill, "judge", make_person(organization=factory))

    assert appointment.skill == skill


def test_who_does_not_judge_may_administer_the_own_entry(skill):
    factory = make_organization()
    make_entry(skill, members=[make_person(organization=factory)])

    make_appointment(skill, "results-officer", make_person(organization=factory))


def test_a_merged_file_does_not_hide_a_competitor(skill):
    competitor, alias = make_person(), make_person(identity_number="")
    second, _created = register_person(
        name="张伟", provisional_key="old:1", by=BY, at=AT
    )
    make_entry(skill, members=[second])
    merge_persons(second, survivor=competitor, by=BY, at=AT)

    assert refusal(skill, competitor)[0] == "competitor"
    assert conflicts_in(alias, skill) == {}


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [
        ("judge", "chief-judge", False),
        ("judge", "supervisor", False),
        ("chief-judge", "supervisor", False),
        ("draw-officer", "judge", False),
        ("results-officer", "supervisor", True),
        ("judge", "display-operator", True),
    ],
)
def test_two_roles_in_one_skill(skill, first, second, may):
    person = make_person()
    make_appointment(skill, first, person)

    if may:
        make_appointment(skill, second, person)
    else:
        assert refusal(skill, person, second)[0] == "two-roles"


def test_a_role_in_the_whole_competition_counts_in_every_skill(skill):
    person = make_person()
    by = make_user()
    appoint(skill.competition, person=person, role="supervisor", by=by, at=AT)

    assert refusal(skill, person)[0] == "two-roles"


def test_a_judge_needs_a_skill(skill):
    with pytest.raises(AppointmentRefused, match="赛项"):
        appoint(
            skill.competition, person=make_person(), role="judge", by=make_user(), at=AT
        )


def test_a_sanctioned_person_is_refused(skill):
    person = make_person()
    record_sanction(
        person, scope="执裁", reason="徇私", starts_on=date(2026, 1, 1), by=BY, at=AT
    )

    assert refusal(skill, person)[0] == "sanction"


@pytest.mark.parametrize(
    ("scope", "role", "code"),
    [
        ("执裁", "draw-officer", "sanction"),
        ("执裁", "judge", "sanction"),
        ("推荐和表彰", "judge", ""),
        ("推荐和表彰", "leader", ""),
    ],
)
def test_a_sanction_bars_what_its_scope_names(skill, scope, role, code):
    person = make_person()
    record_sanction(
        person, scope=scope, reason="徇私", starts_on=date(2026, 1, 1), by=BY, at=AT
    )

    if code:
        assert refusal(skill, person, role) == (code, (f"{person.name} {TOLD}徇私",))
    else:
        assert make_appointment(skill, role, person).person == person


def test_a_scope_without_a_rule_goes_on_barring_and_says_so(skill):
    person = make_person()
    record_sanction(
        person, scope="竞赛", reason="替考", starts_on=date(2026, 1, 1), by=BY, at=AT
    )

    (text,) = refusal(skill, person)[1]
    assert "范围“竞赛”是否限制这件事，没有规定可查，仍按限制办理" in text


def test_the_same_appointment_twice_is_one_and_a_withdrawn_one_frees_the_person(skill):
    person = make_person()
    user = make_user(person=person)
    first = make_appointment(skill, "judge", person)
    again = make_appointment(skill, "judge", person)
    held = event_roles_of(user, skill)
    withdraw_appointment(first, reason="身体原因", by=make_user(), at=AT)

    assert again == first
    assert (held, event_roles_of(user, skill)) == ({EventRole.JUDGE}, set())
    make_appointment(skill, "supervisor", person)
