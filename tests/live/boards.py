"""Boards made up for tests of live: plain views, no competition behind them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from live import protocol, snapshots
from scoring.queries.boards import BoardRow, BoardView

AT = datetime(2026, 5, 12, 6, 32, 8, tzinfo=UTC)
KEY = b"a key of tests"


def row(
    entry_id: int, place: int | None, points: str | None, **changes: Any
) -> BoardRow:
    """One line: workstation code by entry id, nothing shared, one module begun."""
    line = BoardRow(
        entry_id=entry_id,
        place=place,
        shared=False,
        standing="ranked" if place else "absent",
        label=f"{entry_id:02d}",
        unit="",
        delegation="",
        award="",
        medal="",
        points=points,
        modules=(2, 1, 0),
        module_points=(),
    )
    return replace(line, **changes)


def view(*rows: BoardRow, **changes: Any) -> BoardView:
    """A moving board of a skill with three modules."""
    board = BoardView(
        state="live",
        competition_code="sc-2026",
        competition="四川省职业技能大赛",
        skill_number="05",
        skill="电气装置",
        group="职工组",
        place="成都",
        count=len(rows),
        team=False,
        sheets_done=6,
        sheets_total=12,
        modules=("A", "B", "C"),
        naming="codes",
        rows=rows,
        note="",
        starts_on=date(2026, 5, 11),
        ends_on=date(2026, 5, 14),
        frozen_at=None,
        public_frozen=False,
        notice=None,
        release="",
        published_on=None,
        rehearsal=False,
        listed=True,
        receipt=None,
    )
    return replace(board, **changes)


def content(
    *rows: BoardRow, audience: str = "public", **changes: Any
) -> dict[str, Any]:
    """What an audience sees of such a board."""
    return snapshots.content_of(
        view(*rows, **changes), board="k3v9", audience=audience, key=KEY
    )


def message(*rows: BoardRow, seq: int = 1, **changes: Any) -> dict[str, Any]:
    """The same as a snapshot message."""
    return protocol.snapshot(
        content(*rows, **changes),
        board="k3v9",
        audience="public",
        seq=seq,
        at=AT.isoformat(),
    )
