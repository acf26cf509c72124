"""Who marks what: seats of the marking teams, and the sheets they fill.

Seats follow the judges' appointments, where a team is not arranged one by one.  A judge
who must stand aside for an entry has no part in its sheets, unless a reserve holds the
seat there.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Entry, Skill
from competitions.queries import TAKING_PART, judges_of, unprinted_levels
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import moment, skill_chain
from people.models import User
from scoring.actions.totals import apply_total, refresh_results, save_sheets
from scoring.core.dual import BOTH, sheet_seats
from scoring.core.marking import is_per_judge
from scoring.core.scheme import SubCriterion as CoreSub
from scoring.enums import SheetState
from scoring.errors import MarkingRefused
from scoring.models import (
    Mark,
    MarkingTeam,
    PanelSeat,
    Result,
    Sheet,
    SkillState,
    SubCriterion,
)
from scoring.queries.interest import recusals
from scoring.queries.points import sheet_total
from scoring.queries.schemes import (
    Plan,
    blocking_findings,
    plan_by_digest,
    plan_of,
    state_of,
)
from scoring.signals import announce_scoreboard, announce_sheets

SIGNED = (SheetState.JUDGE_SIGNED, SheetState.CHIEF_SIGNED, SheetState.SUPERVISED)


@transaction.atomic
def seat_judges(skill: Skill, *, by: User, at: datetime) -> list[PanelSeat]:
    """Seat every appointed judge in every marking team that the scheme uses.

    Who is no longer appointed leaves; a new judge takes the lowest free number, in the
    order of appointment.  Without a scheme there is panel A.
    """
    lock_chains([skill_chain(skill.pk)], at=at)
    judges = appointed_users(skill, EventRole.JUDGE)
    may_sit = {user.pk for user in judges}
    may_sit |= {user.pk for user in appointed_users(skill, EventRole.RESERVE)}
    rows = PanelSeat.objects.filter(skill=skill, left_at__isnull=True)
    seats = list(rows.order_by("number"))
    gone = [seat.pk for seat in seats if seat.judge_id not in may_sit]
    if gone:
        PanelSeat.objects.filter(pk__in=gone).update(left_at=at)
    kept = [s for s in seats if s.judge_id in may_sit and s.entry_id is None]
    arranged = MarkingTeam.objects.filter(skill=skill, is_arranged=True)
    chosen = set(arranged.values_list("letter", flat=True))
    replaced = _replaced(skill)
    new = [
        seat
        for panel in panel_letters(skill)
        if panel not in chosen
        for seat in _new_seats(
            skill,
            panel,
            [judge for judge in judges if (panel, judge.pk) not in replaced],
            kept,
            at,
        )
    ]
    PanelSeat.objects.bulk_create(new)
    if gone or new:
        note_seats(skill, [*kept, *new], by=by, at=at)
    return [*kept, *new]


def appointed_users(skill: Skill, role: str) -> list[User]:
    """The sign-ins of those appointed in a skill, each once, in order."""
    rows = judges_of(skill, role).filter(person__user__isnull=False)
    return list(
        dict.fromkeys(r.person.user for r in rows.select_related("person__user"))
    )


def _replaced(skill: Skill) -> set[tuple[str, int]]:
    """Whose seat a reserve took from then on: they are not seated again by themselves."""
    rows = PanelSeat.objects.filter(skill=skill, left_for__isnull=False)
    return set(rows.values_list("panel", "judge_id"))


def panel_letters(skill: Skill) -> list[str]:
    """The letters of the teams that the scheme names; A without a scheme."""
    plan = plan_of(skill)
    subs = plan.subs.values() if plan else ()
    letters = {sub.panel for sub in subs}
    letters |= {sub.dual.panel for sub in subs if sub.dual is not None}
    return sorted(letters or {"A"})


def _new_seats(
    skill: Skill,
    panel: str,
    judges: Collection[User],
    kept: Collection[PanelSeat],
    at: datetime,
) -> list[PanelSeat]:
    held = {seat.judge_id: seat.number for seat in kept if seat.panel == panel}
    waiting = [judge for judge in judges if judge.pk not in held]
    numbers = range(1, len(judges) + len(held) + 1)
    free = [number for number in numbers if number not in held.values()]
    return [
        PanelSeat(skill=skill, panel=panel, number=number, judge=judge, seated_at=at)
        for judge, number in zip(waiting, free, strict=False)
    ]


@transaction.atomic
def open_marking(skill: Skill, *, by: User, at: datetime) -> int:
    """Make the sheets: one per accepted entry and sub-criterion; return how many exist.

    May be repeated: later entries and judges get their sheets and seats, signed sheets
    stay as they are, and so do entries that no longer take part.  Refused without a scheme that can be frozen, without judges, and
    for entries without a code; and while a drawn level's commitment is not on paper.
    """
    lock_chains([skill_chain(skill.pk)], at=at)
    state = state_of(skill)
    if state is None:
        raise MarkingRefused(_("还没有评分方案，先导入。"), "no-scheme")
    plan = plan_by_digest(state.scheme.digest)
    _require_freezable(skill, plan)
    _require_printed(skill)
    seats = seat_judges(skill, by=by, at=at)
    entries = list(Entry.objects.filter(skill=skill, state__in=TAKING_PART))
    subs = list(SubCriterion.objects.filter(criterion__scheme=state.scheme))
    _require_ready(entries, subs, seats, plan)
    sheets = _missing_sheets(skill, entries, subs)
    panels, aside = seat_sheets(skill, plan, sheets, seats)
    write_calendar(skill)
    have = set(Result.objects.filter(skill=skill).values_list("entry_id", flat=True))
    Result.objects.bulk_create(
        Result(entry=entry, skill=skill, computed_at=at)
        for entry in entries
        if entry.pk not in have
    )
    SkillState.objects.filter(pk=state.pk).update(opened_at=state.opened_at or at)
    state.opened_at = state.opened_at or at
    by_entry: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_entry[sheet.entry_id].append(sheet)
    refresh_results(skill, state, plan, sheets=by_entry, at=at)
    everyone = list(Entry.objects.filter(pk__in=by_entry).order_by("pk"))
    _note_open(skill, everyone, panels, aside, by=by, at=at)
    announce_scoreboard(skill.pk)
    announce_sheets(skill.pk, [sheet.pk for sheet in sheets])
    return len(sheets)


def _require_printed(skill: Skill) -> None:
    levels = unprinted_levels(skill)
    if levels:
        raise MarkingRefused(
            _(
                "第 %(levels)s 次抽签的封存单还没有打印。先打印、签名、封存，再开始评分。"
            )
            % {"levels": _("、").join(map(str, levels))},
            "seal-not-printed",
        )


def _require_freezable(skill: Skill, plan: Plan) -> None:
    if found := blocking_findings(skill, plan.scheme):
        places = _("、").join(f"{f.place or f.detail}（{f.code}）" for f in found[:5])
        raise MarkingRefused(
            _("评分方案还不能冻结：%(places)s") % {"places": places}, "scheme-not-ready"
        )


def _require_ready(
    entries: Collection[Entry],
    subs: Collection[SubCriterion],
    seats: Collection[PanelSeat],
    plan: Plan,
) -> None:
    if not entries:
        raise MarkingRefused(_("还没有通过的参赛，先审核报名。"), "no-entries")
    if missing := [entry.key for entry in entries if not entry.code]:
        raise MarkingRefused(
            _("%(count)d 个参赛还没有工位号（%(keys)s），先抽签或编号。")
            % {"count": len(missing), "keys": _("、").join(missing[:5])},
            "no-codes",
        )
    panels = _panels(seats)
    for sub in subs:
        found = plan.subs[sub.code]
        each = any(is_per_judge(aspect.kind) for aspect in found.aspects)
        letters = [sub.panel] + ([found.dual.panel] if found.dual else [])
        for panel in letters:
            if not panels.get(panel) and (found.dual or each):
                raise MarkingRefused(
                    _("子项 %(code)s 的 %(panel)s 组还没有裁判，先聘任。")
                    % {"code": sub.code, "panel": panel},
                    "no-judges",
                )
        if found.dual:
            _require_apart(found, seats)


def _require_apart(sub: CoreSub, seats: Collection[PanelSeat]) -> None:
    """Two teams that mark one sheet on their own share no judge."""
    if sub.dual is None:
        return
    ours = {seat.judge_id for seat in seats if seat.panel == sub.panel}
    theirs = {seat.judge_id for seat in seats if seat.panel == sub.dual.panel}
    if ours & theirs:
        raise MarkingRefused(
            _(
                "子项 %(code)s 由 %(one)s、%(other)s 两组各自评分，"
                "一名裁判不能同在两组。先在“评分组”里分别安排。"
            )
            % {"code": sub.code, "one": sub.panel, "other": sub.dual.panel},
            "two-teams",
        )


def _panels(seats: Collection[PanelSeat]) -> dict[str, list[int]]:
    panels: dict[str, list[int]] = defaultdict(list)
    for seat in sorted(seats, key=lambda seat: (seat.panel, seat.number)):
        panels[seat.panel].append(seat.number)
    return dict(panels)


def _stand_ins(skill: Skill) -> dict[int, dict[tuple[str, int], User]]:
    """Who holds a seat for one entry, by entry, panel and number."""
    rows = PanelSeat.objects.filter(
        skill=skill, left_at__isnull=True, entry__isnull=False
    )
    found: dict[int, dict[tuple[str, int], User]] = defaultdict(dict)
    for row in rows.select_related("judge__person").order_by("pk"):
        found[row.entry_id or 0][row.panel, row.number] = row.judge
    return found


def _aside(
    skill: Skill,
    seats: Collection[PanelSeat],
    stand_ins: dict[int, dict[tuple[str, int], User]],
) -> dict[int, dict[str, list[int]]]:
    """Seats that stand aside, by entry and panel; entries without any are left out.

    A seat that a reserve holds for the entry is filled, if the reserve is free to mark.
    """
    users = {
        user.pk: user
        for user in User.objects.select_related("person").filter(
            pk__in=[seat.judge_id for seat in seats]
        )
    }
    users |= {user.pk: user for rows in stand_ins.values() for user in rows.values()}
    found: dict[int, dict[str, list[int]]] = {}
    for entry, recused in recusals(skill, users.values()).items():
        for seat in seats:
            here = stand_ins.get(entry, {}).get((seat.panel, seat.number))
            holder = seat.judge_id if here is None else here.pk
            if holder in recused:
                panels = found.setdefault(entry, {})
                panels.setdefault(seat.panel, []).append(seat.number)
    return found


def _missing_sheets(
    skill: Skill, entries: Collection[Entry], subs: Collection[SubCriterion]
) -> list[Sheet]:
    """All sheets of the skill, those missing made now."""
    have = set(
        Sheet.objects.filter(skill=skill).values_list("entry_id", "sub_criterion_id")
    )
    Sheet.objects.bulk_create(
        Sheet(skill=skill, entry=entry, sub_criterion=sub)
        for entry in entries
        for sub in subs
        if (entry.pk, sub.pk) not in have
    )
    rows = Sheet.objects.filter(skill=skill).select_related("sub_criterion")
    return list(rows.order_by("pk"))


def seat_sheets(
    skill: Skill, plan: Plan, sheets: Collection[Sheet], seats: Collection[PanelSeat]
) -> tuple[dict[str, list[int]], dict[int, dict[str, list[int]]]]:
    """Seat every unsigned sheet anew; return the panels and who stands aside.

    Sheets come with their sub-criteria; a signed one keeps its seats.
    """
    panels, stand_ins = _panels(seats), _stand_ins(skill)
    aside = _aside(skill, seats, stand_ins)
    cells: dict[int, dict[tuple[str, int], Mark]] = defaultdict(dict)
    for mark in Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets]):
        cells[mark.sheet_id][mark.code, mark.seat] = mark
    for sheet in sheets:
        sub = plan.subs[sheet.sub_criterion.code]
        sheet.stand_ins = _held_here(sub, stand_ins.get(sheet.entry_id, {}))
        if sheet.state in SIGNED or sheet.signers or sheet.is_guarded:
            continue
        sheet.seats = sheet_seats(sub, panels, aside.get(sheet.entry_id, {}))
        total = sheet_total(plan, sub.code, sheet.seats, cells[sheet.pk])
        apply_total(sheet, total)
    save_sheets(sheets)
    return panels, aside


def _held_here(sub: CoreSub, held: dict[tuple[str, int], User]) -> dict[str, int]:
    """The stand-ins of a sheet by its own seat numbers."""
    letters = [sub.panel] + ([sub.dual.panel] if sub.dual else [])
    groups = dict(zip(letters, BOTH, strict=False))
    return {
        str(groups[panel] + number): user.pk
        for (panel, number), user in sorted(held.items(), key=lambda item: item[0])
        if panel in groups
    }


def write_calendar(skill: Skill) -> None:
    """Write when each team marks where the mark path reads it."""
    teams = MarkingTeam.objects.filter(skill=skill).prefetch_related("catch_ups")
    calendar = {}
    for team in teams:
        until: dict[str, str] = {}
        for row in team.catch_ups.all():
            until[row.sub] = max(until.get(row.sub, ""), moment(row.until))
        if team.days or team.by_sub_day:
            calendar[team.letter] = {
                "days": team.days,
                "by_sub": team.by_sub_day,
                "until": until,
            }
    SkillState.objects.filter(skill=skill).update(calendar=calendar)


def note_seats(
    skill: Skill, seats: Collection[PanelSeat], *, by: User, at: datetime
) -> None:
    body = {
        "seats": [
            [seat.panel, seat.number, f"user:{seat.judge_id}"]
            for seat in sorted(seats, key=lambda seat: (seat.panel, seat.number))
        ]
    }
    append(skill_chain(skill.pk), [EventDraft("seats", body)], actor=by.actor, at=at)


def _note_open(
    skill: Skill,
    entries: Collection[Entry],
    panels: dict[str, list[int]],
    aside: dict[int, dict[str, list[int]]],
    *,
    by: User,
    at: datetime,
) -> None:
    body = {
        "entries": [entry.pk for entry in entries],
        "guests": [entry.pk for entry in entries if entry.is_guest],
        "panels": panels,
        "aside": {str(entry): away for entry, away in sorted(aside.items())},
    }
    draft = EventDraft("marking-open", body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)
