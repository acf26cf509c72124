"""Read the parts of a rulebook that give nothing by themselves.

The document's own table, tier roles, titles, targets and equivalences.
"""

from __future__ import annotations

import re
from fractions import Fraction

from awards.core.reading import Table
from awards.core.rulebook import (
    Citation,
    Document,
    Equivalence,
    Target,
    TierRole,
    Title,
)
from awards.core.vocabulary import Status

PLANS = {"十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
EVERY_YEAR = "每年"
ROLES = ("引领", "龙头", "主体", "基础")
UNITS = ("share", "count")


def document_of(table: Table, identifier: str) -> Document:
    """The document's table; mistakes are noted in ``table``."""
    document = Document(
        id=identifier,
        title=table.text("title", required=True),
        issuer=table.text("issuer", required=True),
        status=table.word("status", Status, Status.CONSULTATION_DRAFT),
        region=table.text("region", required=True),
        source=table.text("source", required=True),
        seen=table.choice("seen", ("text", "report")),
        number=table.text("number"),
        seed=table.text("seed"),
        competition=table.text("competition"),
        published_on=table.day("published_on"),
        in_force_from=table.day("in_force_from"),
        in_force_until=table.day("in_force_until"),
        note=table.text("note"),
    )
    if not table.has("status"):
        table.wrong("status", f"is missing. Write one of {', '.join(Status)}.")
    if document.region and not re.fullmatch(r"\d{6}", document.region):
        table.wrong("region", "is no GB/T 2260 code. Write six digits, 510000.")
    if document.status is Status.EDITION_ONLY and not document.competition:
        table.wrong("competition", "is missing. Name the competition's code.")
    first, last = document.in_force_from, document.in_force_until
    if first is not None and last is not None and last < first:
        table.wrong("in_force_until", "is before in_force_from. Correct one of them.")
    table.done()
    return document


def _cited(table: Table, *, quote_required: bool) -> Citation:
    return Citation(
        clause=table.text("clause", required=True),
        quote=table.text("quote", required=quote_required),
        confidence=table.choice("confidence", ("H", "M", "L"), "H"),
    )


def tier_roles_of(top: Table, *, quote_required: bool) -> tuple[TierRole, ...]:
    """All [[tier_role]] tables."""
    roles = []
    for table in top.tables("tier_role"):
        roles.append(
            TierRole(
                role=table.choice("role", ROLES),
                tiers=table.texts("tiers"),
                citation=_cited(table, quote_required=quote_required),
                named=table.texts("named"),
                kind=table.texts("kind"),
            )
        )
        table.done()
    return tuple(roles)


def titles_of(top: Table, *, quote_required: bool) -> tuple[Title, ...]:
    """All [[title]] tables."""
    titles = []
    for table in top.tables("title"):
        period = table.text("period")
        if table.has("quota") and period != EVERY_YEAR and years_of(period) is None:
            plans = "、".join(PLANS)
            table.wrong("period", f"is {period!r}. Write {plans}, 2022-2025 or 每年.")
        titles.append(
            Title(
                name=table.text("name", required=True),
                issuer=table.text("issuer", required=True),
                level=table.text("level", required=True),
                citation=_cited(table, quote_required=quote_required),
                route=table.choice(
                    "route", ("competition", "evaluation"), "competition"
                ),
                once=table.flag("once", default=True),
                quota=table.number("quota"),
                period=period,
            )
        )
        table.done()
    return tuple(titles)


def years_of(period: str) -> tuple[int, int] | None:
    """The first and last year of a period; None where it names none.

    >>> years_of("十四五"), years_of("2022-2025"), years_of("每年")
    ((2021, 2025), (2022, 2025), None)
    """
    if period in PLANS:
        return PLANS[period]
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", period)
    if found is None:
        return None
    return int(found[1]), int(found[2] or found[1])


def _exact(raw: object) -> Fraction:
    if not isinstance(raw, str):
        raise ValueError('write the value as text, for example "1/3", "35%" or "250"')
    try:
        return Fraction(raw[:-1]) / 100 if raw.endswith("%") else Fraction(raw)
    except (ValueError, ZeroDivisionError):
        raise ValueError('write for example "1/3", "35%" or "250"') from None


def targets_of(top: Table, *, quote_required: bool) -> tuple[Target, ...]:
    """All [[target]] tables."""
    targets = []
    for table in top.tables("target"):
        if not table.has("value"):
            table.wrong("value", 'is missing. Write for example "1/3" or "250".')
        targets.append(
            Target(
                id=table.text("id", required=True),
                citation=_cited(table, quote_required=quote_required),
                indicator=table.text("indicator", required=True),
                value=table.read("value", _exact, Fraction(0)),
                unit=table.choice("unit", UNITS),
                year=table.number("year") or 0,
                denominator=table.text("denominator"),
            )
        )
        table.done()
    return tuple(targets)


def equivalences_of(top: Table, *, quote_required: bool) -> tuple[Equivalence, ...]:
    """All [[equivalence]] tables."""
    found = []
    for table in top.tables("equivalence"):
        found.append(
            Equivalence(
                citation=_cited(table, quote_required=quote_required),
                of=table.text("of", required=True),
                counts_as=table.text("counts_as", required=True),
                purpose=table.text("purpose"),
            )
        )
        table.done()
    return tuple(found)
