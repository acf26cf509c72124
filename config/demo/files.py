"""The demonstration's workbooks, as an organizer would hold them."""

from __future__ import annotations

import hashlib

from competitions.rosters import roster_template
from config.demo import cast
from config.demo.schemes import scheme_named
from people.core import grades
from scoring.workbooks import cis_workbook, scheme_template

SEXES = {"1": "男", "2": "女"}
OCCUPATIONS = {"01": "6-31-01-03", "02": "6-18-02-04", "03": "6-31-07-01"}


def scheme_file(name: str) -> tuple[str, bytes, str]:
    """File name, content and SHA-256 of one scheme; welding needs our own layout."""
    scheme = scheme_named(name)
    content = scheme_template(scheme) if name == "welding" else cis_workbook(scheme)
    return f"{scheme.title}.xlsx", content, hashlib.sha256(content).hexdigest()


def roster_file() -> tuple[str, bytes]:
    """File name and content of the whole roster."""
    rows = [
        _row(team, somebody, role)
        for team in cast.teams()
        for role, people in (("选手", team.members), ("教练", team.coaches))
        for somebody in people
    ]
    return "参赛名单.xlsx", roster_template(rows)


def _row(team: cast.Team, somebody: cast.Somebody, role: str) -> dict[str, str]:
    unit = cast.units()[somebody.unit]
    main = cast.units()[team.members[0].unit]
    student = role == "选手" and team.skill == "03"
    row = {
        "skill": team.skill,
        "delegation": cast.material()["delegations"][main.region],
        "delegation_region": main.region,
        "team": team.key,
        "role": role,
        "name": somebody.name,
        "sex": SEXES[somebody.sex],
        "identity_number": somebody.identity_number,
        "birth_on": somebody.birth_on.isoformat(),
        "employment": "学生" if student else "职工",
        "organization": unit.name,
        "organization_region": unit.region,
        "home_region": unit.region,
    }
    if somebody.grade not in ("", "none"):
        row |= {
            "occupation": OCCUPATIONS[team.skill],
            "grade": grades.parse(somebody.grade).label,
            "certificate": somebody.certificate,
        }
    if somebody.titles:
        row |= {
            "title": somebody.titles[0],
            "title_issuer": cast.units()["bureau"].name,
        }
    return row
