"""What a change of marks would move in the apps above, and what waits for a chief judge.

Upper apps add a function to ``effects`` in ``AppConfig.ready()``.  It takes a skill id
and the entry ids whose result would change, and answers with lines a person can read.
``waiting`` is this app's own list: each of its parts says what waits on a chief's page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from competitions.models import Skill
from people.models import User


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing a change would move: certificates, entitlements, releases."""

    entry_id: int
    kind: str
    text: str
    url: str = ""


EffectsOf = Callable[[int, Sequence[int]], list[Effect]]


class EffectRegister:
    """The functions that know of effects, in the order they were added."""

    def __init__(self) -> None:
        self._entries: dict[str, EffectsOf] = {}

    def add(self, name: str, effects_of: EffectsOf) -> None:
        """Enter a function once; another one under the same name is refused."""
        if self._entries.setdefault(name, effects_of) is not effects_of:
            raise ValueError(f"effects '{name}' are entered twice")

    def __iter__(self) -> Iterator[tuple[str, EffectsOf]]:
        return iter(self._entries.items())


effects = EffectRegister()


def effects_of(skill_id: int, entry_ids: Sequence[int]) -> list[Effect]:
    """Everything the upper apps say a change of these entries would move."""
    return [found for _, ask in effects for found in ask(skill_id, entry_ids)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing that waits for who leads the judging of a skill.

    ``tone`` is danger (it stops signing or verification), warn, or empty.
    """

    kind: str
    title: str
    detail: str = ""
    url: str = ""
    count: int = 1
    tone: str = "warn"


WaitingOf = Callable[[Skill, User, datetime], list[Waiting]]


class WaitingRegister:
    """Who knows of things that wait for a chief judge or a supervisor."""

    def __init__(self) -> None:
        self._entries: dict[str, WaitingOf] = {}

    def add(self, name: str, waiting_of: WaitingOf) -> None:
        """Enter a source once; another one under the same name is refused."""
        if self._entries.setdefault(name, waiting_of) is not waiting_of:
            raise ValueError(f"waiting things '{name}' are entered twice")

    def __iter__(self) -> Iterator[tuple[str, WaitingOf]]:
        return iter(self._entries.items())


waiting = WaitingRegister()
