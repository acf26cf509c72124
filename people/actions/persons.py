"""Registering, changing and merging persons."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from people.actions.changes import keep_changes, lock, note
from people.core import identity, social_cards
from people.enums import Sex
from people.errors import IdentityRefused, PersonRefused, needs_identity
from people.fields import blind_index
from people.models import Organization, Person
from people.names import normalize_name, search_key, sort_key
from people.policy import Actor
from people.register import personal_data


class PersonFacts(TypedDict, total=False):
    """What may be said about a person beside name and document."""

    latin_name: str
    social_card_number: str
    phone: str
    birth_on: date | None
    sex: str
    ethnicity: str
    education: str
    home_region: str
    employment_kind: str
    organization: Organization | None
    population_tags: list[str]


def identity_hash(kind: str, number: str) -> str:
    """Return the keyed hash that makes a document unique, for any spelling of it."""
    return blind_index(f"identity:{kind}", identity.normalize(number))


def social_card_hash(number: str) -> str | None:
    """Return the keyed hash that makes a card number unique; none for no number."""
    return blind_index("social-card", social_cards.normalize(number)) or None


def _card_hash(person: Person, number: str) -> str | None:
    """Return the hash to keep for a normalised card number; one card, one person.

    Raises PersonRefused: not a card number, or another person's.
    """
    if not number:
        return None
    refused = [each.message for each in social_cards.check(number)]
    if refused:
        raise PersonRefused(_("；").join(refused), "social-card-form")
    hashed = social_card_hash(number)
    others = Person.objects.filter(social_card_hash=hashed).exclude(pk=person.pk)
    for other in others:
        if person.pk is None or survivor_of(other).pk != survivor_of(person).pk:
            raise PersonRefused(
                _("这个社会保障卡号已登记在另一个人名下，请核对。"), "social-card-taken"
            )
        hashed = None  # one person's two files: the first is found by it
    return hashed


def person_ref(person: Person) -> str:
    """Return the opaque id under which the ledger knows a person."""
    return f"person:{person.pk}"


@transaction.atomic
def register_person(
    *,
    name: str,
    by: Actor,
    at: datetime,
    identity_kind: str = "",
    identity_number: str = "",
    provisional_key: str | None = None,
    **facts: Unpack[PersonFacts],
) -> tuple[Person, bool]:
    """Return the person with this document and whether the row is new.

    The same document is the same person, whatever the spelling: the survivor comes back
    unchanged.  A person without a document number needs ``provisional_key``, the stable
    name of the row in the published file it comes from.  Birth date, sex and region
    follow from the number where they are not given.  Raises IdentityRefused or
    PersonRefused.
    """
    read = _read_document(name, identity_kind, identity_number, provisional_key, at)
    if read:
        unique = {"identity_hash": identity_hash(identity_kind, read.number)}
    else:
        unique = {"provisional_key": str(provisional_key)}
    known = Person.objects.filter(**unique).first()
    if known is not None:
        return survivor_of(known), False
    person = Person(
        name=normalize_name(name),
        identity_kind=identity_kind if read else "",
        identity_number=read.number if read else "",
        registered_at=at,
        **unique,
        **facts,
    )
    person.sort_key = sort_key(person.name)
    person.search_key = search_key(person.name, person.latin_name)
    person.social_card_number = social_cards.normalize(person.social_card_number)
    person.social_card_hash = _card_hash(person, person.social_card_number)
    if read:
        _complete(person, read)
    person.save()
    body: dict[str, object] = {
        "person": person_ref(person),
        "provisional": person.is_provisional,
    }
    note("person-registered", body, by=by, at=at)
    return person, True


def _read_document(
    name: str, kind: str, number: str, provisional_key: str | None, at: datetime
) -> identity.Identity | None:
    if not number:
        if provisional_key:
            return None
        raise needs_identity(name)
    return _read_number(kind, number, at)


def _read_number(kind: str, number: str, at: datetime) -> identity.Identity:
    read = identity.read(kind, number, on=at.date())
    if not read.is_valid:
        raise IdentityRefused([each for each in read.findings if each.is_error])
    return read


def _complete(person: Person, read: identity.Identity) -> None:
    person.birth_on = person.birth_on or read.birth_on
    if person.sex in ("", Sex.UNKNOWN):
        person.sex = str(read.sex)


def survivor_of(person: Person) -> Person:
    """Return the person that stands for ``person`` after all mergers."""
    while person.survivor is not None:
        person = person.survivor
    return person


def _written(value: object) -> str:
    if isinstance(value, Organization):
        return f"organization:{value.pk}"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


@transaction.atomic
def update_person(
    person: Person,
    *,
    by: Actor,
    at: datetime,
    name: str = "",
    **facts: Unpack[PersonFacts],
) -> list[str]:
    """Write the facts that differ and return their names; nothing else is touched.

    What a value was before goes to the encrypted change table, its digest to the ledger.
    """
    lock(at=at)
    row = Person.objects.get(pk=person.pk)
    wanted: dict[str, object] = dict(facts)
    if name:
        wanted["name"] = normalize_name(name)
    changes = {}
    if "social_card_number" in wanted:
        number = social_cards.normalize(str(wanted["social_card_number"]))
        wanted["social_card_number"] = number
        row.social_card_hash = _card_hash(row, number)
    for field, value in wanted.items():
        before = getattr(row, field)
        if before != value:
            changes[field] = (_written(before), _written(value))
            setattr(row, field, value)
            setattr(person, field, value)
    if not changes:
        return []
    person.social_card_hash = row.social_card_hash
    row.sort_key = person.sort_key = sort_key(row.name)
    row.search_key = person.search_key = search_key(row.name, row.latin_name)
    row.save()
    digests = keep_changes(person_ref(row), changes, by=by, at=at)
    body = {"person": person_ref(row), "fields": digests}
    note("person-changed", body, by=by, at=at)
    return list(changes)


@transaction.atomic
def identify_person(
    person: Person, *, identity_kind: str, identity_number: str, by: Actor, at: datetime
) -> Person:
    """Give a provisional person a document; return who that document belongs to.

    Where the document is already known, the provisional person becomes a duplicate of
    the person who has it.
    """
    read = _read_number(identity_kind, identity_number, at)
    hashed = identity_hash(identity_kind, read.number)
    known = Person.objects.filter(identity_hash=hashed).exclude(pk=person.pk).first()
    if known is not None:
        survivor = survivor_of(known)
        merge_persons(person, survivor=survivor, by=by, at=at)
        return survivor
    before = (person.identity_kind, person.identity_number)
    person.identity_kind, person.identity_number = identity_kind, read.number
    person.identity_hash = hashed
    _complete(person, read)
    person.save()
    changes = {
        "identity_kind": (before[0], identity_kind),
        "identity_number": (before[1], read.number),
    }
    digests = keep_changes(person_ref(person), changes, by=by, at=at)
    body = {"person": person_ref(person), "fields": digests}
    note("person-identified", body, by=by, at=at)
    return person


@transaction.atomic
def merge_persons(
    duplicate: Person, *, survivor: Person, by: Actor, at: datetime
) -> None:
    """Let ``duplicate`` point to ``survivor``; no row that names it is rewritten.

    Refused when an app knows a reason why the two cannot be one human being, for
    example two entries in one skill.
    """
    survivor = survivor_of(survivor)
    if duplicate.pk == survivor.pk or duplicate.survivor_id is not None:
        raise PersonRefused(
            _("%(name)s 已经并入另一份档案。") % {"name": duplicate.name},
            "already-merged",
        )
    reasons = [
        reason
        for place in personal_data
        for reason in place.merge(duplicate.pk, survivor.pk)
    ]
    if reasons:
        raise PersonRefused(_("；").join(reasons), "not-one-person")
    duplicate.survivor = survivor
    duplicate.save(update_fields=["survivor"])
    body = {"person": person_ref(duplicate), "survivor": person_ref(survivor)}
    note("persons-merged", body, by=by, at=at)
