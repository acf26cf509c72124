"""The two spreadsheets that the official ceremony program reads (CIS exports).

Headings are its words, exactly; medal names too.  One row per person: each member of a
team has the place, medal and score of the team.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from people.names import family_and_given
from people.spreadsheets import Column, SheetPlan, write_workbook
from scoring.core.comparison import LEVELS
from scoring.queries.published import PublishedSkill

MEDALS = ("", "Gold", "Silver", "Bronze", "Medal for Excellence")
INTEGER = "integer"
RESULTS = (
    Column("position", "Position", 10, INTEGER),
    Column("member", "Member", 12),
    Column("member_name", "Member Name", 28),
    Column("skill", "Skill Number", 14),
    Column("medal", "Medal", 22),
    Column("first", "First Name", 18),
    Column("last", "Last Name", 18),
    Column("score", "WorldSkills Scale Score", 24, INTEGER),
)
BEST = (
    Column("member", "Member", 12),
    Column("member_name", "Member Name", 28),
    Column("first", "First Name", 18),
    Column("last", "Last Name", 18),
)

Row = dict[str, str | int | None]


def competitor_results(
    skills: Iterable[PublishedSkill], names: Mapping[int, str]
) -> bytes:
    """Return ``Competitor_results.xlsx``: every ranked person of every skill."""
    rows = [
        {
            **_person(entry, names[member["person"]]),
            "position": entry["place"],
            "skill": skill.text["number"],
            "medal": MEDALS[LEVELS.get(entry["award"], 0)],
            "score": entry["scale_score"],
        }
        for skill in skills
        for entry in skill.text["entries"]
        if entry["place"] is not None
        for member in entry["members"]
    ]
    return write_workbook([SheetPlan("Competitor results", RESULTS, rows)])


def best_of_nation(
    skills: Iterable[PublishedSkill], names: Mapping[int, str], best: Iterable[int]
) -> bytes:
    """Return ``Best_of_Nation.xlsx``: the persons of the entries in ``best``."""
    entries = {e["entry"]: e for skill in skills for e in skill.text["entries"]}
    rows = [
        _person(entries[key], names[member["person"]])
        for key in best
        for member in entries[key]["members"]
    ]
    return write_workbook([SheetPlan("Best of Nation", BEST, rows)])


def _person(entry: Mapping[str, Any], name: str) -> Row:
    last, first = family_and_given(name)
    return {
        "member": entry["region"] or entry["delegation"],
        "member_name": entry["delegation"],
        "first": first,
        "last": last,
    }
