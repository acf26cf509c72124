"""The history of one sheet: every event of the ledger that touched it, in order.

Marks with the value before them, and whether they caused or settled a spread; signatures
given and void; openings, versions, prints, papers keyed in.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from ledger.core.chain import skill_chain
from ledger.models import Event
from ledger.queries import events_of
from people.models import User
from scoring.core.marking import AspectState
from scoring.models import PaperForm, Sheet
from scoring.queries.hot import Entered
from scoring.queries.paper import paper_behind
from scoring.queries.points import aspect_outcomes
from scoring.queries.schemes import Plan, plan_of

MARKS = ("mark", "mark-withdraw")
WHOLE = ("verify",)  # what is done to every signed sheet of a skill at once


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One event of a sheet; ``before`` is the cell's state and value until then.

    ``spread``: ``made``, ``settled`` or empty.  ``paper`` is the code of the paper it was
    keyed in from.
    """

    seq: int
    hash: str
    type: str
    at: datetime
    actor: str
    who: str
    device: str
    body: Mapping[str, Any]
    before: tuple[str, str, str] | None = None
    spread: str = ""
    paper: str = ""
    judge: str = ""  # whose seat it was, where somebody else entered it


def sheet_history(sheet: Sheet) -> list[HistoryEvent]:
    """Everything that happened to ``sheet``, oldest first; a fixed number of queries."""
    found = [
        (event, body)
        for event in _events(sheet)
        if _touches(body := json.loads(event.body), sheet, event.type)
    ]
    names = _names(
        [event.actor for event, _body in found]
        + [str(body.get("judge", "")) for _event, body in found]
    )
    plan = plan_of(sheet.skill)
    cells: dict[tuple[str, int], tuple[str, str, str]] = {}
    told = []
    for event, body in found:
        before, spread = None, ""
        if event.type in MARKS and body.get("sheet") == sheet.pk:
            before, spread = _entered(event.type, body, cells, sheet, plan)
        told.append(_told(event, body, names, before, spread))
    return told


def _events(sheet: Sheet) -> Iterable[Event]:
    """The events whose text may name the sheet; who really does is asked afterwards."""
    pk = sheet.pk
    sub = f'"{sheet.sub_criterion.code}"'
    named = Q(body__contains=f'"sheet":{pk},') | Q(body__contains=f'"sheet":{pk}}}')
    listed = Q(body__contains=f"[{pk},") | Q(body__contains=f"[{pk}]")
    listed |= Q(body__contains=f",{pk},") | Q(body__contains=f",{pk}]")
    of_entry = Q(body__contains=f'"entry":{sheet.entry_id},') & Q(body__contains=sub)
    rows = events_of(skill_chain(sheet.skill_id))
    whole = Q(type__in=WHOLE)
    return rows.filter(named | listed | of_entry | whole).iterator()


def _touches(body: Mapping[str, Any], sheet: Sheet, kind: str) -> bool:
    if body.get("sheet") == sheet.pk or kind in WHOLE:
        return True
    listed = list(body.get("sheets") or ())
    for form in body.get("forms") or ():
        listed += form.get("sheets", ())
    if any(_names_it(item, sheet) for item in listed):
        return True
    same = (body.get("entry"), body.get("sub")) == (
        sheet.entry_id,
        sheet.sub_criterion.code,
    )
    return same and kind not in MARKS


def _names_it(item: object, sheet: Sheet) -> bool:
    if isinstance(item, list):
        return bool(item) and item[0] == sheet.pk
    return item == sheet.pk


def _entered(
    kind: str,
    body: Mapping[str, Any],
    cells: dict[tuple[str, int], tuple[str, str, str]],
    sheet: Sheet,
    plan: Plan | None,
) -> tuple[tuple[str, str, str] | None, str]:
    """What stood in the cell before, and what the mark did to a spread."""
    place = (body["aspect"], body["seat"])
    before = cells.get(place)
    was = _in_conflict(cells, body["aspect"], sheet, plan)
    if kind == "mark":
        cells[place] = (body["state"], body["value"], body["remark"])
    else:
        cells.pop(place, None)
    now = _in_conflict(cells, body["aspect"], sheet, plan)
    if was == now:
        return before, ""
    return before, "made" if now else "settled"


def _in_conflict(
    cells: Mapping[tuple[str, int], tuple[str, str, str]],
    aspect: str,
    sheet: Sheet,
    plan: Plan | None,
) -> bool:
    sub = plan.subs.get(sheet.sub_criterion.code) if plan else None
    if plan is None or sub is None:
        return False
    entered = {
        place: Entered(place[1], state, value)
        for place, (state, value, _remark) in cells.items()
        if place[0] == aspect
    }
    outcomes = aspect_outcomes(plan, sub, sheet.seats, entered)
    found = outcomes.get(aspect)
    return found is not None and found.state is AspectState.CONFLICT


def _told(
    event: Event,
    body: Mapping[str, Any],
    names: Mapping[str, str],
    before: tuple[str, str, str] | None,
    spread: str,
) -> HistoryEvent:
    device = event.device
    paper = paper_behind(device)
    return HistoryEvent(
        seq=event.seq,
        hash=event.hash,
        type=event.type,
        at=event.server_time,
        actor=event.actor,
        who=names.get(event.actor, event.actor),
        device="" if paper else device,
        body=body,
        before=before,
        spread=spread,
        paper=paper,
        judge=names.get(str(body.get("judge", "")), ""),
    )


def _names(actors: Iterable[str]) -> dict[str, str]:
    """The names behind ``user:<id>``; one query."""
    ids = {
        int(actor.removeprefix("user:"))
        for actor in actors
        if actor.startswith("user:") and actor[5:].isdigit()
    }
    return {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=ids)}


def papers_with(sheet: Sheet) -> list[PaperForm]:
    """The papers on which this sheet was printed, newest first."""
    rows = PaperForm.objects.filter(rows__sheet=sheet).select_related("printed_by")
    return list(rows.order_by("-pk"))
