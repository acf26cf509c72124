"""The facts file to fill in: one row per person and occupation with what is missing.

Reads only, and only inside the decisions it is given (access.py scopes them).
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from awards import wording
from awards.enums import DecisionState
from awards.explained import FILLABLE
from awards.fact_columns import COLUMNS, NOTES, SHEET
from awards.facts_file import PREFIX
from awards.models import Decision
from people.models import Person
from people.spreadsheets import Cell, template_workbook

GRADE = "grade_held"


def waiting_rows(decisions: QuerySet[Decision]) -> list[dict[str, Cell]]:
    """Return the prefilled rows: who waits for which facts, by name."""
    rows = decisions.filter(state=DecisionState.OPEN, person__isnull=False)
    rows = rows.select_related("person", "skill")
    rows = rows.order_by("person__sort_key", "person_id", "skill__occupation_code")
    people: dict[int, Person] = {}
    missing: dict[tuple[int, str], dict[str, None]] = {}
    for row in rows:
        if row.person is None:
            continue
        codes = [code for code in row.missing if code in FILLABLE]
        occupation = row.skill.occupation_code if GRADE in codes else ""
        people[row.person.pk] = row.person
        for code in codes:
            place = occupation if code == GRADE else ""
            missing.setdefault((row.person.pk, place), {})[code] = None
    return [
        _row(people[pk], occupation, codes)
        for (pk, occupation), codes in _together(missing).items()
    ]


def _together(
    missing: dict[tuple[int, str], dict[str, None]],
) -> dict[tuple[int, str], dict[str, None]]:
    """Facts of no occupation join the person's first row with one."""
    found = {key: dict(codes) for key, codes in missing.items()}
    first: dict[int, tuple[int, str]] = {}
    for person, occupation in missing:
        if occupation:
            first.setdefault(person, (person, occupation))
    for key in missing:
        if not key[1] and key[0] in first:
            found[first[key[0]]] |= found.pop(key)
    return found


def _row(person: Person, occupation: str, codes: Iterable[str]) -> dict[str, Cell]:
    return {
        "person": f"{PREFIX}{person.pk}",
        "name": person.name,
        "missing": "、".join(wording.labels_of(codes)),
        "occupation": occupation,
    }


def facts_template(decisions: QuerySet[Decision]) -> bytes:
    """Return the workbook, prefilled for everybody whose decisions wait for facts."""
    return template_workbook(SHEET, COLUMNS, rows=waiting_rows(decisions), notes=NOTES)
