"""A person before the bureau: across tiers and years, conflicts, doubles, who looked."""

from datetime import date

import pytest

from awards.enums import DecisionState, OutcomeKind
from awards.models import DistinctPair, PersonLook
from competitions.enums import Tier
from ledger.models import Event
from people.actions import record_sanction, record_title
from people.models import Person
from people.names import search_key, sort_key
from tests.awards import desk
from tests.awards.views.test_desk import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def page(officer):
    return signed_in(officer)


@pytest.fixture
def approver(bureau):
    return desk.make_officer(bureau, "zhao", approves=True)


def decided(person, code="scgj-2026", **changes):
    """A decision about a person in an event of its own."""
    event = {
        key: changes.pop(key)
        for key in ("name", "tier", "starts_on", "ends_on")
        if key in changes
    }
    owner = desk.make_organization(
        f"{code}组委会", "510000", desk.OrganizationKind.ORGANIZER
    )
    competition = desk.make_competition(code=code, owner=owner, **event)
    skill = desk.make_skill(competition)
    entry = desk.make_entry(skill, [person], "01")
    release = desk.publish(skill, [(entry, 1, "金牌")], by="system:test")
    decision = desk.make_decision(release, skill, entry, person, **changes)
    if decision.state == DecisionState.ENTITLED:
        desk.make_entitlement(decision)
    return decision


def twin(name="甲", key="file:1", **changes):
    """A provisional person of a published table."""
    return Person.objects.create(
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        provisional_key=key,
        home_region="510100",
        registered_at=desk.AT,
        **changes,
    )


def shown(page, person):
    return text(page.get(f"/bureau/people/{person.pk}/"))


def test_decisions_are_grouped_by_year_and_event_with_their_tier(page):
    person = desk.make_person("甲", 1)
    decided(person, value="技师", name="省赛")
    decided(
        person,
        "city-2025",
        name="市赛",
        tier=Tier.MUNICIPAL,
        starts_on=date(2025, 5, 1),
        ends_on=date(2025, 5, 3),
        value="高级工",
    )

    found = shown(page, person)

    order = [found.index(word) for word in ("2026 年", "省赛", "2025 年", "市赛")]
    assert order == sorted(order)
    assert "市级</span>" in found
    assert "最高的晋升" in found
    assert "低于最高的晋升" in found


def test_two_promotions_of_a_year_and_a_title_held_are_conflicts(page, officer):
    person = desk.make_person("甲", 1)
    decided(person, "a", value="技师")
    decided(person, "b", value="高级技师", rule="sc-2")
    decided(person, "c", kind=OutcomeKind.TITLE, value="全国技术能手", rule="sc-3")
    record_title(
        person,
        title="全国技术能手",
        issuer="人社部",
        awarded_on=date(2020, 1, 1),
        route="competition",
        origin_region="510000",
        evidence="证书",
        by=officer,
        at=desk.AT,
    )

    found = shown(page, person)

    assert "重复或冲突<small>3 处" in found
    assert "同一年有两项晋升" in found
    assert "已持有该称号（人社部）" in found


def test_what_gave_way_says_why_in_the_words_stored(page):
    person = desk.make_person("甲", 1)
    note = {
        "template": "就高不重复：已由 {rulebook} {rule} 晋升{value}。",
        "values": {"rulebook": "某办法", "rule": "R-1", "value": "技师"},
    }
    decided(
        person, state=DecisionState.REFUSED, detail={"position": 0, "notes": [note]}
    )

    found = shown(page, person)

    assert "判定为不给予的，1 项" in found
    assert "就高不重复：已由 某办法 R-1 晋升技师。" in found


def test_a_sanction_in_force_stands_above_with_what_it_concerns(page, officer):
    person = desk.make_person("甲", 1)
    decided(person)
    record_sanction(
        person,
        scope="弄虚作假",
        reason="冒名顶替",
        document="川人社罚〔2026〕1 号",
        starts_on=date(2020, 1, 1),
        by=officer,
        at=desk.AT,
    )

    found = shown(page, person)

    assert "诚信限制中：弄虚作假" in found
    assert "川人社罚〔2026〕1 号" in found
    assert "晋升高级技师</a>（拟定）" in found


