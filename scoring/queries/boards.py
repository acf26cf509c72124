"""A skill's board for each audience, as the core's visibility allows it.

Rows are loaded once for all audiences.  What an audience may not see is not in its view:
no points behind hidden ones, no order that betrays places, no names before decode.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from competitions.enums import Phase
from competitions.models import EntryMember, PublicNotice, Skill
from competitions.queries import local_day, notices_listing
from ledger.core.chain import skill_chain
from ledger.queries import head_of
from scoring.core.rounding import from_scaled, round_half_up
from scoring.core.visibility import (
    Audience,
    BoardState,
    Moment,
    Naming,
    View,
    view_of,
)
from scoring.enums import Standing
from scoring.models import Release, Result, SkillState
from scoring.queries.results import current_release, result_state
from scoring.queries.schemes import plan_by_digest, state_of

CLOSED_PHASES = (Phase.DRAFT, Phase.FILED, Phase.CANCELLED)
OUTSIDE = (Audience.PUBLIC, Audience.HALL)
MEDALS = {"金牌": "gold", "银牌": "silver", "铜牌": "bronze"}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One entry on a board; ``place`` and ``points`` are None where hidden."""

    entry_id: int
    place: int | None
    shared: bool
    standing: str
    label: str
    unit: str
    delegation: str
    award: str
    medal: str
    points: str | None
    modules: tuple[int, ...]
    module_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """Everything one audience may see of a skill at a moment."""

    state: str
    competition_code: str
    competition: str
    skill_number: str
    skill: str
    group: str
    place: str
    count: int
    team: bool
    sheets_done: int
    sheets_total: int
    modules: tuple[str, ...]
    naming: str
    rows: tuple[BoardRow, ...]
    note: str
    starts_on: date
    ends_on: date
    frozen_at: datetime | None
    public_frozen: bool
    notice: tuple[date, int, date] | None
    release: str
    published_on: date | None
    rehearsal: bool
    listed: bool
    receipt: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What all audiences' views are made of."""

    skill: Skill
    state: SkillState | None
    results: Sequence[Result]
    notice: PublicNotice | None
    broken_off: datetime | None  # when its latest notice ended without effect
    release: Release | None
    receipt: tuple[int, str] | None
    places: int  # decimals of a total
    letters: tuple[str, ...]
    names: dict[int, tuple[str, str]]  # members and units by entry, if seen


def board_views(
    skill: Skill, audiences: Iterable[str], at: datetime
) -> dict[str, BoardView | None]:
    """The board of ``skill`` for each audience; None where it has none at all.

    ``skill`` comes with its competition.  The number of queries does not depend on the
    number of entries or audiences.  Names are read only where somebody may see them.
    """
    loaded = _load(skill)
    moment = _moment(loaded)
    views = {Audience(who): view_of(Audience(who), moment) for who in audiences}
    if any(view.naming is Naming.NAMES for view in views.values()):
        loaded = replace(loaded, names=_names(loaded.results))
    return {str(who): _board(loaded, who, view) for who, view in views.items()}


def board_view(skill: Skill, audience: str, at: datetime) -> BoardView | None:
    """The board of ``skill`` for one audience."""
    return board_views(skill, [audience], at)[str(audience)]


def _load(skill: Skill) -> _Loaded:
    state = state_of(skill)
    rows = Result.objects.filter(skill=skill).select_related("entry__delegation")
    results = list(rows.order_by("entry__code", "pk"))
    head = head_of([skill_chain(skill.pk)])[skill_chain(skill.pk)]
    scheme = plan_by_digest(state.scheme.digest).scheme if state else None
    places = scheme.rounding.total if scheme else None
    notices = notices_listing(skill)
    return _Loaded(
        skill=skill,
        state=state,
        results=results,
        notice=next((row for row in notices if not row.void_reason), None),
        broken_off=notices[0].closed_at if notices and notices[0].void_reason else None,
        release=current_release(skill),
        receipt=(head.seq, head.hash) if head.seq else None,
        places=2 if places is None else places,
        letters=tuple(c.letter for c in scheme.criteria) if scheme else (),
        names={},
    )


def _names(results: Sequence[Result]) -> dict[int, tuple[str, str]]:
    members: dict[int, list[EntryMember]] = {}
    rows = EntryMember.objects.filter(entry__in=[row.entry_id for row in results])
    for member in rows.select_related("person", "organization").order_by("position"):
        members.setdefault(member.entry_id, []).append(member)
    return {
        entry: (
            "、".join(member.person.name for member in team),
            "、".join(
                dict.fromkeys(str(m.organization) for m in team if m.organization)
            ),
        )
        for entry, team in members.items()
    }


