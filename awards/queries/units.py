"""Who stands behind the entries of a release: units that trained or sent, experts.

A member's unit is the one frozen in the release; the delegation's organization is read
from the register of entries.  An entry without either gives no unit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awards.core.vocabulary import Award
from competitions.models import Entry, EntryExpert
from people.models import Organization
from scoring.enums import Standing

LAST = 10**9


@dataclass(frozen=True, slots=True)
class Behind:
    """The organizations in question and those that sent the entries."""

    register: Mapping[int, Organization]
    senders: Mapping[int, int]

    def of_entry(self, entry: Mapping[str, Any]) -> list[Organization]:
        """The units of an entry, each once: the members' first, then the sender."""
        ids = dict.fromkeys(_members(entry))
        sender = self.senders.get(entry["entry"])
        if sender is not None:
            ids.setdefault(sender)
        return [self.register[pk] for pk in ids if pk in self.register]


def units_behind(
    skills: Sequence[Mapping[str, Any]], only: frozenset[int] | None
) -> Behind:
    """The units behind the ranked entries of these skills, or those of ``only``.

    Two queries, none where nobody is asked for.
    """
    if only is not None and not only:
        return Behind({}, {})
    rows = Entry.objects.filter(skill__in=[skill["skill"] for skill in skills])
    sent = rows.filter(delegation__organization__isnull=False)
    senders = dict(sent.values_list("pk", "delegation__organization_id"))
    wanted = {pk for _skill, entry in _ranked(skills) for pk in _members(entry)}
    wanted |= {
        senders[entry["entry"]]
        for _skill, entry in _ranked(skills)
        if entry["entry"] in senders
    }
    wanted = wanted if only is None else wanted & only
    return Behind(Organization.objects.in_bulk(wanted), senders)


def experts_of(skills: Sequence[Mapping[str, Any]]) -> dict[int, list[int]]:
    """The expert team of every entry of these skills, in its order; one query."""
    rows = EntryExpert.objects.filter(
        entry__skill__in=[skill["skill"] for skill in skills]
    ).order_by("entry_id", "position")
    found: dict[int, list[int]] = {}
    for entry, person in rows.values_list("entry_id", "person_id"):
        found.setdefault(entry, []).append(person)
    return found


def best_first(
    skills: Sequence[Mapping[str, Any]],
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """The ranked entries with their skills: best prize first, then best place."""
    return sorted(_ranked(skills), key=lambda pair: _standing(pair[1]))


def _ranked(
    skills: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for skill in skills:
        for entry in skill["entries"]:
            if entry["standing"] == Standing.RANKED:
                yield skill, entry


def _members(entry: Mapping[str, Any]) -> Iterator[int]:
    for member in entry["members"]:
        if member["organization"] is not None:
            yield member["organization"]


def _standing(entry: Mapping[str, Any]) -> tuple[int, int, int]:
    place = entry["place"] or entry["place_low"] or LAST
    return (_level(entry["award"] or ""), place, entry["entry"])


def _level(award: str) -> int:
    try:
        return Award.of(award).level
    except ValueError:
        return Award.NONE.level
