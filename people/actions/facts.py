"""Facts about a person: grades, titles, holder's facts, each with evidence.

Nothing is deleted: a fact is withdrawn, or corrected by a newer one, with a reason that
is kept encrypted; the ledger holds its digest.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypedDict, TypeVar, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.actions.changes import keep_changes, lock, note
from people.actions.persons import person_ref
from people.core import grade_facts, grades, occupations
from people.core.findings import Finding
from people.enums import GradeIssuerKind, HolderKind, TitleLevel, TitleRoute
from people.errors import FactRefused
from people.models import (
    GradeConfirmation,
    GradeHeld,
    HolderFact,
    Person,
    PersonFact,
    ProfessionalTitle,
    TitleConfirmation,
    TitleHeld,
)
from people.policy import Actor, actor_of

Fact = TypeVar("Fact", bound=PersonFact)
SPOKEN_CODES = (grade_facts.DIFFERS, "issuer-kind-differs", "date-in-future")


def required_evidence(evidence: str) -> str:
    """Return the evidence, trimmed; raises FactRefused where there is none."""
    if not evidence.strip():
        raise FactRefused(
            _("请写明依据，例如证书编号、文件文号或出具单位。"), "evidence-missing"
        )
    return evidence.strip()


def rung_of(grade: int) -> grades.Grade:
    """Return the rung of the ladder; raises FactRefused for any other number."""
    try:
        return grades.Grade(grade)
    except ValueError:
        raise FactRefused(
            _("等级“%(grade)s”不在八级阶梯内。") % {"grade": grade}, "grade-unknown"
        ) from None


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Raise FactRefused with every error among ``findings``."""
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        code = errors[0].code if errors[0].code in SPOKEN_CODES else "fact-form"
        raise FactRefused(_("；").join(each.message for each in errors), code)


def _not_later(day: date | None, at: datetime) -> None:
    if day is not None and day > timezone.localdate(at):
        raise FactRefused(
            _("日期“%(day)s”在未来，请核对。") % {"day": day}, "date-in-future"
        )


def _one_of(value: str, values: Iterable[str], message: str, code: str) -> None:
    if value not in values:
        raise FactRefused(message, code)


def _record(
    person: Person, model: type[Fact], *, by: Actor, at: datetime, **values: Any
) -> Fact:
    values["evidence"] = required_evidence(values["evidence"])
    _not_later(values.get("evidence_on"), at)
    return model._default_manager.create(
        person=person, recorded_by=actor_of(by), recorded_at=at, **values
    )


class GradeFacts(TypedDict, total=False):
    """What may be said about a grade beside occupation, rung and evidence."""

    certificate_number: str
    issued_on: date | None
    issuer: str
    issuer_kind: str
    dictionary: str
    work_type: str
    evidence_on: date | None


def _claim(
    occupation_code: str, rung: grades.Grade, facts: GradeFacts
) -> grade_facts.GradeClaim:
    kind = facts.get("issuer_kind", "")
    _one_of(
        kind,
        ("", *GradeIssuerKind.values),
        _("发证机构类别只能是 Y 或 S。"),
        "issuer-kind-unknown",
    )
    return grade_facts.GradeClaim(
        occupation_code,
        rung,
        facts.get("certificate_number", ""),
        facts.get("issued_on"),
        kind,
        facts.get("dictionary") or occupations.DICTIONARY,
    )


@transaction.atomic
def record_grade(
    person: Person,
    *,
    occupation_code: str,
    grade: int,
    evidence: str,
    by: Actor,
    at: datetime,
    **facts: Unpack[GradeFacts],
) -> GradeHeld:
    """Record a grade held in an occupation.

    ``grade`` is the ladder's rank 0..7.  A certificate number is checked for its form
    and for saying the same grade and kind of issuer; it is never made up.  Raises
    FactRefused.
    """
    claim = _claim(occupation_code, rung_of(grade), facts)
    checked = grade_facts.check(claim, on=timezone.localdate(at))
    refuse_errors(checked.findings)
    fact = _record(
        person,
        GradeHeld,
        occupation_code=checked.occupation_code,
        occupation_name=checked.occupation_name,
        dictionary=claim.dictionary,
        work_type=facts.get("work_type", "").strip(),
        grade=claim.grade,
        certificate_number=checked.certificate_number,
        issued_on=claim.issued_on,
        issuer_kind=checked.issuer_kind,
        issuer=facts.get("issuer", "").strip(),
        evidence=evidence,
        evidence_on=facts.get("evidence_on"),
        by=by,
        at=at,
    )
    body = {
        "person": person_ref(person),
        "fact": f"grade:{fact.pk}",
        "occupation": fact.occupation_code,
        "grade": int(claim.grade),
    }
    note("grade-recorded", body, by=by, at=at)
    return fact


@transaction.atomic
def confirm_no_grade(
    person: Person,
    *,
    occupation_code: str,
    evidence: str,
    by: Actor,
    at: datetime,
    evidence_on: date | None = None,
) -> GradeConfirmation:
    """Record that no grade is held in an occupation; silence would mean unknown."""
    fact = _record(
        person,
        GradeConfirmation,
        occupation_code=occupations.normalize(occupation_code),
        evidence=evidence,
        evidence_on=evidence_on,
        by=by,
        at=at,
    )
    body = {
        "person": person_ref(person),
        "fact": f"no-grade:{fact.pk}",
        "occupation": fact.occupation_code,
    }
    note("no-grade-confirmed", body, by=by, at=at)
    return fact


class TitleFacts(TypedDict, total=False):
    """What may be said about a title beside its name and evidence."""

    issuer: str
    awarded_on: date | None
    route: str
    origin_region: str
    evidence_on: date | None


