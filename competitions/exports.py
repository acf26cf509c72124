"""Lists of competitions as files: what is shown, no document numbers."""

from collections.abc import Iterable

from competitions.models import Entry
from people.spreadsheets import Column, write_csv

COLUMNS = (
    Column("key", "编号"),
    Column("code", "工位号"),
    Column("skill", "赛项"),
    Column("delegation", "代表队"),
    Column("names", "选手"),
    Column("units", "单位"),
    Column("coaches", "教练"),
    Column("state", "状态"),
    Column("findings", "审核发现"),
)


def entries_csv(entries: Iterable[Entry]) -> bytes:
    """Return the entries as CSV, in the order given."""
    return write_csv(COLUMNS, (_row(entry) for entry in entries))


def _row(entry: Entry) -> dict[str, str]:
    members = list(entry.members.all())
    units = dict.fromkeys(
        str(member.organization or member.person.organization or "")
        for member in members
    )
    return {
        "key": entry.key,
        "code": entry.code,
        "skill": entry.skill.name,
        "delegation": entry.delegation.name,
        "names": "、".join(member.person.name for member in members),
        "units": "；".join(unit for unit in units if unit),
        "coaches": "、".join(coach.person.name for coach in entry.coaches.all()),
        "state": str(entry.get_state_display()),
        "findings": "；".join(row["message"] for row in entry.findings),
    }
