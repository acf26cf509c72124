"""From the text of a TOML file to a rulebook, or to the list of its mistakes.

The format is described in ``awards/rulebooks/README.md``.  Unknown keys are mistakes:
a misspelled condition must never be a condition left out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from hashlib import sha256

from awards.core.asking import read_grade, read_rounding, read_share
from awards.core.conditions import CONDITIONS
from awards.core.gaps import AMOUNT, FILLS, PROMOTION
from awards.core.parsing_parts import (
    document_of,
    equivalences_of,
    targets_of,
    tier_roles_of,
    titles_of,
)
from awards.core.reading import Problem, RulebookUnreadable, Table
from awards.core.rulebook import (
    Citation,
    Condition,
    Constraint,
    Document,
    EntryCondition,
    Gap,
    Grant,
    Prize,
    Rule,
    Rulebook,
    Scope,
)
from awards.core.vocabulary import Award, GrantKind, Operator, Status, Trigger
from people.core.grades import Grade

CONSTRAINTS = (
    "no-shared-places",
    "minimum-field",
    "prior-holders",
    "one-promotion-per-year",
    "no-rewards",
    "quota",
)
QUOTA_PER = ("year", "city")


@dataclass(frozen=True, slots=True)
class _Context:
    """What every part needs to know of its document."""

    document: Document
    gaps: dict[str, Gap]

    @property
    def quote_required(self) -> bool:
        return self.document.seen == "text"


def parse(text: str, *, name: str) -> Rulebook:
    """Return the rulebook of a TOML text; ``name`` is the file's name.

    Raises :class:`RulebookUnreadable` with every mistake, each naming file, place, key
    and remedy.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(name, "", "", f"is not TOML: {error}")
        raise RulebookUnreadable([problem]) from error
    problems: list[Problem] = []
    top = Table(raw, name, "", problems)
    if not top.has("document"):
        top.wrong("document", "is missing. Begin the file with [document].")
        raise RulebookUnreadable(problems)
    identifier = name.rsplit("/", 1)[-1].removesuffix(".toml")
    rulebook = _rulebook(top, identifier, sha256(text.encode()).hexdigest())
    top.done()
    _check_ids(rulebook, top)
    if problems:
        raise RulebookUnreadable(problems)
    return rulebook


def _rulebook(top: Table, identifier: str, digest: str) -> Rulebook:
    document = document_of(top.inner("document"), identifier)
    gaps = _gaps(top, document)
    context = _Context(document, {gap.id: gap for gap in gaps})
    cite = context.quote_required
    return Rulebook(
        document=document,
        digest=digest,
        rules=tuple(_rule(table, context) for table in top.tables("rule")),
        prizes=tuple(_prize(table, context) for table in top.tables("prize")),
        entries=tuple(_entry(table, context) for table in top.tables("entry")),
        constraints=tuple(
            _constraint(table, context) for table in top.tables("constraint")
        ),
        tier_roles=tier_roles_of(top, quote_required=cite),
        titles=titles_of(top, quote_required=cite),
        targets=targets_of(top, quote_required=cite),
        equivalences=equivalences_of(top, quote_required=cite),
        gaps=gaps,
    )


def _citation(table: Table, context: _Context) -> Citation:
    return Citation(
        clause=table.text("clause", required=True),
        quote=table.text("quote", required=context.quote_required),
        confidence=table.choice("confidence", ("H", "M", "L"), "H"),
    )


def _gaps(top: Table, document: Document) -> tuple[Gap, ...]:
    context = _Context(document, {})
    gaps = []
    for table in top.tables("gap"):
        gaps.append(
            Gap(
                id=table.text("id", required=True),
                citation=_citation(table, context),
                question=table.text("question", required=True),
                authority=table.text("authority", required=True),
                fills=table.choice("fills", FILLS, "statement"),
            )
        )
        table.done()
    return tuple(gaps)


def _scope(table: Table, document: Document) -> Scope:
    scope = Scope(
        tier=table.texts("tier"),
        competition_class=table.texts("class"),
        kind=table.texts("kind"),
        named=table.texts("named"),
        competition=table.texts("competition"),
        years=table.numbers("years"),
        region_of=table.choice("region_of", ("competition", "person"), "competition"),
    )
    if document.status is Status.EDITION_ONLY and not scope.competition:
        listed = (document.competition,) if document.competition else ()
        return Scope(
            scope.tier, scope.competition_class, scope.kind, scope.named, listed
        )
    return scope


