"""The phases of a competition, in order, and which step may follow which."""

from enum import StrEnum


class Phase(StrEnum):
    """草拟 → 备案 → 报名 → 筹备 → 竞赛 → 复核 → 公示 → 最终 → 归档; 取消 stands apart."""

    DRAFT = "draft"
    FILED = "filed"
    ENTRY = "entry"
    PREPARATION = "preparation"
    COMPETING = "competing"
    VERIFICATION = "verification"
    PUBLICITY = "publicity"
    FINAL = "final"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


ORDER = tuple(phase for phase in Phase if phase != Phase.CANCELLED)
# A light contest (a company's, a school's) may leave these out, with a reason.
SKIPPABLE = frozenset({Phase.FILED, Phase.PREPARATION, Phase.PUBLICITY})


def position(phase: str) -> int:
    """Return how far along ``phase`` is; a cancelled competition is nowhere (-1)."""
    return -1 if phase == Phase.CANCELLED else ORDER.index(Phase(phase))


def next_phase(phase: str) -> Phase | None:
    """Return the step that follows, or None at the end and after cancelling."""
    here = position(phase)
    return ORDER[here + 1] if 0 <= here < len(ORDER) - 1 else None


def is_reached(phase: str, current: str) -> bool:
    """Return whether a competition standing at ``current`` has come to ``phase``."""
    return position(current) >= position(phase) >= 0


def steps_between(current: str, to: str) -> tuple[Phase, ...]:
    """Return the steps after ``current`` up to and with ``to``."""
    return ORDER[position(current) + 1 : position(to) + 1]


def may_go(current: str, to: str, *, with_reason: bool) -> bool:
    """Return whether a competition may go from ``current`` to ``to``.

    One step forward always; over steps that light contests leave out only with a
    reason; never back.  Cancelling needs a reason and a competition that is not final.
    """
    if current == Phase.CANCELLED:
        return False
    if to == Phase.CANCELLED:
        return with_reason and position(current) < position(Phase.FINAL)
    steps = steps_between(current, to)
    if len(steps) == 1:
        return True
    return bool(steps) and with_reason and SKIPPABLE.issuperset(steps[:-1])