def _board(loaded: _Loaded, audience: Audience, view: View) -> BoardView | None:
    skill = loaded.skill
    competition = skill.competition
    if audience in OUTSIDE and competition.phase in CLOSED_PHASES:
        return None
    full = view.full or audience is Audience.ORGANIZERS
    progress = [_modules(row, full=full) for row in loaded.results]
    notice = loaded.notice if view.state is BoardState.PUBLIC else None
    frozen_at = loaded.state.frozen_at if loaded.state else None
    release = loaded.release if view.state is BoardState.FINAL else None
    with override(settings.LANGUAGE_CODE):  # one text for every reader
        group = str(skill.get_group_display())
    return BoardView(
        state=view.state.value,
        competition_code=competition.code,
        competition=competition.name,
        skill_number=skill.number,
        skill=skill.name,
        group=group,
        place=competition.place,
        count=len(loaded.results),
        team=skill.team_size > 1,
        sheets_done=sum(m["done"] for modules in progress for m in modules),
        sheets_total=sum(m["sheets"] for modules in progress for m in modules),
        modules=loaded.letters,
        naming=view.naming.value,
        rows=() if view.naming is Naming.PROGRESS else _rows(loaded, view, full=full),
        note=_note(view, competition.tier) or _broken_off(loaded),
        starts_on=competition.starts_on,
        ends_on=competition.ends_on,
        frozen_at=frozen_at,
        public_frozen=view.public_is_frozen,
        notice=None if notice is None else _notice(notice),
        release=release.number if release else "",
        published_on=local_day(competition, release.published_at) if release else None,
        rehearsal=competition.is_rehearsal,
        listed=competition.is_listed,
        receipt=loaded.receipt,
    )


def _moment(loaded: _Loaded) -> Moment:
    skill, state = loaded.skill, loaded.state
    return Moment(
        tier=skill.competition.tier,
        result=result_state(
            state,
            notice=loaded.notice,
            release=loaded.release,
            skill=skill,
        ),
        has_marks=any(m["filled"] for row in loaded.results for m in row.modules),
        is_frozen=state is not None and state.frozen_at is not None,
        is_encrypted=skill.draw_levels > 0,
        is_decoded=skill.decoded_at is not None,
        naming=Naming(skill.board_naming),
    )


def _notice(notice: PublicNotice) -> tuple[date, int, date]:
    opened = local_day(notice.competition, notice.opened_at)
    return opened, notice.working_days, notice.ends_on


def _broken_off(loaded: _Loaded) -> str:
    """That the 公示 of these results was broken off, until they are shown again."""
    if loaded.broken_off is None:
        return ""
    day = local_day(loaded.skill.competition, loaded.broken_off)
    return _("公示已于 %(day)s 中止：成绩重新打开，改正并复核后重新公示") % {
        "day": day.isoformat()
    }


def _note(view: View, tier: str) -> str:
    if tier == "world" and not view.points and view.state is not BoardState.NONE:
        return _("颁奖前只公布进度")
    if view.naming is Naming.PROGRESS:
        return _("解密前只公布进度")
    return ""


def _modules(row: Result, *, full: bool) -> list[dict[str, Any]]:
    modules: list[dict[str, Any]] = row.modules if full else row.public_modules
    return modules


def _rows(loaded: _Loaded, view: View, *, full: bool) -> tuple[BoardRow, ...]:
    places = {row.pk: row.place if full else row.public_place for row in loaded.results}
    counted = list(places.values())
    rows = [
        _row(loaded, row, view, full=full, shared=counted.count(places[row.pk]) > 1)
        for row in loaded.results
    ]
    return tuple(sorted(rows, key=_order))


def _order(row: BoardRow) -> tuple[bool, int, bool, str]:
    unranked = row.standing not in (Standing.RANKED, Standing.NOT_SCORED)
    return row.place is None, row.place or 0, unranked, row.label


def _row(
    loaded: _Loaded, row: Result, view: View, *, full: bool, shared: bool
) -> BoardRow:
    place = (row.place if full else row.public_place) if view.places else None
    scaled = row.points_scaled if full else row.public_points_scaled
    standing = row.standing if full else row.public_standing
    published = view.state in (BoardState.PUBLIC, BoardState.FINAL) and view.points
    label, unit, delegation = _called(loaded, row, view.naming)
    seen = _modules(row, full=full)
    return BoardRow(
        entry_id=row.entry_id,
        place=place,
        shared=shared and place is not None,
        standing=standing,
        label=label,
        unit=unit,
        delegation=delegation,
        award=row.award if published else "",
        medal=MEDALS.get(row.award, "") if published else "",
        points=_points(scaled, loaded.places)
        if view.points and standing != Standing.NOT_SCORED
        else None,
        modules=tuple(_progress(module) for module in seen),
        module_points=tuple(_points_text(m["points"], loaded.places) for m in seen)
        if published
        else (),
    )


def _called(loaded: _Loaded, row: Result, naming: Naming) -> tuple[str, str, str]:
    if naming is Naming.NAMES:
        names, units = loaded.names.get(row.entry_id, ("", ""))
        return names, units, row.entry.delegation.name
    if naming is Naming.ALIASES:
        return row.entry.alias, "", ""
    return row.entry.code, "", ""


def _progress(module: dict[str, Any]) -> int:
    if module["sheets"] and module["done"] == module["sheets"]:
        return 2
    return 1 if module["filled"] else 0


def _points(scaled: int, places: int) -> str:
    return str(round_half_up(from_scaled(scaled), places))


def _points_text(text: str, places: int) -> str:
    return str(round_half_up(Decimal(text), places))
