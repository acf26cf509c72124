"""Who marks what: seats of the marking teams, and the sheets they fill.

Seats follow the judges' appointments.  A judge who must stand aside for an entry has no
part in its sheets; the others of the panel mark it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Entry, Skill
from competitions.queries import TAKING_PART, judges_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from people.models import User
from scoring.actions.totals import apply_total, refresh_results, save_sheets
from scoring.core.marking import is_per_judge
from scoring.enums import SheetState
from scoring.errors import MarkingRefused
from scoring.models import Mark, PanelSeat, Result, Sheet, SkillState, SubCriterion
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
    appointments = judges_of(skill).filter(person__user__isnull=False)
    rows = appointments.select_related("person__user")
    judges = list(dict.fromkeys(row.person.user for row in rows))
    seats = list(
        PanelSeat.objects.filter(skill=skill, left_at__isnull=True).order_by("number")
    )
    appointed = {judge.pk for judge in judges}
    gone = [seat.pk for seat in seats if seat.judge_id not in appointed]
    if gone:
        PanelSeat.objects.filter(pk__in=gone).update(left_at=at)
    kept = [seat for seat in seats if seat.judge_id in appointed]
    new = [
        seat
        for panel in _panel_letters(skill)
        for seat in _new_seats(skill, panel, judges, kept, at)
    ]
    PanelSeat.objects.bulk_create(new)
    if gone or new:
        _note_seats(skill, [*kept, *new], by=by, at=at)
    return [*kept, *new]


def _panel_letters(skill: Skill) -> list[str]:
    plan = plan_of(skill)
    letters = {sub.panel for sub in plan.subs.values()} if plan else set()
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
    for entries without a code.
    """
    lock_chains([skill_chain(skill.pk)], at=at)
    state = state_of(skill)
    if state is None:
        raise MarkingRefused(_("还没有评分方案，先导入。"), "no-scheme")
    plan = plan_by_digest(state.scheme.digest)
    _require_freezable(skill, plan)
    seats = seat_judges(skill, by=by, at=at)
    entries = list(Entry.objects.filter(skill=skill, state__in=TAKING_PART))
    subs = list(SubCriterion.objects.filter(criterion__scheme=state.scheme))
    _require_ready(entries, subs, seats, plan)
    panels = _panels(seats)
    aside = _aside(skill, seats)
    sheets = _missing_sheets(skill, entries, subs)
    _seat_sheets(sheets, plan, panels, aside)
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
        kinds = {aspect.kind for aspect in plan.subs[sub.code].aspects}
        if not panels.get(sub.panel) and any(is_per_judge(kind) for kind in kinds):
            raise MarkingRefused(
                _("子项 %(code)s 的 %(panel)s 组还没有裁判，先聘任。")
                % {"code": sub.code, "panel": sub.panel},
                "no-judges",
            )


def _panels(seats: Collection[PanelSeat]) -> dict[str, list[int]]:
    panels: dict[str, list[int]] = defaultdict(list)
    for seat in sorted(seats, key=lambda seat: (seat.panel, seat.number)):
        panels[seat.panel].append(seat.number)
    return dict(panels)


def _aside(
    skill: Skill, seats: Collection[PanelSeat]
) -> dict[int, dict[str, list[int]]]:
    """Seats that stand aside, by entry and panel; entries without any are left out."""
    ids = [seat.judge_id for seat in seats]
    users = User.objects.select_related("person").filter(pk__in=ids)
    found: dict[int, dict[str, list[int]]] = {}
    for entry, recused in recusals(skill, users).items():
        for seat in seats:
            if seat.judge_id in recused:
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


def _seat_sheets(
    sheets: Collection[Sheet],
    plan: Plan,
    panels: dict[str, list[int]],
    aside: dict[int, dict[str, list[int]]],
) -> None:
    cells: dict[int, dict[tuple[str, int], Mark]] = defaultdict(dict)
    for mark in Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets]):
        cells[mark.sheet_id][mark.code, mark.seat] = mark
    changed = []
    for sheet in sheets:
        if sheet.state in SIGNED or sheet.signers or sheet.is_guarded:
            continue
        panel = sheet.sub_criterion.panel
        away = aside.get(sheet.entry_id, {}).get(panel, [])
        sheet.seats = [n for n in panels.get(panel, []) if n not in away]
        apply_total(
            sheet,
            sheet_total(plan, sheet.sub_criterion.code, sheet.seats, cells[sheet.pk]),
        )
        changed.append(sheet)
    save_sheets(changed)


def _note_seats(
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
