"""Files that may be about one human being: the same number, the same name and birth.

Reads only; whether they are one is for a person to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from awards.models import DistinctPair
from people.core import identity
from people.core.characters import fold
from people.fields import blind_index
from people.models import Organization, Person
from people.queries import same_person_ids
from people.register import personal_data

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """A file that looks like the person's, why, and whether somebody said it is not."""

    person: Person
    why: str
    distinct: DistinctPair | None = None


def alike(person: Person, among: QuerySet[Person], bureau: Organization) -> list[Alike]:
    """Return the files among these that may be the same person's, likeliest first."""
    own = same_person_ids(person)
    hashes = _hashes(person)
    same_name = Q(name=person.name) | Q(search_key__startswith=f"{_folded(person)} ")
    rows = among.filter(Q(identity_hash__in=hashes) | same_name)
    rows = rows.filter(survivor__isnull=True).exclude(pk__in=own)
    found = [
        (rank, Alike(row, why))
        for row in rows.order_by("pk")[: SHOWN * 5]
        for rank, why in [_likeness(person, row, hashes)]
        if why
    ]
    found = sorted(found, key=lambda pair: (pair[0], pair[1].person.pk))[:SHOWN]
    stated = _stated(person, [each.person.pk for _rank, each in found], bureau)
    return [
        Alike(each.person, each.why, stated.get(each.person.pk))
        for _rank, each in found
    ]


def _likeness(person: Person, other: Person, hashes: list[str]) -> tuple[int, str]:
    """How alike two files are (0 most) and in which respect; no words: not alike."""
    if other.identity_hash in hashes:
        return 0, _("证件号码相同，证件类型不同")
    born = person.birth_on, other.birth_on
    if None not in born:
        return (1, _("姓名和出生日期相同")) if born[0] == born[1] else (9, "")
    if not (person.is_provisional or other.is_provisional):
        return 9, ""
    units = person.organization_id, other.organization_id
    if None not in units and units[0] == units[1]:
        return 2, _("姓名和单位相同，其中一份来自公布的成绩表")
    return 3, _("姓名相同，其中一份来自公布的成绩表，没有证件号码")


def _hashes(person: Person) -> list[str]:
    if not person.identity_number:
        return []
    number = identity.normalize(person.identity_number)
    return [blind_index(f"identity:{kind}", number) for kind in identity.IdentityKind]


def _folded(person: Person) -> str:
    return fold(person.name).replace(" ", "").lower()


def _stated(
    person: Person, others: Iterable[int], bureau: Organization
) -> dict[int, DistinctPair]:
    rows = DistinctPair.objects.filter(bureau=bureau, withdrawn_at__isnull=True)
    rows = rows.filter(
        Q(first=person.pk, second__in=list(others))
        | Q(second=person.pk, first__in=list(others))
    ).select_related("stated_by")
    return {
        (row.second_id if row.first_id == person.pk else row.first_id): row
        for row in rows
    }


def pair_of(first: Person, second: Person, bureau: Organization) -> DistinctPair | None:
    """Return the remark in force that two files are two people, if there is one."""
    return _stated(first, [second.pk], bureau).get(second.pk)


def kept_and_merged(first: Person, second: Person) -> tuple[Person, Person]:
    """Return which file stays and which points to it: a document number stays."""
    if first.is_provisional != second.is_provisional:
        return (second, first) if first.is_provisional else (first, second)
    has = bool(first.identity_number), bool(second.identity_number)
    if has == (False, True):
        return second, first
    return (
        (first, second)
        if has == (True, False) or first.pk < second.pk
        else (
            second,
            first,
        )
    )


def against(duplicate: Person, survivor: Person) -> list[str]:
    """Return why the two files cannot be one person's, as every app knows it."""
    return [
        reason
        for place in personal_data
        for reason in place.merge(duplicate.pk, survivor.pk)
    ]
