"""Keying in from paper: against a form's code and version, cell by cell, all or nothing.

A judge keys the cells they would enter on a tablet; a results officer any seat's, as the
judge of that seat wrote it.  Where a skill asks for two people, marks come into being
only when two have keyed the same.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import canonical, skill_chain
from people.models import User
from scoring.actions.marks import BATCH, enter_marks
from scoring.actions.reopening import lock_results
from scoring.core.marking import MarkRefused, read_value
from scoring.core.rounding import plain_text
from scoring.enums import MarkState
from scoring.errors import CellsRefused, PaperRefused, refusal_text
from scoring.marking_events import Answer, MarkEvent, MarkOutcome
from scoring.models import Mark, PaperForm, PaperKeying, SkillState
from scoring.queries.paper import DEVICE, judges_on, outdated, sheets_on
from scoring.queries.schemes import Plan, plan_of

Place = tuple[int, str, int]  # sheet, aspect, seat
TAKEN = (Answer.ACCEPTED, Answer.REPLAYED)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a cell; an empty value takes a mark back."""

    value: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Keyed:
    """What came of it: marks entered, or cells in which two people differ."""

    entered: int = 0
    waits: bool = False  # for a second person
    differs: tuple[Place, ...] = ()


@transaction.atomic
def key_in(
    form: PaperForm,
    *,
    cells: Mapping[Place, Typed],
    nonce: UUID,
    head: int,
    by: User,
    at: datetime,
) -> Keyed:
    """Enter what stands on a paper; refused as a whole naming each cell (CellsRefused).

    ``nonce`` belongs to the page that was filled in, so that sending it twice enters
    once; ``head`` is where the ledger stood when it was shown.  A paper of an earlier
    version is refused (PaperRefused).
    """
    skill = form.skill
    lock_results(skill, at=at)
    require_current(form)
    plan = plan_of(skill)
    if plan is None:
        raise PaperRefused(_("还没有评分方案。"), "no-scheme")
    _require_on_form(form, cells)
    read = _read(plan, cells)
    state = SkillState.objects.get(skill=skill)
    if not state.keys_twice:
        return Keyed(_enter(form, read, nonce, head, [], by=by, at=at))
    mine = _kept(form, read, by=by, at=at)
    others = PaperKeying.objects.filter(form=form, entered_at__isnull=True)
    other = others.exclude(pk=mine.pk).order_by("-keyed_at").first()
    if other is None:
        _note(form, mine.cells, entered=0, others=[], by=by, at=at)
        return Keyed(waits=True)
    differs = _different(mine.cells, other.cells)
    if differs:
        _note(form, mine.cells, entered=0, others=[other.keyed_by.actor], by=by, at=at)
        return Keyed(differs=differs)
    entered = _enter(form, read, nonce, head, [other.keyed_by.actor], by=by, at=at)
    others.update(entered_at=at)
    return Keyed(entered)


@transaction.atomic
def choose_keying(skill: Skill, *, twice: bool, by: User, at: datetime) -> None:
    """Whether papers of a skill are keyed in by two people and compared."""
    lock_chains([skill_chain(skill.pk)], at=at)
    state = SkillState.objects.filter(skill=skill).first()
    if state is None or state.keys_twice == twice:
        return
    state.keys_twice = twice
    state.save(update_fields=["keys_twice"])
    draft = EventDraft("paper-keying", {"twice": twice})
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)


def require_current(form: PaperForm) -> None:
    """Refuse a paper one of whose sheets has moved on to another version."""
    for row in outdated(form):
        raise PaperRefused(
            _(
                "这张纸已作废：工位 %(code)s 印的是第 %(old)d 版，"
                "现在是第 %(new)d 版。请重新打印，在新表上填写。"
            )
            % {
                "code": row.sheet.entry.code,
                "old": row.version,
                "new": row.sheet.version,
            },
            "old-version",
        )


def _require_on_form(form: PaperForm, cells: Mapping[Place, Typed]) -> None:
    sheets = set(form.rows.values_list("sheet_id", flat=True))
    for sheet, _aspect, seat in cells:
        if sheet not in sheets or form.seat not in (None, seat):
            raise PaperRefused(_("这张纸上没有这一格，请刷新页面。"), "not-on-form")


def _read(plan: Plan, cells: Mapping[Place, Typed]) -> dict[Place, tuple[str, ...]]:
    """State, canonical value and remark of each cell, or CellsRefused naming all."""
    words = {str(label): value for value, label in MarkState.choices}
    found: dict[Place, tuple[str, ...]] = {}
    problems: dict[Place, str] = {}
    for place, typed in sorted(cells.items()):
        text, remark = typed.value.strip(), typed.remark.strip()
        state = words.get(text, MarkState.VALUE.value)
        if state != MarkState.VALUE:
            found[place] = (state, "", remark)
            continue
        aspect = plan.aspects.get(place[1])
        if aspect is None:
            raise PaperRefused(refusal_text("unknown-aspect"), "unknown-aspect")
        try:
            value = read_value(aspect, text)
        except MarkRefused as refused:
            problems[place] = refusal_text(refused.code, refused.limit)
        else:
            found[place] = (state, "" if value is None else plain_text(value), remark)
    if problems:
        raise CellsRefused(problems)
    return found


