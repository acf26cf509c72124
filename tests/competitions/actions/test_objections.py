"""Objections to a public notice: in time, answered once, put right."""

from datetime import date, timedelta

import pytest

from competitions.actions import (
    ObjectionFacts,
    answer_objection,
    close_publicity,
    enter_objection,
    open_publicity,
    record_remedy,
    skills_to_announce,
    void_publicity,
)
from competitions.errors import AppealRefused, ObjectionRefused, PublicityRefused
from competitions.models import Objection
from competitions.queries import final_blockers, notice_covering
from ledger.models import Event
from tests.competitions.disputes import make_court
from tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
DAY = timedelta(days=1)
WORDS = "第一名的单位填写有误"
CONTACT = "成都市某路 1 号"


@pytest.fixture
def court():
    return make_court()


@pytest.fixture
def notice(court):
    return open_publicity(
        court.competition, skills=[court.skill], working_days=5,
        by=court.organizer, at=AT,
    )  # fmt: skip


def enter(court, notice, *, at=AT + DAY, **more):
    facts = {"text": WORDS, "received_on": at.date(), "name": "某人"} | more
    return enter_objection(
        notice,
        skill=court.skill,
        facts=ObjectionFacts(**facts),
        by=court.organizer,
        at=at,
    )


def refusal(act, *args, **kwargs):
    with pytest.raises((ObjectionRefused, AppealRefused, PublicityRefused)) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_an_objection_blocks_until_it_is_answered(court, notice):
    row = enter(court, notice)
    assert final_blockers(court.skill, AT) == ["有 1 条公示异议没有了结。"]
    answer_objection(
        row, is_upheld=False, answer="经核对无误", by=court.organizer, at=AT + DAY
    )

    assert final_blockers(court.skill, AT) == []
    again = {"is_upheld": True, "answer": "再", "by": court.organizer, "at": AT + DAY}
    assert refusal(answer_objection, row, **again) == "answered"


def test_one_that_is_upheld_waits_for_its_remedy(court, notice):
    row = enter(court, notice)
    remedy = {"ref": "", "words": "单位已改正", "by": court.organizer, "at": AT + DAY}
    assert refusal(record_remedy, row, **remedy) == "nothing-to-do"
    answer_objection(
        row, is_upheld=True, answer="情况属实", by=court.organizer, at=AT + DAY
    )
    assert final_blockers(court.skill, AT) == ["有 1 条公示异议没有了结。"]
    record_remedy(row, **remedy)

    assert final_blockers(court.skill, AT) == []


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2026, 8, 31), "not-in-time"),
        (date(2026, 9, 1), ""),
        (date(2026, 9, 8), ""),
        (date(2026, 9, 9), "not-in-time"),
    ],
)
def test_it_counts_when_it_came_from_the_first_to_the_last_day(
    court, notice, received, expected
):
    at = AT + 9 * DAY
    if expected:
        assert refusal(enter, court, notice, at=at, received_on=received) == expected
    else:
        assert enter(court, notice, at=at, received_on=received).pk


def test_after_the_notice_is_closed_none_is_taken(court, notice):
    close_publicity(notice, by=court.organizer, at=AT + 8 * DAY)

    code = refusal(enter, court, notice, at=AT + 8 * DAY, received_on=date(2026, 9, 2))
    assert code == "closed"


def test_name_contact_and_text_are_neither_in_the_table_nor_in_the_ledger(
    court, notice
):
    row = enter(court, notice, contact=CONTACT)
    stored = Objection.objects.extra(
        select={"raw": "name || contact || text"}
    ).values_list("raw", flat=True)[0]
    (body,) = Event.objects.filter(type="objection-entered").values_list(
        "body", flat=True
    )

    row.refresh_from_db()
    assert (row.name, row.contact, row.text) == ("某人", CONTACT, WORDS)
    for word in ("某人", CONTACT, WORDS):
        assert word not in stored + body


def test_a_notice_is_broken_off_with_a_reason_and_then_covers_nothing(court, notice):
    values = {"by": court.organizer, "at": AT + DAY}
    assert refusal(void_publicity, notice, reason=" ", **values) == "reason-missing"
    assert skills_to_announce(court.competition, AT) == []
    void_publicity(notice, reason="裁定改分", **values)

    assert notice_covering(court.skill) is None
    assert skills_to_announce(court.competition, AT) == [court.skill]
    assert refusal(void_publicity, notice, reason="再", **values) == "closed"
