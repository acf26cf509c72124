"""Boards as the lists of the home page: on now, in publicity, final, still to come."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from live import presentation
from live.words import board_words, in_words

COMING_DAYS = 30


@dataclass(frozen=True, slots=True)
class Card:
    """One board on a card: what, where, how many, what state, how far."""

    board: str
    skill: str
    competition: str
    where: str
    state: str
    aside: str
    percent: int
    published_at: str


@dataclass(frozen=True, slots=True)
class Line:
    """One competition in a list: its skills that share a state."""

    competition: str
    detail: str
    state: str
    boards: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Listed:
    """All lists of the home page."""

    today: str = ""
    now: list[Card] = field(default_factory=list)
    coming: list[Card] = field(default_factory=list)
    public: list[Line] = field(default_factory=list)
    final: list[Line] = field(default_factory=list)

    @property
    def events(self) -> int:
        return len({card.competition for card in self.now})


def listed(summaries: list[dict[str, Any]], today: date) -> Listed:
    """Sort the public boards into the lists of the home page."""
    result = Listed(today=presentation.day_words(today.isoformat()))
    settled: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for each in sorted(summaries, key=_order):
        if not each["listed"]:
            continue
        if each["state"] in presentation.SETTLED:
            group = (each["state"], each["competition_code"])
            settled.setdefault(group, []).append(each)
        elif each["starts_on"] > today.isoformat():
            result.coming.append(_card(each))
        elif each["ends_on"] >= today.isoformat() or each["state"] != "none":
            result.now.append(_card(each))
    for (state, _), boards in settled.items():
        lines = result.public if state == "public" else result.final
        lines.append(_line(boards, state))
    return result


def _order(each: dict[str, Any]) -> tuple[str, str, str]:
    return (each["starts_on"], each["competition_code"], each["skill_number"])


def _card(each: dict[str, Any]) -> Card:
    words = board_words()
    size = presentation.count_words(each, words)
    where = gettext("，").join(
        part for part in (each["place"], in_words(each["group"], words), size) if part
    )
    return Card(
        board=each["board"],
        skill=each["skill"],
        competition=each["competition"],
        where=where,
        state=each["state"],
        aside=_aside(each),
        percent=presentation.percent(each),
        published_at=each["published_at"].isoformat(),
    )


def _aside(each: dict[str, Any]) -> str:
    words = board_words()
    if each["state"] == "none":
        return presentation.span_words(each["starts_on"], each["ends_on"])
    if each["state"] == "frozen":
        time = presentation.clock(each["frozen_at"])[:5]
        return words["stopped_at"].format(time=time, percent=presentation.percent(each))
    return words["submitted"].format(percent=presentation.percent(each))


def _line(group: list[dict[str, Any]], state: str) -> Line:
    first = group[0]
    words = board_words()
    skills = words["skills_count"].format(n=len(group))
    if state == "public" and first["notice"]:
        when = words["notice"].format(
            days=first["notice"]["working_days"],
            date=presentation.day_words(first["notice"]["ends_on"]),
        )
    else:
        day = presentation.day_words(first["published_on"])
        when = words["published"].format(date=day) if day else ""
    return Line(
        competition=first["competition"],
        detail=gettext("，").join(part for part in (skills, when) if part),
        state=state,
        boards=tuple((each["board"], each["skill"]) for each in group),
    )
