"""The fixed words of the engine: statuses, triggers, decisions, awards, ranks.

Values are what rulebooks and the database store; labels are the statutory phrases.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


def gettext_noop(text: str) -> str:
    """Return ``text``; mark it for the translation catalogue without Django."""
    return text


class Status(StrEnum):
    """Standing of a policy document; only the first and the last can bind."""

    IN_FORCE = "in-force"
    CONSULTATION_DRAFT = "consultation-draft"
    REPEALED = "repealed"
    EDITION_ONLY = "edition-only"


class Trigger(StrEnum):
    """What sets a rule off: a result, a title held, or standing behind a result.

    EXPERT is a member of the expert team (专家组, 技术团队), UNIT who trained, employs or
    sent the competitors.
    """

    RESULT = "result"
    HOLDER = "holder"
    COACH = "coach"
    EXPERT = "expert"
    UNIT = "unit"
    DELEGATION = "delegation"


class GrantKind(StrEnum):
    """What a rule gives, by the list it ends on."""

    GRADE = "grade"
    TITLE = "title"
    TITLE_APPLICATION = "title-application"
    PRIORITY_APPLICATION = "priority-application"
    BONUS = "bonus"
    POOL = "pool"
    SQUAD = "squad"
    LABOUR_MEDAL = "labour-medal"
    HONOUR = "honour"
    PRIZE = "prize"
    CERTIFICATE = "certificate"
    COACH = "coach"
    UNIT = "unit"


class Operator(StrEnum):
    """How a promotion moves a person on the grade ladder."""

    TO_OR_UP = "to-or-up"  # X, or one above X when X is held already
    UP_1 = "up1"  # one above what is held
    TO_UNLESS = "to-unless"  # X when less is held, otherwise nothing
    PAPER_PLUS_1 = "paper+1"  # one above the level the paper was set at


class Verdict(StrEnum):
    """The answer to one condition; unknown is never read as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class DecisionState(StrEnum):
    """The engine's conclusion about one grant to one person."""

    ENTITLED = "entitled"
    OPEN = "open"
    REFUSED = "refused"
    PREVIEW = "preview"

    @property
    def label(self) -> str:
        """The Chinese word shown to the bureau."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    DecisionState.ENTITLED: gettext_noop("符合"),
    DecisionState.OPEN: gettext_noop("待补"),
    DecisionState.REFUSED: gettext_noop("不符合"),
    DecisionState.PREVIEW: gettext_noop("草案"),
}


class Award(StrEnum):
    """Prize of an entry; 金牌 and 一等奖 stand on the same level."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    MERIT = "merit"
    NONE = "none"

    @property
    def level(self) -> int:
        """1 is best; no award is worse than every award."""
        return _AWARD_LEVELS[self]

    @property
    def label(self) -> str:
        """The usual Chinese name."""
        return _AWARD_LABELS[self]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a prize as documents and result lists write it.

        >>> Award.of("金牌") is Award.GOLD, Award.of("一等奖") is Award.FIRST
        (True, True)
        """
        folded = text.strip()
        for award in cls:
            if folded in (award.value, *_AWARD_NAMES.get(award, ())):
                return award
        raise ValueError(text)


_AWARD_LEVELS = {
    Award.GOLD: 1, Award.FIRST: 1, Award.SILVER: 2, Award.SECOND: 2,
    Award.BRONZE: 3, Award.THIRD: 3, Award.MERIT: 4, Award.NONE: 9,
}  # fmt: skip
_AWARD_LABELS = {
    Award.GOLD: gettext_noop("金牌"),
    Award.SILVER: gettext_noop("银牌"),
    Award.BRONZE: gettext_noop("铜牌"),
    Award.FIRST: gettext_noop("一等奖"),
    Award.SECOND: gettext_noop("二等奖"),
    Award.THIRD: gettext_noop("三等奖"),
    Award.MERIT: gettext_noop("优胜奖"),
    Award.NONE: gettext_noop("无奖"),
}
_AWARD_NAMES = {
    Award.GOLD: ("金牌", "金奖", "Gold"),
    Award.SILVER: ("银牌", "银奖", "Silver"),
    Award.BRONZE: ("铜牌", "铜奖", "Bronze"),
    Award.FIRST: ("一等奖",),
    Award.SECOND: ("二等奖",),
    Award.THIRD: ("三等奖",),
    Award.MERIT: ("优胜奖", "Medallion for Excellence", "Medal for Excellence"),
    Award.NONE: ("", "无奖"),
}


@dataclass(frozen=True, slots=True)
class Rank:
    """A place, exact or only bounded: 优胜奖 says "4 or worse" and nothing more.

    ``high`` None means no upper bound is known.

    >>> Rank.exact(3).within(1, 3), Rank(4, None).within(1, 3), Rank(4).within(1, 5)
    (True, False, None)
    """

    low: int
    high: int | None = None

    @classmethod
    def exact(cls, place: int) -> Self:
        """A place known for certain."""
        return cls(place, place)

    def within(self, best: int, worst: int | None) -> bool | None:
        """Whether the place lies in ``best..worst``; None when the bounds leave it open.

        ``worst`` None asks for ``best`` or worse.
        """
        beyond = worst is not None and self.low > worst
        if beyond or (self.high is not None and self.high < best):
            return False
        fits_below = worst is None or (self.high is not None and self.high <= worst)
        return True if self.low >= best and fits_below else None

    def narrowed(self, low: int, high: int | None) -> Self:
        """These bounds and those; a contradiction keeps these."""
        ends = [end for end in (self.high, high) if end is not None]
        both = type(self)(max(self.low, low), min(ends, default=None))
        return self if both.high is not None and both.high < both.low else both

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        return f"{self.low}–{'' if self.high is None else self.high}"
