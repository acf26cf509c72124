"""Changes of signed marks in words: values, seats, states, and what a change moves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from scoring.core.changes import ChangeState
from scoring.core.marking import AspectState
from scoring.core.scheme import Aspect
from scoring.core.teams import seat_text
from scoring.enums import ResultState
from scoring.models import ChangeRequest, Sheet
from scoring.queries.changes import state_at
from scoring.queries.schemes import Plan
from scoring.views.audit_words import state_text
from scoring.views.sheet_parts import value_text

TONES = {
    ChangeState.WAITING: "part",
    ChangeState.OPENED: "part",
    ChangeState.DONE: "ok",
    ChangeState.EXPIRED: "none",
    ChangeState.LAPSED: "none",
    ChangeState.WITHDRAWN: "none",
    ChangeState.REJECTED: "bad",
}


def state_word(state: ChangeState) -> str:
    """Where a request stands, in a word."""
    return {
        ChangeState.WAITING: _("待批准"),
        ChangeState.EXPIRED: _("逾时未批"),
        ChangeState.WITHDRAWN: _("已撤回"),
        ChangeState.REJECTED: _("不批准"),
        ChangeState.OPENED: _("已批准，待录入"),
        ChangeState.LAPSED: _("逾时未改"),
        ChangeState.DONE: _("已更改"),
    }[state]


def cell_text(aspect: Aspect | None, state: str, value: str) -> str:
    """What stands in a cell; a dash where nothing does."""
    if not state:
        return "—"
    return value if aspect is None else value_text(aspect, state, value)


def seat_word(sheet: Sheet, seat: int) -> str:
    """A seat as people say it; the group's where the team enters one value."""
    sub = sheet.sub_criterion
    if seat % 100:
        return seat_text(seat, sub.panel, sub.second_panel)
    return _("%(panel)s 组") % {"panel": sub.second_panel if seat else sub.panel}


def reference_word(reference: str) -> str:
    """What a request cites as people call it; what is not ours as it was written."""
    kind, _colon, number = reference.partition(":")
    if kind == "appeal" and number:
        return _("申诉 %(n)s") % {"n": number}
    if kind == "finding" and number:
        return f"{_('抽样复核')} {number}"
    return reference


def change_row(
    change: ChangeRequest, plan: Plan | None, at: datetime
) -> dict[str, Any]:
    """A request as lists and its own page show it."""
    sheet = change.sheet
    state = state_at(change, at)
    aspect = plan.aspects.get(change.code) if plan else None
    return {
        "change": change,
        "state": state,
        "word": state_word(state),
        "tone": TONES[state],
        "code": sheet.entry.code,
        "sub": sheet.sub_criterion.code,
        "aspect": change.code,
        "title": aspect.description if aspect else "",
        "seat": seat_word(sheet, change.seat),
        "reference": reference_word(change.reference),
        "old": cell_text(aspect, change.old_state, change.old_value),
        "new": cell_text(aspect, change.new_state, change.new_value),
        "versions": f"{change.version} → {change.version + 1}"
        if change.done_at
        else "",
    }


def preview_words(preview: Mapping[str, Any]) -> dict[str, Any]:
    """A stored preview for the page: labels in the reader's language."""
    sheet = preview["sheet"]
    reopened = preview["reopened"]
    release = preview["release"]
    return {
        "points": sheet["points"],
        "conflict": sheet["aspect"][1] == AspectState.CONFLICT,
        "aspect": state_text(AspectState(sheet["aspect"][1])),
        "complete": sheet["complete"],
        "signatures": preview["signatures"],
        "reopened": ResultState(reopened).label if reopened else "",
        "release": release,
        "entries": [
            {**entry, "lines": [(_(label), *rest) for label, *rest in entry["lines"]]}
            for entry in (preview["released"] if release else preview["entries"])
        ],
    }
