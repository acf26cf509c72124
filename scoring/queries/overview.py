"""All skills of a competition at a glance, and one skill's sheets as a heat map."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, Sum

from competitions.models import Competition, Entry, Skill
from competitions.queries import notices_of
from scoring.enums import ResultState, SheetState
from scoring.models import ReleaseSkill, Sheet, SkillState
from scoring.queries.judging import AWAY


@dataclass(frozen=True, slots=True)
class SkillOverview:
    """How far one skill is, from its scheme to its release."""

    skill: Skill
    has_scheme: bool
    is_open: bool
    is_frozen: bool
    state: str
    is_released: bool
    in_publicity: bool = False
    needs_notice: bool = False  # verified, and no 公示 since
    sheets: int = 0
    complete: int = 0
    judge_signed: int = 0
    chief_signed: int = 0
    conflicts: int = 0
    cells: int = 0
    filled: int = 0

    @property
    def percent(self) -> int:
        return 100 * self.filled // self.cells if self.cells else 0

    @property
    def entered(self) -> str:
        return f"{self.percent}%"

    @property
    def checked(self) -> str:
        """Sheets signed by their judges, of all."""
        return f"{self.judge_signed} / {self.sheets}"

    @property
    def signed(self) -> str:
        """Sheets signed by the chief judge, of all."""
        return f"{self.chief_signed} / {self.sheets}"

    @property
    def unsigned(self) -> int:
        """Sheets the chief judge has not signed."""
        return self.sheets - self.chief_signed

    @property
    def is_at_work(self) -> bool:
        return bool(self.filled and self.unsigned)

    @property
    def is_verified(self) -> bool:
        return self.state != ResultState.PROVISIONAL

    @property
    def is_reopened(self) -> bool:
        """Released once, and opened again since: what stands is not what was released."""
        is_own = self.is_released and self.is_open
        return is_own and self.state != ResultState.FINAL

    @property
    def board(self) -> str:
        """What the public sees (components/state.html)."""
        if self.is_released and not self.is_reopened:
            return "final"
        if self.in_publicity and not self.is_reopened:
            return "public"
        if self.is_frozen:
            return "frozen"
        return "live" if self.filled else "none"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One sheet of the map: ``kind`` empty, begun, complete, signed, conflict, away."""

    sheet_id: int
    kind: str
    filled: int
    cells: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One sub-criterion across all entries, in the order of the codes."""

    code: str
    name: str
    cells: tuple[HeatCell, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Entries across, sub-criteria down; progress only, never a point."""

    codes: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def is_marking_open(competition: Competition) -> bool:
    """Whether sheets were made for any skill."""
    states = SkillState.objects.filter(skill__competition=competition)
    return states.filter(opened_at__isnull=False).exists()


def has_unsigned(competition: Competition) -> bool:
    """Whether a begun sheet still waits for the chief judge's signature."""
    waiting = (SheetState.OPEN, SheetState.COMPLETE, SheetState.JUDGE_SIGNED)
    sheets = Sheet.objects.filter(skill__competition=competition, state__in=waiting)
    return sheets.filter(filled__gt=0).exclude(entry__state__in=AWAY).exists()


def frozen_skills(competition: Competition) -> list[SkillState]:
    """The skills whose public board stands still; what is final does not count."""
    states = SkillState.objects.filter(
        skill__competition=competition, frozen_at__isnull=False
    ).exclude(
        state=ResultState.FINAL,
        skill__in=ReleaseSkill.objects.filter(superseded_by__isnull=True).values(
            "skill"
        ),
    )
    return list(states.select_related("skill").order_by("skill__number", "pk"))


