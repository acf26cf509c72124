"""A person's file: every fact with its evidence, who entered it, what it was before.

Reads only.  The number of queries does not depend on how many facts there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.core import equivalences, grades, regions
from people.core.grades import Grade
from people.core.masking import Audience, ValueKind, mask
from people.enums import EquivalenceLadder, StatedField
from people.models import (
    Change,
    FieldEvidence,
    GradeAlias,
    GradeConfirmation,
    GradeEquivalence,
    GradeHeld,
    HolderFact,
    IntegrityRecord,
    Organization,
    Person,
    PersonFact,
    ProfessionalTitle,
    TitleConfirmation,
    TitleHeld,
)
from people.privacy import seen
from people.queries import actor_names, same_person_ids
from people.words import grade_words

KINDS: dict[str, tuple[type[PersonFact], Any]] = {
    "grade": (GradeHeld, gettext_lazy("职业技能等级")),
    "no-grade": (GradeConfirmation, gettext_lazy("确认无等级")),
    "title": (TitleHeld, gettext_lazy("称号")),
    "no-title": (TitleConfirmation, gettext_lazy("确认无称号")),
    "holder": (HolderFact, gettext_lazy("专家和领办人")),
    "professional-title": (ProfessionalTitle, gettext_lazy("职称")),
    "value": (FieldEvidence, gettext_lazy("档案项目")),
}
SECRET = {StatedField.SOCIAL_CARD: ValueKind.SOCIAL_CARD}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact as the page shows it; ``ended`` is empty while it is in force."""

    kind: str
    row: PersonFact
    label: str
    text: str
    details: tuple[str, ...]
    by: str
    ended_by: str = ""

    @property
    def can_be_corrected(self) -> bool:
        """Whether the page offers a correction: values are simply stated again."""
        return self.row.withdrawn_at is None and self.kind != "value"


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One change of a value in the person's file, as far as it may be shown."""

    label: str
    before: str
    after: str
    by: str
    at: datetime


def facts_of(person: Person) -> list[FactLine]:
    """Return every fact recorded about a person, ended ones too, newest first."""
    ids = same_person_ids(person)
    found = [
        (kind, row)
        for kind, (model, _label) in KINDS.items()
        for row in model._default_manager.filter(person__in=ids).order_by("-pk")
    ]
    names = actor_names(
        actor
        for _kind, row in found
        for actor in (row.recorded_by, row.withdrawn_by)
        if actor
    )
    return [_line(kind, row, person, names) for kind, row in found]


