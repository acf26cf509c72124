"""The people a bureau may see, their facts and sanctions, and its grade tables."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from awards.access.scope import bureau_of, found, scope_of
from awards.models import Decision
from people.dossier import KINDS
from people.models import (
    GradeAlias,
    GradeEquivalence,
    IntegrityRecord,
    Person,
    PersonFact,
)

TABLES: dict[str, type[GradeAlias] | type[GradeEquivalence]] = {
    "names": GradeAlias,
    "equivalences": GradeEquivalence,
}


def person_for(user: Any, pk: int) -> Person:
    """Return a person about whom the user's bureau has or had a decision."""
    return found(people_for(user).filter(pk=pk).first())


def people_for(user: Any) -> QuerySet[Person]:
    """Return the people about whom the user's bureau has a decision, replaced ones
    included: what was recorded about them stays within reach."""
    rows = Decision.objects.filter(scope_of(bureau_of(user)))
    about = rows.order_by().values("person")
    return Person.objects.filter(pk__in=about).select_related("organization")


def fact_for(user: Any, kind: str, pk: int) -> PersonFact:
    """Return a fact in force or ended about a person of the user's bureau."""
    if kind not in KINDS:
        raise Http404
    rows = KINDS[kind][0]._default_manager.filter(person__in=_known_to(user), pk=pk)
    return found(rows.select_related("person__organization").first())


def sanction_for(user: Any, pk: int) -> IntegrityRecord:
    """Return an integrity record of a person of the user's bureau."""
    rows = IntegrityRecord.objects.filter(person__in=_known_to(user), pk=pk)
    return found(rows.select_related("person__organization").first())


def table_row_for(user: Any, table: str, pk: int) -> GradeAlias | GradeEquivalence:
    """Return a row the user's bureau has entered beside the ladder of grades."""
    if table not in TABLES:
        raise Http404
    rows = TABLES[table]._default_manager.filter(bureau=bureau_of(user), pk=pk)
    row: GradeAlias | GradeEquivalence | None = rows.first()
    if row is None:
        raise Http404
    return row


def _known_to(user: Any) -> QuerySet[Person]:
    """People of the bureau and the duplicates that point to them."""
    own = people_for(user).order_by().values("pk")
    return Person.objects.filter(Q(pk__in=own) | Q(survivor__in=own)).order_by()
