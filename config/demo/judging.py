"""The demonstration's days of marking: batches of marks, signatures, verification."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from competitions.actions import (
    ObjectionFacts,
    answer_objection,
    answer_ruling,
    ask_decode,
    close_publicity,
    end_skill,
    enter_objection,
    lodge_appeal,
    open_level,
    open_publicity,
    rule_appeal,
)
from competitions.enums import ObjectionSource, Phase
from competitions.models import PublicNotice, Skill
from config.demo import cast
from config.demo.accounts import PIN
from config.demo.build import JUDGES, Demonstration, advance
from config.demo.schemes import scheme_named
from config.demo.simulation import Value, values_of
from people.models import User
from scoring.actions import (
    enter_marks,
    freeze_board,
    open_marking,
    publish_release,
    sign_sheets,
    verify_results,
)
from scoring.actions.teams import TeamFacts, arrange_team
from scoring.actions.trainees import Practised, enter_trainee_marks
from scoring.actions.verification import (
    Finding,
    check_sheet,
    draw_verification,
    sign_verification,
)
from scoring.core.scheme import SubCriterion
from scoring.marking_events import Answer, MarkEvent
from scoring.models import Release, Sheet
from scoring.queries import live_sheets, signing_digest
from scoring.queries.verification import worklist_of

MATERIAL = {"01": "electrical", "02": "welding", "03": "robots"}
KEYS = UUID("5e1f0d3c-6a52-4b7c-9f7e-2f5c3a1b7d10")  # name space of the marks' keys
RELEASED_AFTER = timedelta(days=7)
PUBLICITY_DAYS = 5
# At stage `marking` it is noon of day 2: percent of a sub-criterion's sheets marked.
AT_NOON = {
    ("01", "B3"): 100, ("01", "C1"): 75, ("01", "C2"): 25, ("01", "C3"): 0,
    ("02", "B3"): 60, ("02", "B4"): 20,
    ("03", "C1"): 100, ("03", "C2"): 60,
}  # fmt: skip


def open_all(show: Demonstration) -> None:
    """Make every skill's sheets and go into the competition."""
    for skill in show.skills.values():
        open_marking(skill, by=show.user("organizer"), at=show.moment(1, 7, 30))
    arrange(show)
    advance(show, Phase.COMPETING, at=show.moment(1, 8))


def arrange(show: Demonstration) -> None:
    """One skill's team by name, as an organizer arranges it; it may mark on any day.

    Who opens the demonstration days later can go on marking.
    """
    judges = [show.user(name).pk for name in JUDGES["02"]]
    facts = TeamFacts(
        name="焊缝评分组",
        size=len(judges),
        leader=judges[0],
        judges=tuple(judges),
    )
    arrange_team(
        show.skills["02"],
        "A",
        facts=facts,
        by=show.user("organizer"),
        at=show.moment(1, 7, 45),
    )


def practise(show: Demonstration) -> None:
    """The trainee marks along with the panel on a few sheets; it counts nowhere."""
    skill = show.skills["01"]
    sheets = live_sheets(skill).filter(sub_criterion__code="B2", state="complete")
    subs = {
        sub.code: sub
        for criterion in scheme_named(MATERIAL["01"]).criteria
        for sub in criterion.sub_criteria
    }
    for sheet in sheets[:4]:
        values = {
            value.aspect: Practised(value=value.text)
            for value in _values(show, sheet, subs["B2"])
            if value.seat <= 1
        }
        at, trainee = show.moment(2, 11, 30), show.user("trainee")
        enter_trainee_marks(sheet, marks=values, by=trainee, at=at)


def mark_all(show: Demonstration, *, partly: bool) -> None:
    """Let the judges mark: everything, or what stands at noon of day 2."""
    for number, skill in show.skills.items():
        subs = {
            sub.code: sub
            for criterion in scheme_named(MATERIAL[number]).criteria
            for sub in criterion.sub_criteria
        }
        sheets = list(live_sheets(skill))
        per_sub = len(sheets) // max(1, len(subs))
        for index, sheet in enumerate(sheets):
            sub = subs[sheet.sub_criterion.code]
            if partly and (index % per_sub) * 100 >= _share(number, sub) * per_sub:
                continue
            mark_sheet(show, number, sheet, sub)
        if not partly:
            settle(show, number)


