"""Competitors with the state of their codes, as the page that prints slips lists them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from awards.models import ResultCode
from competitions.models import Competition, EntryMember
from people.models import Person


@dataclass(frozen=True, slots=True)
class Holder:
    """A competitor, where they compete, and the newest code, if there is one."""

    person: Person
    skills: tuple[str, ...]
    delegation: str
    code: ResultCode | None

    def is_in_force(self, at: datetime) -> bool:
        """Whether a slip in somebody's hands opens the page now."""
        code = self.code
        return code is not None and code.revoked_at is None and code.expires_at > at


def holders_of(
    competition: Competition, members: QuerySet[EntryMember]
) -> list[Holder]:
    """The competitors by delegation and name; two queries whatever their number."""
    rows = members.select_related("person", "entry__skill", "entry__delegation")
    people: dict[int, EntryMember] = {}
    skills: dict[int, dict[str, None]] = {}
    for row in rows.order_by("entry__skill__number", "pk"):
        people.setdefault(row.person_id, row)
        skills.setdefault(row.person_id, {})[row.entry.skill.name] = None
    codes = ResultCode.objects.filter(competition=competition, person__in=list(people))
    newest = {code.person_id: code for code in codes.order_by("pk")}
    found = [
        Holder(
            row.person,
            tuple(skills[pk]),
            row.entry.delegation.name,
            newest.get(pk),
        )
        for pk, row in people.items()
    ]
    return sorted(
        found, key=lambda row: (row.delegation, row.person.sort_key, row.person.pk)
    )