def _rule(table: Table, context: _Context) -> Rule:
    when = table.inner("when")
    scope = _scope(when, context.document)
    rule = Rule(
        id=table.text("id", required=True),
        citation=_citation(table, context),
        trigger=table.word("trigger", Trigger, Trigger.RESULT),
        scope=scope,
        conditions=_conditions(when, context),
        grants=tuple(_grant(grant, context) for grant in table.tables("grant")),
        approval=table.text("approval"),
        note=table.text("note"),
    )
    if not table.raw.get("grant"):
        table.wrong("grant", "is missing. Add [[rule.grant]] with what the rule gives.")
    when.done()
    table.done()
    return rule


def _conditions(when: Table, context: _Context) -> tuple[Condition, ...]:
    found = []
    for key, raw in when.raw.items():
        if key not in CONDITIONS:
            continue
        if isinstance(raw, dict) and set(raw) == {"gap"}:
            found.append(_open_condition(when, key, str(raw["gap"]), context))
            continue
        asked = when.read(key, CONDITIONS[key].read, None)
        found.append(Condition(key, asked))
    when.asked.update(CONDITIONS)
    return tuple(found)


def _open_condition(when: Table, key: str, gap: str, context: _Context) -> Condition:
    if gap not in context.gaps:
        when.wrong(key, f"names gap {gap!r}, which no [[gap]] declares. Add it.")
    elif context.gaps[gap].fills != key:
        when.wrong(key, f"names gap {gap!r}, which fills {context.gaps[gap].fills}.")
    return Condition(key, None, gap)


def _grant(table: Table, context: _Context) -> Grant:
    kind = table.word("kind", GrantKind, GrantKind.TITLE)
    if not table.has("kind"):
        table.wrong("kind", f"is missing. Write one of {', '.join(GrantKind)}.")
    operator = table.text("operator")
    grant = Grant(
        kind=kind,
        value=table.text("value"),
        values={name: str(text) for name, text in table.mapping("values").items()},
        operator=table.word("operator", Operator, Operator.UP_1) if operator else None,
        grade=table.read("grade", read_grade, None),
        cap=table.read("cap", read_grade, Grade.SENIOR_TECHNICIAN),
        amount=table.money("amount"),
        amounts=table.sums("amounts"),
        share=table.choice("share", ("each", "team"), "each"),
        mode=table.text("mode"),
        authority=table.text("authority"),
        once=table.flag("once"),
        once_per_year=table.flag("once_per_year"),
        gap=table.text("gap"),
    )
    _check_grant(grant, table)
    if grant.gap:
        _check_open_grant(grant, table, context)
    table.done()
    return grant


def _check_grant(grant: Grant, table: Table) -> None:
    needs_grade = grant.operator in (Operator.TO_OR_UP, Operator.TO_UNLESS)
    if grant.kind is GrantKind.GRADE and grant.operator is None and not grant.gap:
        table.wrong("operator", f"is missing. Write one of {', '.join(Operator)}.")
    if needs_grade and not table.has("grade"):
        table.wrong("grade", "is missing. Name the grade, for example 技师.")
    if grant.cap > Grade.SENIOR_TECHNICIAN:
        table.wrong("cap", "is above 高级技师. Use kind priority-application.")
    sums = table.has("amount") or table.has("amounts")
    if grant.kind is GrantKind.BONUS and not (sums or grant.gap):
        table.wrong("amount", 'is missing. Write amount = "5000" or amounts = {…}.')
    by_name = (*grant.values, *grant.amounts)
    for name in by_name:
        if not name.isdigit() and name not in list(Award):
            table.wrong(name, f"is no place and no award ({', '.join(Award)}).")
    if not (grant.value or grant.operator or by_name or sums):
        table.wrong("value", "is missing. Say what is given.")


