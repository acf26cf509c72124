"""The authority's answer: granted or not, by which paper; the same answer again is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.entitlements.guards import Refusals, refusals, refuse_later
from awards.actions.entitlements.moving import (
    BulkStep,
    Move,
    State,
    begin,
    locked_rows,
    new_batch,
    record,
    take,
)
from awards.actions.entitlements.register_facts import Granted, enter_facts
from awards.enums import AnswerSource
from awards.errors import EntitlementRefused
from awards.models import Entitlement, EntitlementStep
from people.models import Organization, User

VERDICTS = (State.GRANTED, State.REFUSED)


class AnswerFacts(TypedDict, total=False):
    """What a grant may say beside its paper: the certificate, the professional title."""

    certificate_number: str
    issued_on: date | None
    occupation_code: str
    professional_title: str
    professional_level: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An authority's answer, as it was typed in or read from a workbook."""

    verdict: str
    document: str
    answered_on: date
    reason: str
    source: str

    @property
    def grounds(self) -> str:
        """What stands for the reason of the step."""
        return self.document if self.verdict == State.GRANTED else self.reason


@transaction.atomic
def record_answer(
    entitlement: Entitlement,
    *,
    verdict: str,
    document: str,
    answered_on: date,
    reason: str = "",
    source: str = AnswerSource.SCREEN,
    by: User,
    at: datetime,
    **facts: Unpack[AnswerFacts],
) -> Entitlement:
    """Record what the authority answered about an entitlement that was filed.

    A grant needs its paper, a refusal its grounds.  A granted title, grade or (where it
    is named) professional title enters the person's file; a certificate number only where
    one is given, checked for its form.  The same answer again changes nothing.  Raises
    EntitlementRefused.
    """
    answer = _answer(verdict, document, answered_on, reason, source, at)
    granted = Granted(answer.document, answer.answered_on, **facts)
    step, refused = _answered([entitlement], answer, granted, by=by, at=at)
    if refused:
        raise next(iter(refused.values()))
    return step.moved[0]


@transaction.atomic
def answer_many(
    entitlements: Iterable[Entitlement],
    *,
    verdict: str,
    document: str,
    answered_on: date,
    reason: str = "",
    source: str = AnswerSource.SCREEN,
    by: User,
    at: datetime,
) -> BulkStep:
    """Record one answer for many; those it cannot be recorded for are skipped."""
    answer = _answer(verdict, document, answered_on, reason, source, at)
    granted = Granted(answer.document, answer.answered_on)
    return _answered(entitlements, answer, granted, by=by, at=at)[0]


def _answer(
    verdict: str,
    document: str,
    answered_on: date,
    reason: str,
    source: str,
    at: datetime,
) -> Answer:
    if verdict not in VERDICTS:
        text = _("答复只能是核准或不予核准。")
        raise EntitlementRefused("verdict", text)
    refuse_later(answered_on, timezone.localdate(at))
    return Answer(verdict, document.strip()[:200], answered_on, reason.strip(), source)


def _answered(
    entitlements: Iterable[Entitlement],
    answer: Answer,
    granted: Granted,
    *,
    by: User,
    at: datetime,
) -> tuple[BulkStep, Refusals]:
    bureau, chain = begin(by, at)
    rows = locked_rows(entitlements)
    known = _answered_before(rows)
    same = {row.pk for row in rows if _is_same(row, known.get(row.pk), answer)}
    fresh = [row for row in rows if row.pk not in same]
    refused = _refusals(fresh, known, answer, bureau)
    ready = [row for row in fresh if row.pk not in refused]
    if answer.verdict == State.GRANTED:
        refused |= enter_facts(ready, granted, by=by, at=at)
        ready = [row for row in ready if row.pk not in refused]
    batch = new_batch()
    move = Move(
        answer.verdict,
        by,
        at,
        reason=answer.reason,
        document=answer.document,
        on=answer.answered_on,
        source=answer.source,
        batch=batch,
    )
    record(chain, take(ready, move), by=by, at=at)
    moved = [row for row in rows if row.pk not in refused]
    skipped = [(row, refused[row.pk].message) for row in rows if row.pk in refused]
    return BulkStep(batch, moved, skipped), refused


def _answered_before(rows: Sequence[Entitlement]) -> dict[int, EntitlementStep]:
    """The answer in force of each entitlement, by id."""
    steps = EntitlementStep.objects.filter(
        entitlement__in=[row.pk for row in rows],
        after__in=VERDICTS,
        undone_at__isnull=True,
    )
    return {step.entitlement_id: step for step in steps.order_by("pk")}


def _is_same(row: Entitlement, step: EntitlementStep | None, answer: Answer) -> bool:
    """Whether exactly this answer stands already."""
    if step is None or row.state not in (*VERDICTS, State.DELIVERED):
        return False
    said = (step.after, step.document, step.on)
    return said == (answer.verdict, answer.document, answer.answered_on)


def _refusals(
    rows: Sequence[Entitlement],
    known: dict[int, EntitlementStep],
    answer: Answer,
    bureau: Organization,
) -> Refusals:
    found = refusals(rows, to=answer.verdict, reason=answer.grounds, bureau=bureau)
    for row in rows:
        if row.state in (*VERDICTS, State.DELIVERED) and row.pk in known:
            text = _("已登记过另一个答复（%(document)s）。不同的答复须先撤回原来的。")
            said = known[row.pk].document or known[row.pk].reason
            text %= {"document": said}
            found[row.pk] = EntitlementRefused("answered", text)
        elif row.pk not in found and (refused := _too_early(row, answer)):
            found[row.pk] = refused
    return found


def _too_early(row: Entitlement, answer: Answer) -> EntitlementRefused | None:
    """No answer comes before its filing."""
    if row.filing is None or answer.answered_on >= row.filing.filed_on:
        return None
    text = _("答复日期早于上报日期（%(day)s），请核对。")
    return EntitlementRefused("date", text % {"day": row.filing.filed_on})
