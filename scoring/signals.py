"""The three pieces of news this app sends upward, each after its commit.

``scoreboard_changed(skill_id)``: something a board shows may be different now.
``sheets_changed(skill_id, sheet_ids)``: tablets should look at these sheets again.
``results_published(release_id)``: a numbered release exists; awards may follow.
"""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.dispatch import Signal

scoreboard_changed = Signal()
sheets_changed = Signal()
results_published = Signal()


def announce_scoreboard(skill_id: int) -> None:
    """Send ``scoreboard_changed`` once the caller's transaction has committed."""
    send = partial(scoreboard_changed.send_robust, sender=None, skill_id=skill_id)
    transaction.on_commit(send, robust=True)


def announce_sheets(skill_id: int, sheet_ids: Iterable[int]) -> None:
    """Send ``sheets_changed`` once the caller's transaction has committed."""
    send = partial(
        sheets_changed.send_robust,
        sender=None,
        skill_id=skill_id,
        sheet_ids=sorted(sheet_ids),
    )
    transaction.on_commit(send, robust=True)


def announce_release(release_id: int) -> None:
    """Send ``results_published`` once the caller's transaction has committed."""
    send = partial(results_published.send_robust, sender=None, release_id=release_id)
    transaction.on_commit(send, robust=True)