def _check_open_grant(grant: Grant, table: Table, context: _Context) -> None:
    gap = context.gaps.get(grant.gap)
    fills = {GrantKind.GRADE: PROMOTION, GrantKind.BONUS: AMOUNT}.get(grant.kind)
    if fills is None:
        table.wrong("gap", "stands only with kind grade or bonus. Ask it in when.")
    elif gap is None:
        table.wrong("gap", f"names {grant.gap!r}, which no [[gap]] declares. Add it.")
    elif gap.fills != fills:
        table.wrong(
            "gap", f"names {grant.gap!r}, which fills {gap.fills}, not {fills}."
        )
    if grant.operator is not None or grant.amount is not None or grant.amounts:
        table.wrong("gap", "stands beside what it should leave open. Keep one of them.")


def _prize(table: Table, context: _Context) -> Prize:
    when = table.inner("when")
    prize = Prize(
        id=table.text("id", required=True),
        citation=_citation(table, context),
        scope=_scope(when, context.document),
        award=table.word("award", Award, Award.NONE),
        label=table.text("label", required=True),
        rank_from=table.number("rank_from"),
        rank_to=table.number("rank_to"),
        share=table.read("share", read_share, None),
        rounding=table.read("rounding", read_rounding, "floor"),
        count=table.number("count"),
        shared_places=table.flag("shared_places", default=True),
        points_at_least=table.number("points_at_least"),
    )
    if not table.has("award"):
        table.wrong("award", f"is missing. Write one of {', '.join(Award)}.")
    if prize.share is not None and not table.has("rounding"):
        table.wrong("rounding", "is missing. Write floor, ceil or half-up.")
    when.done()
    table.done()
    return prize


def _entry(table: Table, context: _Context) -> EntryCondition:
    when = table.inner("when")
    entry = EntryCondition(
        id=table.text("id", required=True),
        citation=_citation(table, context),
        scope=_scope(when, context.document),
        age_at_least=table.number("age_at_least"),
        age_at_most=table.number("age_at_most"),
        below_retirement=table.flag("below_retirement"),
        groups=table.texts("groups"),
        in_occupation=table.flag("in_occupation"),
        track=table.text("track"),
    )
    when.done()
    table.done()
    return entry


def _constraint(table: Table, context: _Context) -> Constraint:
    when = table.inner("when")
    constraint = Constraint(
        id=table.text("id", required=True),
        citation=_citation(table, context),
        scope=_scope(when, context.document),
        kind=table.choice("kind", CONSTRAINTS),
        field=table.number("field"),
        policy=table.choice("policy", ("skip", "no-repeat", "none"), "none"),
        titles=table.texts("titles"),
        conditions=_conditions(when, context),
        reach=table.choice("reach", ("document", "event"), "document"),
        earlier_places=table.number("earlier_places"),
        earlier_editions=table.number("earlier_editions"),
        limit=table.number("limit"),
        per=table.choice("per", QUOTA_PER, "year"),
    )
    _check_constraint(constraint, table)
    when.done()
    table.done()
    return constraint


def _check_constraint(constraint: Constraint, table: Table) -> None:
    if constraint.kind == "minimum-field" and constraint.field is None:
        table.wrong("field", "is missing. Write the smallest field, for example 15.")
    if constraint.kind == "quota" and constraint.limit is None:
        table.wrong("limit", "is missing. Write how many may be named, for example 3.")
    if constraint.kind in ("quota", "prior-holders") and not constraint.titles:
        table.wrong("titles", 'is missing. List the titles, ["…"].')
    if constraint.kind == "prior-holders" and constraint.policy == "none":
        table.wrong("policy", "is missing. Write skip (名次顺延) or no-repeat.")
    if (constraint.earlier_places is None) != (constraint.earlier_editions is None):
        table.wrong("earlier_places", "stands with earlier_editions. Write both.")


def _check_ids(rulebook: Rulebook, top: Table) -> None:
    parts = (rulebook.rules, rulebook.prizes, rulebook.entries, rulebook.constraints)
    seen: set[str] = set()
    for part in (*parts, rulebook.gaps):
        for item in part:
            if item.id in seen:
                top.wrong(item.id, "is used twice. Give every rule an id of its own.")
            seen.add(item.id)
    asking: list[Rule | Constraint] = [*rulebook.rules, *rulebook.constraints]
    used = {c.gap for part in asking for c in part.conditions if c.gap}
    used |= {grant.gap for rule in rulebook.rules for grant in rule.grants}
    for gap in rulebook.gaps:
        if gap.fills != "statement" and gap.id not in used:
            top.wrong(gap.id, "is a gap no rule asks for. Name it in a condition.")
