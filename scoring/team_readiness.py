"""What marking teams still lack: judges, reserves for empty seats, covered days."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.enums import Origin, Phase
from competitions.models import Competition, Skill
from competitions.queries import conflict_word
from competitions.register import DONE, MISSING, WARNING, ReadinessItem
from people.models import User
from scoring.errors import day_words
from scoring.queries.interest import reserves_of
from scoring.queries.teams import (
    TeamStanding,
    current_seats,
    seat_conflicts,
    team_standings,
)
from scoring.register import Waiting

SHOWN = 20


@dataclass(slots=True)
class _Lacks:
    """What one skill's teams lack, in words."""

    judges: list[str] = field(default_factory=list)
    empty: int = 0
    is_short: bool = False  # an empty seat leaves fewer than the team needs
    days: list[str] = field(default_factory=list)


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """One line for each skill whose teams were arranged, more where seats are empty."""
    if competition.origin == Origin.EXTERNAL:
        return []
    standings = team_standings(competition)
    names = {skill.pk: skill.name for skill in competition.skills.all()}
    lacks: dict[int, _Lacks] = defaultdict(_Lacks)
    for row in standings:
        _gather(lacks[row.skill_id], row)
    return [
        item for pk in names if pk in lacks for item in _items(pk, names, lacks[pk])
    ]


def waiting(skill: Skill, user: User, at: datetime) -> list[Waiting]:
    """Seats that stand empty for an entry, each with the reserves who may sit there."""
    found = seat_conflicts(skill, current_seats(skill), reserves_of(skill))
    page = reverse("marking_teams", args=[skill.pk])
    return [
        Waiting(
            kind="recusal",
            title=_("工位 %(code)s，%(panel)s%(number)d %(name)s 须回避，席位空着")
            % {
                "code": row.code,
                "panel": row.panel,
                "number": row.number,
                "name": row.name,
            },
            detail=_("%(why)s。%(reserve)s")
            % {
                "why": _("、").join(conflict_word(reason) for reason in row.reasons),
                "reserve": _("可上场：%(names)s")
                % {"names": _("、").join(map(str, row.reserves))}
                if row.reserves
                else _("没有合适的替补，先聘任。"),
            },
            url=f"{page}#conflicts",
            tone="warn",
        )
        for row in found[:SHOWN]
    ]


def _gather(lacks: _Lacks, row: TeamStanding) -> None:
    if row.size and row.seats < row.size:
        lacks.judges.append(
            _("%(letter)s 组还差 %(count)d 名裁判")
            % {"letter": row.letter, "count": row.size - row.seats}
        )
    elif not row.seats:
        lacks.judges.append(_("%(letter)s 组还没有裁判") % {"letter": row.letter})
    lacks.empty += row.empty
    lacks.is_short |= bool(row.empty and row.size and row.seats <= row.size)
    lacks.days += [f"{code}（{day_words([day])}）" for code, day in row.uncovered]


def _items(pk: int, names: Mapping[int, str], lacks: _Lacks) -> list[ReadinessItem]:
    page = reverse("marking_teams", args=[pk])

    def item(code: str, title: str, detail: str, state: str) -> ReadinessItem:
        return ReadinessItem(
            code=f"{code}-{pk}",
            title=_("：").join((names[pk], title)),
            detail=detail,
            url=page,
            state=state,
            blocks_phase=Phase.COMPETING,
            app="scoring",
        )

    short = _("；").join(lacks.judges)
    found = [item("teams", _("评分组"), short, MISSING if short else DONE)]
    if lacks.empty:
        text = _("%(count)d 处席位因回避空着，还没有替补上场。")
        state = MISSING if lacks.is_short else WARNING
        found.append(item("recusals", _("回避"), text % {"count": lacks.empty}, state))
    if lacks.days:
        text = _("方案写明的评分日不在评分组的日子里：%(subs)s。")
        subs = _("、").join(sorted(set(lacks.days)))
        found.append(item("days", _("评分日"), text % {"subs": subs}, WARNING))
    return found