def _line(
    kind: str, row: PersonFact, person: Person, names: Mapping[str, str]
) -> FactLine:
    text, details = WORDS[kind](row, person)
    return FactLine(
        kind=kind,
        row=row,
        label=str(KINDS[kind][1]),
        text=text,
        details=tuple(filter(None, details)),
        by=names.get(row.recorded_by, row.recorded_by),
        ended_by=names.get(row.withdrawn_by, row.withdrawn_by),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _grade(row: GradeHeld, person: Person) -> tuple[str, list[str]]:
    occupation = f"{row.occupation_name} {row.occupation_code}".strip()
    kind = f"{row.get_issuer_kind_display()}" if row.issuer_kind else ""
    version = _("%(year)s 年版大典") % {"year": row.dictionary}
    return row.grade_label, [
        occupation,
        row.work_type,
        version,
        row.certificate_number,
        row.issuer,
        f"{row.issuer_kind} {kind}".strip(),
        _day(row.issued_on),
    ]


def _no_grade(row: GradeConfirmation, person: Person) -> tuple[str, list[str]]:
    return _("没有等级"), [row.occupation_code]


def _title(row: TitleHeld, person: Person) -> tuple[str, list[str]]:
    route = str(row.get_route_display()) if row.route else ""
    origin = regions.full_name(row.origin_region) if row.origin_region else ""
    return row.title, [row.issuer, _day(row.awarded_on), route, origin]


def _no_title(row: TitleConfirmation, person: Person) -> tuple[str, list[str]]:
    return _("没有称号"), []


def _holder(row: HolderFact, person: Person) -> tuple[str, list[str]]:
    label = str(row.get_kind_display())
    text = label if row.holds else _("不是%(what)s") % {"what": label}
    return text, [_day(row.since)]


def _professional(row: ProfessionalTitle, person: Person) -> tuple[str, list[str]]:
    level = str(row.get_level_display())
    return row.name, [level, row.issuer, _day(row.acquired_on)]


def _value(row: FieldEvidence, person: Person) -> tuple[str, list[str]]:
    label = str(row.get_field_display())
    now = value_text(person, row.field) if row.withdrawn_at is None else ""
    return (_("%(what)s：%(value)s") % {"what": label, "value": now or "—"}), []


WORDS: dict[str, Any] = {
    "grade": _grade,
    "no-grade": _no_grade,
    "title": _title,
    "no-title": _no_title,
    "holder": _holder,
    "professional-title": _professional,
    "value": _value,
}


def value_text(person: Person, field: str) -> str:
    """Return a value of the file as colleagues may see it; card numbers are masked."""
    if field == StatedField.SOCIAL_CARD:
        return seen(person, ValueKind.SOCIAL_CARD, Audience.INTERNAL)
    if field == StatedField.BIRTH:
        return _day(person.birth_on)
    shown = getattr(person, f"get_{field}_display", None)
    return str(shown()) if shown else str(getattr(person, field))


def changes_of(person: Person) -> list[ValueChange]:
    """Return what stated values were before, newest first; card numbers are masked."""
    refs = [f"person:{pk}" for pk in same_person_ids(person)]
    rows = Change.objects.filter(object_ref__in=refs, field__in=StatedField.values)
    changes = list(rows.order_by("-pk"))
    names = actor_names(row.by for row in changes)
    return [
        ValueChange(
            label=str(StatedField(row.field).label),
            before=_shown(row.field, row.before),
            after=_shown(row.field, row.after),
            by=names.get(row.by, row.by),
            at=row.at,
        )
        for row in changes
    ]


def _shown(field: str, value: str) -> str:
    if field in SECRET:
        return mask(SECRET[StatedField(field)], value, Audience.INTERNAL)
    choices = dict(Person._meta.get_field(field).choices or ())  # type: ignore[union-attr]
    return str(choices.get(value, value))


def sanctions_of(person: Person) -> QuerySet[IntegrityRecord]:
    """Return every integrity record of a person, ended ones too, newest first."""
    rows = IntegrityRecord.objects.filter(person__in=same_person_ids(person))
    return rows.order_by("-starts_on", "-pk")


def aliases(bureau: Organization) -> QuerySet[GradeAlias]:
    """Return the issuers' own names for grades that a bureau has entered."""
    rows = GradeAlias.objects.filter(bureau=bureau, withdrawn_at__isnull=True)
    return rows.order_by("issuer", "-grade", "name")


def aliases_by_issuer(bureau: Organization) -> dict[str, dict[str, Grade]]:
    """Return the same for :func:`people.core.grades.parse`, by issuer."""
    found: dict[str, dict[str, Grade]] = {}
    for row in aliases(bureau):
        found.setdefault(row.issuer, {})[row.name] = Grade(row.grade)
    return found


@dataclass(frozen=True, slots=True)
class EquivalenceLine:
    """What a grade counts as, with the document, or none for background."""

    grade: Grade
    ladder: str
    counts_as: str
    citation: str
    pk: int | None = None

    @property
    def grade_label(self) -> str:
        return grade_words(self.grade.label)

    @property
    def ladder_label(self) -> str:
        return str(EquivalenceLadder(self.ladder).label)

    @property
    def is_background(self) -> bool:
        return self.pk is None


def equivalence_table(bureau: Organization) -> list[EquivalenceLine]:
    """Return a bureau's rows, and background rows that none of them replaces."""
    rows = GradeEquivalence.objects.filter(bureau=bureau, withdrawn_at__isnull=True)
    entered = {(row.grade, row.ladder): row for row in rows}
    found = [
        EquivalenceLine(
            Grade(row.grade), row.ladder, row.counts_as, row.citation, row.pk
        )
        for row in entered.values()
    ]
    found += [
        EquivalenceLine(row.grade, str(row.ladder), row.counts_as, "")
        for row in equivalences.BACKGROUND
        if (int(row.grade), str(row.ladder)) not in entered
    ]
    return sorted(found, key=lambda row: (-row.grade, row.ladder))


def equivalences_of(bureau: Organization, held: Iterable[int]) -> list[EquivalenceLine]:
    """Return the rows of the table that concern the highest of these grades."""
    best = max(held, default=None)
    return [row for row in equivalence_table(bureau) if row.grade == best]


def ladder() -> list[tuple[str, str]]:
    """Return the rungs from the highest to the lowest with their numbers."""
    return [
        (grade_words(grade.label), grade.number_label)
        for grade in sorted(grades.Grade, reverse=True)
    ]
