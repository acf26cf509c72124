"""A level's officer who is gone: replaced by two people, with a reason, once each."""

import json

import pytest

from competitions.actions import (
    ask_decode,
    draw_codes,
    open_level,
    propose_officer,
    settle_officer,
)
from competitions.errors import AppealRefused, CompetitionError, DrawRefused
from competitions.models import Draw
from competitions.queries import keepers_of, proposed_officers
from ledger.models import Event
from tests.competitions.disputes import PIN, official, wide, with_pin
from tests.factories import AT, make_entry, make_member, make_skill

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def verified(monkeypatch):
    """The apps above have nothing against decoding."""
    monkeypatch.setattr(
        "competitions.actions.decoding.decode_blockers", lambda skill, at: []
    )


@pytest.fixture
def cast():
    """Two levels drawn; a third officer stands by; organizer and supervisor."""
    skill = make_skill(draw_levels=2)
    for key in ("E1", "E2"):
        make_entry(skill, key=key)
    officers = [official(skill, "draw-officer") for _person in range(3)]
    for level in (1, 2):
        draw_codes(skill, level=level, seed="3 7", by=officers[level - 1], at=AT)
    organizer = with_pin(make_member(skill.competition.owner, "organizer"))
    return skill, officers, organizer, official(skill, "supervisor")


def propose(skill, successor, by, level=2, reason="突发疾病", secret=PIN):
    propose_officer(
        skill, level=level, successor=successor, reason=reason, secret=secret,
        by=by, at=AT,
    )  # fmt: skip


def settle(skill, by, level=2, is_agreed=True, secret=PIN):
    settle_officer(skill, level=level, is_agreed=is_agreed, secret=secret, by=by, at=AT)


def refusal(act, *args, **kwargs):
    with pytest.raises((DrawRefused, AppealRefused, CompetitionError)) as refused:
        act(*args, **kwargs)
    return refused.value.code


def kinds():
    rows = Event.objects.filter(type__startswith="draw-officer").order_by("pk")
    return list(rows.values_list("type", flat=True))


def test_two_people_replace_the_officer_and_only_the_successor_asks(verified, cast):
    skill, (_first, second, third), organizer, supervisor = cast
    propose(skill, third, organizer)
    assert keepers_of(skill)[2] == second
    settle(skill, supervisor)

    assert keepers_of(skill)[2] == third
    assert proposed_officers(skill) == {}
    assert Draw.objects.get(skill=skill, level=2).officer == second  # who drew it
    assert refusal(ask_decode, skill, secret=PIN, by=second, at=AT) == "not-officer"
    ask_decode(skill, secret=PIN, by=third, at=AT)
    open_level(skill, secret=PIN, by=supervisor, at=AT)
    told = Event.objects.get(type="unseal-level")
    assert json.loads(told.body)["officer"] == third.actor
    assert kinds() == ["draw-officer-proposed", "draw-officer-replaced"]
    body = json.loads(Event.objects.get(type="draw-officer-replaced").body)
    assert (body["from"], body["to"], body["reason"], body["proposed_by"]) == (
        *(second.actor, third.actor, "突发疾病", organizer.actor),
    )


def test_a_proposal_alone_and_a_refused_one_change_nothing(verified, cast):
    skill, (_first, second, third), organizer, supervisor = cast
    propose(skill, third, organizer)
    assert refusal(ask_decode, skill, secret=PIN, by=third, at=AT) == "not-officer"
    settle(skill, supervisor, is_agreed=False)

    assert keepers_of(skill)[2] == second
    assert refusal(settle, skill, supervisor) == "not-proposed"
    assert kinds() == ["draw-officer-proposed", "draw-officer-refused"]
    ask_decode(skill, secret=PIN, by=second, at=AT)


def test_nobody_holds_two_levels_or_a_role_that_excludes(cast):
    skill, (first, _second, third), organizer, supervisor = cast
    judge = official(skill, "judge")

    assert refusal(propose, skill, first, organizer) == "same-officer"
    assert refusal(propose, skill, judge, organizer) == "not-officer"
    assert refusal(propose, skill, supervisor, organizer) == "not-officer"
    propose(skill, third, organizer)
    settle(skill, supervisor)
    assert refusal(propose, skill, third, organizer, level=1) == "same-officer"


def test_who_took_a_level_draws_no_other():
    skill = make_skill(draw_levels=2)
    make_entry(skill, key="E1")
    first, second = (official(skill, "draw-officer") for _person in range(2))
    draw_codes(skill, level=1, seed="3", by=first, at=AT)
    organizer = with_pin(make_member(skill.competition.owner, "organizer"))
    propose(skill, second, organizer, level=1)
    settle(skill, official(skill, "supervisor"), level=1)

    assert (
        refusal(draw_codes, skill, level=2, seed="4", by=second, at=AT)
        == "same-officer"
    )
    assert (
        refusal(draw_codes, skill, level=2, seed="4", by=first, at=AT) == "same-officer"
    )


def test_only_a_supervisor_who_did_not_propose_settles_it_with_a_pin(cast):
    skill, (_first, second, third), organizer, supervisor = cast
    assert refusal(propose, skill, third, organizer, secret="000001") == "secret"
    assert refusal(propose, skill, third, third) == "same-person"
    assert refusal(propose, skill, third, organizer, reason=" ") == "reason-missing"
    propose(skill, third, supervisor)

    assert refusal(settle, skill, supervisor) == "same-person"
    assert refusal(settle, skill, organizer) == "not-supervisor"
    assert refusal(settle, skill, second) == "not-supervisor"
    other = wide(skill.competition, "supervisor")
    assert refusal(settle, skill, other, secret="000001") == "secret"
    settle(skill, other)
    assert keepers_of(skill)[2] == third


def test_a_successor_who_became_a_judge_meanwhile_is_not_confirmed(cast):
    skill, (_first, _second, third), organizer, supervisor = cast
    propose(skill, third, organizer)
    third.person.appointments.update(role="judge")

    assert refusal(settle, skill, supervisor) == "not-officer"


def test_a_level_already_asked_for_or_open_keeps_its_officer(verified, cast):
    skill, (_first, second, third), organizer, supervisor = cast
    ask_decode(skill, secret=PIN, by=second, at=AT)
    assert refusal(propose, skill, third, organizer) == "asked"
    open_level(skill, secret=PIN, by=supervisor, at=AT)
    assert refusal(propose, skill, third, organizer) == "open"
    assert refusal(propose, skill, third, organizer, level=7) == "no-level"


def test_exchanged_codes_are_found_under_the_successor_too(verified, cast):
    skill, (_first, _second, third), organizer, supervisor = cast
    propose(skill, third, organizer)
    settle(skill, supervisor)
    row = Draw.objects.get(skill=skill, level=2)
    row.mapping = json.dumps({"seed": "x", "codes": {"E1": "02"}})
    row.save()

    assert refusal(ask_decode, skill, secret=PIN, by=third, at=AT) == "commitment"
