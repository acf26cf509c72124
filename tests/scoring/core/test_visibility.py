"""Who may see what, when."""

from dataclasses import replace

import pytest

from scoring.core.visibility import (
    Audience,
    BoardState,
    Moment,
    Naming,
    PublicFrom,
    View,
    counts_in_public,
    view_of,
)

PROVINCIAL = Moment(tier="provincial", has_marks=True)


def moment(**changes):
    return replace(PROVINCIAL, **changes)


SEEN = [
    (
        Audience.PUBLIC,
        moment(),
        View(BoardState.LIVE, Naming.CODES, True, True, full=False),
    ),
    (
        Audience.PUBLIC,
        moment(has_marks=False),
        View(BoardState.NONE, Naming.CODES, False, False, full=False),
    ),
    (
        Audience.PUBLIC,
        moment(is_frozen=True),
        View(BoardState.FROZEN, Naming.CODES, True, True, full=False),
    ),
    (
        Audience.ORGANIZERS,
        moment(is_frozen=True),
        View(BoardState.LIVE, Naming.CODES, True, True, True, public_is_frozen=True),
    ),
    (
        Audience.HALL,
        moment(is_encrypted=True),
        View(BoardState.LIVE, Naming.PROGRESS, False, False, full=False),
    ),
    (
        Audience.PUBLIC,
        moment(is_encrypted=True, naming=Naming.ALIASES),
        View(BoardState.LIVE, Naming.ALIASES, True, True, full=False),
    ),
    (
        Audience.JUDGES,
        moment(),
        View(BoardState.LIVE, Naming.CODES, False, False, full=False),
    ),
    (
        Audience.PUBLIC,
        moment(result="publicity", is_encrypted=True, is_decoded=True),
        View(BoardState.PUBLIC, Naming.NAMES, True, True, full=True),
    ),
    (
        Audience.JUDGES,
        moment(result="final"),
        View(BoardState.FINAL, Naming.NAMES, True, True, full=True),
    ),
    (
        Audience.PUBLIC,
        moment(tier="world"),
        View(BoardState.LIVE, Naming.CODES, False, False, full=False),
    ),
    (
        Audience.PUBLIC,
        moment(tier="world", result="publicity"),
        View(BoardState.PUBLIC, Naming.NAMES, False, False, full=True),
    ),
    (
        Audience.PUBLIC,
        moment(tier="world", result="final"),
        View(BoardState.FINAL, Naming.NAMES, True, True, full=True),
    ),
]


@pytest.mark.parametrize(("audience", "now", "expected"), SEEN)
def test_each_audience_sees_its_part(audience, now, expected):
    assert view_of(audience, now) == expected


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.HALL])
@pytest.mark.parametrize("naming", list(Naming))
@pytest.mark.parametrize("result", ["provisional", "verified", "publicity", "final"])
def test_encrypted_entries_never_show_codes_or_names_before_decode(
    audience, naming, result
):
    now = moment(is_encrypted=True, naming=naming, result=result)
    assert view_of(audience, now).naming in (Naming.ALIASES, Naming.PROGRESS)


@pytest.mark.parametrize("naming", [Naming.CODES, Naming.NAMES])
def test_progress_only_hides_points_and_places(naming):
    view = view_of(Audience.PUBLIC, moment(is_encrypted=True, naming=naming))
    assert (view.points, view.places) == (False, False)


@pytest.mark.parametrize(
    ("public_from", "states"),
    [
        (PublicFrom.ON_ENTRY, "open complete judge-signed chief-signed"),
        (PublicFrom.SHEET_COMPLETE, "complete judge-signed chief-signed"),
        (PublicFrom.JUDGE_SIGNED, "judge-signed chief-signed"),
        (PublicFrom.CHIEF_SIGNED, "chief-signed"),
    ],
)
def test_a_sheet_counts_in_public_from_the_stated_moment(public_from, states):
    every = ["open", "complete", "judge-signed", "chief-signed", "supervised", "locked"]
    counting = [state for state in every if counts_in_public(state, public_from)]
    assert counting == [*states.split(), "supervised", "locked"]
