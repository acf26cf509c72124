"""Who of a bureau looked at a person, day by day."""

from dataclasses import dataclass
from datetime import date, datetime

from awards.models import PersonLook
from people.models import Organization, Person
from people.queries import same_person_ids

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Look:
    """One person of the bureau on one day at one place."""

    name: str
    place: str
    day: date
    first_at: datetime


def looks_at(person: Person, bureau: Organization) -> list[Look]:
    """Return who of the bureau looked at a person, the newest first, at most a hundred.

    What was looked at under a duplicate of the person counts too.
    """
    rows = PersonLook.objects.filter(person__in=same_person_ids(person), bureau=bureau)
    rows = rows.select_related("user").order_by("-first_at", "-pk")[:SHOWN]
    return [
        Look(str(row.user), str(row.get_place_display()), row.day, row.first_at)
        for row in rows
    ]
