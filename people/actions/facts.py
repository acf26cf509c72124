"""Facts about a person: grades, titles, holder's facts, sanctions, each with evidence."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.changes import note
from people.actions.persons import person_ref
from people.core import grades, occupations
from people.core.findings import Finding
from people.enums import HolderKind
from people.errors import FactRefused
from people.models import (
    GradeConfirmation,
    GradeHeld,
    HolderFact,
    IntegrityRecord,
    Organization,
    Person,
    PersonFact,
    TitleHeld,
)
from people.policy import Actor, actor_of


def _require(evidence: str) -> str:
    if not evidence.strip():
        raise FactRefused(
            _("请写明依据，例如证书编号、文件文号或出具单位。"), "evidence-missing"
        )
    return evidence.strip()


def _rung(grade: int) -> grades.Grade:
    try:
        return grades.Grade(grade)
    except ValueError:
        raise FactRefused(
            _("等级“%(grade)s”不在八级阶梯内。") % {"grade": grade}, "grade-unknown"
        ) from None


def _refuse(findings: Iterable[Finding]) -> None:
    problems = [finding.message for finding in findings if finding.is_error]
    if problems:
        raise FactRefused(_("；").join(problems), "fact-form")


def _certificate(text: str, rung: grades.Grade) -> tuple[str, str]:
    if not text:
        return "", ""
    number = grades.read_certificate_number(text)
    _refuse(number.findings)
    if number.grade not in (None, rung):
        raise FactRefused(
            _("证书编号写的等级与%(grade)s不符，请核对。") % {"grade": rung.label},
            "grade-differs",
        )
    return number.text, str(number.issuer_kind or "")


@transaction.atomic
def record_grade(
    person: Person,
    *,
    occupation_code: str,
    grade: int,
    evidence: str,
    by: Actor,
    at: datetime,
    certificate_number: str = "",
    issued_on: date | None = None,
) -> GradeHeld:
    """Record a grade held in an occupation.

    ``grade`` is the ladder's rank 0..7.  A certificate number is checked for its form
    and for saying the same grade; it is never made up.  Raises FactRefused.
    """
    rung = _rung(grade)
    code = occupations.normalize(occupation_code)
    number, issuer_kind = _certificate(certificate_number, rung)
    _refuse(occupations.check(code))
    fact = GradeHeld.objects.create(
        person=person,
        occupation_code=code,
        occupation_name=occupations.name_of(code),
        grade=rung,
        certificate_number=number,
        issued_on=issued_on,
        issuer_kind=issuer_kind,
        evidence=_require(evidence),
        recorded_by=actor_of(by),
        recorded_at=at,
    )
    body = {
        "person": person_ref(person),
        "fact": f"grade:{fact.pk}",
        "occupation": code,
        "grade": int(rung),
    }
    note("grade-recorded", body, by=by, at=at)
    return fact


@transaction.atomic
def confirm_no_grade(
    person: Person, *, occupation_code: str, evidence: str, by: Actor, at: datetime
) -> GradeConfirmation:
    """Record that no grade is held in an occupation; silence would mean unknown."""
    fact = GradeConfirmation.objects.create(
        person=person,
        occupation_code=occupations.normalize(occupation_code),
        evidence=_require(evidence),
        recorded_by=actor_of(by),
        recorded_at=at,
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
    fact = TitleHeld.objects.create(
        person=person,
        title=title.strip(),
        evidence=_require(evidence),
        recorded_by=actor_of(by),
        recorded_at=at,
        **facts,
    )
    body = {"person": person_ref(person), "fact": f"title:{fact.pk}"}
    note("title-recorded", body, by=by, at=at)
    return fact


@transaction.atomic
def record_holder_fact(
    person: Person,
    *,
    kind: str,
    evidence: str,
    by: Actor,
    at: datetime,
    since: date | None = None,
) -> HolderFact:
    """Record a fact that gives rights by being held (国务院特贴, 工作室领办人)."""
    if kind not in HolderKind.values:
        raise FactRefused(_("不认识这种持有事实。"), "holder-unknown")
    fact = HolderFact.objects.create(
        person=person,
        kind=kind,
        since=since,
        evidence=_require(evidence),
        recorded_by=actor_of(by),
        recorded_at=at,
    )
    body = {"person": person_ref(person), "fact": f"holder:{fact.pk}", "kind": kind}
    note("holder-fact-recorded", body, by=by, at=at)
    return fact


@transaction.atomic
def withdraw_fact(fact: PersonFact, *, reason: str, by: Actor, at: datetime) -> None:
    """Mark a fact as withdrawn; the row stays with its evidence."""
    if fact.withdrawn_at is not None:
        return
    fact.withdrawn_at = at
    fact.save(update_fields=["withdrawn_at"])
    body = {
        "person": f"person:{fact.person_id}",
        "fact": f"{type(fact).__name__}:{fact.pk}",
        "reason": _require(reason),
    }
    note("fact-withdrawn", body, by=by, at=at)


@transaction.atomic
def record_sanction(
    subject: Person | Organization,
    *,
    scope: str,
    reason: str,
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
) -> IntegrityRecord:
    """Record an integrity sanction; it blocks entries and appointments in its period."""
    is_person = isinstance(subject, Person)
    record = IntegrityRecord.objects.create(
        person=subject if isinstance(subject, Person) else None,
        organization=subject if isinstance(subject, Organization) else None,
        scope=scope,
        reason=_require(reason),
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=actor_of(by),
        recorded_at=at,
    )
    kind = "person" if is_person else "organization"
    body = {"subject": f"{kind}:{subject.pk}", "record": record.pk, "scope": scope}
    note("sanction-recorded", body, by=by, at=at)
    return record
