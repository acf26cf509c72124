"""A document as it is being written: its mistakes by line, its cases as they turn out.

Whatever is typed comes to an answer: nothing raises, and work is bounded by the length
of the texts, the depth of their nesting and the number of cases.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from awards.core.cases import (
    OUT_OF_SCOPE,
    Difference,
    Situation,
    compare,
    lacking,
    situation_of,
)
from awards.core.lines import Outline, line_of_error
from awards.core.parsing import parse
from awards.core.reading import Problem, RulebookUnreadable
from awards.core.rulebook import Rulebook
from awards.core.vocabulary import DecisionState

TEXT, CASES = "text", "cases"
LONGEST = 200_000  # characters
MOST_TABLES, MOST_CASES, MOST_WORK, MOST_FINDINGS = 400, 500, 40_000, 100
MOST_BRACKETS, MOST_DOTS, LONGEST_VALUE = 40, 16, 160
EXPECTED = (*(state.value for state in DecisionState), OUT_OF_SCOPE)
# What a value of a wrong kind, somewhere deep in a typed text, may raise.
ODD = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
_QUOTED = re.compile(r""""(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?""")  # never tried twice
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: in which text, at which line, place and key, in the reader's words."""

    source: str
    line: int
    place: str
    key: str
    message: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case as it turned out; ``differences`` is empty where it passed."""

    name: str
    rule: str
    expect: str
    line: int
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether the document decides as the case expects."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that can be said of two typed texts."""

    book: Rulebook | None
    findings: tuple[Finding, ...]
    cases: tuple[CaseResult, ...] = ()
    lacking: Mapping[str, tuple[str, ...]] | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it may be published: no mistake, all cases right, three per rule."""
        right = all(case.passed for case in self.cases)
        return (
            self.book is not None and not self.findings and right and not self.lacking
        )


def read_draft(text: str, cases: str, *, name: str) -> Draft:
    """Read a document and run its cases; ``name`` is its id."""
    book, problems = _book(text, f"{name}.toml")
    outline = Outline(text[:LONGEST])
    shown = problems[:MOST_FINDINGS]
    findings = [_finding(TEXT, problem, text, outline) for problem in shown]
    findings.sort(key=lambda finding: finding.line)
    if not cases.strip():
        return Draft(book, tuple(findings), (), _lacking(book, ()))
    situations, wrong = _situations(cases, name)
    findings += wrong
    if book is None:
        return Draft(None, tuple(findings))
    if len(situations) * max(1, len(book.rules)) > MOST_WORK:
        message = f"are too many to run ({len(situations)}). Split the document."
        findings.append(Finding(CASES, 1, "", "case", message))
        return Draft(book, tuple(findings))
    findings += _strangers(situations, book)
    results = tuple(_result(line, one, book) for line, one in situations)
    expected = [one for _line, one in situations]
    return Draft(book, tuple(findings), results, _lacking(book, expected))


def is_text(text: str) -> bool:
    """Whether every character of ``text`` can be stored and shown."""
    return _NO_TEXT.search(text) is None


def _book(text: str, name: str) -> tuple[Rulebook | None, list[Problem]]:
    raw, problem = _toml(text, name)
    if problem is not None:
        return None, [problem]
    many = sum(len(part) for part in raw.values() if isinstance(part, list))
    if many > MOST_TABLES:
        message = f"has more than {MOST_TABLES} tables. Split the document."
        return None, [Problem(name, "", "", message)]
    try:
        return parse(text, name=name), []
    except RulebookUnreadable as error:
        return None, list(error.problems)
    except ODD as error:
        return None, [Problem(name, "", "", f"cannot be read: {error}")]


def _toml(text: str, name: str) -> tuple[dict[str, object], Problem | None]:
    """The raw tables of a text, or why it is not read at all."""
    if len(text) > LONGEST:
        message = f"is longer than {LONGEST} characters. Split the document."
        return {}, Problem(name, "", "", message)
    odd = _NO_TEXT.search(text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        sign = f"U+{ord(odd[0]):04X}"
        message = (
            f"holds {sign}, which is no text (at line {line}, column 1). Remove it."
        )
        return {}, Problem(name, "", "", message)
    for number, written in enumerate(_QUOTED.sub("", text).split("\n"), start=1):
        code = written.partition("#")[0]
        brackets = max(code.count("["), code.count("{"))
        if code.count(".") > MOST_DOTS or brackets > MOST_BRACKETS:
            message = (
                f"holds too much (at line {number}, column 1). Write it in tables."
            )
            return {}, Problem(name, "", "", message)
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        return {}, Problem(name, "", "", f"is not TOML: {error}")
    except (ValueError, RecursionError) as error:
        return {}, Problem(name, "", "", f"cannot be read: {error}")


def _finding(source: str, problem: Problem, text: str, outline: Outline) -> Finding:
    line = line_of_error(problem.message, text) if not problem.key else 0
    message = problem.message
    if len(message) > 4 * LONGEST_VALUE:
        message = f"{message[:LONGEST_VALUE]} … {message[-LONGEST_VALUE:]}"
    return Finding(
        source,
        line or outline.line_of(problem.place, problem.key),
        problem.place,
        problem.key[:LONGEST_VALUE],
        message,
    )


def _situations(
    text: str, name: str
) -> tuple[list[tuple[int, Situation]], list[Finding]]:
    """The cases that can be read, each with its line, and what is wrong with others."""
    raw, problem = _toml(text, "cases")
    outline = Outline(text[:LONGEST])
    if problem is not None:
        return [], [_finding(CASES, problem, text, outline)]
    wrong = []
    if raw.get("rulebook") != name:
        found = str(raw.get("rulebook", ""))[:LONGEST_VALUE]
        line = outline.line_of("", "rulebook")
        message = f'is {found!r}. Write rulebook = "{name}".'
        wrong.append(Finding(CASES, line, "", "rulebook", message))
    base, listed = raw.get("base", {}), raw.get("case", [])
    if (
        not isinstance(base, dict)
        or not isinstance(listed, list)
        or not all(isinstance(one, dict) for one in listed)
    ):
        message = "is not a list of tables. Write [[case]] before each."
        return [], [*wrong, Finding(CASES, 1, "", "case", message)]
    if len(listed) > MOST_CASES:
        message = f"are more than {MOST_CASES}. Keep the ones that prove something."
        return [], [*wrong, Finding(CASES, 1, "", "case", message)]
    read = []
    for number, one in enumerate(listed, start=1):
        line = outline.line_of(f"case {number}")
        try:
            situation = situation_of(name, base, one)
        except ODD as error:
            wrong.append(_bad_case(line, number, one, error))
            continue
        if situation.expect not in EXPECTED:
            shown = situation.expect[:LONGEST_VALUE]
            message = f"is {shown!r}. Write one of {', '.join(EXPECTED)}."
            place = f"case {situation.name}"[:LONGEST_VALUE]
            wrong.append(Finding(CASES, line, place, "expect", message))
            continue
        read.append((line, situation))
    return read, wrong


def _bad_case(
    line: int, number: int, raw: Mapping[str, object], error: BaseException
) -> Finding:
    place = f"case {raw.get('name', number)}"[:LONGEST_VALUE]
    if isinstance(error, KeyError) and error.args:
        key = str(error.args[0])[:LONGEST_VALUE]
        message = "is missing. Write it in the case or in [base]."
        return Finding(CASES, line, place, key, message)
    message = f"cannot be read: {str(error)[:LONGEST_VALUE]}."
    return Finding(CASES, line, place, "", message)


def _strangers(
    situations: Iterable[tuple[int, Situation]], book: Rulebook
) -> Iterator[Finding]:
    """Cases about rules the document does not have would pass without proving a thing."""
    rules = {rule.id for rule in book.rules}
    for line, one in situations:
        if one.rule not in rules:
            message = f"is {one.rule[:LONGEST_VALUE]!r}, which is no rule. Correct it."
            place = f"case {one.name}"[:LONGEST_VALUE]
            yield Finding(CASES, line, place, "rule", message)


def _result(line: int, situation: Situation, book: Rulebook) -> CaseResult:
    try:
        differences = tuple(compare(situation, book))
    except ODD as error:
        words = f"{type(error).__name__}: {error}"[:LONGEST_VALUE]
        differences = (Difference("decision", words, situation.expect),)
    return CaseResult(
        situation.name, situation.rule, situation.expect, line, differences
    )


def _lacking(
    book: Rulebook | None, situations: Iterable[Situation]
) -> dict[str, tuple[str, ...]]:
    """What every rule's cases leave unproved, of the rules that lack something."""
    if book is None:
        return {}
    expected: dict[str, list[str]] = {rule.id: [] for rule in book.rules}
    for situation in situations:
        if situation.rule in expected:
            expected[situation.rule].append(situation.expect)
    found = {rule: tuple(lacking(states)) for rule, states in expected.items()}
    return {rule: what for rule, what in found.items() if what}
