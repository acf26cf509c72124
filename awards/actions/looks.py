"""Keep who looked at whom: once per person of a bureau, place and day."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from awards.access import bureau_of
from awards.enums import LookPlace
from awards.models import PersonLook
from ledger.actions import EventDraft, append
from ledger.core.chain import bureau_chain
from people.actions.persons import person_ref
from people.models import Person, User


def record_look(person: Person, *, place: LookPlace, by: User, at: datetime) -> bool:
    """Keep that ``by`` looked at a person there; return whether it is news today.

    The first look of a day is written with its ledger event, of opaque ids only; the
    others cost one query and write nothing.
    """
    bureau = bureau_of(by)
    day = timezone.localdate(at)
    about = {
        "bureau": bureau,
        "person": person,
        "user": by,
        "place": place,
        "day": day,
    }
    if PersonLook.objects.filter(**about).exists():
        return False
    with transaction.atomic():
        _look, is_new = PersonLook.objects.get_or_create(
            **about, defaults={"first_at": at}
        )
        if is_new:
            body = {"person": person_ref(person), "place": str(place)}
            drafts = [EventDraft("person-looked-at", body)]
            append(bureau_chain(bureau.pk), drafts, actor=by.actor, at=at)
    return is_new
