"""Appeals: who, until when, at which level, and what follows."""

from datetime import timedelta

import pytest

from competitions.actions import (
    Attachment,
    answer_ruling,
    end_skill,
    lodge_appeal,
    record_remedy,
    rule_appeal,
    withdraw_appeal,
)
from competitions.actions.appeals import LARGEST_FILE
from competitions.core.appeals import Waits
from competitions.errors import AppealRefused
from competitions.models import Appeal, Competition
from competitions.queries import appeal_row, final_blockers, open_appeals
from ledger.models import Event
from people.actions import set_pin
from tests.competitions.disputes import PIN, make_court, official, wide, with_pin
from tests.factories import (
    AT,
    make_appointment,
    make_delegation,
    make_entry,
    make_organization,
    make_person,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
TEXT = "第三工位的尺寸应复量，请求重测"


@pytest.fixture
def court():
    return make_court()


def lodge(court, *, at=AT, **more):
    values = {
        "delegation": court.delegation,
        "object_ref": f"competitions.entry:{court.entry.pk}",
        "text": TEXT,
        "by": court.leader,
    } | more
    return lodge_appeal(court.skill, at=at, **values)


def rule(appeal, by, *, is_granted=False, at=AT + HOUR, **more):
    values = {"clause": "规程第二十一条", "reason": "测量方法符合规定", "secret": PIN}
    return rule_appeal(appeal, is_granted=is_granted, by=by, at=at, **values | more)


def answer(appeal, court, word, *, at=AT + HOUR, text=""):
    answer_ruling(appeal, answer=word, text=text, by=court.leader, at=at)


def refusal(act, *args, **kwargs):
    with pytest.raises(AppealRefused) as refused:
        act(*args, **kwargs)
    return refused.value.code


def bodies(kind):
    return list(Event.objects.filter(type=kind).values_list("body", flat=True))


@pytest.mark.parametrize(
    ("late_by", "expected"), [(-SECOND, ""), (timedelta(0), ""), (SECOND, "late")]
)
def test_the_server_clock_decides_to_the_second(court, late_by, expected):
    end_skill(court.skill, by=court.organizer, at=AT)
    at = AT + 2 * HOUR + late_by
    if expected:
        assert refusal(lodge, court, at=at) == expected
        assert not Appeal.objects.exists()
    else:
        assert lodge(court, at=at).lodged_at == at


def test_the_window_is_a_setting_of_the_competition(court):
    Competition.objects.filter(pk=court.competition.pk).update(appeal_minutes=20)
    court.skill.competition.refresh_from_db()
    end_skill(court.skill, by=court.organizer, at=AT)

    assert refusal(lodge, court, at=AT + timedelta(minutes=20) + SECOND) == "late"
    lodge(court, at=AT + timedelta(minutes=20))


def test_the_end_is_recorded_once(court):
    end_skill(court.skill, by=court.organizer, at=AT)
    end_skill(court.skill, by=court.organizer, at=AT + HOUR)

    assert court.skill.ended_at == AT
    assert len(bodies("skill-ended")) == 1


def test_only_the_own_leader_appeals(court):
    other = make_delegation(court.competition)
    make_entry(court.skill, delegation=other)
    stranger = wide(court.competition, "leader", other)
    for who in (stranger, court.organizer, court.first):
        assert refusal(lodge, court, by=who) == "not-leader"
    assert (
        refusal(lodge, court, by=stranger, delegation=other) == "not-yours"
    )  # another's entry


def test_it_is_in_writing_and_the_file_is_not_too_large(court):
    assert refusal(lodge, court, text="  ") == "text-missing"
    assert refusal(lodge, court, text="长" * 5001) == "text-too-long"
    large = Attachment("a.jpg", b"x" * (LARGEST_FILE + 1))
    assert refusal(lodge, court, attachment=large) == "file-too-large"
    appeal = lodge(court, attachment=Attachment("照片.jpg", b"\xff\xd8"))

    appeal.refresh_from_db()
    assert (appeal.text, appeal.file_name, appeal.file) == (TEXT, "照片.jpg", "/9g=")


def test_the_ledger_holds_no_word_of_it(court):
    appeal = lodge(court)
    rule(appeal, court.first)
    answer(appeal, court, "carry", text="仍请求复量")
    rule(appeal, court.second, is_granted=True, at=AT + 2 * HOUR)
    kinds = ("appeal-lodged", "appeal-ruled", "appeal-answered")
    text = "".join(body for kind in kinds for body in bodies(kind))

    person = court.leader.person
    for word in (TEXT, "复量", "符合规定", person.name, court.delegation.name):
        assert word not in text
    assert text.count('"digest"') == 4


def test_two_levels_are_ruled_by_two_people_and_the_second_is_last(court):
    appeal = lodge(court)
    assert appeal_row(appeal, AT).waits is Waits.RULING
    rule(appeal, court.second)
    answer(appeal, court, "carry", text="不同意")
    assert refusal(rule, appeal, court.first) == "not-your-level"
    assert refusal(rule, appeal, court.second) == "same-person"
    last = wide(court.competition, "supervisor")
    rule(appeal, last)

    assert (appeal.state, appeal.level) == ("closed", 2)
    assert refusal(answer, appeal, court, "carry", text="再") == "late"
    assert refusal(rule, appeal, last) == "not-waiting"


@pytest.mark.parametrize(
    ("word", "state"), [("accept", "closed"), ("refuse", "withdrawn")]
)
def test_refusing_the_ruling_is_withdrawing(court, word, state):
    appeal = lodge(court)
    rule(appeal, court.first, is_granted=True)
    answer(appeal, court, word)

    assert appeal.state == state
    waits = Waits.REMEDY if word == "accept" else Waits.NOTHING
    assert appeal_row(appeal, AT + HOUR).waits is waits


def test_a_ruling_not_answered_in_time_stands(court):
    appeal = lodge(court)
    rule(appeal, court.first)
    late = AT + 3 * HOUR + SECOND

    assert appeal_row(appeal, late - SECOND).waits is Waits.ANSWER
    assert appeal_row(appeal, late).waits is Waits.NOTHING
    assert refusal(answer, appeal, court, "carry", at=late, text="不同意") == "late"


def test_nobody_rules_on_the_own_delegation_or_unit(court):
    unit = court.entry.members.get().person.organization or make_unit(court)
    kin = official(court.skill, "supervisor", organization=unit)
    own = make_person()
    make_appointment(court.skill, "supervisor", own)
    court.competition.appointments.create(
        person=own, role="leader", delegation=court.delegation,
        appointed_by=court.organizer, appointed_at=AT,
    )  # fmt: skip
    appeal = lodge(court)

    assert refusal(rule, appeal, kin) == "interest"
    assert refusal(rule, appeal, with_pin(make_user(person=own))) == "interest"
    rule(appeal, court.first)


def make_unit(court):
    unit = make_organization()
    member = court.entry.members.get()
    member.organization = unit
    member.save()
    return unit


def test_a_ruling_needs_clause_reason_role_and_pin(court):
    appeal = lodge(court)
    assert refusal(rule, appeal, court.first, clause=" ") == "reason-missing"
    assert refusal(rule, appeal, court.first, reason="") == "reason-missing"
    assert refusal(rule, appeal, court.first, secret="000001") == "secret"
    stranger = make_user(person=make_person())
    set_pin(stranger, pin=PIN, by=stranger, at=AT)
    assert refusal(rule, appeal, stranger) == "not-your-level"
    judge = official(court.skill, "judge")
    assert refusal(rule, appeal, judge) == "not-your-level"


def test_a_granted_appeal_blocks_until_it_is_put_right(court):
    appeal = lodge(court)
    assert final_blockers(court.skill, AT) == ["有 1 件申诉没有了结。"]
    rule(appeal, court.first, is_granted=True)
    answer(appeal, court, "accept")
    assert final_blockers(court.skill, AT + HOUR) == ["有 1 件申诉没有了结。"]
    remedy = {"ref": "scoring.changerequest:7", "by": court.organizer, "at": AT + HOUR}
    assert refusal(record_remedy, appeal, words=" ", **remedy) == "reason-missing"
    record_remedy(appeal, words="已改正评分并重新签名", **remedy)

    assert final_blockers(court.skill, AT + HOUR) == []
    assert open_appeals(court.competition, AT + HOUR) == []
    assert refusal(record_remedy, appeal, words="再", **remedy) == "nothing-to-do"


def test_an_appeal_is_withdrawn_only_before_its_ruling(court):
    appeal = lodge(court)
    withdraw_appeal(appeal, by=court.leader, at=AT)
    assert (appeal.state, final_blockers(court.skill, AT)) == ("withdrawn", [])
    second = lodge(court)
    rule(second, court.first)
    code = refusal(withdraw_appeal, second, by=court.leader, at=AT + HOUR)

    assert code == "ruled"