def _kept(
    form: PaperForm, read: Mapping[Place, tuple[str, ...]], *, by: User, at: datetime
) -> PaperKeying:
    """What this person keyed, in place of what they keyed before."""
    cells = [
        [*place, *said]
        for place, said in sorted(read.items())
        if said[0] != MarkState.VALUE or any(said[1:])
    ]
    row, _made = PaperKeying.objects.update_or_create(
        form=form,
        keyed_by=by,
        entered_at=None,
        defaults={"keyed_at": at, "cells": cells},
    )
    return row


def _different(
    mine: Sequence[Sequence[object]], others: Sequence[Sequence[object]]
) -> tuple[Place, ...]:
    """The cells that two people keyed differently; a remark's wording is not compared."""
    first = {tuple(cell[:3]): cell[3:5] for cell in mine}
    second = {tuple(cell[:3]): cell[3:5] for cell in others}
    return tuple(
        (int(str(place[0])), str(place[1]), int(str(place[2])))
        for place in sorted(first | second, key=str)
        if first.get(place) != second.get(place)
    )


def _enter(
    form: PaperForm,
    read: Mapping[Place, tuple[str, ...]],
    nonce: UUID,
    head: int,
    others: Sequence[str],
    *,
    by: User,
    at: datetime,
) -> int:
    """Enter every cell that says something else than what stands."""
    marks = {
        (mark.sheet_id, mark.code, mark.seat): mark
        for mark in Mark.objects.filter(sheet__paper_rows__form=form)
    }
    wanted = {
        place: said
        for place, said in sorted(read.items())
        if _says_more(said, marks.get(place))
    }
    _require_seen(wanted, marks, head)
    events = [
        _event(place, said, marks.get(place), nonce) for place, said in wanted.items()
    ]
    as_officer = EventRole.RESULTS_OFFICER in event_roles_of(by, form.skill)
    judges = judges_on(sheets_on(form)) if as_officer else None
    problems: dict[Place, str] = {}
    for start in range(0, len(events), BATCH):
        batch = events[start : start + BATCH]
        answers: list[MarkOutcome] = enter_marks(
            form.skill,
            events=batch,
            by=by,
            device=f"{DEVICE}{form.code}",
            at=at,
            paper=judges,
        )
        problems |= {
            (event.sheet_id, event.aspect, event.seat or 0): answer.message
            for event, answer in zip(batch, answers, strict=True)
            if answer.status not in TAKEN
        }
    if problems:
        raise CellsRefused(problems)
    cells = [[*place, *said] for place, said in sorted(read.items())]
    _note(form, cells, entered=len(events), others=others, by=by, at=at)
    return len(events)


def _says_more(said: tuple[str, ...], mark: Mark | None) -> bool:
    if mark is None:
        return said[0] != MarkState.VALUE or bool(said[1])
    return said != (mark.state, mark.value, mark.remark)


def _require_seen(
    wanted: Mapping[Place, tuple[str, ...]], marks: Mapping[Place, Mark], head: int
) -> None:
    """Nothing replaces a mark that was made since the page was opened."""
    text = _("这一格刚在别处录入，请刷新页面核对。")
    unseen = {p: text for p in wanted if p in marks and marks[p].seq > head}
    if unseen:
        raise CellsRefused(unseen)


def _event(
    place: Place, said: tuple[str, ...], mark: Mark | None, nonce: UUID
) -> MarkEvent:
    sheet, aspect, seat = place
    state, value, remark = said
    return MarkEvent(
        key=uuid5(nonce, f"{sheet}/{aspect}/{seat}"),
        sheet_id=sheet,
        aspect=aspect,
        value=value,
        state=state,
        seat=seat,
        remark=remark,
        over=mark.seq if mark is not None else None,
    )


def _note(
    form: PaperForm,
    cells: Sequence[Sequence[object]],
    *,
    entered: int,
    others: Sequence[str],
    by: User,
    at: datetime,
) -> None:
    """One event says that a paper was keyed in, by whom, and whether it counted."""
    body = {
        "form": form.code,
        "sheets": sorted(form.rows.values_list("sheet_id", flat=True)),
        "digest": hashlib.sha256(canonical(list(cells)).encode()).hexdigest(),
        "entered": entered,
        "with": list(others),
    }
    draft = EventDraft("paper-keyed", body)
    append(skill_chain(form.skill_id), [draft], actor=by.actor, at=at)
