"""A snapshot in the words and rows of a page: what a reader without scripts gets.

``static/js/board/draw.js`` writes the same from the same message; whoever changes one
changes the other (tests/live/test_board_pages.py compares them in a browser).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from live.words import board_words, in_words

SETTLED = ("public", "final")
# Those who stand in the table; the others are listed apart.
IN_TABLE = ("ranked", "not-scored")
TICKS = ("", "h", "f")
TICK_WORDS = ("module_empty", "module_begun", "module_full")


@dataclass(frozen=True, slots=True)
class RowShown:
    """One line of a board, ready to print."""

    id: str
    place: str
    hint: str
    rise: int
    medal: str
    medal_word: str
    prefix: str
    label: str
    delegation: str
    unit: str
    prize: str
    ticks: tuple[str, ...]
    ticks_label: str
    total: str
    module_points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A board's head, rows and notes, ready to print."""

    board: str
    audience: str
    state: str
    state_word: str
    competition: str
    skill: str
    size: str
    percent: int
    fact: str
    fact_wall: str
    since: str
    at_time: str
    empty: bool
    settled: bool
    named: bool
    progress_only: bool
    prefix: str
    modules: str
    ranked: tuple[RowShown, ...]
    unranked: tuple[RowShown, ...]
    count_line: str
    receipt: str
    foot: str
    find: str
    note: str
    frozen_time: str
    public_frozen: bool
    rehearsal: bool
    starts_on: str


def shown(message: dict[str, Any]) -> BoardShown:
    """Return a snapshot message as a page shows it."""
    words = board_words()
    settled = message["state"] in SETTLED
    rows = [_row(row, message, words) for row in message["rows"]]
    ranked = [
        line
        for line, row in zip(rows, message["rows"], strict=True)
        if row["standing"] in IN_TABLE
    ]
    unranked = [
        line
        for line, row in zip(rows, message["rows"], strict=True)
        if row["standing"] not in IN_TABLE
    ]
    modules = message["modules"]
    return BoardShown(
        board=message["board"],
        audience=message["audience"],
        state=message["state"],
        state_word=words["state_" + message["state"]],
        competition=message["competition"],
        skill=message["skill"],
        size=f"{in_words(message['group'], words)} {count_words(message, words)}".strip(),
        percent=percent(message),
        fact=_fact(message, words),
        fact_wall=_fact_wall(message, words),
        since=_since(message, words),
        at_time=clock(message["at"]),
        empty=message["state"] == "none" or not message["rows"],
        settled=settled,
        named=message["naming"] == "names",
        progress_only=message["naming"] == "progress",
        prefix=_prefix(message, words),
        modules=_modules(modules, words),
        ranked=tuple(ranked),
        unranked=tuple(unranked),
        count_line=_count_line(message, words),
        receipt=message["receipt"],
        foot=_foot(message, words),
        find=_find(message, words),
        note=message["note"],
        frozen_time=clock(message["frozen_at"]),
        public_frozen=message["public_frozen"],
        rehearsal=message["rehearsal"],
        starts_on=day_words(message["starts_on"]),
    )


def percent(message: dict[str, Any]) -> int:
    """Return how much of the sheets has come in, rounded down: 100 means all."""
    total = message["sheets_total"]
    if message["state"] in SETTLED:
        return 100
    if message["state"] == "none":
        return 0
    return message["sheets_done"] * 100 // total if total else 0


def clock(moment: str | None) -> str:
    """Return an ISO moment as the time of day here."""
    parsed = parse_datetime(moment) if moment else None
    return timezone.localtime(parsed).strftime("%H:%M:%S") if parsed else ""


def day_words(day: str | None) -> str:
    """Return an ISO day as 3 月 18 日."""
    parsed = _day(day)
    if parsed is None:
        return ""
    return board_words()["day"].format(m=parsed.month, d=parsed.day)


def count_words(message: dict[str, Any], words: dict[str, str]) -> str:
    """Return the size of the field: 12 人 or 6 队."""
    return words["teams" if message["team"] else "people"].format(n=message["count"])


