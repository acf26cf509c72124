"""The checklist of materials of an entitlement: common items, the bureau's own, ticks.

What no paper asks for is not invented: an item says whose document names it, whether
that document is of the bureau's region, and a kind of which none is known says so.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from awards.enums import MaterialState, OutcomeKind
from awards.models import Entitlement, MaterialRule, MaterialTick
from people.core import regions
from people.models import Organization

FILE = Path(__file__).resolve().parent / "materials.toml"
OF_RELEASE = "release"
OWN = "own-"  # code of a bureau's own item, before its row's id


@dataclass(frozen=True, slots=True)
class Source:
    """A document that asks for materials, and the region it is of."""

    title: str
    region: str


@dataclass(frozen=True, slots=True)
class Item:
    """One paper to bring.  ``is_local``: a document of the bureau's region asks for it."""

    code: str
    title: str
    scope: str
    sources: tuple[Source, ...] = ()
    is_unknown: bool = False
    is_own: bool = False
    is_local: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether one paper serves everybody of a release."""
        return self.scope == OF_RELEASE

    @property
    def label(self) -> str:
        """Its title in the reader's language; a bureau's own words stay as they are."""
        return self.title if self.is_own else _(self.title)


@dataclass(frozen=True, slots=True)
class Line:
    """An item of an entitlement's checklist with what was said about it."""

    item: Item
    tick: MaterialTick | None = None

    @property
    def is_open(self) -> bool:
        """Whether the paper is neither there nor waived."""
        return self.tick is None

    @property
    def is_waived(self) -> bool:
        """Whether it need not be brought."""
        return self.tick is not None and self.tick.state == MaterialState.WAIVED


@dataclass(frozen=True, slots=True)
class Common:
    """The items of the data file by kind, and the item of kinds without any."""

    by_kind: Mapping[str, tuple[Item, ...]]
    unknown: Item
    codes: frozenset[str] = field(default_factory=frozenset)


@cache
def common() -> Common:
    """The data file, read once per process."""
    plain = tomllib.loads(FILE.read_text(encoding="utf-8"))
    sources = {name: Source(**values) for name, values in plain["source"].items()}
    by_kind: dict[str, list[Item]] = {kind: [] for kind in OutcomeKind.values}
    for values in plain["item"]:
        item = _item(values, sources)
        for kind in values["kinds"]:
            by_kind[kind].append(item)
    codes = frozenset(values["code"] for values in plain["item"])
    unknown = Item(**plain["unknown"], is_unknown=True)
    items = {kind: tuple(found) for kind, found in by_kind.items()}
    return Common(items, unknown, codes | {unknown.code})


def _item(values: Mapping[str, Any], sources: Mapping[str, Source]) -> Item:
    named = tuple(sources[name] for name in values["sources"])
    return Item(values["code"], values["title"], values["scope"], named)


def rules_of(bureau: Organization) -> list[MaterialRule]:
    """What a bureau says about materials itself, in the order it was written."""
    rows = MaterialRule.objects.filter(bureau=bureau, withdrawn_at__isnull=True)
    return list(rows.order_by("kind", "pk"))


def items_of(
    kind: str, bureau: Organization, rules: Iterable[MaterialRule]
) -> list[Item]:
    """The items a bureau asks for with one kind: the common ones as it amends them.

    ``rules`` are :func:`rules_of` the bureau.
    """
    own = [rule for rule in rules if rule.kind == kind]
    said = {rule.code: rule for rule in own if rule.code}
    items = []
    for item in common().by_kind[kind]:
        rule = said.get(item.code)
        if rule is None:
            items.append(_placed(item, bureau))
        elif rule.is_required:
            items.append(_stated(item, rule))
    items += [_own(rule, bureau) for rule in own if not rule.code]
    unknown = common().unknown
    if not items and not said:
        items.append(unknown)
    return items


def label_of(rule: MaterialRule) -> str:
    """What a bureau's word is about: its own item, or the common one it names."""
    items = (item for found in common().by_kind.values() for item in found)
    named = {item.code: item.label for item in items}
    return rule.title or named.get(rule.code, rule.code)


def _placed(item: Item, bureau: Organization) -> Item:
    near = any(regions.is_within(bureau.region, s.region) for s in item.sources)
    return _with(item, item.sources, is_local=near)


def _stated(item: Item, rule: MaterialRule) -> Item:
    source = Source(rule.document, rule.bureau.region)
    return _with(item, (source, *item.sources), is_local=True)


def _with(item: Item, sources: tuple[Source, ...], *, is_local: bool) -> Item:
    return Item(item.code, item.title, item.scope, sources, is_local=is_local)


def _own(rule: MaterialRule, bureau: Organization) -> Item:
    source = Source(rule.document, bureau.region)
    code = f"{OWN}{rule.pk}"
    return Item(code, rule.title, "person", (source,), is_own=True, is_local=True)


def checklists(
    entitlements: Sequence[Entitlement], bureau: Organization
) -> dict[int, list[Line]]:
    """The checklist of each entitlement, by id; two queries whatever their number."""
    rules = rules_of(bureau)
    items = {
        kind: items_of(kind, bureau, rules) for kind in {e.kind for e in entitlements}
    }
    ticks = MaterialTick.objects.filter(
        entitlement__in=[e.pk for e in entitlements], withdrawn_at__isnull=True
    ).select_related("by")
    said = {(tick.entitlement_id, tick.item): tick for tick in ticks}
    return {
        e.pk: [Line(item, said.get((e.pk, item.code))) for item in items[e.kind]]
        for e in entitlements
    }


def open_items(
    entitlements: Sequence[Entitlement], bureau: Organization
) -> dict[int, list[Item]]:
    """The items of each entitlement that are neither there nor waived, by id."""
    return {
        pk: [line.item for line in lines if line.is_open]
        for pk, lines in checklists(entitlements, bureau).items()
    }
