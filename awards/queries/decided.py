"""What the engine decides about a release now, ready to be stored or compared.

Nothing is written here: the same evaluation serves storing, previewing and the question
whether a stored decision still stands on today's facts.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from awards.core.engine import Decision as Decided
from awards.core.engine import decide
from awards.core.explanation import phrase_to_plain, reasons, to_plain
from awards.core.facts import Setting
from awards.core.rulebook import Rulebook
from awards.core.scoping import Index, Questions, questions_of
from awards.core.settling import settle, within_quotas
from awards.models import Decision
from awards.queries.cases import Outcome, Outcomes, outcomes_of
from awards.queries.documents import fillings, rulebooks
from awards.queries.fields import with_award_places
from awards.queries.known_facts import history_of
from awards.queries.quotas import quotas_for
from ledger.core.chain import canonical
from scoring.models import Release

Key = tuple[int, str, str, str, int]  # entry, subject, rulebook, rule, position
WHOLE = 0  # instead of an entry, where a rule speaks of a unit whatever its results


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One decision of the engine with the rows it is about and its digest."""

    outcome: Outcome
    decided: Decided
    fields: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """What stays the same when the decision is made again."""
        decided, whole = self.decided, self.fields["detail"].get("is_whole")
        entry = WHOLE if whole else self.outcome.entry
        subject = self.outcome.subject_key
        return (entry, subject, decided.document.id, decided.rule, decided.position)


def evaluation_of(
    release: Release,
    persons: frozenset[int] | None = None,
    *,
    units: frozenset[int] | None = None,
) -> list[Evaluation]:
    """Evaluate all documents in question for a release, or for some persons and units.

    Where one of the two is given and the other is not, none of the other is evaluated.
    Where a number of titles is touched, whoever else is named decides too: then the
    whole release is evaluated and theirs is picked out.
    """
    everybody = persons is None and units is None
    books = rulebooks(release.competition)
    outcomes = outcomes_of(release, persons, units=units)
    filled = fillings()
    shelf = Index(books, outcomes.on)
    asked: dict[Setting, Questions] = {}
    decided: list[Decided] = []
    for outcome in outcomes.rows:
        setting = outcome.case.setting
        if setting not in asked:
            near = shelf.near(setting)
            asked[setting] = questions_of(near, setting, outcomes.on)
    outcomes = with_award_places(outcomes, asked, release)
    for outcome in outcomes.rows:
        decided += decide(outcome.case, asked[outcome.case.setting], filled)
    settled = settle(decided, history_of(outcomes.known, release))
    quotas = quotas_for(settled, books, release)
    if quotas and not everybody:
        return [
            found
            for found in evaluation_of(release)
            if found.outcome.person in (persons or ())
            or found.outcome.unit in (units or ())
        ]
    acting = [book for book in books if book.document.is_in_force(outcomes.on)]
    return _paired(within_quotas(settled, quotas), outcomes, acting)


def _paired(
    settled: Iterable[Decided], outcomes: Outcomes, books: Iterable[Rulebook]
) -> list[Evaluation]:
    by_case = {
        (outcome.case.person, outcome.case.skill, outcome.case.trigger): outcome
        for outcome in outcomes.rows
    }
    rules = {(book.document.id, rule.id): rule for book in books for rule in book.rules}
    found = []
    for decided in settled:
        rule = rules[decided.document.id, decided.rule]
        outcome = by_case[decided.person, decided.skill, rule.trigger]
        is_whole = outcome.unit is not None and not rule.looks_at_result
        fields = _fields(decided, outcome, is_whole=is_whole)
        found.append(Evaluation(outcome, decided, fields))
    return found


def _fields(decided: Decided, outcome: Outcome, *, is_whole: bool) -> dict[str, Any]:
    """The columns of a decision's row, its digest included."""
    conditions = [
        {**to_plain(answer), "gap": _gap(answer.missing)} for answer in decided.answers
    ]
    fields = {
        "rulebook": decided.document.id,
        "rulebook_digest": decided.digest,
        "rule": decided.rule,
        "clause": decided.citation.clause,
        "quote": decided.citation.quote,
        "kind": decided.grant.kind.value,
        "value": decided.value,
        "state": decided.state.value,
        "region": outcome.region,
        "detail": _detail(decided, outcome) | ({"is_whole": True} if is_whole else {}),
        "missing": list(decided.missing),
        "conditions": conditions,
        "reasons": reasons(decided.answers, decided.notes),
    }
    digest = hashlib.sha256(canonical(fields).encode()).hexdigest()
    return {**fields, "facts_digest": digest}


def _gap(missing: tuple[str, ...]) -> str:
    gaps = (code.removeprefix("gap:") for code in missing if code.startswith("gap:"))
    return next(gaps, "")


def _detail(decided: Decided, outcome: Outcome) -> dict[str, Any]:
    worth, grant = decided.worth, decided.grant
    return {
        "position": decided.position,
        "from": worth.held.label if worth.held is not None else "",
        "to": worth.grade.label if worth.grade is not None else "",
        "amount": str(worth.amount) if worth.amount is not None else "",
        "total": str(worth.total) if worth.total is not None else "",
        "share": grant.share,
        "authority": grant.authority,
        "mode": grant.mode,
        "once": grant.once,
        "confidence": decided.citation.confidence,
        "seen": decided.document.seen,
        "would_be": decided.would_be.value,
        "result": outcome.result,
        "notes": [phrase_to_plain(note) for note in decided.notes],
    }


def is_stale(decision: Decision) -> bool:
    """Whether today's facts, documents or fillings would decide otherwise (依据已变化)."""
    if decision.person_id is not None:
        now = evaluation_of(decision.release, frozenset({decision.person_id}))
    else:
        unit = frozenset({decision.unit_id or 0})
        now = evaluation_of(decision.release, units=unit)
    key = key_of(decision)
    digests = {found.key: found.fields["facts_digest"] for found in now}
    return digests.get(key) != decision.facts_digest


def key_of(decision: Decision) -> Key:
    """The key of a stored decision."""
    return (
        WHOLE if decision.detail.get("is_whole") else decision.entry_id,
        decision.subject_key,
        decision.rulebook,
        decision.rule,
        decision.detail.get("position", 0),
    )
