"""Lists that name others: squads with coaches, coaches with competitors, units."""

from decimal import Decimal

import pytest

from awards.enums import DecisionState, OutcomeKind
from awards.listings.registry import LISTINGS
from competitions.models import EntryCoach
from people.enums import OrganizationKind
from tests.awards import desk
from tests.awards.listings import lists

pytestmark = pytest.mark.django_db
AUTHORITY = {"authority": "大赛组委会", "mode": "授予", "result": "第 1 名，金牌"}


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def coached():
    """A final of one competitor with two coaches."""
    skill = desk.make_skill(desk.make_competition())
    winner = desk.make_person("选手001", 1)
    coaches = [
        desk.make_person(f"教练{n}", 20 + n, unit="成都技师学院") for n in (1, 2)
    ]
    entry = desk.make_entry(skill, [winner], "01")
    for position, coach in enumerate(coaches, start=1):
        EntryCoach.objects.create(entry=entry, person=coach, position=position)
    release = desk.publish(skill, [(entry, 1, "金牌")], by="system:demo")
    return release, skill, entry, winner, coaches


def test_coach_list_says_whom_the_coach_has_led(bureau, coached):
    release, skill, entry, _winner, (lead, _second) = coached
    decision = desk.make_decision(
        release,
        skill,
        entry,
        lead,
        kind=OutcomeKind.COACH,
        value="优秀教练",
        detail=AUTHORITY,
    )
    desk.make_entitlement(decision, authority="大赛组委会")

    (line,) = lists.told("coach-rewards", bureau)

    line.pop("citation")
    assert line == {
        "sheet": "优秀教练",
        "name": "教练1",
        "identity_number": desk.number_for(21),
        "unit": "成都技师学院",
        "phone": "13800000021",
        "competition": "2026 年四川工匠杯职业技能大赛",
        "tier": "省级一类",
        "skill": "焊接",
        "coached": "选手001",
        "place": Decimal(1),
        "award": "金牌",
        "kind": "教练奖励",
        "value": "优秀教练",
        "authority": "大赛组委会",
        "note": "第一指导教练",
    }


def test_bonus_of_a_rule_about_coaches_is_on_the_coach_list_too(bureau, coached):
    release, skill, entry, _winner, (lead, _second) = coached
    decision = desk.make_decision(
        release,
        skill,
        entry,
        lead,
        kind=OutcomeKind.BONUS,
        value="5000 元",
        rulebook="jiangsu-2024-zhuangyuan",
        rule="JS-2-coach",
        detail=lists.bonus("5000", "5000", "each"),
    )
    desk.make_entitlement(decision, authority="组委会")

    (line,) = lists.told("coach-rewards", bureau)
    paid, _total = lists.lines("bonus-payments", bureau)

    assert (line["kind"], line["amount"]) == ("奖金", Decimal(5000))
    assert paid.cells["note"] == "指导教练"


def test_squad_list_names_the_coaches(bureau, coached):
    release, skill, entry, winner, _coaches = coached
    decision = desk.make_decision(
        release, skill, entry, winner, kind=OutcomeKind.SQUAD, value="自治区集训队"
    )
    desk.make_entitlement(decision)

    (line,) = lists.told("squad-list", bureau)

    assert (line["name"], line["coaches"]) == ("选手001", "教练1、教练2")


def test_unit_list_is_about_the_unit_and_counts_nobody(bureau, coached):
    release, skill, entry, winner, _coaches = coached
    unit = desk.make_organization("蓉城技师学院", "510100", OrganizationKind.SCHOOL)
    decision = desk.make_decision(
        release,
        skill,
        entry,
        winner,
        kind=OutcomeKind.UNIT,
        value="突出贡献单位",
        detail=AUTHORITY,
    )
    type(decision).objects.filter(pk=decision.pk).update(person=None, unit=unit)
    decision.refresh_from_db()
    desk.make_entitlement(decision, person=None, unit=unit, authority="大赛组委会")

    (found,) = lists.lines("unit-rewards", bureau)
    (line,) = lists.told("unit-rewards", bureau)

    assert found.person is None
    assert (line["name"], line["nature"], line["region"], line["coached"]) == (
        "蓉城技师学院",
        "院校",
        "四川省成都市(510100)",
        "选手001",
    )


def test_open_decisions_about_coaches_are_counted(bureau, coached):
    release, skill, entry, _winner, coaches = coached
    for coach in coaches:
        desk.make_decision(
            release,
            skill,
            entry,
            coach,
            kind=OutcomeKind.COACH,
            state=DecisionState.OPEN,
        )

    assert LISTINGS["coach-rewards"].left_open(lists.selection(bureau)) == 2
