"""Decode: backwards, level by level, by two people each, after verification."""

import json

import pytest

from competitions.actions import ask_decode, draw_codes, open_level, record_printed
from competitions.errors import AppealRefused, DrawRefused
from competitions.models import Draw
from competitions.queries import code_chains, drawn_codes, unprinted_levels
from ledger.models import Event
from tests.competitions.disputes import PIN, official
from tests.factories import AT, make_entry, make_skill

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def verified(monkeypatch):
    """The apps above have nothing against decoding."""
    monkeypatch.setattr(
        "competitions.actions.decoding.decode_blockers", lambda skill, at: []
    )


def drawn(levels):
    """A skill with every level drawn: the skill, its officers, a supervisor."""
    skill = make_skill(draw_levels=levels)
    for key in ("E1", "E2", "E3"):
        make_entry(skill, key=key)
    officers = [official(skill, "draw-officer") for _level in range(levels)]
    for level, officer in enumerate(officers, start=1):
        draw_codes(skill, level=level, seed=f"{level} 3 7", by=officer, at=AT)
    return skill, officers, official(skill, "supervisor")


def ask(skill, by, secret=PIN):
    return ask_decode(skill, secret=secret, by=by, at=AT)


def open_(skill, by, secret=PIN):
    return open_level(skill, secret=secret, by=by, at=AT)


def refusal(act, *args, **kwargs):
    with pytest.raises((DrawRefused, AppealRefused)) as refused:
        act(*args, **kwargs)
    return refused.value.code


def test_levels_open_backwards_and_names_come_with_the_last(verified):
    skill, officers, supervisor = drawn(3)
    seen = []
    for level in (3, 2, 1):
        assert skill.decoded_at is None
        assert ask(skill, officers[level - 1]).level == level
        seen.append(len(code_chains(skill)[0]))
        assert open_(skill, supervisor).level == level
    seen.append(len(code_chains(skill)[0]))

    assert skill.decoded_at == AT
    assert seen == [1, 2, 3, 3]
    assert refusal(ask, skill, officers[0]) == "open"
    kinds = Event.objects.filter(type__startswith="unseal").order_by("pk")
    assert list(kinds.values_list("type", flat=True)) == (
        ["unseal-asked", "unseal-level"] * 3 + ["unseal"]
    )


def test_an_open_level_leads_to_the_code_before_it_and_to_no_key(verified):
    skill, officers, supervisor = drawn(2)
    ask(skill, officers[1])
    open_(skill, supervisor)
    first, second = (drawn_codes(row) for row in skill.draws.order_by("level"))

    assert code_chains(skill) == sorted((second[key], first[key]) for key in first)


def test_only_the_officer_of_that_level_asks(verified):
    skill, officers, supervisor = drawn(2)

    assert refusal(ask, skill, officers[0]) == "not-officer"
    assert refusal(ask, skill, supervisor) == "not-officer"
    assert refusal(ask, skill, officers[1], secret="000001") == "secret"
    assert refusal(open_, skill, supervisor) == "not-asked"


def test_only_a_supervisor_opens_and_never_the_officer_alone(verified):
    skill, officers, supervisor = drawn(1)
    ask(skill, officers[0])

    assert refusal(open_, skill, officers[0]) == "not-supervisor"
    assert refusal(open_, skill, supervisor, secret="000001") == "secret"
    row = open_(skill, supervisor)
    assert (row.officer, row.witness) == (officers[0], supervisor)


def test_before_verification_nothing_opens():
    skill, officers, _supervisor = drawn(1)

    assert refusal(ask, skill, officers[0]) == "not-verified"


def test_a_draw_that_is_not_complete_does_not_open(verified):
    skill = make_skill(draw_levels=2)
    make_entry(skill)
    officer = official(skill, "draw-officer")
    assert refusal(ask, skill, officer) == "incomplete"
    plain = make_skill(draw_levels=0)
    assert refusal(ask, plain, official(plain, "draw-officer")) == "no-levels"


def test_exchanged_codes_are_found(verified):
    skill, officers, _supervisor = drawn(1)
    row = Draw.objects.get(skill=skill)
    row.mapping = json.dumps({"seed": "x", "codes": {"E1": "02"}})
    row.save()

    assert refusal(ask, skill, officers[0]) == "commitment"


def test_every_copy_of_the_commitment_is_counted():
    skill, officers, _supervisor = drawn(1)
    assert unprinted_levels(skill) == [1]
    row = Draw.objects.get(skill=skill)
    copies = [record_printed(row, by=officers[0], at=AT) for _copy in range(2)]

    assert copies == [1, 2]
    assert unprinted_levels(skill) == []
    assert Event.objects.filter(type="seal-printed").count() == 2
