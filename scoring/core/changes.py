"""A change of one signed mark: where its request stands, who may decide it, what fits.

Nothing advances by the clock: a request that nobody decided in time, and a cell that
nobody used in time, are read off the moments of the request and ``at``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeState(StrEnum):
    """Where a request stands at a moment."""

    WAITING = "waiting"
    EXPIRED = "expired"  # nobody decided in time
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    OPENED = "opened"  # approved: the one cell is open
    LAPSED = "lapsed"  # nothing was entered in time
    DONE = "done"


class Step(StrEnum):
    """What somebody may do with a request."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    ENTER = "enter"
    RENEW = "renew"


STEPS: Mapping[ChangeState, frozenset[Step]] = {
    ChangeState.WAITING: frozenset({Step.APPROVE, Step.REJECT, Step.WITHDRAW}),
    ChangeState.EXPIRED: frozenset({Step.RENEW, Step.WITHDRAW}),
    ChangeState.OPENED: frozenset({Step.ENTER, Step.WITHDRAW}),
    ChangeState.LAPSED: frozenset({Step.RENEW, Step.WITHDRAW}),
    ChangeState.WITHDRAWN: frozenset(),
    ChangeState.REJECTED: frozenset(),
    ChangeState.DONE: frozenset(),
}
PENDING = frozenset({ChangeState.WAITING, ChangeState.OPENED})
# Who decides what somebody in another role asked for, in order of precedence.
DECIDERS: Mapping[str, tuple[str, ...]] = {
    "judge": ("chief-judge", "supervisor"),
    "chief-judge": ("supervisor", "results-officer"),
    "results-officer": ("chief-judge", "supervisor"),
    "supervisor": ("chief-judge",),
}


@dataclass(frozen=True, slots=True)
class Moments:
    """What has happened to a request so far; ``decision`` is approved, rejected or ""."""

    expires_at: datetime
    decision: str = ""
    opened_until: datetime | None = None
    done_at: datetime | None = None
    withdrawn_at: datetime | None = None


def change_state(moments: Moments, at: datetime) -> ChangeState:
    """Return where the request stands; the last moment of a period still counts.

    >>> from datetime import UTC
    >>> noon, one = (
    ...     datetime(2026, 9, 1, 12, tzinfo=UTC),
    ...     datetime(2026, 9, 1, 13, tzinfo=UTC),
    ... )
    >>> change_state(Moments(noon), noon).value, change_state(Moments(noon), one).value
    ('waiting', 'expired')
    """
    if moments.done_at is not None:
        return ChangeState.DONE
    if moments.withdrawn_at is not None:
        return ChangeState.WITHDRAWN
    if moments.decision == "rejected":
        return ChangeState.REJECTED
    if moments.opened_until is not None:
        is_open = at <= moments.opened_until
        return ChangeState.OPENED if is_open else ChangeState.LAPSED
    return ChangeState.WAITING if at <= moments.expires_at else ChangeState.EXPIRED


def deciding_role(requested: str, held: frozenset[str]) -> str | None:
    """The role in which somebody with the roles ``held`` may decide; None: in none.

    Never the role in which the change was asked for.
    """
    return next((role for role in DECIDERS[requested] if role in held), None)


def fits(cell: Mapping[str, object], aspect: str, seat: int) -> bool:
    """Whether an opened cell is this one."""
    return cell["aspect"] == aspect and cell["seat"] == seat