def overview(competition: Competition) -> list[SkillOverview]:
    """Every skill of a competition with its progress; five queries."""
    skills = list(competition.skills.all())
    states = {row.skill_id: row for row in SkillState.objects.filter(skill__in=skills)}
    released = set(
        ReleaseSkill.objects.filter(
            skill__in=skills, superseded_by__isnull=True
        ).values_list("skill_id", flat=True)
    )
    notices = [row for row in notices_of(competition) if not row.void_reason]
    since = {pk: row.opened_at for row in reversed(notices) for pk in row.skills}
    counts = _counts(competition)
    return [
        SkillOverview(
            skill=skill,
            has_scheme=skill.pk in states,
            is_open=skill.pk in states and states[skill.pk].opened_at is not None,
            is_frozen=skill.pk in states and states[skill.pk].frozen_at is not None,
            state=states[skill.pk].state
            if skill.pk in states
            else ResultState.PROVISIONAL.value,
            is_released=skill.pk in released,
            in_publicity=skill.pk in since,
            needs_notice=_needs_notice(states.get(skill.pk), since.get(skill.pk)),
            **counts.get(skill.pk, {}),
        )
        for skill in skills
    ]


def _needs_notice(state: SkillState | None, since: datetime | None) -> bool:
    verified = state.verified_at if state is not None else None
    return verified is not None and (since is None or since < verified)


def _counts(competition: Competition) -> dict[int, dict[str, int]]:
    order = list(SheetState)
    signed = order[order.index(SheetState.CHIEF_SIGNED) :]
    checked = order[order.index(SheetState.JUDGE_SIGNED) :]
    rows = (
        Sheet.objects.filter(skill__competition=competition)
        .exclude(entry__state__in=AWAY)
        .order_by()
        .values("skill_id")
        .annotate(
            sheets=Count("pk"),
            complete=Count("pk", filter=~Q(state=SheetState.OPEN)),
            judge_signed=Count("pk", filter=Q(state__in=checked)),
            chief_signed=Count("pk", filter=Q(state__in=signed)),
            conflict_count=Sum("conflicts"),
            cell_count=Sum("cells"),
            filled_count=Sum("filled"),
        )
    )
    return {
        row["skill_id"]: {
            "sheets": row["sheets"],
            "complete": row["complete"],
            "judge_signed": row["judge_signed"],
            "chief_signed": row["chief_signed"],
            "conflicts": row["conflict_count"] or 0,
            "cells": row["cell_count"] or 0,
            "filled": row["filled_count"] or 0,
        }
        for row in rows
    }


def heat_map(skill: Skill) -> HeatMap:
    """Sheets by sub-criterion and entry; two queries."""
    entries = list(
        Entry.objects.filter(skill=skill, sheets__isnull=False)
        .distinct()
        .order_by("code", "pk")
    )
    by_sub: dict[tuple[str, str], dict[int, Sheet]] = {}
    sheets = Sheet.objects.filter(skill=skill).select_related("sub_criterion")
    order = ("sub_criterion__criterion__position", "sub_criterion__position", "pk")
    for sheet in sheets.order_by(*order):
        sub = sheet.sub_criterion
        by_sub.setdefault((sub.code, sub.name), {})[sheet.entry_id] = sheet
    return HeatMap(
        codes=tuple(entry.code for entry in entries),
        rows=tuple(
            _heat_row(code, name, row, entries) for (code, name), row in by_sub.items()
        ),
    )


def _heat_row(
    code: str, name: str, row: dict[int, Sheet], entries: list[Entry]
) -> HeatRow:
    cells = tuple(_heat_cell(row[entry.pk], entry) for entry in entries)
    present = [cell for cell in cells if cell.kind != "away"]
    done = sum(cell.kind in ("complete", "signed") for cell in present)
    return HeatRow(code, name, cells, done, len(present))


def _heat_cell(sheet: Sheet, entry: Entry) -> HeatCell:
    if entry.state in AWAY:
        kind = "away"
    elif sheet.conflicts:
        kind = "conflict"
    elif sheet.state not in (SheetState.OPEN, SheetState.COMPLETE):
        kind = "signed"
    elif sheet.state == SheetState.COMPLETE:
        kind = "complete"
    else:
        kind = "begun" if sheet.filled else "empty"
    return HeatCell(sheet.pk, kind, sheet.filled, sheet.cells)