def test_a_sanction_of_the_unit_is_said_and_one_that_ended_is_not(page, officer):
    person = desk.make_person("甲", 1, unit="蜀山机械")
    decided(person)
    for unit, ends in ((person.organization, None), (person, date(2021, 1, 1))):
        record_sanction(
            unit,
            scope="停赛",
            reason="违纪",
            starts_on=date(2020, 1, 1),
            ends_on=ends,
            by=officer,
            at=desk.AT,
        )

    found = shown(page, person)

    assert "单位诚信限制中：蜀山机械，停赛" in found
    assert "诚信限制中：停赛" not in found.replace("单位诚信限制中：蜀山机械", "")


def test_files_that_look_alike_are_shown_and_others_are_not(page):
    person = desk.make_person("张龙", 1)
    decided(person)
    for n, other in enumerate((twin("张龍"), twin("张虎", "file:2"))):
        decided(other, f"x{n}", rule=f"x-{n}")

    found = shown(page, person)

    assert "可能是同一个人的档案<small>1 份" in found
    assert "姓名相同，其中一份来自公布的成绩表" in found


def test_namesakes_born_on_other_days_and_other_bureaus_files_are_not_alike(page):
    person = desk.make_person("甲", 1)
    decided(person)
    namesake = desk.make_person("甲", 2)
    namesake.birth_on = date(1980, 1, 1)
    namesake.save()
    decided(namesake, "b")
    foreign = twin()
    decided(foreign, "c", region="440100")

    assert "可能是同一个人" not in shown(page, person)
    assert page.get(f"/bureau/people/{foreign.pk}/").status_code == 404
    pair = f"/bureau/people/{person.pk}/same/{foreign.pk}/"
    assert page.get(pair).status_code == 404


def test_an_approver_merges_two_files_by_typing_the_name(page, approver):
    person, double = desk.make_person("甲", 1), twin()
    decided(person)
    decided(double, "b")
    pair = f"/bureau/people/{double.pk}/same/{person.pk}/"
    approving = signed_in(approver)
    assert "由审批人办理" in text(page.get(pair))
    assert page.post(f"{pair}merge/", {"typed": "甲"}).status_code == 403

    approving.post(f"{pair}merge/", {"typed": "乙"})
    double.refresh_from_db()
    assert double.survivor is None
    done = approving.post(f"{pair}merge/", {"typed": "甲"})

    double.refresh_from_db()
    assert double.survivor == person
    assert done.url == f"/bureau/people/{person.pk}/"
    assert page.get(f"/bureau/people/{double.pk}/").url == done.url
    assert Event.objects.filter(type="files-merged").count() == 1


def test_two_people_are_said_to_be_two_and_that_is_taken_back(page, approver):
    person, double = desk.make_person("甲", 1), twin()
    decided(person)
    decided(double, "b")
    pair = f"/bureau/people/{person.pk}/same/{double.pk}/"

    page.post(f"{pair}distinct/", {"reason": "单位出具的证明"})

    assert "已登记：不是同一人" in shown(page, person)
    signed_in(approver).post(f"{pair}merge/", {"typed": "甲"})
    double.refresh_from_db()
    assert double.survivor is None

    page.post(f"{pair}distinct/", {"act": "withdraw"})

    assert DistinctPair.objects.get().withdrawn_at is not None
    assert "已登记：不是同一人" not in shown(page, person)


def test_who_looked_is_kept_once_a_day_and_shown_to_the_approver_alone(page, approver):
    person = desk.make_person("甲", 1)
    decided(person)
    for _time in range(3):
        found = shown(page, person)
    assert "谁看过这个人" not in found

    seen = shown(signed_in(approver), person)

    assert "谁看过这个人" in seen
    assert "账号wang</th><td>人员页" in seen
    assert PersonLook.objects.count() == 2
    events = Event.objects.filter(type="person-looked-at")
    assert [event.body for event in events] == [
        f'{{"person":"person:{person.pk}","place":"person"}}'
    ] * 2


def test_the_page_costs_the_same_for_one_event_and_three(
    page, django_assert_max_num_queries
):
    person = desk.make_person("甲", 1)
    decided(person, "a")
    decided(twin(key="file:first"), "first")
    shown(page, person)
    with django_assert_max_num_queries(80) as one:
        shown(page, person)
    for n in range(3):
        decided(person, f"b{n}", rule=f"sc-{n + 2}", value="技师")
        decided(twin(key=f"file:{n}"), f"c{n}")

    with django_assert_max_num_queries(80) as many:
        shown(page, person)

    assert len(one) == len(many)
