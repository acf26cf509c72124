"""Reads with names about people, roles and what was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.core.chain import ChainRef
from ledger.queries import body_of, events_of
from people.core import identity, pins, social_cards
from people.core.integrity import Activity, Bearing, bearing
from people.enums import OrganizationKind
from people.fields import blind_index
from people.models import (
    GradeConfirmation,
    GradeHeld,
    IntegrityRecord,
    Membership,
    Organization,
    Person,
    PinFailure,
    PinRelease,
    TitleHeld,
    User,
)
from people.names import searched, toneless
from people.policy import roles_on


def roles_of(user: User, at: datetime) -> set[str]:
    """Return the organization roles ``user`` holds at that moment."""
    return set(roles_on(user, timezone.localdate(at)))


def memberships_of(user: User, at: datetime) -> QuerySet[Membership]:
    """Return the roles ``user`` holds at that moment, with their organizations."""
    day = timezone.localdate(at)
    open_end = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    held = Membership.objects.filter(open_end, user=user, starts_on__lte=day)
    return held.select_related("organization").order_by("starts_on", "pk")


def organizations_with_role(
    user: User, roles: Iterable[str], at: datetime
) -> QuerySet[Organization]:
    """Return the organizations in which ``user`` holds one of ``roles``."""
    held = memberships_of(user, at).filter(role__in=list(map(str, roles)))
    return Organization.objects.filter(pk__in=held.values("organization_id"))


def bureaus() -> QuerySet[Organization]:
    """Return every organization that is a human-resources bureau."""
    rows = Organization.objects.order_by("region", "pk")
    wanted = [row.pk for row in rows if row.has_kind(OrganizationKind.BUREAU)]
    return rows.filter(pk__in=wanted)


def person_with_document(kind: str, number: str) -> Person | None:
    """Return the person who has this document, the survivor if they were merged."""
    hashed = blind_index(f"identity:{kind}", identity.normalize(number))
    person = Person.objects.filter(identity_hash=hashed).first() if hashed else None
    while person is not None and person.survivor is not None:
        person = person.survivor
    return person


def person_with_social_card(number: str) -> Person | None:
    """Return the person who has this social-security card, the survivor if merged."""
    hashed = blind_index("social-card", social_cards.normalize(number))
    person = Person.objects.filter(social_card_hash=hashed).first() if hashed else None
    while person is not None and person.survivor is not None:
        person = person.survivor
    return person


def person_with_number(text: str) -> Person | None:
    """Return the person whose document of any kind, or card, has this whole number."""
    number = identity.normalize(text)
    hashes = [blind_index(f"identity:{kind}", number) for kind in identity.IdentityKind]
    card = blind_index("social-card", social_cards.normalize(text))
    rows = Person.objects.filter(Q(identity_hash__in=hashes) | Q(social_card_hash=card))
    person = rows.order_by("pk").first() if number else None
    while person is not None and person.survivor is not None:
        person = person.survivor
    return person


def persons_matching(text: str) -> QuerySet[Person]:
    """Return persons whose name or pinyin contains ``text``, or whose document or
    social-security card has that number; traditional and simplified are one."""
    text = text.strip()
    rows = Person.objects.filter(survivor__isnull=True).order_by("sort_key", "pk")
    if not text:
        return rows
    number = identity.normalize(text)
    hashes = [blind_index(f"identity:{kind}", number) for kind in identity.IdentityKind]
    card = blind_index("social-card", social_cards.normalize(text))
    return rows.filter(
        Q(name__icontains=text)
        | Q(search_key__contains=searched(text))
        | Q(search_key__contains=searched(toneless(text)))
        | Q(identity_hash__in=hashes)
        | Q(social_card_hash=card)
    )


def same_person_ids(person: Person) -> list[int]:
    """Return the ids under which rows may name this person: the survivor and all
    duplicates that point to it."""
    survivor = person
    while survivor.survivor is not None:
        survivor = survivor.survivor
    found, fresh = [survivor.pk], [survivor.pk]
    while fresh:
        fresh = list(
            Person.objects.filter(survivor__in=fresh).values_list("pk", flat=True)
        )
        found += fresh
    return found


def grades_of(person: Person) -> QuerySet[GradeHeld]:
    """Return the grades a person holds, highest first; withdrawn ones left out."""
    rows = GradeHeld.objects.filter(person__in=same_person_ids(person))
    return rows.filter(withdrawn_at__isnull=True).order_by("-grade", "pk")


def confirmations_of(person: Person) -> QuerySet[GradeConfirmation]:
    """Return the statements that a person holds no grade; withdrawn ones left out."""
    rows = GradeConfirmation.objects.filter(person__in=same_person_ids(person))
    return rows.filter(withdrawn_at__isnull=True).order_by("occupation_code", "pk")


def titles_of(person: Person) -> QuerySet[TitleHeld]:
    """Return the titles a person holds; withdrawn ones left out."""
    rows = TitleHeld.objects.filter(person__in=same_person_ids(person))
    return rows.filter(withdrawn_at__isnull=True).order_by("-awarded_on", "pk")


def sanctions_on(
    day: datetime, persons: Iterable[int] = (), organizations: Iterable[int] = ()
) -> QuerySet[IntegrityRecord]:
    """Return the integrity records in force that day for any of these."""
    date = timezone.localdate(day)
    return IntegrityRecord.objects.filter(
        Q(person__in=list(persons)) | Q(organization__in=list(organizations)),
        Q(ends_on__isnull=True) | Q(ends_on__gte=date),
        starts_on__lte=date,
    )


def sanction_words(record: IntegrityRecord, activity: Activity) -> str:
    """Return why a record stands in the way of ``activity``; empty where it does not.

    A scope of which no rule on file says what it bars still stands in the way.
    """
    found = bearing(record.scope, activity)
    if found is Bearing.SPARES:
        return ""
    if found is Bearing.BARS:
        return record.reason
    return _(
        "%(reason)s（范围“%(scope)s”是否限制这件事，没有规定可查，仍按限制办理）"
    ) % {
        "reason": record.reason,
        "scope": record.scope,
    }


def pin_locked_until(user: User, at: datetime, device: str = "") -> datetime | None:
    """Return until when the user's PIN is locked on a device after failures, or None."""
    rows = PinFailure.objects.filter(user=user, device=device, cleared_at__isnull=True)
    return pins.locked_until(rows.values_list("failed_at", flat=True), at)


