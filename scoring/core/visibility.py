"""What an audience may see of a skill at a moment: one pure function.

Encrypted entries are never shown by workstation or work code before they are decoded:
everybody in the hall sees who stands at 07.  A freeze holds the public still while
organizers see both.  The world tier shows progress only until the result is final.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who looks."""

    PUBLIC = "public"
    HALL = "hall"
    JUDGES = "judges"
    ORGANIZERS = "organizers"


class BoardState(StrEnum):
    """未定, 实时（非最终）, 封榜, 公示中, 最终."""

    NONE = "none"
    LIVE = "live"
    FROZEN = "frozen"
    PUBLIC = "public"
    FINAL = "final"


class Naming(StrEnum):
    """What a row is called."""

    CODES = "codes"
    ALIASES = "aliases"
    PROGRESS = "progress"
    NAMES = "names"


class PublicFrom(StrEnum):
    """From which state of its sheet a mark counts in public."""

    ON_ENTRY = "on-entry"
    SHEET_COMPLETE = "sheet-complete"
    JUDGE_SIGNED = "judge-signed"
    CHIEF_SIGNED = "chief-signed"


@dataclass(frozen=True, slots=True)
class Moment:
    """The facts the answer depends on; words are those the database stores.

    ``result`` is provisional, verified, decoded, publicity or final.
    """

    tier: str
    result: str = "provisional"
    has_marks: bool = False
    is_frozen: bool = False
    is_encrypted: bool = False
    is_decoded: bool = False
    naming: Naming = Naming.CODES


@dataclass(frozen=True, slots=True)
class View:
    """What may be shown.

    ``full`` values count every mark; otherwise the held-back public ones are shown.
    ``points`` and ``places`` may be hidden, progress never is.  ``public_is_frozen``
    warns those who see more than the public does.
    """

    state: BoardState
    naming: Naming
    points: bool
    places: bool
    full: bool
    public_is_frozen: bool = False


_SHEET_ORDER = (
    "open",
    "complete",
    "judge-signed",
    "chief-signed",
    "supervised",
    "locked",
)
_COUNTS_FROM = {
    PublicFrom.ON_ENTRY: "open",
    PublicFrom.SHEET_COMPLETE: "complete",
    PublicFrom.JUDGE_SIGNED: "judge-signed",
    PublicFrom.CHIEF_SIGNED: "chief-signed",
}


def counts_in_public(sheet_state: str, public_from: PublicFrom) -> bool:
    """Whether the settled aspects of a sheet in this state count in public."""
    return _SHEET_ORDER.index(sheet_state) >= _SHEET_ORDER.index(
        _COUNTS_FROM[public_from]
    )


def view_of(audience: Audience, moment: Moment) -> View:
    """Return what ``audience`` may see at ``moment``."""
    state = _state(audience, moment)
    published = state in (BoardState.PUBLIC, BoardState.FINAL)
    naming = _naming(audience, moment, published=published)
    if audience is Audience.ORGANIZERS:
        return View(
            state, naming, True, True, full=True, public_is_frozen=moment.is_frozen
        )
    secret = moment.tier == "world" and state is not BoardState.FINAL
    visible = (
        state is not BoardState.NONE
        and not secret
        and naming is not Naming.PROGRESS
        and (audience is not Audience.JUDGES or published)
    )
    return View(state, naming, points=visible, places=visible, full=published)


def _state(audience: Audience, moment: Moment) -> BoardState:
    if moment.result == "final":
        return BoardState.FINAL
    if moment.result == "publicity":
        return BoardState.PUBLIC
    if moment.is_frozen and audience is not Audience.ORGANIZERS:
        return BoardState.FROZEN
    return BoardState.LIVE if moment.has_marks else BoardState.NONE


def _naming(audience: Audience, moment: Moment, *, published: bool) -> Naming:
    if moment.is_encrypted and not moment.is_decoded:
        if audience in (Audience.ORGANIZERS, Audience.JUDGES):
            return Naming.CODES
        hidden = (Naming.CODES, Naming.NAMES)
        return Naming.PROGRESS if moment.naming in hidden else moment.naming
    if published:
        return Naming.NAMES
    if moment.is_decoded or audience is not Audience.JUDGES:
        return moment.naming
    return Naming.CODES
