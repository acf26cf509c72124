"""Boards cannot get lost: every judging process compares revisions and publishes.

A board's input revision is the sum of the chain heads it depends on.  One query reads
all heads; where the sum has grown past what the stored snapshot was built from, the
board is computed outside any transaction and stored under its row's lock.  A signal or a
doorbell only makes this happen sooner.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError

from ledger.core.chain import ChainRef
from ledger.queries import heads as heads_of
from live import actions, queries, snapshots
from live.actions import Published
from live.protocol import Message
from live.queries import Board
from scoring.enums import Audience
from scoring.queries.boards import BoardView, board_views

AUDIENCES = tuple(Audience.values)
KINDS = ("skill", "competition")
Compute = Callable[[Board, list[str], datetime], dict[str, BoardView | None]]

logger = logging.getLogger(__name__)


def _compute(
    board: Board, audiences: list[str], at: datetime
) -> dict[str, BoardView | None]:
    return board_views(board.skill, audiences, at)


class Publisher:
    """Remembers the heads it has dealt with; safe beside any number of others."""

    def __init__(self, compute: Compute = _compute) -> None:
        self.compute = compute
        self.done: dict[ChainRef, int] = {}
        self.pulsed_at: datetime | None = None

    def tick(self, at: datetime) -> bool:
        """Publish whatever has moved; return whether anything was stored.

        A board that could not be stored yet keeps its chains marked as undone, so that
        the next tick comes back to it.  A database error goes to the caller, who tries
        again; any other error of one board is logged and waits for its next change.
        """
        heads = heads_of(*KINDS)
        moved = [chain for chain, seq in heads.items() if self.done.get(chain) != seq]
        news = self._publish_moved(moved, heads, at) if moved else False
        if self.pulsed_at is None or at - self.pulsed_at >= actions.PULSE_EVERY:
            actions.pulse(at=at)
            self.pulsed_at = at
        return news

    def _publish_moved(
        self, moved: list[ChainRef], heads: dict[ChainRef, int], at: datetime
    ) -> bool:
        boards = queries.boards_of(moved)
        stored = queries.built_froms(board.skill.public_id for board in boards)
        owed: set[ChainRef] = set()
        news = False
        for board in boards:
            outcomes = self._publish(board, heads, stored, at)
            news = news or Published.STORED in outcomes
            if Published.EARLY in outcomes:
                owed.update(board.chains)
        self.done.update((chain, heads[chain]) for chain in moved if chain not in owed)
        return news

    def _publish(
        self,
        board: Board,
        heads: dict[ChainRef, int],
        stored: dict[queries.Key, int],
        at: datetime,
    ) -> list[Published]:
        name, revision = board.skill.public_id, board.built_from(heads)
        behind = [
            audience
            for audience in AUDIENCES
            if stored.get((name, audience), -1) < revision
        ]
        if not behind:
            return []
        try:
            views = self.compute(board, behind, at)
        except DatabaseError:
            raise
        except Exception:  # one broken board must not hold the others still
            logger.exception("board %s could not be computed", name)
            return []
        contents = {
            audience: self._content(name, audience, views[audience])
            for audience in behind
        }
        outcomes = actions.publish_snapshots(name, contents, built_from=revision, at=at)
        return list(outcomes.values())

    def _content(
        self, name: str, audience: str, view: BoardView | None
    ) -> Message | None:
        if view is None:
            return None
        key = settings.SECRET_KEY.encode()
        return snapshots.content_of(view, board=name, audience=audience, key=key)
