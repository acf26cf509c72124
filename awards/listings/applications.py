"""职称直接申报名单, 优先申报: on what prize or title somebody may apply, and for what.

An application stands on a prize or on what is held; the document's own mode (认定, 评审)
is printed, never chosen here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from awards.core.conditions import CONDITIONS
from awards.core.vocabulary import Verdict
from awards.enums import OutcomeKind
from awards.listings import cells
from awards.listings.base import Listing, ListLine, Selection
from awards.listings.cells import shown
from awards.listings.reading import (
    Told,
    by_target,
    chunks,
    entitlements_on,
    in_places,
    left_open,
    people_on,
    shelf,
    told,
)
from people.enums import HolderKind
from people.models import HolderFact, TitleHeld
from people.spreadsheets import Cell

HONOURS = CONDITIONS["holds_any"].label
COLUMNS = (
    cells.NUMBER,
    cells.NAME,
    cells.IDENTITY,
    shown("unit", "单位", 26, wraps=True),
    shown("ground", "依据奖项/称号", 34, wraps=True),
    shown("acquired", "取得时间", 12, wraps=True),
    shown("value", "可申报层级", 20, wraps=True),
    shown("mode", "申报方式(认定/评审)", 14, wraps=True),
    cells.CITATION,
)
PRIORITY_COLUMNS = (
    *COLUMNS[:4],
    shown("occupation", "职业(工种)", 14, wraps=True),
    shown("grade_held", "现等级", 10),
    *COLUMNS[4:6],
    shown("value", "优先申报事项", 24, wraps=True),
    shown("mode", "申报方式", 12, wraps=True),
    cells.CITATION,
    cells.NOTE,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A title or holder's fact of a person with the day it was given, if known."""

    name: str
    on: date | None


Holdings = Mapping[int, Sequence[Holding]]


def application_lines(
    selection: Selection, kinds: tuple[OutcomeKind, ...]
) -> Iterator[ListLine]:
    """Yield a line per application, by what is applied for, best place first."""
    rows = by_target(entitlements_on(selection, kinds, with_conditions=True))
    for chunk in chunks(in_places(told(rows, shelf()))):
        held = _held(chunk)
        for line in chunk:
            written = {**cells.all_cells(line), **_ground(line, held)}
            yield cells.line_of(line, line.row.value, written)


def _ground(line: Told, held: Holdings) -> dict[str, Cell]:
    """On what the application stands and since when; an unknown day stays blank."""
    honours = _honours(line)
    if honours is None:
        prize = " ".join(filter(None, (line.decision.skill.name, _prize(line))))
        competition = line.decision.skill.competition
        return {
            "ground": f"{competition.name} {prize}",
            "acquired": competition.ends_on.isoformat(),
        }
    asked, found = honours
    holdings = held.get(line.row.person_id or 0, ())
    fitting = [row for row in holdings if row.name in asked and row.name in found]
    if not fitting:
        return {"ground": found, "acquired": ""}
    days = [row.on.isoformat() if row.on else "未登记" for row in fitting]
    return {
        "ground": "；".join(row.name for row in fitting),
        "acquired": "；".join(days),
    }


def _prize(line: Told) -> str:
    place = line.result.place
    number = f"第 {place} 名" if place and not isinstance(place, str) else str(place)
    return "，".join(filter(None, (number, line.result.award)))


def _honours(line: Told) -> tuple[str, str] | None:
    """The honours asked for and found; None where it stands on the result itself."""
    for answer in line.decision.conditions:
        if answer["name"] == HONOURS and answer["verdict"] == Verdict.YES:
            asked = answer["asked"]["values"].get("honours", "")
            return str(asked), str(answer["found"])
    return None


def _held(lines: Sequence[Told]) -> Holdings:
    people = {line.row.person_id for line in lines if line.row.person_id}
    found: dict[int, list[Holding]] = {}
    titles = TitleHeld.objects.filter(person__in=people, withdrawn_at=None)
    for row in titles.order_by("awarded_on", "pk"):
        found.setdefault(row.person_id, []).append(Holding(row.title, row.awarded_on))
    facts = HolderFact.objects.filter(person__in=people, withdrawn_at=None, holds=True)
    for fact in facts.order_by("since", "pk"):
        holding = Holding(HELD_WORDS[HolderKind(fact.kind)], fact.since)
        found.setdefault(fact.person_id, []).append(holding)
    return found


# What the engine writes where it found such a fact.
HELD_WORDS = {
    HolderKind.STATE_ALLOWANCE: "享受国务院特殊津贴",
    HolderKind.NATIONAL_STUDIO: "国家级技能大师工作室领办人",
    HolderKind.PROVINCIAL_STUDIO: "省级技能大师工作室领办人",
}


def _listing(name: str, title: str, columns: tuple, *kinds: OutcomeKind) -> Listing:
    return Listing(
        name=name,
        title=title,
        columns=columns,
        lines=partial(application_lines, kinds=kinds),
        left_open=partial(left_open, kinds=kinds),
        people=partial(people_on, kinds=kinds),
        paper="A4",
        takes_answers=True,
        closing_lines=(
            "取得申报资格不等于取得职称；以职称主管部门认定或评审的结果为准。",
        ),
    )


DIRECT = _listing(
    "title-applications", "职称直接申报名单", COLUMNS, OutcomeKind.TITLE_APPLICATION
)
PRIORITY = _listing(
    "priority-applications",
    "优先申报名单",
    PRIORITY_COLUMNS,
    OutcomeKind.PRIORITY_APPLICATION,
)
