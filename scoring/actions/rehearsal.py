"""What an action would move, told by doing it and taking it back.

The action runs in a savepoint that is always rolled back: nothing stays in a table or in
the ledger, and nothing is announced.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from competitions.models import Skill
from scoring.actions.reopening import lock_results
from scoring.actions.results import award_results
from scoring.enums import ResultState
from scoring.queries.corrections import Correction, compared, released_text
from scoring.queries.release_text import skill_text
from scoring.queries.results import rules_of
from scoring.queries.schemes import state_of


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The entries an action would move: against the results of now, and the release.

    ``now.before`` and ``now.after`` are empty.  ``released`` is None before any release.
    """

    now: Correction
    released: Correction | None


def rehearse(skill: Skill, act: Callable[[], object], *, at: datetime) -> Rehearsal:
    """Say what ``act`` would move in this skill; afterwards nothing has happened.

    Once results are verified or released, both sides are compared with the awards that
    they would be verified with; while marking runs for the first time there are none.
    What ``act`` refuses is raised.  Call it outside of any change: it locks the chain.
    """
    with transaction.atomic():
        lock_results(skill, at=at)
        state = state_of(skill)
        published = released_text(skill)
        is_running = state is None or state.state == ResultState.PROVISIONAL
        with_awards = published is not None or not is_running
        before = _text(skill, lambda: None, with_awards=with_awards, at=at)
        after = _text(skill, act, with_awards=with_awards, at=at)
    released = None
    if published is not None:
        number, text = published
        released = compared(text, after, number, "")
    return Rehearsal(compared(before, after, "", ""), released)


def _text(
    skill: Skill, act: Callable[[], object], *, with_awards: bool, at: datetime
) -> dict[str, Any]:
    """The text a release would have after ``act``; everything is taken back."""
    with transaction.atomic():
        act()
        state = state_of(skill)
        is_running = state is not None and state.state == ResultState.PROVISIONAL
        if state is not None and is_running and with_awards:
            award_results(skill, state, rules_of(skill, state), at=at)
        text = skill_text(skill)
        transaction.set_rollback(True)
    return text