@dataclass(frozen=True, slots=True)
class PinLock:
    """A PIN that is locked on a device, and the release that waits for agreement."""

    user: User
    device: str
    until: datetime
    release: PinRelease | None


def pin_locks(users: Iterable[User], at: datetime) -> list[PinLock]:
    """Return where the PINs of ``users`` are locked now; two queries."""
    people = {user.pk: user for user in users}
    rows = PinFailure.objects.filter(
        user__in=list(people), cleared_at__isnull=True, failed_at__gt=at - pins.PAUSE
    )
    moments: dict[tuple[int, str], list[datetime]] = {}
    for row in rows.order_by("user_id", "device"):
        moments.setdefault((row.user_id, row.device), []).append(row.failed_at)
    asked = PinRelease.objects.filter(user__in=list(people), agreed_at__isnull=True)
    recent = asked.filter(asked_at__gt=at - pins.PAUSE).select_related("asked_by")
    waiting = {(row.user_id, row.device): row for row in recent.order_by("asked_at")}
    return [
        PinLock(people[place[0]], place[1], until, waiting.get(place))
        for place, failures in moments.items()
        if (until := pins.locked_until(failures, at))
    ]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event as a person reads it."""

    seq: int
    at: datetime
    actor: str
    words: str
    detail: str
    hash: str


# What of an event's body is shown, in this order; the rest stays for the verifier.
SHOWN = ("key", "name", "person", "role", "to", "working_days", "ends_on")
SHOWN_LAST = ("reason", "code", "number", "commitment")


def history_of(
    ref: ChainRef,
    words: Mapping[str, str],
    *,
    page: str | int | None = 1,
    per_page: int = 50,
) -> Page[HistoryLine]:
    """Return one page of a chain's events in words, newest first.

    ``words`` says what a type of event means, and a stored value such as a state (for
    one type alone as ``type:value``); what it does not name is shown as it is.  Names are looked up for the whole page at once.
    """
    paginator: Paginator[Any] = Paginator(events_of(ref).order_by("-seq"), per_page)
    found = paginator.get_page(page)
    events = list(found.object_list)
    names = actor_names({event.actor for event in events})
    bodies = [body_of(event) for event in events]
    persons = _person_names(bodies)
    lines = [
        HistoryLine(
            seq=event.seq,
            at=event.server_time,
            actor=names.get(event.actor, event.actor),
            words=words.get(event.type, event.type),
            detail=_detail(event.type, body, words, persons),
            hash=event.hash,
        )
        for event, body in zip(events, bodies, strict=True)
    ]
    return Page(lines, found.number, paginator)


def _person_names(bodies: Iterable[Mapping[str, object]]) -> dict[str, str]:
    refs = [
        str(ref)
        for body in bodies
        for ref in [body.get("person"), *_listed(body.get("persons"))]
        if str(ref).startswith("person:")
    ]
    people = Person.objects.in_bulk([int(ref.partition(":")[2]) for ref in refs])
    return {f"person:{pk}": person.name for pk, person in people.items()}


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _detail(
    type_: str,
    body: Mapping[str, object],
    words: Mapping[str, str],
    persons: Mapping[str, str],
) -> str:
    values = [body.get(key) for key in SHOWN]
    values += _listed(body.get("persons"))
    values += [body.get(key) for key in SHOWN_LAST]
    citation = body.get("citation")
    if isinstance(citation, dict):
        citation = citation.get("document")
    texts = [str(value) for value in [*values, citation] if value not in (None, "")]
    known = {**words, **persons}
    own = {text: words.get(f"{type_}:{text}", known.get(text, text)) for text in texts}
    return _("，").join(own[text] for text in texts)


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """Return the names behind ledger actors: accounts by name, the system as such."""
    ids = {actor: actor.partition(":") for actor in actors}
    users = User.objects.in_bulk(
        [int(ref) for kind, _sep, ref in ids.values() if kind == "user"]
    )
    names = {}
    for actor, (kind, _sep, ref) in ids.items():
        if kind == "user" and int(ref) in users:
            names[actor] = str(users[int(ref)])
        elif kind == "system":
            names[actor] = _("系统（%(name)s）") % {"name": ref}
    return names


def account_of(person: Person) -> User | None:
    """Return the sign-in of a person, under whichever of their files it stands."""
    return User.objects.filter(person__in=same_person_ids(person)).first()


def username_taken(username: str) -> bool:
    """Return whether an account of this name exists."""
    return User.objects.filter(username=username).exists()