def _share(number: str, sub: SubCriterion) -> int:
    """Percent of a sub-criterion's sheets marked at noon of day 2."""
    return AT_NOON.get((number, sub.code), 100 if sub.day == 1 else 0)


def mark_sheet(
    show: Demonstration, number: str, sheet: Sheet, sub: SubCriterion
) -> None:
    """Enter one sheet, each judge in a batch of their own."""
    skill = show.skills[number]
    judges = [show.user(name) for name in JUDGES[number]]
    at = show.moment(sub.day or 1, 9) + timedelta(minutes=2 * (sheet.pk % 120))
    events = [_event(sheet, value) for value in _values(show, sheet, sub)]
    _enter(skill, judges, events, at=at)


def _values(show: Demonstration, sheet: Sheet, sub: SubCriterion) -> Iterator[Value]:
    team = next(team for team in cast.teams() if team.key == sheet.entry.key)
    seats = len(JUDGES[team.skill])
    seed = f"{show.competition.code} {team.key}"
    yield from values_of(sub, seats=seats, strength=team.strength, seed=seed)


def _event(sheet: Sheet, value: Value) -> MarkEvent:
    return MarkEvent(
        key=uuid5(KEYS, f"{sheet.pk} {value.aspect} {value.seat} {value.text}"),
        sheet_id=sheet.pk,
        aspect=value.aspect,
        seat=value.seat,
        value=value.text,
    )


def _enter(
    skill: Skill, judges: list[User], events: list[MarkEvent], *, at: datetime
) -> None:
    for seat, judge in enumerate(judges, start=1):
        mine = [e for e in events if e.seat == seat or (seat == 1 and e.seat == 0)]
        if not mine:
            continue
        _enter_one(skill, mine, judge, seat, at)


def _enter_one(
    skill: Skill, events: list[MarkEvent], judge: User, seat: int, at: datetime
) -> None:
    device = f"demo-T{seat:02d}"
    outcomes = enter_marks(skill, events=events, by=judge, device=device, at=at)
    lost = (Answer.REFUSED, Answer.CONFLICT)
    refused = [(o.code, o.message) for o in outcomes if o.status in lost]
    if refused:
        raise ValueError(f"demonstration mark refused: {refused[0]}")


def settle(show: Demonstration, number: str) -> None:
    """Re-mark what is in conflict: the outlier goes to its neighbour's level."""
    skill = show.skills[number]
    for sheet in live_sheets(skill).filter(conflicts__gt=0):
        for code in sorted({mark.code for mark in sheet.marks.all()}):
            _settle_aspect(show, number, sheet, code)


