"""The two registers of people: what may be done, and where personal data lies.

Upper apps fill them in ``AppConfig.ready()``; ids and values pass, never rows.  Entries
keep the order in which they were added.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing a sign-in may do.

    ``roles`` are values of ``OrganizationRole`` or of an event role; ``PUBLIC`` lets
    anybody in, ``SIGNED_IN`` anybody with a sign-in.  ``note`` is the sentence that
    docs/permissions.md prints.
    """

    name: str
    roles: tuple[str, ...]
    note: str


PUBLIC = "public"
SIGNED_IN = "signed-in"


class PermissionRegister:
    """All declared permissions by name; a name is declared once."""

    def __init__(self) -> None:
        self._entries: dict[str, Permission] = {}

    def add(self, *permissions: Permission) -> None:
        """Declare permissions; the same declaration twice is one, two are refused."""
        for permission in permissions:
            known = self._entries.setdefault(permission.name, permission)
            if known != permission:
                raise ValueError(f"permission '{permission.name}' is declared twice")

    def __getitem__(self, name: str) -> Permission:
        return self._entries[name]

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Permission]:
        return iter(self._entries.values())


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a person's time line: when, what, and where it can be read."""

    at: datetime
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Where one app keeps data of persons, and what it can do about it.

    ``timeline`` lists what happened; ``download`` gives the person's own data as plain
    values; ``merge`` (duplicate, survivor) returns the reasons why the two cannot be one
    person; ``erase`` (person, actor, at) removes what may be removed and returns what is
    kept, with the reason.
    """

    name: str
    purpose: str
    timeline: Callable[[int], list[TimelineEntry]]
    download: Callable[[int], dict[str, object]]
    merge: Callable[[int, int], list[str]]
    erase: Callable[[int, str, datetime], list[str]]


class PersonalDataRegister:
    """All places that hold personal data; a name is entered once."""

    def __init__(self) -> None:
        self._entries: dict[str, PersonalData] = {}

    def add(self, entry: PersonalData) -> None:
        """Enter a place; entering the same one again changes nothing."""
        known = self._entries.setdefault(entry.name, entry)
        if known != entry:
            raise ValueError(f"personal data '{entry.name}' is entered twice")

    def __iter__(self) -> Iterator[PersonalData]:
        return iter(self._entries.values())


permissions = PermissionRegister()
personal_data = PersonalDataRegister()
