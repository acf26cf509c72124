"""The bureau's desk in use: another event's results, steps, answers, a pool, a list.

Everything is done by the officer through the actions of the pages.  What the competition
promotes its people to stays proposed, so that whoever tries it has the work before them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from awards.access import entitlements_for, people_for
from awards.actions.decisions import derive_awards
from awards.actions.entitlements import (
    advance_many,
    answer_many,
    file_entitlements,
    open_round,
    tick_material,
)
from awards.actions.exports import Order, start_export
from awards.actions.talent.entries import admit, enter_by_hand
from awards.actions.talent.pools import PoolDraft, open_pool
from awards.enums import EntitlementState, MaterialState, OutcomeKind, PoolKind
from awards.models import Decision, Entitlement
from awards.queries.candidates import candidates_of
from config.demo import accounts, build, cast
from config.demo.build import Demonstration
from people import actions
from people.core import grades
from scoring.actions.external import Announcement, import_external_release
from scoring.models import Release

HEADINGS = (
    "竞赛名称", "竞赛级别", "年份", "代表队", "赛项", "组别", "每队人数", "名次",
    "奖项", "选手", "单位", "职业编码", "证件号码",
)  # fmt: skip
PAPER = "川演示人社〔2026〕{}号（虚构）"
KEPT = "申报材料由各市州收齐，纸质存档"
COMMON = ("deployment-document", "result-notice")
POOL = "省高技能人才库"
State = EntitlementState


def work(show: Demonstration, release: Release) -> None:
    """Leave the desk as it stands some days after ``release``."""
    _decided(show, release)
    national = take_in(show)
    _promote(show, national)
    _answer(show, release)
    _announce(show, release)
    _fill_pool(show)
    _export(show)


def take_in(show: Demonstration) -> Release:
    """Import the announced results of a national final; one person's grade is known."""
    facts, at = cast.material()["national"], show.moment(20, 9)
    for row in facts["rows"]:
        if row[7]:
            somebody = _somebody(row)
            person = accounts.register(somebody, show.house, at=at)
            actions.record_grade(
                person,
                occupation_code=facts["occupation"],
                grade=int(grades.parse(somebody.grade)),
                evidence="等级证书原件，已核",
                by=show.user("bureau"),
                at=at,
            )
    outcome = import_external_release(
        Announcement(
            "公布成绩.csv",
            _table(facts),
            facts["document"],
            facts["announced_on"],
        ),
        owner=show.house.units["bureau"],
        by=show.user("bureau"),
        at=at,
    )
    if outcome.release is None:
        raise ValueError(f"demonstration results: {outcome.problems}")
    _decided(show, outcome.release)
    return outcome.release


def _somebody(row: list[Any]) -> cast.Somebody:
    _team, _place, _award, name, sex, birth_on, unit, grade = row
    return cast.somebody(name, sex, birth_on, unit, grade=grade)


def _table(facts: Mapping[str, Any]) -> bytes:
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    units = cast.units()
    for row in facts["rows"]:
        team, place, award, name, _sex, _birth, unit, _grade = row
        writer.writerow((
            facts["name"], "国家级", facts["announced_on"].year, team, facts["skill"],
            "职工组", 1, place, award, name,
            units[unit].name if unit in units else unit,
            facts["occupation"], _somebody(row).identity_number,
        ))  # fmt: skip
    return text.getvalue().encode()


def _decided(show: Demonstration, release: Release) -> None:
    """Derive what follows, where the news of the release has not arrived yet."""
    if not Decision.objects.filter(release=release).exists():
        derive_awards(release, by=show.user("bureau"), at=release.published_at)


def _rows(show: Demonstration, release: Release, kind: str) -> list[Entitlement]:
    rows = entitlements_for(show.user("bureau")).filter(release=release, kind=kind)
    return list(rows.order_by("pk"))


