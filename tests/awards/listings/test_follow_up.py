"""What goes back to employers and people, and what a document merely promises."""

import pytest

from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import GapFilling
from competitions.enums import Group
from people.enums import EmploymentKind
from tests.awards import desk
from tests.awards.listings import lists

pytestmark = pytest.mark.django_db


def shanxi():
    """A bureau whose document asks employers for allowances and promises study."""
    return desk.make_bureau("140000", "山西省人力资源和社会保障厅")


def shanxi_final(**person):
    competition = desk.make_competition(region="140000")
    winner = desk.make_person("选手001", 1, region="140100", unit="晋阳重工")
    for name, value in person.items():
        setattr(winner, name, value)
    winner.save()
    release, skill, (entry,) = desk.make_final([winner], competition)
    decision = desk.make_decision(release, skill, entry, winner, region="140100")
    return winner, skill, desk.make_entitlement(decision, region="140100")


def test_employer_is_told_what_was_granted_and_what_documents_ask():
    bureau = shanxi()
    winner, _skill, entitlement = shanxi_final()
    entitlement.state = EntitlementState.GRANTED
    entitlement.save()

    given, *owed = lists.told("employer-follow-up", bureau)

    assert (given["sheet"], given["kind"], given["value"], given["state"]) == (
        "晋阳重工",
        "技能等级晋升",
        "高级技师",
        "已核准",
    )
    said = [(line["duty"], line["standard"], line["state"]) for line in owed]
    waiting = "待用人单位落实"
    assert said == [
        (
            "学习进修、岗位聘任、职务晋升、工资福利比照相应层级专业技术人员",
            "待定",
            waiting,
        ),
        ("技能津贴、班组长津贴、带徒津贴的项目和标准", "待定", waiting),
        ("获奖选手的岗位安排（聘任）和薪酬待遇", "待定", waiting),
    ]
    assert owed[1]["quote"] == "企业要设立技能津贴、班组长津贴、带徒津贴"
    assert owed[1]["citation"].endswith("》二（五）5")


def test_duties_wait_while_nothing_is_granted_and_grade_is_not_counted():
    bureau = shanxi()
    shanxi_final()

    _given, *owed = lists.told("employer-follow-up", bureau)

    assert {line["state"] for line in owed} == {"待主管部门核准后落实"}
    assert not any("比照" in line["duty"] for line in owed)


def test_chosen_employer_alone_is_listed():
    bureau = shanxi()
    winner, _skill, _entitlement = shanxi_final()

    here = lists.lines(
        "employer-follow-up", bureau, employer=str(winner.organization_id)
    )
    nowhere = lists.lines("employer-follow-up", bureau, employer="0")

    assert here and not nowhere


def test_further_study_is_open_until_an_authority_says_how():
    bureau = shanxi()
    _winner, skill, _entitlement = shanxi_final(employment_kind=EmploymentKind.STUDENT)
    type(skill).objects.filter(pk=skill.pk).update(group=Group.STUDENT)

    (line,) = lists.told("further-study", bureau)
    officer = desk.make_officer(bureau)
    GapFilling.objects.create(
        rulebook="shanxi-2024-skilled-workforce",
        gap="SXP-11-study",
        value="金牌选手免试",
        document="晋教〔2026〕3 号",
        authority=bureau,
        filled_by=officer,
        filled_at=desk.AT,
    )
    (filled,) = lists.told("further-study", bureau)

    assert (line["name"], line["award"], line["method"]) == (
        "选手001",
        "金牌",
        "待定",
    )
    assert line["policy"] == (
        "完善并落实竞赛获奖选手表彰奖励、升学、职业技能等级晋升等政策"
    )
    assert filled["method"] == "金牌选手免试（依据 晋教〔2026〕3 号）"


def test_worker_is_not_on_the_study_list():
    bureau = shanxi()
    shanxi_final()

    assert lists.lines("further-study", bureau) == []


def test_benefits_of_a_person_stand_together_with_the_next_step():
    bureau = desk.make_bureau()
    release, (person,) = lists.final(1)
    skill = release.skills.get().skill
    desk.make_decision(
        release,
        skill,
        skill.entries.first(),
        person,
        kind=OutcomeKind.TITLE,
        value="四川省技术能手",
        state=DecisionState.OPEN,
        missing=["titles"],
        rule="title",
    )

    found = lists.told("benefit-checklist", bureau)

    keys = ("name", "kind", "value", "state", "step")
    assert [tuple(line[key] for key in keys) for line in found] == [
        ("选手001", "技能等级晋升", "高级技师", "拟定", "备齐材料"),
        ("选手001", "称号", "四川省技术能手", "待补", "补齐所缺事实后重新判定"),
    ]
    assert found[1]["missing"] == "已获称号"
    assert found[0]["reference"] == f"R-{person.entitlements.get().pk}"