def _settle_aspect(show: Demonstration, number: str, sheet: Sheet, code: str) -> None:
    marks = {mark.seat: mark.value for mark in sheet.marks.all() if mark.code == code}
    if (
        ".J" not in code
        or max(map(int, marks.values())) - min(map(int, marks.values())) < 2
    ):  # noqa: PLR2004 - levels one apart agree
        return
    agreed = sorted(marks.values())[len(marks) // 2]
    for seat in sorted(marks):
        value = Value(code, seat, agreed)
        judge = show.user(JUDGES[number][seat - 1])
        _enter_one(
            show.skills[number], [_event(sheet, value)], judge, seat, show.moment(3, 15)
        )


def sign(show: Demonstration, number: str, sheets: list[Sheet], *, chief: bool) -> None:
    """Every judge signs the set, then chief judge and supervisor if asked."""
    skill = show.skills[number]
    at = show.moment(3, 17)
    signers = [(name, "judge") for name in JUDGES[number]]
    if chief:
        signers += [("chief", "chief-judge"), ("supervisor", "supervisor")]
    for name, role in signers:
        rows = list(live_sheets(skill).filter(pk__in=[sheet.pk for sheet in sheets]))
        sign_sheets(
            skill,
            sheets=rows,
            role=role,
            pin=PIN,
            digest=signing_digest(skill, rows, role),
            by=show.user(name),
            at=at,
        )


def sign_complete(show: Demonstration) -> None:
    """At stage `marking`: sign what day 1 has complete in the first and third skill."""
    for number in ("01", "03"):
        complete = live_sheets(show.skills[number]).filter(
            state="complete", sub_criterion__code__in=("A1", "A2", "B1")
        )
        sign(show, number, list(complete), chief=number == "03")


def stir(show: Demonstration) -> None:
    """What noon looks like: one disputed judgement, one board held back."""
    skill = show.skills["01"]
    sheet = live_sheets(skill).get(sub_criterion__code="B2", entry__key="01-07")
    judge = show.user(JUDGES["01"][1])
    outlier = [_event(sheet, Value("B2.J4", 2, "0"))]
    _enter_one(skill, outlier, judge, 2, show.moment(2, 11, 40))
    freeze_board(
        show.skills["03"], by=show.user("organizer"), at=show.moment(2, 11, 45)
    )


def conclude(show: Demonstration) -> PublicNotice:
    """Sign, verify, decode and open the public notice of all three skills."""
    for number, skill in show.skills.items():
        sign(show, number, list(live_sheets(skill)), chief=True)
        end_skill(skill, by=show.user("organizer"), at=show.moment(3, 16))
    appeal(show)
    advance(show, Phase.VERIFICATION, at=show.moment(3, 18))
    for skill in show.skills.values():
        check_by_hand(show, skill)
        verify_results(
            skill,
            note="抽样复核已签名，未发现差错",
            by=show.user("results"),
            at=show.moment(3, 19),
        )
        if skill.draw_levels:
            decode(show, skill)
    notice = open_publicity(
        show.competition,
        skills=list(show.skills.values()),
        working_days=PUBLICITY_DAYS,
        by=show.user("organizer"),
        at=show.moment(4, 9),
    )
    advance(show, Phase.PUBLICITY, at=show.moment(4, 9))
    object_to(show, notice)
    return notice


def appeal(show: Demonstration) -> None:
    """One leader appeals in time; the supervisor rules, the leader accepts."""
    leader, skill = show.user("leader"), show.skills["01"]
    delegation = show.competition.delegations.get(region="510100")
    case = lodge_appeal(
        skill,
        delegation=delegation,
        object_ref=f"competitions.skill:{skill.pk}",
        text="B2 测量时现场照明不足，请求核查测量记录。",
        by=leader,
        at=show.moment(3, 16, 40),
    )
    rule_appeal(
        case,
        is_granted=False,
        clause="竞赛规程第二十一条",
        reason="现场记录载明照度检测合格，测量由三名裁判共同完成，读数一致。",
        secret=PIN,
        by=show.user("supervisor"),
        at=show.moment(3, 17, 10),
    )
    answer_ruling(case, answer="accept", by=leader, at=show.moment(3, 17, 30))


def object_to(show: Demonstration, notice: PublicNotice) -> None:
    """Somebody calls during the public notice and is answered."""
    at, officer = show.moment(5, 10), show.user("organizer")
    facts = ObjectionFacts(
        text="询问第三赛项并列名次如何排定。",
        received_on=at.date(),
        source=ObjectionSource.PHONE,
    )
    row = enter_objection(
        notice, skill=show.skills["03"], facts=facts, by=officer, at=at
    )
    answer = "按评分方案的同分规则排定，已电话答复。"
    answer_objection(row, is_upheld=False, answer=answer, by=officer, at=at)


def check_by_hand(show: Demonstration, skill: Skill) -> None:
    """Draw the sample, find every drawn sheet right, sign."""
    officer, at = show.user("results"), show.moment(3, 18, 30)
    draw = draw_verification(skill, by=officer, at=at)
    for line in worklist_of(draw).lines:
        check_sheet(draw, sheet=line.sheet, finding=Finding(), by=officer, at=at)
    note = "逐项与评分表核对，未发现差错"
    sign_verification(draw, secret=PIN, note=note, by=officer, at=at)


def decode(show: Demonstration, skill: Skill) -> None:
    """Open the one level of codes: its officer asks, the supervisor opens."""
    at = show.moment(3, 20)
    ask_decode(skill, secret=PIN, by=show.user("display"), at=at)
    open_level(skill, secret=PIN, by=show.user("supervisor"), at=at)


def finalise(show: Demonstration, notice: PublicNotice) -> Release:
    """Close the notice once its days have passed and publish the release."""
    at = datetime.combine(notice.ends_on, show.moment(1, 10).timetz()) + timedelta(
        days=1
    )
    close_publicity(notice, by=show.user("organizer"), at=at)
    release = publish_release(
        show.competition,
        skills=list(show.skills.values()),
        by=show.user("organizer"),
        at=at,
    )
    advance(show, Phase.FINAL, at=at)
    return release
