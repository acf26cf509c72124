"""Addresses asked for on behalf of one side with objects of the other."""

from collections.abc import Iterator
from itertools import product

from django.test import Client
from django.urls import reverse

from awards.models import Certificate, Decision, Entitlement, StaffCertificate
from people.register import PUBLIC
from tests.architecture.addresses import (
    KEYS,
    OBJECTS,
    Address,
    addresses,
    asked,
    is_open,
)
from tests.architecture.tenants import Tenant
from tests.awards.isolation import scene
from tests.awards.isolation.reading import words_of

CLOSED = {403, 404, 405}  # 405: the address knows no such method, for nobody
# An odd body is refused before its owner is asked.
SHAPED = {"judge_here", "judge_gone", "judge_marks"}


def foreign(side: Tenant, kind: str, role: str) -> list[object]:
    """Everything of a side that could stand in an address for ``kind``.

    The approver has the officer's scope: one object of each kind is asked for.
    """
    if role == "hr-approver":
        return [side.value(kind, role)]
    word, bureau = side.word, side.objects["bureau"]
    craftsman = side.objects["craftsman"]
    own = Decision.objects.filter(person=craftsman) | Decision.objects.filter(
        unit=side.objects["unit"]
    )
    certificates = Certificate.objects.filter(person__name__startswith=word)
    more = {
        "decision": [*_pks(own), side.objects["external decision"]],
        "entitlement": _pks(Entitlement.objects.filter(decision__in=own)),
        "person": [craftsman.pk, side.objects["external person"]],
        "other person": [craftsman.pk],
        "export": [side.objects[f"{name} export"] for name in scene.EXPORTS],
        "export link": [side.objects["fresh link"]],
        "job": [side.objects["certificate job"]],
        "result code": [side.objects["joint code"]],
        "certificate": _pks(certificates),
        "grade": [side.objects["craftsman's grade"]],
        "release": [side.objects["external release"]],
    }
    assert StaffCertificate.objects.filter(bureau=bureau).exists()
    return [side.value(kind, role), *more.get(kind, [])]


def _pks(rows) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def foreign_urls(
    address: Address, ours: Tenant, theirs: Tenant, role: str
) -> Iterator[str]:
    """The address with every object of theirs, alone or beside objects of ours."""
    choices: list[list[tuple[bool, object]]] = []
    for name in address.arguments:
        word = address.word(name)
        if word is not None:
            choices.append([(False, word)])
            continue
        kind = KEYS[address.name] if name == "pk" else OBJECTS[name]
        alien = [(True, value) for value in foreign(theirs, kind, role)]
        choices.append([(False, ours.value(kind, role)), *alien])
    for values in product(*choices):
        if any(is_theirs for is_theirs, _value in values):
            named = zip(
                address.arguments, (value for _is, value in values), strict=True
            )
            yield reverse(address.name, kwargs=dict(named))


def closed_to(address: Address, role: str) -> set[int]:
    """How an address may answer to what is not one's own."""
    if is_open(address, role):
        return {404, 405}
    return CLOSED | {400, 415} if address.name in SHAPED else CLOSED


def lists(role: str) -> list[Address]:
    """Addresses of the role that name no object: lists, figures, forms, files."""
    return [
        address
        for address in addresses()
        if not address.has_object
        and PUBLIC not in address.roles
        and is_open(address, role)
    ]


def looked_at(client: Client, side: Tenant, role: str) -> dict[str, str]:
    """What every list of the role shows to the side, by its name."""
    found = {}
    for address in lists(role):
        status, body, _ = asked(client, "GET", address.url(side, role))
        if status == 200 and body.startswith("PK"):
            body = words_of(client.get(address.url(side, role)).content)
        if status == 200:
            found[address.name] = body
    return found
