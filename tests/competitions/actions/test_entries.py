"""Entries: what may be registered, what review finds, who is let in."""

from datetime import date

import pytest

from competitions.actions import (
    MemberDraft,
    accept_clear_entries,
    accept_entry,
    mark_attendance,
    register_entry,
    reject_entry,
    resubmit_entry,
    return_entry,
    set_entry_conditions,
    update_entry,
)
from competitions.enums import EntryState
from competitions.errors import EntryRefused
from competitions.models import Entry
from people.actions import record_sanction
from tests.factories import (
    AT,
    BY,
    identity_number,
    make_competition,
    make_delegation,
    make_entry,
    make_person,
    make_skill,
)

pytestmark = pytest.mark.django_db


def refused_code(skill, members, **facts):
    with pytest.raises(EntryRefused) as refused:
        register_entry(
            skill,
            delegation=facts.get("delegation") or make_delegation(skill.competition),
            key=facts.get("key", "E001"),
            members=[MemberDraft(person) for person in members],
            by=BY,
            at=AT,
        )
    return refused.value.code


def test_an_entry_keeps_its_team_in_order():
    skill = make_skill(team_size=2)
    first, second, coach = make_person(), make_person(), make_person()

    entry = make_entry(skill, members=[first, second], coaches=[coach])

    assert entry.state == EntryState.ACCEPTED
    assert [(m.position, m.person) for m in entry.members.all()] == [
        (1, first),
        (2, second),
    ]
    assert [each.person for each in entry.coaches.all()] == [coach]


def test_what_cannot_be_an_entry_is_refused():
    skill = make_skill()
    person = make_person()
    make_entry(skill, members=[person], key="E001")
    elsewhere = make_delegation(make_competition())

    assert refused_code(skill, [make_person()], key="E001") == "entry-key-taken"
    assert refused_code(skill, [person], key="E002") == "already-entered"
    assert refused_code(skill, [], key="E002") == "team-size"
    assert (
        refused_code(skill, [make_person()], key="E002", delegation=elsewhere)
        == "foreign-delegation"
    )
    pair = make_skill(skill.competition, team_size=2)
    assert refused_code(pair, [person, person]) == "member-twice"


def test_review_names_conditions_other_entries_and_sanctions():
    competition = make_competition()
    condition = {"id": "A-1", "citation": "办赛通知第三条", "age_at_most": 30}
    set_entry_conditions(competition, conditions=[condition], by=BY, at=AT)
    person = make_person("张伟", identity_number=identity_number("19800307", 1))
    record_sanction(
        person,
        scope="竞赛",
        reason="替考",
        starts_on=date(2026, 1, 1),
        by=BY,
        at=AT,
    )
    make_entry(
        make_skill(competition, name="电工"), members=[person], is_accepted=False
    )

    entry = make_entry(make_skill(competition), members=[person], is_accepted=False)

    assert entry.findings == [
        {
            "severity": "error",
            "message": "张伟：要求不超过 30 周岁，现为46 周岁",
            "code": "A-1",
            "citation": "办赛通知第三条",
        },
        {"severity": "warning", "code": "two-skills", "message": "张伟 还报了 电工"},
        {
            "severity": "error",
            "code": "sanction",
            "message": "张伟 在诚信记录限制期内：替考",
        },
    ]
    with pytest.raises(EntryRefused, match="替考"):
        accept_entry(entry, by=BY, at=AT)
    accept_entry(entry, reason="申诉成立，撤销处罚", by=BY, at=AT)
    assert entry.state == EntryState.ACCEPTED


@pytest.mark.parametrize(
    ("scope", "count"), [("执裁", 0), ("推荐和表彰", 0), ("停赛", 1)]
)
def test_a_ban_from_something_else_does_not_keep_a_competitor_out(scope, count):
    person = make_person("张伟")
    record_sanction(
        person, scope=scope, reason="徇私", starts_on=date(2026, 1, 1), by=BY, at=AT
    )

    entry = make_entry(make_skill(), members=[person], is_accepted=False)

    found = [row["message"] for row in entry.findings if row["code"] == "sanction"]
    assert len(found) == count
    assert all("没有规定可查，仍按限制办理" in text for text in found)


def test_decisions_need_a_reason_and_the_right_state():
    entry = make_entry(make_skill(), is_accepted=False)

    with pytest.raises(EntryRefused, match="原因"):
        return_entry(entry, reason=" ", by=BY, at=AT)
    return_entry(entry, reason="缺证书复印件", by=BY, at=AT)
    with pytest.raises(EntryRefused, match="退回"):
        accept_entry(entry, by=BY, at=AT)
    resubmit_entry(entry, by=BY, at=AT)
    reject_entry(entry, reason="不是本地区人员", by=BY, at=AT)

    stored = Entry.objects.get(pk=entry.pk)
    assert (stored.state, stored.state_reason) == ("rejected", "不是本地区人员")


def test_attendance_is_one_of_three():
    entry = make_entry(make_skill())

    mark_attendance(entry, state=EntryState.ABSENT, by=BY, at=AT)
    assert entry.state == EntryState.ABSENT
    with pytest.raises(EntryRefused):
        mark_attendance(entry, state=EntryState.CANCELLED, by=BY, at=AT)


def test_a_team_changes_until_codes_are_drawn():
    entry = make_entry(make_skill())
    other = [MemberDraft(make_person())]
    same = [MemberDraft(member.person) for member in entry.members.all()]
    home = entry.delegation

    assert not update_entry(entry, delegation=home, members=same, by=BY, at=AT)
    assert update_entry(entry, delegation=home, members=other, by=BY, at=AT)
    entry.code = "01"
    with pytest.raises(EntryRefused, match="抽签"):
        update_entry(entry, delegation=home, members=same, by=BY, at=AT)


def test_clear_entries_are_accepted_together_and_the_others_counted():
    skill = make_skill()
    clear = make_entry(skill, is_accepted=False)
    doubtful = make_entry(skill, is_accepted=False)
    doubtful.findings = [{"severity": "warning", "code": "x", "message": "?"}]
    doubtful.save()

    counted = accept_clear_entries(skill.competition, by=BY, at=AT)

    clear.refresh_from_db()
    doubtful.refresh_from_db()
    assert counted == (1, 1)
    assert (clear.state, doubtful.state) == ("accepted", "submitted")
