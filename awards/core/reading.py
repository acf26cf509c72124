"""Read one table of a rulebook key by key, collecting what is wrong with it.

Nothing raises: a wrong value is noted with file, place, key and remedy, and reading goes
on, so that an author sees every mistake at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it stands and what to write instead."""

    file: str
    place: str
    key: str
    message: str

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        key = f"'{self.key}' " if self.key else ""
        return f"{self.file}{place}: {key}{self.message}"


class RulebookUnreadable(ValueError):
    """A rulebook with mistakes; ``problems`` lists all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table with its place; keys asked for are known, all others are not."""

    raw: Mapping[str, object]
    file: str
    place: str
    problems: list[Problem]
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, message: str) -> None:
        """Note a mistake at ``key``."""
        self.problems.append(Problem(self.file, self.place, key, message))

    def has(self, key: str) -> bool:
        """Whether the key is written at all."""
        self.asked.add(key)
        return key in self.raw

    def text(self, key: str, *, required: bool = False) -> str:
        """A text, "" where it is left out."""
        if not self.has(key):
            if required:
                self.wrong(key, 'is missing. Write it as text, for example "…".')
            return ""
        value = self.raw[key]
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, f"is {value!r}, which is not a text. Write it in quotes.")
            return ""
        return value.strip()

    def word(self, key: str, words: type[Word], default: Word) -> Word:
        """One of the words of an enumeration; required unless the key is left out."""
        text = self.text(key)
        try:
            return words(text) if text else default
        except ValueError:
            self.wrong(key, f"is {text!r}. Write one of {', '.join(words)}.")
            return default

    def choice(self, key: str, choices: Sequence[str], default: str = "") -> str:
        """One of some words; ``default`` where it is left out."""
        text = self.text(key, required=not default)
        if text and text not in choices:
            self.wrong(key, f"is {text!r}. Write one of {', '.join(choices)}.")
            return default or choices[0]
        return text or default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of one."""
        if not self.has(key):
            return ()
        value = self.raw[key]
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(v, str) for v in listed):
            self.wrong(key, f'is {value!r}. Write a list of texts, ["…", "…"].')
            return ()
        return tuple(listed)

    def day(self, key: str) -> date | None:
        """A date; None where it is left out."""
        if not self.has(key):
            return None
        value = self.raw[key]
        if isinstance(value, date):
            return value
        remedy = "Write it as YYYY-MM-DD without quotes, for example 2022-06-02."
        self.wrong(key, f"is {value!r}, which is not a date. {remedy}")
        return None

    def number(self, key: str) -> int | None:
        """A whole number of at least 1; None where it is left out."""
        if not self.has(key):
            return None
        value = self.raw[key]
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.wrong(key, f"is {value!r}. Write a whole number of at least 1.")
        return None

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, such as years."""
        if not self.has(key):
            return ()
        value = self.raw[key]
        if isinstance(value, list) and all(type(part) is int for part in value):
            return tuple(value)
        self.wrong(key, f"is {value!r}. Write a list of numbers, [2020, 2023].")
        return ()

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false; ``default`` where it is left out."""
        if not self.has(key):
            return default
        value = self.raw[key]
        if not isinstance(value, bool):
            self.wrong(key, f"is {value!r}. Write true or false without quotes.")
            return default
        return value

    def money(self, key: str) -> Decimal | None:
        """A sum in yuan written as text; None where it is left out."""
        if not self.has(key):
            return None
        return _sum(self, key, self.raw[key])

    def sums(self, key: str) -> dict[str, Decimal]:
        """Sums by award or place, { gold = "5000" }."""
        found = {
            name: _sum(self, f"{key}.{name}", value)
            for name, value in self.mapping(key).items()
        }
        return {name: value for name, value in found.items() if value is not None}

    def mapping(self, key: str) -> Mapping[str, object]:
        """A table inside this one; empty where it is left out."""
        if not self.has(key):
            return {}
        value = self.raw[key]
        if not isinstance(value, dict):
            self.wrong(key, f"is {value!r}. Write a table, {{ name = value }}.")
            return {}
        return value

    def read(self, key: str, reader: Callable[[object], Read], default: Read) -> Read:
        """A value of another kind; the reader's ValueError is the remedy."""
        if not self.has(key):
            return default
        try:
            return reader(self.raw[key])
        except ValueError as error:
            self.wrong(key, f"is {self.raw[key]!r}: {error}.")
            return default

    def tables(self, key: str) -> list[Table]:
        """The tables of an array, [[key]]; their place is key and id or number."""
        if not self.has(key):
            return []
        value = self.raw[key]
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.wrong(key, f"is not a list of tables. Write [[{key}]] before each.")
            return []
        return [
            Table(raw, self.file, self._place(key, raw, number), self.problems)
            for number, raw in enumerate(value, start=1)
        ]

    def inner(self, key: str) -> Table:
        """The table written under ``key``."""
        place = f"{self.place}, {key}" if self.place else key
        return Table(self.mapping(key), self.file, place, self.problems)

    def done(self) -> None:
        """Note every key nobody asked for."""
        known = ", ".join(sorted(self.asked))
        for key in self.raw:
            if key not in self.asked:
                self.wrong(key, f"is not known here. Known keys: {known}.")

    def _place(self, key: str, raw: Mapping[str, object], number: int) -> str:
        name = raw.get("id") or raw.get("name") or number
        return ", ".join(part for part in (self.place, f"{key} {name}") if part)


def _sum(table: Table, key: str, value: object) -> Decimal | None:
    try:
        amount = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount <= 0:
        remedy = 'Write the sum in yuan as text, for example "5000".'
        table.wrong(key, f"is {value!r}, which is not a sum. {remedy}")
        return None
    return amount