def span_words(starts_on: str, ends_on: str) -> str:
    """Return the days of a competition."""
    first, last = _day(starts_on), _day(ends_on)
    if first is None or last is None:
        return ""
    if first == last:
        return day_words(starts_on)
    if (first.year, first.month) == (last.year, last.month):
        return _("{m} 月 {d}–{e} 日").format(m=first.month, d=first.day, e=last.day)
    return f"{day_words(starts_on)}–{day_words(ends_on)}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _prefix(message: dict[str, Any], words: dict[str, str]) -> str:
    return {"codes": words["code"], "aliases": words["alias"]}.get(
        message["naming"], ""
    )


def _foot(message: dict[str, Any], words: dict[str, str]) -> str:
    kind = message["state"] if message["state"] in SETTLED else message["naming"]
    return words["foot_" + kind]


def _find(message: dict[str, Any], words: dict[str, str]) -> str:
    return words.get("find_" + message["naming"], "")


def _modules(modules: list[str], words: dict[str, str]) -> str:
    if not modules:
        return ""
    if len(modules) == 1:
        return f"{words['module']} {modules[0]}"
    return words["modules"].format(first=modules[0], last=modules[-1])


def _count_line(message: dict[str, Any], words: dict[str, str]) -> str:
    otherwise = "all_teams" if message["team"] else "all_names"
    name = {"codes": "all_codes", "aliases": "all_aliases"}
    ranked = sum(row["standing"] in IN_TABLE for row in message["rows"])
    return words[name.get(message["naming"], otherwise)].format(n=ranked)


def _fact(message: dict[str, Any], words: dict[str, str]) -> str:
    state = message["state"]
    if state == "none":
        return words["nothing_yet"]
    if state == "public":
        return _notice(message, words)
    if state == "final":
        return str(message["release"])
    word = "stopped" if state == "frozen" else "submitted"
    return words[word].format(percent=percent(message))


def _fact_wall(message: dict[str, Any], words: dict[str, str]) -> str:
    if message["state"] == "live":
        return words["sheets"].format(
            done=message["sheets_done"],
            total=message["sheets_total"],
            percent=percent(message),
        )
    if message["state"] == "frozen":
        return words["stopped_at"].format(
            time=clock(message["frozen_at"])[:5], percent=percent(message)
        )
    return _fact(message, words)


def _notice(message: dict[str, Any], words: dict[str, str]) -> str:
    notice = message["notice"]
    if not notice:
        return ""
    return words["notice"].format(
        days=notice["working_days"], date=day_words(notice["ends_on"])
    )


def _since(message: dict[str, Any], words: dict[str, str]) -> str:
    """What stands where the age of the data would: fixed states have no age."""
    if message["state"] == "frozen":
        return clock(message["frozen_at"])
    if message["state"] == "final" and message["published_on"]:
        return words["published"].format(date=day_words(message["published_on"]))
    return ""


def _row(
    row: dict[str, Any], message: dict[str, Any], words: dict[str, str]
) -> RowShown:
    letters = message["modules"]
    ticks = row["modules"]
    said = [
        words[TICK_WORDS[tick]].format(letter=letter)
        for letter, tick in zip(letters, ticks, strict=False)
    ]
    medal = row["medal"]
    return RowShown(
        id=row["id"],
        place=str(row["place"] or "") if row["standing"] in IN_TABLE else "—",
        hint=_hint(row, words),
        rise=row["move"] if not row["shared"] else 0,
        medal=medal,
        medal_word=words[medal] if medal else "",
        prefix=_prefix(message, words),
        label=row["label"],
        delegation=row["delegation"],
        unit=row["unit"],
        prize="" if medal else in_words(row["award"], words),
        ticks=tuple(TICKS[tick] for tick in ticks),
        ticks_label=words["join"].join(said),
        total=_total(row, words),
        module_points=tuple(zip(letters, row["module_points"], strict=False)),
    )


def _hint(row: dict[str, Any], words: dict[str, str]) -> str:
    if row["medal"]:
        return words["nth"].format(n=row["place"])
    return words["shared"] if row["shared"] else ""


def _total(row: dict[str, Any], words: dict[str, str]) -> str:
    if row["standing"] in IN_TABLE:
        return row["points"] or ""
    return words[row["standing"]]
