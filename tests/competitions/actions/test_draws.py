"""The draw: order of levels, officers, seals."""

import json

import pytest

from competitions.actions import assign_codes, draw_codes
from competitions.core.draw import fits
from competitions.errors import DrawRefused
from competitions.models import Draw, Entry
from competitions.queries import drawn_codes
from ledger.models import Event
from tests.factories import (
    AT,
    BY,
    make_appointment,
    make_entry,
    make_person,
    make_skill,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def officer_of(skill, role="draw-officer"):
    person = make_person()
    make_appointment(skill, role, person)
    return make_user(person=person)


def drawn(skill, *, level=1, by=None, seed="3 1 4"):
    by = by or officer_of(skill)
    return draw_codes(skill, level=level, seed=seed, by=by, at=AT)


def test_one_level_gives_every_entry_a_workstation_and_an_alias():
    skill = make_skill(draw_levels=1)
    for key in ("E1", "E2", "E3"):
        make_entry(skill, key=key)

    row = drawn(skill)

    entries = Entry.objects.filter(skill=skill)
    assert sorted(entry.code for entry in entries) == ["01", "02", "03"]
    assert sorted(entry.alias for entry in entries) == ["S01", "S02", "S03"]
    assert {entry.key: entry.code for entry in entries} == drawn_codes(row)
    assert fits(drawn_codes(row), row.salt, row.commitment)


def test_the_ledger_holds_the_seal_and_no_code():
    skill = make_skill(draw_levels=1)
    make_entry(skill, key="E1")

    row = drawn(skill, seed="secret seed")

    event = Event.objects.get(type="seal")
    body = json.loads(event.body)
    assert (body["commitment"], body["level"], body["entries"]) == (
        row.commitment,
        1,
        1,
    )
    assert "secret seed" not in event.body
    assert "secret seed" not in str(Draw.objects.values_list("salt", "commitment"))


def test_levels_follow_each_other_by_different_officers():
    skill = make_skill(draw_levels=2)
    make_entry(skill, key="E1")
    first = officer_of(skill)

    with pytest.raises(DrawRefused, match="次序"):
        drawn(skill, level=2)
    drawn(skill, level=1, by=first)
    with pytest.raises(DrawRefused, match="不同的加密裁判"):
        drawn(skill, level=2, by=first)
    drawn(skill, level=2)

    entry = Entry.objects.get(skill=skill)
    assert (entry.bib, entry.code) == ("001", "01")


@pytest.mark.parametrize(
    ("levels", "seed", "has_entry", "role", "code"),
    [
        (0, "1", True, "draw-officer", "no-levels"),
        (1, " ", True, "draw-officer", "seed"),
        (1, "1", False, "draw-officer", "no-entries"),
        (1, "1", True, "results-officer", "not-officer"),
    ],
)
def test_a_draw_out_of_order_is_refused(levels, seed, has_entry, role, code):
    skill = make_skill(draw_levels=levels)
    if has_entry:
        make_entry(skill)

    with pytest.raises(DrawRefused) as refused:
        drawn(skill, by=officer_of(skill, role), seed=seed)

    assert refused.value.code == code


def test_without_levels_workstations_are_numbered_once():
    skill = make_skill()
    for key in ("E2", "E1"):
        make_entry(skill, key=key)
    counted = assign_codes(skill, by=BY, at=AT)
    late = make_entry(skill, key="E0")
    counted_again = assign_codes(skill, by=BY, at=AT)

    codes = {entry.key: entry.code for entry in Entry.objects.filter(skill=skill)}
    assert (counted, counted_again) == (2, 1)
    assert codes == {"E1": "01", "E2": "02", late.key: "03"}
    assert assign_codes(skill, by=BY, at=AT) == 0
