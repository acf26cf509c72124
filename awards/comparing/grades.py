"""A grade list held against the grades on file, certificate by certificate.

A grade beside another of the same occupation is a conflict to look at, never a reason to
write over anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from awards.comparing.lines import (
    CONFLICT,
    CORRECT,
    MATCH,
    MISSING_HERE,
    MISSING_THERE,
    RECORD,
    Difference,
    Line,
    Taking,
)
from awards.facts_file import Draft
from people.core import grades, occupations
from people.models import GradeConfirmation, GradeHeld, Person


@dataclass(slots=True)
class GradesHere:
    """The grades on file of the people compared, by person; each is used up once."""

    held: dict[int, list[GradeHeld]] = field(default_factory=dict)
    none: set[tuple[int, str]] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def add(self, held: Iterable[GradeHeld], none: Iterable[GradeConfirmation]) -> None:
        """Take facts in force in."""
        for fact in held:
            self.held.setdefault(fact.person_id, []).append(fact)
        self.none |= {(fact.person_id, fact.occupation_code) for fact in none}

    def of(self, person: int, occupation: str) -> list[GradeHeld]:
        """The grades of a person in an occupation."""
        rows = self.held.get(person, ())
        return [fact for fact in rows if fact.occupation_code == occupation]


def compare_grade(
    draft: Draft, person: Person, here: GradesHere
) -> tuple[str, list[Difference], Taking | None]:
    """Return the outcome of one row about a known person, and what may be taken over."""
    code = draft.values["occupation_code"]
    held = here.of(person.pk, code)
    if draft.kind == "no-grade":
        return _none_there(held, (person.pk, code) in here.none, draft)
    values = draft.values
    same = [fact for fact in held if fact.grade == values["grade"]]
    exact = [fact for fact in same if _agrees(fact, values)]
    if exact:
        here.used.add(exact[0].pk)
        return MATCH, [], None
    if same:
        here.used.add(same[0].pk)
        return CONFLICT, _certificate(same[0], values), _correction(same[0], draft)
    twin = _with_number(here.held.get(person.pk, ()), values["certificate_number"])
    if twin is not None:
        here.used.add(twin.pk)
        return CONFLICT, _grade_of(twin, values), _correction(twin, draft)
    if (person.pk, code) in here.none:
        return CONFLICT, [Difference(_("等级"), _("无"), _label(values["grade"]))], None
    taking = Taking(RECORD, draft.kind, draft.column, values)
    if held:
        here.used |= {fact.pk for fact in held}
        ours = "、".join(fact.grade_label for fact in held)
        return CONFLICT, [Difference(_("等级"), ours, _label(values["grade"]))], taking
    number = values["certificate_number"]
    told = [Difference(_("证书编号"), "—", number)] if number else []
    return MISSING_HERE, told, taking


def missing_grades(person: Person, here: GradesHere, *, base: Line) -> list[Line]:
    """The grades of a person that no row of the list spoke of."""
    return [
        Line(
            MISSING_THERE,
            name=base.name,
            identity=base.identity,
            person=person.pk,
            about=f"{_occupation(fact.occupation_code)} {fact.grade_label}",
            differences=_number(fact),
        )
        for fact in here.held.get(person.pk, ())
        if fact.pk not in here.used
    ]


def _number(fact: GradeHeld) -> tuple[Difference, ...]:
    number = fact.certificate_number
    return (Difference(_("证书编号"), number, "—"),) if number else ()


def about(draft: Draft) -> str:
    """A row's grade in words."""
    name = _occupation(draft.values["occupation_code"])
    if draft.kind == "no-grade":
        return f"{name} {_('无')}"
    return f"{name} {_label(draft.values['grade'])}"


def _none_there(
    held: list[GradeHeld], is_known: bool, draft: Draft
) -> tuple[str, list[Difference], Taking | None]:
    if held:
        ours = "、".join(fact.grade_label for fact in held)
        return CONFLICT, [Difference(_("等级"), ours, _("无"))], None
    if is_known:
        return MATCH, [], None
    return MISSING_HERE, [], Taking(RECORD, draft.kind, draft.column, draft.values)


def _agrees(fact: GradeHeld, values: Mapping[str, Any]) -> bool:
    """Whether nothing both sides say differs, and the list says nothing new."""
    return not _certificate(fact, values)


def _certificate(fact: GradeHeld, values: Mapping[str, Any]) -> list[Difference]:
    """What of the certificate differs; what the list leaves open does not."""
    told = (
        (_("证书编号"), fact.certificate_number, values["certificate_number"]),
        (_("发证日期"), _day(fact.issued_on), _day(values["issued_on"])),
        (_("发证机构"), fact.issuer, values["issuer"]),
    )
    return [
        Difference(label, ours or "—", theirs)
        for label, ours, theirs in told
        if theirs and ours != theirs
    ]


def _grade_of(fact: GradeHeld, values: Mapping[str, Any]) -> list[Difference]:
    told = (
        (
            _("职业"),
            _occupation(fact.occupation_code),
            _occupation(values["occupation_code"]),
        ),
        (_("等级"), fact.grade_label, _label(values["grade"])),
    )
    return [Difference(*each) for each in told if each[1] != each[2]]


def _correction(fact: GradeHeld, draft: Draft) -> Taking:
    """The fact as it stands, with what the list says written into it."""
    kept = {
        "certificate_number": fact.certificate_number,
        "issued_on": fact.issued_on,
        "issuer": fact.issuer,
        "issuer_kind": fact.issuer_kind,
        "work_type": fact.work_type,
    }
    said = {
        key: value for key, value in draft.values.items() if value not in ("", None)
    }
    return Taking(CORRECT, draft.kind, draft.column, {**kept, **said}, fact.pk)


def _with_number(held: Iterable[GradeHeld], number: str) -> GradeHeld | None:
    rows = (fact for fact in held if number and fact.certificate_number == number)
    return next(rows, None)


def _label(grade: int) -> str:
    return grades.Grade(grade).full_label


def _occupation(code: str) -> str:
    return occupations.name_of(code) or code


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
