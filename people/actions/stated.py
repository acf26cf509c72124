"""Values of a person's file that stand on a document: 身份, 学历, 社会保障卡号 …

The value goes to the person, what it was before to the encrypted change table; here
its evidence is kept, the newest in force.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.changes import lock, note
from people.actions.facts import required_evidence
from people.actions.persons import PersonFacts, person_ref, update_person
from people.enums import StatedField
from people.errors import FactRefused
from people.models import FieldEvidence, Person
from people.policy import Actor, actor_of


@transaction.atomic
def state_values(
    person: Person,
    *,
    values: Mapping[str, Any],
    evidence: str,
    by: Actor,
    at: datetime,
    evidence_on: date | None = None,
) -> list[str]:
    """Write values of ``StatedField`` on a document; return the fields that changed.

    The evidence of each field is kept even where the value was known; earlier evidence
    of it is replaced, never lost.  Raises FactRefused or PersonRefused.
    """
    unknown = sorted(set(values) - set(StatedField.values))
    if unknown or not values:
        raise FactRefused(_("没有要登记的内容。"), "nothing-stated")
    basis = required_evidence(evidence)
    lock(at=at)
    changed = update_person(person, by=by, at=at, **cast(PersonFacts, dict(values)))
    for field in values:
        earlier = FieldEvidence.objects.filter(
            person=person, field=field, withdrawn_at__isnull=True
        )
        known = list(earlier.values_list("pk", flat=True))
        row = FieldEvidence.objects.create(
            person=person,
            field=field,
            evidence=basis,
            evidence_on=evidence_on,
            recorded_by=actor_of(by),
            recorded_at=at,
        )
        FieldEvidence.objects.filter(pk__in=known).update(
            withdrawn_at=at, withdrawn_by=actor_of(by), replaced_by=row
        )
    body = {"person": person_ref(person), "fields": sorted(values)}
    note("values-stated", body, by=by, at=at)
    return changed
