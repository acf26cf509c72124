"""What a grant puts into a person's file, and how it comes out again.

A grade is dated by its certificate, else by the answer, so that it never counts as held
before the result that won it.  No number is ever made up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.actions.entitlements.guards import Refusals
from awards.enums import OutcomeKind
from awards.errors import EntitlementRefused
from awards.models import Entitlement, GivenFact
from people.actions import (
    record_grade,
    record_professional_title,
    record_title,
    withdraw_fact,
)
from people.core.grades import LABELS, Grade
from people.enums import TitleRoute
from people.errors import PeopleError
from people.models import GradeHeld, Person, TitleHeld, User
from people.queries import same_person_ids

GRADES = {label: grade for grade, label in LABELS.items()}
AWARDED = "授予"  # mode of a grant that makes an honour a title
HONOURS = (OutcomeKind.LABOUR_MEDAL, OutcomeKind.HONOUR)


@dataclass(frozen=True, slots=True)
class Granted:
    """The paper of a grant, its day, and what was said beside it."""

    document: str
    on: date
    certificate_number: str = ""
    issued_on: date | None = None
    occupation_code: str = ""
    professional_title: str = ""
    professional_level: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether something was said that must not be lost in silence."""
        typed = (self.certificate_number, self.occupation_code, self.professional_title)
        return any(typed) or self.issued_on is not None


def enter_facts(
    rows: Sequence[Entitlement], granted: Granted, *, by: User, at: datetime
) -> Refusals:
    """Enter what these grants give; return those whose facts cannot be entered.

    A grade whose occupation nobody stated is granted and not entered: the page says so.
    """
    refused: Refusals = {}
    for row in rows:
        person = row.person
        if person is None:
            continue
        if row.kind == OutcomeKind.GRADE and granted.on <= _ended(row):
            text = _("答复日期不能早于比赛结束，请核对。")
            refused[row.pk] = EntitlementRefused("date", text)
            continue
        try:
            with transaction.atomic():
                _enter(row, person, granted, by=by, at=at)
        except PeopleError as error:
            if granted.is_typed or row.kind != OutcomeKind.GRADE:
                refused[row.pk] = EntitlementRefused("register", error.message)
    return refused


def _ended(row: Entitlement) -> date:
    return row.decision.skill.competition.ends_on


def _enter(
    row: Entitlement, person: Person, granted: Granted, *, by: User, at: datetime
) -> None:
    if gives_title(row):
        _enter_title(row, person, granted, by=by, at=at)
    elif row.kind == OutcomeKind.GRADE and row.value in GRADES:
        _enter_grade(row, person, granted, by=by, at=at)
    elif row.kind == OutcomeKind.TITLE_APPLICATION and granted.professional_title:
        fact = record_professional_title(
            person,
            name=granted.professional_title,
            level=granted.professional_level,
            acquired_on=granted.on,
            evidence=granted.document,
            evidence_on=granted.on,
            issuer=row.authority,
            by=by,
            at=at,
        )
        GivenFact.objects.create(entitlement=row, professional_title=fact, given_at=at)


def gives_title(row: Entitlement) -> bool:
    """Whether its grant is a title held: 称号, and honours that are conferred."""
    if row.kind == OutcomeKind.TITLE:
        return True
    return row.kind in HONOURS and row.decision.detail.get("mode") == AWARDED


def _enter_title(
    row: Entitlement, person: Person, granted: Granted, *, by: User, at: datetime
) -> None:
    held = TitleHeld.objects.filter(
        person__in=same_person_ids(person), title=row.value, withdrawn_at__isnull=True
    )
    if held.exists():
        return
    fact = record_title(
        person,
        title=row.value,
        issuer=row.authority,
        awarded_on=granted.on,
        route=TitleRoute.COMPETITION,
        origin_region=row.region,
        evidence=granted.document,
        evidence_on=granted.on,
        by=by,
        at=at,
    )
    GivenFact.objects.create(entitlement=row, title=fact, given_at=at)


def _enter_grade(
    row: Entitlement, person: Person, granted: Granted, *, by: User, at: datetime
) -> None:
    grade = GRADES[row.value]
    held = list(
        GradeHeld.objects.filter(
            person__in=same_person_ids(person), withdrawn_at__isnull=True
        )
    )
    code = granted.occupation_code or _occupation(row, held)
    if not code or _has(held, code, grade, granted):
        return
    fact = record_grade(
        person,
        occupation_code=code,
        grade=int(grade),
        certificate_number=granted.certificate_number,
        issued_on=granted.issued_on or granted.on,
        evidence=granted.document,
        evidence_on=granted.on,
        by=by,
        at=at,
    )
    GivenFact.objects.create(entitlement=row, grade=fact, given_at=at)


def _occupation(row: Entitlement, held: Iterable[GradeHeld]) -> str:
    """The result's occupation, else the only one the person holds a grade in."""
    stated = row.decision.skill.occupation_code
    codes = {fact.occupation_code for fact in held}
    return stated or (codes.pop() if len(codes) == 1 else "")


def _has(held: Iterable[GradeHeld], code: str, grade: Grade, granted: Granted) -> bool:
    """Whether the file says it already and the grant adds no number to it."""
    if granted.certificate_number:
        return False
    return any(fact.occupation_code == code and fact.grade >= grade for fact in held)


def take_back_facts(
    rows: Iterable[Entitlement], *, reason: str, by: User, at: datetime
) -> list[Person]:
    """Withdraw what these grants put into people's files; return whose it was."""
    given = GivenFact.objects.filter(
        entitlement__in=[row.pk for row in rows], taken_back_at__isnull=True
    ).select_related("title__person", "grade__person", "professional_title__person")
    people = []
    for row in given.order_by("pk"):
        if row.fact is not None:
            withdraw_fact(row.fact, reason=reason, by=by, at=at)
            people.append(row.fact.person)
        row.taken_back_at = at
        row.save(update_fields=["taken_back_at"])
    return people
