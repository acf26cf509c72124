"""State a missing fact about a result, and evaluate again.

Only what the release leaves unknown can be stated; a release is never corrected here.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.access import bureau_of
from awards.actions.decisions import derive_awards
from awards.core.facts import FACTS, OF_ENTRY, OF_PERSON, OF_SKILL, OF_UNIT, Value
from awards.core.vocabulary import Rank
from awards.errors import FillingRefused
from awards.models import Decision, FactFilling
from awards.queries.cases import outcomes_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.models import User

OF_SUBJECT = (*OF_PERSON, *OF_UNIT)
FILLABLE = (*OF_SKILL, *OF_ENTRY, *OF_SUBJECT)


@transaction.atomic
def fill_fact(
    decision: Decision,
    *,
    fact: str,
    value: object,
    evidence: str,
    by: User,
    at: datetime,
) -> FactFilling:
    """State ``fact`` for the skill, the entry or the subject of ``decision``.

    An earlier statement of the same fact is withdrawn; the release is evaluated again.
    Raises FillingRefused: a fact of the person register, no evidence, a value that
    cannot be read, or one that contradicts the release.
    """
    bureau = bureau_of(user=by)
    read = _read(fact, value)
    if not evidence.strip():
        raise FillingRefused("evidence", _("请写明依据，例如成绩公布文件的名称。"))
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    place = {
        "release": decision.release,
        "skill_id": decision.skill_id,
        "entry_id": None if fact in OF_SKILL else decision.entry_id,
        "person_id": decision.person_id if fact in OF_SUBJECT else None,
        "unit_id": decision.unit_id if fact in OF_SUBJECT else None,
        "fact": fact,
    }
    earlier = FactFilling.objects.filter(withdrawn_at__isnull=True, **place)
    earlier.update(withdrawn_at=at)
    _check_against_release(decision, fact, read)
    row = FactFilling.objects.create(
        **place, value=value, evidence=evidence.strip(), filled_by=by, filled_at=at
    )
    body = {"filling": row.pk, "release": decision.release.number, "fact": fact}
    append(locked, [EventDraft("fact-stated", body)], actor=by.actor, at=at)
    derive_awards(decision.release, by=by, at=at)
    return row


@transaction.atomic
def withdraw_fact_filling(
    row: FactFilling, *, reason: str, by: User, at: datetime
) -> FactFilling:
    """Take a stated fact back; the release is evaluated again."""
    if not reason.strip():
        raise FillingRefused("reason", _("请写明撤回的理由。"))
    chain = bureau_chain(bureau_of(user=by).pk)
    locked = lock_chains([chain], at=at)[chain]
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    body = {"filling": row.pk, "reason": reason.strip()}
    append(locked, [EventDraft("stated-fact-withdrawn", body)], actor=by.actor, at=at)
    derive_awards(row.release, by=by, at=at)
    return row


def _read(fact: str, value: object) -> Value:
    if fact not in FILLABLE:
        raise FillingRefused("fact", _("这项事实属于人员档案，请在人员页面登记。"))
    try:
        return FACTS[fact].read(value)
    except (ValueError, TypeError) as error:
        raise FillingRefused(
            "value",
            _("“%(value)s”不能作为%(fact)s，请核对后重填。")
            % {"value": value, "fact": _(FACTS[fact].label)},
        ) from error


def _check_against_release(decision: Decision, fact: str, value: Value) -> None:
    """A stated place must lie within what the release leaves open."""
    if fact != "rank" or not isinstance(value, Rank):
        return
    if decision.unit_id is not None:
        about = {"units": frozenset({decision.unit_id})}
    else:
        about = {"persons": frozenset({decision.person_id or 0})}
    outcomes = outcomes_of(decision.release, **about)
    for outcome in outcomes.rows:
        known = outcome.case.facts.get("rank")
        if outcome.entry != decision.entry_id or known is None:
            continue
        bound = known.value
        if isinstance(bound, Rank) and value.within(bound.low, bound.high) is False:
            raise FillingRefused(
                "contradiction",
                _("成绩版本已写明名次范围（%(bound)s），不能填为%(value)s。")
                % {"bound": bound, "value": value},
            )
