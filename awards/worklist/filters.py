"""What the address of the work list asks for, and how it is said back.

Values only: nothing here reads a row.  Every filter is a string, empty for everything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from awards import wording
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.spoken import spoken
from competitions.enums import Tier
from people.core import regions

PREVIEWS = "preview"
CHANGED = "changed"
OVERDUE = "overdue"
SOON = "soon"
LATE = "1"
ALL = "all"
DIGITS = re.compile(r"\d{1,18}\Z")
FACT = re.compile(r"[A-Za-z0-9_:.-]{1,100}\Z")


@dataclass(frozen=True, slots=True)
class Matched:
    """The ids that a search means; None where there are too many to list."""

    people: tuple[int, ...] | None
    units: tuple[int, ...] | None
    skills: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; empty means everything.

    ``overdue`` is ``1`` (late) or ``soon`` (within a week); ``unit`` and ``person`` are
    ids: a document number is looked up once and never stands in an address.
    ``matched`` is what ``q`` was found to mean (narrowing.py), and in no address.
    """

    kind: str = ""
    value: str = ""
    competition: str = ""
    release: str = ""
    state: str = ""
    missing: str = ""
    overdue: str = ""
    region: str = ""
    tier: str = ""
    unit: str = ""
    person: str = ""
    q: str = ""
    matched: "Matched | None" = field(default=None, compare=False)

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Filters":
        """Return the filters of a query string; unknown values are dropped."""
        kind, state = values.get("kind", ""), values.get("state", "")[:20]
        overdue, tier = values.get("overdue", ""), values.get("tier", "")
        if state == OVERDUE:  # as older addresses have it
            state, overdue = "", LATE
        return cls(
            kind=kind if kind == ALL or kind in OutcomeKind.values else "",
            value=values.get("value", "")[:80],
            competition=values.get("competition", "")[:60],
            release=values.get("release", "")[:24],
            state=state,
            missing=_if(FACT, values.get("missing", "")),
            overdue=overdue if overdue in (LATE, SOON) else "",
            region=values.get("region", "")[:6],
            tier=tier if tier in Tier.values else "",
            unit=_if(DIGITS, values.get("unit", "")),
            person=_if(DIGITS, values.get("person", "")),
            q=values.get("q", "").strip()[:60],
        )

    def but(self, **changes: str) -> str:
        """Return the query string of these filters with some of them changed."""
        values: dict[str, Any] = dict(changes)
        return "?" + replace(self, **values).query

    @property
    def query(self) -> str:
        """These filters as a query string."""
        return urlencode(self.as_dict())

    def as_dict(self) -> dict[str, str]:
        """The filters that are set, by name."""
        names = [one.name for one in fields(self) if one.name != "matched"]
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    @property
    def kept(self) -> dict[str, str]:
        """The filters that a new search keeps."""
        dropped = ("q", "person")
        return {
            name: value for name, value in self.as_dict().items() if name not in dropped
        }

    @property
    def is_one_kind(self) -> bool:
        """Whether the list shows a single kind of entitlement."""
        return self.kind in OutcomeKind.values

    def chips(self, names: Mapping[str, str]) -> list[dict[str, str]]:
        """The filters in force, each with the address that takes it off.

        ``names`` says what ids and codes are called (of competition, unit, person …).
        """
        labels = {
            "value": spoken(self.value),
            "competition": names.get("competition") or self.competition,
            "release": self.release,
            "state": state_label(self.state),
            "missing": self.missing and _missing_label(self.missing),
            "overdue": OVERDUE_LABELS.get(self.overdue, lambda: "")(),
            "region": regions.name_of(self.region) or self.region,
            "tier": str(Tier(self.tier).label) if self.tier else "",
            "unit": names.get("unit") or self.unit,
            "person": names.get("person") or self.person,
            "q": self.q,
        }
        return [
            {"label": label, "query": self.but(**{name: ""})}
            for name, label in labels.items()
            if label
        ]


OVERDUE_LABELS = {LATE: lambda: _("逾期"), SOON: lambda: _("一周内到期")}


def state_label(state: str) -> str:
    """Return the word of a state filter."""
    if state == CHANGED:
        return _("依据已变化")
    if state in DecisionState.values:
        return str(DecisionState(state).label)
    known = state in EntitlementState.values
    return str(EntitlementState(state).label) if known else ""


def _missing_label(code: str) -> str:
    return _("缺：%(fact)s") % {"fact": wording.labels_of([code])[0]}


def _if(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.match(value) else ""
