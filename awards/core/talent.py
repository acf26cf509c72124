"""What a bureau asks of candidates for a pool: read, checked, never invented.

A value left out is not asked.  Years narrow awards and service; alone they say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from awards.core.vocabulary import Award
from people.core.grades import Grade

# Kinds of service an appointment or an entry shows.
SERVICES = ("chief-judge", "judge", "coach", "expert")
LEVELS = ("elementary", "assistant", "intermediate", "associate", "full")


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion: every value given must be met.

    ``award`` with ``tiers`` asks for a prize at least that high in one of the tiers;
    ``place`` for a place at least that good; ``years`` is how many calendar years back
    count, this one included; ``services`` and ``holder`` ask for any one of them.
    """

    grade: int | None = None
    occupation: str = ""
    titles: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    award: str = ""
    place: int | None = None
    years: int | None = None
    services: tuple[str, ...] = ()
    level: str = ""
    holder: tuple[str, ...] = ()

    @property
    def asks_result(self) -> bool:
        """Whether a result of a competition is asked for."""
        return bool(self.award or self.place)

    @property
    def mistakes(self) -> tuple[str, ...]:
        """Codes of what is wrong; empty when the criterion can be applied."""
        found = []
        if not (
            self.grade is not None
            or self.titles
            or self.asks_result
            or self.services
            or self.level
            or self.holder
        ):
            found.append("nothing-asked")
        if self.tiers and not (self.asks_result or self.services):
            found.append("tiers-alone")
        if self.asks_result and not self.tiers:
            found.append("tiers-missing")
        if self.years is not None and not (self.asks_result or self.services):
            found.append("years-alone")
        if self.occupation and self.grade is None:
            found.append("occupation-alone")
        return tuple(found)

    def as_plain(self) -> dict[str, Any]:
        """What is asked and nothing else, for the database."""
        found = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value not in (None, "", ()):
                found[field.name] = list(value) if isinstance(value, tuple) else value
        return found


def asked_from(values: Mapping[str, Any]) -> Asked:
    """Return a criterion from stored or typed values; raises ValueError by name.

    >>> asked_from({"grade": 4, "titles": ["全国技术能手"]}).as_plain()
    {'grade': 4, 'titles': ['全国技术能手']}
    """
    grade = values.get("grade")
    if grade is not None:
        grade = int(Grade(int(grade)))
    award = values.get("award") or ""
    if award and Award(award) is Award.NONE:
        raise ValueError("award")
    level = values.get("level") or ""
    if level and level not in LEVELS:
        raise ValueError("level")
    services = tuple(values.get("services") or ())
    if not set(services) <= set(SERVICES):
        raise ValueError("services")
    return Asked(
        grade=grade,
        occupation=str(values.get("occupation") or "").strip(),
        titles=tuple(values.get("titles") or ()),
        tiers=tuple(values.get("tiers") or ()),
        award=award,
        place=_number(values.get("place")),
        years=_number(values.get("years")),
        services=services,
        level=level,
        holder=tuple(values.get("holder") or ()),
    )


def _number(value: Any) -> int | None:
    if value in (None, ""):
        return None
    number = int(value)
    if number < 1:
        raise ValueError("number")
    return number


def meets_result(asked: Asked, *, award: str, place: int | None) -> bool:
    """Whether a prize and a place are as good as asked; what is unknown is not.

    >>> meets_result(Asked(award="bronze"), award="银牌", place=None)
    True
    >>> meets_result(Asked(place=3), award="金牌", place=None)
    False
    """
    if asked.award:
        try:
            known = Award.of(award)
        except ValueError:
            return False
        if known is Award.NONE or known.level > Award(asked.award).level:
            return False
    return not (asked.place and (place is None or place > asked.place))