def _complete(show: Demonstration, rows: Iterable[Entitlement], day: int) -> None:
    advance_many(
        rows,
        to=State.MATERIAL_COMPLETE,
        reason=KEPT,
        by=show.user("bureau"),
        at=show.moment(day, 10),
    )


def _paper(show: Demonstration, number: int) -> str:
    return build.dated(PAPER.format(number), show.on)


def _file(show: Demonstration, rows: list[Entitlement], number: int, day: int) -> None:
    at = show.moment(day, 15)
    file_entitlements(
        rows,
        authority=rows[0].authority,
        document=_paper(show, number),
        filed_on=at.date(),
        by=show.user("bureau"),
        at=at,
    )


def _promote(show: Demonstration, national: Release) -> None:
    """The winner of the national final is before the authority."""
    rows = _rows(show, national, OutcomeKind.GRADE)
    _complete(show, rows, 20)
    _file(show, rows, 12, 20)


def _answer(show: Demonstration, release: Release) -> None:
    """The first skill's pool entries are answered: the last one comes back."""
    rows = [row for row in _rows(show, release, OutcomeKind.POOL) if _of_first(row)]
    _complete(show, rows, 20)
    _file(show, rows, 13, 20)
    at, by = show.moment(22, 11), show.user("bureau")
    answers = (
        (rows[:-1], State.GRANTED, ""),
        (rows[-1:], State.REFUSED, "申报表未由本人签名，退回补正"),
    )
    for some, verdict, reason in answers:
        answer_many(
            some,
            verdict=verdict,
            document=_paper(show, 15),
            answered_on=at.date(),
            reason=reason,
            by=by,
            at=at,
        )


def _of_first(row: Entitlement) -> bool:
    return row.decision.skill is not None and row.decision.skill.number == "01"


def _announce(show: Demonstration, release: Release) -> None:
    """Titles stand in 公示; of the bonuses some papers are there."""
    titles = _rows(show, release, OutcomeKind.TITLE)
    _complete(show, titles, 22)
    at = show.moment(22, 14)
    open_round(
        titles,
        place="省人力资源和社会保障厅网站（演示）",
        document=show.competition.document_number,
        starts_on=at.date(),
        days=5,
        by=show.user("bureau"),
        at=at,
    )
    bonuses = [r for r in _rows(show, release, OutcomeKind.BONUS) if _of_first(r)]
    _complete(show, bonuses, 23)
    grown = _rows(show, release, OutcomeKind.GRADE)
    for item in COMMON:
        tick_material(
            grown,
            item=item,
            state=MaterialState.PRESENT,
            evidence=_paper(show, 9),
            by=show.user("bureau"),
            at=show.moment(23, 9),
        )


def _fill_pool(show: Demonstration) -> None:
    """A pool with one by entitlement, one by hand; another still waits outside."""
    at, by = show.moment(23, 15), show.user("bureau")
    bureau = show.house.units["bureau"]
    draft = PoolDraft(PoolKind.SKILLED, POOL, document=_paper(show, 3), clause="第四条")
    pool = open_pool(bureau, draft, by=by, at=at)
    found = candidates_of(
        pool,
        people=people_for(by),
        entitlements=entitlements_for(by),
        today=at.date(),
    )
    paper, day = _paper(show, 16), at.date()
    admit(pool, found[:-1], document=paper, entered_on=day, by=by, at=at)
    winner = _somebody(cast.material()["national"]["rows"][0])
    enter_by_hand(
        pool,
        show.house.person(winner),
        document=paper,
        reason="全国赛金牌，厅务会议同意入库",
        entered_on=day,
        by=by,
        at=at,
    )


def _export(show: Demonstration) -> None:
    """The promotions as a masked list, to be looked at before anything is filed."""
    order = Order(
        kind="promotion-roster",
        bureau=show.house.units["bureau"],
        purpose="会前核对晋升名单",
    )
    start_export(order, by=show.user("bureau"), at=show.moment(24, 9))
