"""A user's own views and last step together, and the files about one human being."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from awards.access.people import people_for
from awards.access.scope import bureau_of, found
from awards.models import EntitlementStep, SavedView
from people.models import Person
from people.queries import same_person_ids


def views_for(user: Any) -> QuerySet[SavedView]:
    """Return the views the user keeps at the bureau they work for."""
    rows = SavedView.objects.filter(bureau=bureau_of(user), user=user)
    return rows.order_by("name")


def view_for(user: Any, pk: int) -> SavedView:
    """Return one of them; another user's is not found."""
    return found(views_for(user).filter(pk=pk).first())


def file_for(user: Any, pk: int) -> Person:
    """Return a person of the user's bureau by any file of theirs.

    A survivor is within reach where a duplicate of theirs is.
    """
    person = found(Person.objects.filter(pk=pk).select_related("organization").first())
    return found(person if has_file(user, person) else None)


def has_file(user: Any, person: Person) -> bool:
    """Whether a person is one of those the user's bureau has decided about."""
    return people_for(user).filter(pk__in=same_person_ids(person)).exists()


def last_batch_for(user: Any, at: datetime) -> tuple[str, int, str] | None:
    """Return the user's last step for many of that day: batch, how many, to where.

    None where there is none, or where it has been taken back.
    """
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = EntitlementStep.objects.filter(by=user, at__gte=start).exclude(batch="")
    last = rows.order_by("-pk").first()
    if last is None or last.undone_at is not None:
        return None
    return last.batch, rows.filter(batch=last.batch).count(), last.after
