"""Every other list of a small final, cell by cell as it was written down."""

import pytest

from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import EntitlementStep
from competitions.enums import Group
from competitions.models import EntryCoach
from people.enums import EmploymentKind, OrganizationKind
from tests.awards import desk, golden
from tests.awards.exporting.test_golden import exported
from tests.awards.listings import lists

pytestmark = pytest.mark.django_db

PERSONS = {
    "title-applications": (OutcomeKind.TITLE_APPLICATION, "正高级职称", "直接申报认定"),
    "priority-applications": (OutcomeKind.PRIORITY_APPLICATION, "特级技师", "优先申报"),
    "pool-entries": (OutcomeKind.POOL, "省高技能人才库", "推荐"),
    "squad-list": (OutcomeKind.SQUAD, "自治区集训队", "入选"),
    "honour-recommendations": (OutcomeKind.LABOUR_MEDAL, "五一劳动奖章", "授予"),
    "technical-certificates": (OutcomeKind.CERTIFICATE, "专业技术等级证书", "发放"),
    "coach-rewards": (OutcomeKind.COACH, "优秀教练", "授予"),
}


def scene(region="510000"):
    """A bureau, its officer, and a final of three with a coach each."""
    bureau = desk.make_bureau(region, "人力资源和社会保障厅")
    officer = desk.make_officer(bureau)
    city = region[:2] + "0100"
    people = [
        desk.make_person(name, n, region=city, unit="蜀山重型机械有限公司")
        for n, name in enumerate(("周𠮷安", "=吴HYPERLINK(1)", "陈三"), 1)
    ]
    desk.make_grade(people[0], 4, "S000051000001262000217")
    competition = desk.make_competition(region=region)
    release, skill, entries = final_with_coaches(people, competition, city)
    return bureau, officer, release, skill, list(zip(people, entries, strict=True))


def final_with_coaches(people, competition, region):
    skill = desk.make_skill(competition)
    entries = [desk.make_entry(skill, [p], f"{n:02d}") for n, p in enumerate(people, 1)]
    for n, entry in enumerate(entries, 1):
        coach = desk.make_person(f"教练{n}", 30 + n, region=region)
        EntryCoach.objects.create(entry=entry, person=coach, position=1)
    medals = ("金牌", "银牌", "铜牌")
    results = [(entry, n + 1, medals[n]) for n, entry in enumerate(entries)]
    return desk.publish(skill, results, by="system:demo"), skill, entries


def entitle(release, skill, line, **decided):
    for person, entry in line:
        decision = desk.make_decision(release, skill, entry, person, **decided)
        desk.make_entitlement(decision, authority=decision.detail.get("authority", ""))


@pytest.mark.parametrize("name", sorted(PERSONS))
def test_list_of_people(name):
    kind, value, mode = PERSONS[name]
    bureau, officer, release, skill, line = scene()
    entitle(
        release,
        skill,
        line,
        kind=kind,
        value=value,
        detail={"mode": mode, "authority": "主管单位", "seen": "report"},
    )

    golden.compare(name, exported(name, bureau, officer, release))


def test_bonus_payments():
    bureau = desk.make_bureau()
    officer = desk.make_officer(bureau)
    release, _teams = lists.team_final(
        [3, 2], "1000", [["333.34", "333.33", "333.33"], ["333.34", "333.33"]]
    )

    golden.compare(
        "bonus-payments", exported("bonus-payments", bureau, officer, release)
    )


def test_unit_rewards():
    bureau, officer, release, skill, line = scene()
    unit = desk.make_organization("蓉城技师学院", "510100", OrganizationKind.SCHOOL)
    person, entry = line[0]
    decision = desk.make_decision(
        release, skill, entry, person, kind=OutcomeKind.UNIT, value="突出贡献单位"
    )
    type(decision).objects.filter(pk=decision.pk).update(person=None, unit=unit)
    decision.refresh_from_db()
    desk.make_entitlement(decision, person=None, unit=unit, authority="大赛组委会")

    golden.compare("unit-rewards", exported("unit-rewards", bureau, officer, release))


def test_employer_follow_up():
    bureau, officer, release, skill, line = scene("140000")
    entitle(release, skill, line)
    first = line[0][0].entitlements.get()
    first.state = EntitlementState.GRANTED
    first.save()
    EntitlementStep.objects.create(
        entitlement=first,
        before=EntitlementState.FILED,
        after=EntitlementState.GRANTED,
        document="人社函〔2026〕8 号",
        at=desk.AT,
    )

    content = exported("employer-follow-up", bureau, officer, release)

    golden.compare("employer-follow-up", content)


def test_further_study():
    bureau, officer, release, skill, line = scene("140000")
    entitle(release, skill, line)
    type(skill).objects.filter(pk=skill.pk).update(group=Group.STUDENT)
    for person, _entry in line:
        person.employment_kind = EmploymentKind.STUDENT
        person.save()

    golden.compare("further-study", exported("further-study", bureau, officer, release))


@pytest.mark.parametrize("masked", [False, True])
def test_benefit_checklist(masked):
    bureau, officer, release, skill, line = scene()
    entitle(release, skill, line)
    for person, entry in line[:1]:
        desk.make_decision(
            release,
            skill,
            entry,
            person,
            kind=OutcomeKind.TITLE_APPLICATION,
            value="高级职称（破格申报评审）",
            state=DecisionState.OPEN,
            missing=["gap:SC-6-procedure"],
            rule="SC-6",
        )

    content = exported("benefit-checklist", bureau, officer, release, is_masked=masked)

    golden.compare(f"benefit-checklist{'-masked' * masked}", content)
