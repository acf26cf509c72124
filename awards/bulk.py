"""A step for many lines at once: what was chosen, who will move, who will not and why.

Plans and words; the step itself is the entitlements' own action.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.actions.entitlements import (
    NEEDS_REASON,
    BulkStep,
    advance_many,
    answer_many,
    deliver_many,
    open_round,
)
from awards.actions.entitlements.guards import refusals
from awards.enums import EntitlementState
from awards.errors import EntitlementRefused
from awards.models import Entitlement
from awards.worklist import Filters, of_entitlements
from people.models import Organization, User

State = EntitlementState
MOST = 2000  # lines that one bulk step takes; more need another filter
CHOICES: dict[str, Callable[[], str]] = {
    State.MATERIAL_COMPLETE: lambda: _("材料已齐"),
    State.PUBLICITY: lambda: _("提交公示"),
    State.FILED: lambda: _("上报主管部门"),
    State.GRANTED: lambda: _("登记核准"),
    State.REFUSED: lambda: _("登记不予核准"),
    State.DELIVERED: lambda: _("登记已发放"),
}
# What each step asks for: the fields of its form, those it cannot do without first.
ASKED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    State.MATERIAL_COMPLETE: ((), ("reason",)),
    State.PUBLICITY: (("document", "place", "starts_on", "days"), ()),
    State.FILED: ((), ("reason",)),
    State.GRANTED: (("document", "on"), ()),
    State.REFUSED: (("document", "on", "reason"), ()),
    State.DELIVERED: (("document", "on"), ()),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """The step that is wanted, with what it asks for."""

    to: str
    reason: str = ""
    document: str = ""
    place: str = ""
    on: date | None = None
    starts_on: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What would come of a wish: who moves, and who does not, by reason."""

    wish: Wish
    moving: list[Entitlement]
    staying: dict[str, list[Entitlement]]

    @property
    def digest(self) -> str:
        """What must be the same when the step is confirmed."""
        ids = ",".join(f"{row.pk}:{row.state}" for row in self.moving)
        return hashlib.sha256(f"{self.wish.to}|{ids}".encode()).hexdigest()

    @property
    def label(self) -> str:
        """The step in words."""
        return CHOICES[self.wish.to]()

    @property
    def left(self) -> int:
        """How many do not move."""
        return sum(map(len, self.staying.values()))


def choices() -> list[tuple[str, str]]:
    """The steps that can be taken for many."""
    return [(str(to), label()) for to, label in CHOICES.items()]


def chosen(
    rows: QuerySet[Entitlement], values: Any, filters: Filters, today: date
) -> list[Entitlement]:
    """Return the lines that were ticked, or all that match the filters.

    Raises EntitlementRefused: none, or more than can be looked through at once.
    """
    if values.get("all"):
        rows = of_entitlements(rows, filters, today)
        rows = rows.filter(kind=filters.kind) if filters.is_one_kind else rows
    else:
        ids = [int(pk) for pk in values.getlist("row") if pk.isdigit()]
        rows = rows.filter(pk__in=ids[:MOST])
    rows = rows.select_related("person", "unit", "round", "decision__skill")
    rows = rows.defer("decision__conditions", "decision__reasons")
    found = list(rows.order_by("pk")[: MOST + 1])
    if not found:
        text = _("还没有选中任何一行。请在名单左边勾选，或选“符合筛选的全部”。")
        raise EntitlementRefused("empty", text)
    if len(found) > MOST:
        text = _("一次最多办理 %(n)d 项，请再加一个筛选，分批办理。")
        raise EntitlementRefused("many", text % {"n": MOST})
    return found


def plan(rows: Sequence[Entitlement], wish: Wish, bureau: Organization) -> Plan:
    """Return who would move and who would not; nothing is written."""
    paper = wish.reason or (wish.document or "…" if wish.to in NEEDS_REASON else "")
    refused = refusals(rows, to=wish.to, reason=paper, bureau=bureau)
    staying: dict[str, list[Entitlement]] = {}
    for row in rows:
        if row.pk in refused:
            staying.setdefault(refused[row.pk].message, []).append(row)
    return Plan(wish, [row for row in rows if row.pk not in refused], staying)


def carry_out(
    rows: Iterable[Entitlement], wish: Wish, *, by: User, at: datetime
) -> BulkStep:
    """Take the step for all of them through the action it belongs to."""
    if wish.to == State.PUBLICITY:
        return open_round(
            rows,
            place=wish.place,
            document=wish.document,
            starts_on=wish.starts_on or at.date(),
            days=wish.days,
            by=by,
            at=at,
        )[1]
    if wish.to in (State.GRANTED, State.REFUSED):
        return answer_many(
            rows,
            verdict=wish.to,
            document=wish.document,
            answered_on=wish.on or at.date(),
            reason=wish.reason,
            by=by,
            at=at,
        )
    if wish.to == State.DELIVERED:
        return deliver_many(
            rows,
            delivered_on=wish.on or at.date(),
            document=wish.document,
            by=by,
            at=at,
        )[0]
    return advance_many(rows, to=wish.to, reason=wish.reason, by=by, at=at)
