"""Whether a competitor meets the conditions of entry, with a reason for each answer.

A fact that is not known is never read as no: it makes the condition *unknown*, which an
officer settles.  Conditions come from documents and carry their citation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Translate = Callable[[str], str]


def gettext_noop(text: str) -> str:
    """Return ``text``; mark it for the translation catalogue without Django."""
    return text


# Statutory age before the gradual rise that began in 2025, and where the rise ends; in
# between only an officer knows.
RETIREMENT_AGE = {"1": (60, 63), "2": (50, 58)}


class Answer(StrEnum):
    """Met, not met, or not known."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of entry with the clause it comes from; empty fields ask nothing."""

    id: str
    citation: str
    age_at_least: int | None = None
    age_at_most: int | None = None
    below_retirement: bool = False
    groups: tuple[str, ...] = ()
    track: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a competitor, as far as entry conditions ask."""

    birth_on: date | None = None
    sex: str = "0"
    employment_kind: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition's answer: what was asked, what was found, and the clause."""

    condition: str
    asked: str
    found: str
    answer: Answer
    citation: str


_KINDS = {
    "age_at_least",
    "age_at_most",
    "below_retirement",
    "groups",
    "in_occupation",
    "track",
    "id",
    "citation",
    "note",
}
AT_LEAST = gettext_noop("年满 {n} 周岁")
AT_MOST = gettext_noop("不超过 {n} 周岁")
BELOW_RETIREMENT = gettext_noop("未到法定退休年龄")
OF_KIND = gettext_noop("身份为{kinds}")
_WORDS = {
    "worker": "职工",
    "student": "学生",
    "teacher": "教师",
    "apprentice": "学徒",
    "retired": "退休",
}


def read_condition(values: Mapping[str, object]) -> Condition:
    """Return a condition from plain values; a missing citation or unknown key is refused.

    ``in_occupation`` is accepted and left to the officer: no table knows who works in
    an occupation today.
    """
    unknown = set(values) - _KINDS
    if unknown:
        raise ValueError(f"unknown entry condition: {', '.join(sorted(unknown))}")
    if not str(values.get("citation", "")).strip():
        raise ValueError("an entry condition needs its citation")
    groups = values.get("groups", ())
    return Condition(
        id=str(values.get("id", "")),
        citation=str(values["citation"]),
        age_at_least=_whole(values.get("age_at_least")),
        age_at_most=_whole(values.get("age_at_most")),
        below_retirement=values.get("below_retirement") is True,
        groups=tuple(map(str, groups)) if isinstance(groups, list | tuple) else (),
        track=str(values.get("track", "")),
    )


def describe(condition: Condition, translate: Translate = str) -> str:
    """Return what a condition asks, in one line, in the language of ``translate``.

    >>> describe(Condition("a", "x", age_at_least=16, groups=("worker",)))
    '年满 16 周岁，身份为职工'
    """
    asked = []
    if condition.age_at_least is not None:
        asked.append(translate(AT_LEAST).format(n=condition.age_at_least))
    if condition.age_at_most is not None:
        asked.append(translate(AT_MOST).format(n=condition.age_at_most))
    if condition.below_retirement:
        asked.append(translate(BELOW_RETIREMENT))
    if condition.groups:
        asked.append(_kinds(condition.groups, translate))
    return translate("，").join(asked)


def _kinds(groups: Sequence[str], translate: Translate = str) -> str:
    said = [translate(_WORDS.get(group, group)) for group in groups]
    return translate(OF_KIND).format(kinds=translate("、").join(said))


def age_on(birth_on: date, day: date) -> int:
    """Return the age in full years."""
    before_birthday = (day.month, day.day) < (birth_on.month, birth_on.day)
    return day.year - birth_on.year - before_birthday


def check(
    candidate: Candidate, conditions: Sequence[Condition], *, track: str, on: date
) -> tuple[Finding, ...]:
    """Return what each condition that concerns ``track`` finds, in order."""
    return tuple(
        finding
        for condition in conditions
        if condition.track in ("", track)
        for finding in _findings(candidate, condition, on)
    )


def _findings(candidate: Candidate, condition: Condition, on: date) -> list[Finding]:
    found = []
    age = age_on(candidate.birth_on, on) if candidate.birth_on else None
    shown = "未知" if age is None else f"{age} 周岁"
    if condition.age_at_least is not None:
        met = None if age is None else age >= condition.age_at_least
        asked = AT_LEAST.format(n=condition.age_at_least)
        found.append(_finding(condition, asked, shown, met))
    if condition.age_at_most is not None:
        met = None if age is None else age <= condition.age_at_most
        asked = AT_MOST.format(n=condition.age_at_most)
        found.append(_finding(condition, asked, shown, met))
    if condition.below_retirement:
        met = _below_retirement(age, candidate.sex)
        found.append(_finding(condition, BELOW_RETIREMENT, shown, met))
    if condition.groups:
        kind = candidate.employment_kind
        met = (kind in condition.groups) if kind else None
        asked = _kinds(condition.groups)
        found.append(_finding(condition, asked, _WORDS.get(kind, "未知"), met))
    return found


def _below_retirement(age: int | None, sex: str) -> bool | None:
    if age is None or sex not in RETIREMENT_AGE:
        return None
    begin, end = RETIREMENT_AGE[sex]
    if begin <= age < end:
        return None
    return age < begin


def _finding(condition: Condition, asked: str, found: str, met: bool | None) -> Finding:
    answers = {None: Answer.UNKNOWN, True: Answer.MET, False: Answer.NOT_MET}
    return Finding(condition.id, asked, found, answers[met], condition.citation)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
