"""A preview of a new scheme version and what then happens are the same, whatever changes."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.core.chain import skill_chain
from ledger.queries import head_of
from scoring.core.scheme import Rounding
from scoring.models import Result
from scoring.queries.rebuilding import differences
from scoring.queries.second_opinion import opinion_differences
from tests.scoring.contest import make_contest
from tests.scoring.versions import changed, confirm, maxima, preview, propose

pytestmark = pytest.mark.django_db

PARTS = st.tuples(st.integers(1, 60), st.integers(1, 39)).map(
    lambda parts: (parts[0], parts[1], 100 - sum(parts))
)
PLACES = st.sampled_from((None, 0, 1, 2))


@pytest.fixture
def contest():
    contest = make_contest(entries=4)
    for entry, (yes, levels) in enumerate(
        (("1", "323"), ("0", "333"), ("1", "110"), ("0", "222"))
    ):
        contest.fill(entry, yes=yes, levels=levels)
    return contest


def stored(contest):
    rows = Result.objects.filter(skill=contest.skill).select_related("entry")
    return {row.entry_id: (row.place, row.points_scaled) for row in rows}


def said(rehearsal):
    """What the preview says of each entry: its new place and points, where they move."""
    found = {}
    for entry in rehearsal.now.entries:
        lines = {line.label: line.after for line in entry.lines}
        found[entry.entry] = (lines.get("名次"), lines.get("总分"))
    return found


def done(before, after):
    """The same of what happened."""
    found = {}
    for entry, (place, points) in after.items():
        old_place, old_points = before[entry]
        shown = str((Decimal(points) / 10**6).quantize(Decimal("0.01")))
        told = (
            str(place) if place != old_place else None,
            shown if points != old_points else None,
        )
        if any(told):
            found[entry] = told
    return found


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(parts=PARTS, aspect=PLACES, total=PLACES, weight=st.sampled_from(("1", "0.5")))
def test_a_preview_comes_true(contest, parts, aspect, total, weight):
    first, second, third = map(str, parts)

    def change(scheme):
        new = changed(scheme, **maxima(A1_M1=first, A1_J1=second, B1_M1=third))
        rounding = Rounding(aspect=aspect, sub_criterion=2, total=total)
        if weight == "1":
            return replace(new, rounding=rounding)
        halved = changed(
            new, **maxima(A1_M1=str(2 * parts[0]), A1_J1=str(2 * parts[1]))
        )
        head, *rest = halved.criteria
        criteria = (replace(head, weight=Decimal(weight)), *rest)
        return replace(halved, rounding=rounding, criteria=criteria)

    with transaction.atomic():
        before = stored(contest)
        proposal = propose(contest, change)
        head = head_of([skill_chain(contest.skill.pk)])
        rehearsal, seen = preview(contest, proposal)
        assert head_of([skill_chain(contest.skill.pk)]) == head
        assert stored(contest) == before
        confirm(contest, proposal, seen=seen)
        assert said(rehearsal) == done(before, stored(contest))
        assert differences(contest.skill) == []
        assert opinion_differences(contest.skill) == []
        transaction.set_rollback(True)