@transaction.atomic
def record_title(
    person: Person,
    *,
    title: str,
    evidence: str,
    by: Actor,
    at: datetime,
    **facts: Unpack[TitleFacts],
) -> TitleHeld:
    """Record a title such as 全国技术能手 with its route and the place it came from."""
    _one_of(
        facts.get("route", ""),
        ("", *TitleRoute.values),
        _("取得方式只能是竞赛或评选。"),
        "route-unknown",
    )
    _not_later(facts.get("awarded_on"), at)
    fact = _record(
        person, TitleHeld, title=title.strip(), evidence=evidence, by=by, at=at, **facts
    )
    body = {"person": person_ref(person), "fact": f"title:{fact.pk}"}
    note("title-recorded", body, by=by, at=at)
    return fact


@transaction.atomic
def confirm_no_title(
    person: Person,
    *,
    evidence: str,
    by: Actor,
    at: datetime,
    evidence_on: date | None = None,
) -> TitleConfirmation:
    """Record that a person holds no title; silence would mean unknown."""
    fact = _record(
        person,
        TitleConfirmation,
        evidence=evidence,
        evidence_on=evidence_on,
        by=by,
        at=at,
    )
    body = {"person": person_ref(person), "fact": f"no-title:{fact.pk}"}
    note("no-title-confirmed", body, by=by, at=at)
    return fact


class HolderFacts(TypedDict, total=False):
    """What may be said about a holder's fact beside its kind and evidence."""

    since: date | None
    holds: bool
    evidence_on: date | None


@transaction.atomic
def record_holder_fact(
    person: Person,
    *,
    kind: str,
    evidence: str,
    by: Actor,
    at: datetime,
    **facts: Unpack[HolderFacts],
) -> HolderFact:
    """Record a fact that gives rights by being held (国务院特贴, 工作室领办人).

    ``holds`` False records that it is *not* held.
    """
    _one_of(kind, HolderKind.values, _("不认识这种持有事实。"), "holder-unknown")
    _not_later(facts.get("since"), at)
    fact = _record(
        person, HolderFact, kind=kind, evidence=evidence, by=by, at=at, **facts
    )
    body = {"person": person_ref(person), "fact": f"holder:{fact.pk}", "kind": kind}
    note("holder-fact-recorded", body, by=by, at=at)
    return fact


class ProfessionalTitleFacts(TypedDict, total=False):
    """What may be said about a professional title beside name, level, evidence."""

    issuer: str
    acquired_on: date | None
    evidence_on: date | None


@transaction.atomic
def record_professional_title(
    person: Person,
    *,
    name: str,
    level: str,
    evidence: str,
    by: Actor,
    at: datetime,
    **facts: Unpack[ProfessionalTitleFacts],
) -> ProfessionalTitle:
    """Record a professional title (职称), e.g. 工程师 of the intermediate level."""
    _one_of(level, TitleLevel.values, _("不认识这个职称层级。"), "level-unknown")
    _not_later(facts.get("acquired_on"), at)
    fact = _record(
        person,
        ProfessionalTitle,
        name=name.strip(),
        level=level,
        evidence=evidence,
        by=by,
        at=at,
        **facts,
    )
    body = {"person": person_ref(person), "fact": f"professional-title:{fact.pk}"}
    note("professional-title-recorded", body, by=by, at=at)
    return fact


@transaction.atomic
def withdraw_fact(
    fact: PersonFact,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    replaced_by: PersonFact | None = None,
) -> None:
    """Mark a fact as withdrawn, or replaced by a newer one; the row stays.

    The ledger learns the digest of the reason, which may name people.
    """
    why = _required_reason(reason)
    lock(at=at)
    row = type(fact)._default_manager.get(pk=fact.pk)
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at = fact.withdrawn_at = at
    row.withdrawn_by, row.withdrawn_reason = actor_of(by), why
    row.replaced_by = replaced_by
    row.save(
        update_fields=[
            "withdrawn_at",
            "withdrawn_by",
            "withdrawn_reason",
            "replaced_by",
        ]
    )
    ref = f"{type(fact).__name__}:{fact.pk}"
    body: dict[str, object] = {
        "person": f"person:{fact.person_id}",
        "fact": ref,
        "reason_digest": keep_changes(ref, {"reason": ("", why)}, by=by, at=at),
    }
    if replaced_by is not None:
        body["replaced_by"] = f"{type(replaced_by).__name__}:{replaced_by.pk}"
    note("fact-withdrawn", body, by=by, at=at)


def _required_reason(reason: str) -> str:
    if not reason.strip():
        raise FactRefused(_("请写明更正或撤销的理由。"), "reason-missing")
    return reason.strip()


RECORDERS: dict[type[PersonFact], Any] = {
    GradeHeld: record_grade,
    GradeConfirmation: confirm_no_grade,
    TitleHeld: record_title,
    TitleConfirmation: confirm_no_title,
    HolderFact: record_holder_fact,
    ProfessionalTitle: record_professional_title,
}


@transaction.atomic
def correct_fact(
    fact: Fact, *, reason: str, by: Actor, at: datetime, **values: Any
) -> Fact:
    """Record the fact anew with ``values`` and let the old row point to the new one.

    ``values`` are what the recording action of that kind takes.  Raises FactRefused,
    also for a fact that is no longer in force.
    """
    _required_reason(reason)
    lock(at=at)
    row = type(fact)._default_manager.get(pk=fact.pk)
    if row.withdrawn_at is not None:
        raise FactRefused(_("这项事实已经撤销，不能再更正。"), "already-withdrawn")
    fresh: Fact = RECORDERS[type(fact)](fact.person, by=by, at=at, **values)
    withdraw_fact(fact, reason=reason, by=by, at=at, replaced_by=fresh)
    return fresh
