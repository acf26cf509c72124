"""The work list: its filters, its search, what can be chosen, views that are kept."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import SavedView
from competitions.enums import Tier
from ledger.models import Event
from people.actions.persons import identity_hash
from tests.awards import desk
from tests.awards.views.test_pages import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def page(bureau):
    return signed_in(desk.make_officer(bureau))


def signed_in(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def text(answer):
    return answer.content.decode()


def names_in(shown, names):
    return [name for name in names if f"<b>{name}</b>" in shown]


def winners(names, competition=None, **changes):
    people = [desk.make_person(name, n) for n, name in enumerate(names, 1)]
    release, skill, entries = desk.make_final(people, competition)
    rows = []
    for person, entry in zip(people, entries, strict=True):
        decision = desk.make_decision(release, skill, entry, person, **changes)
        rows.append(desk.make_entitlement(decision))
    return rows


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("张龙", ["张龍", "张龙"]),
        ("張龍", ["张龍", "张龙"]),
        ("zhanglong", ["张龍", "张龙"]),
        ("Zhang Long", ["张龍", "张龙"]),
        ("zl", ["张龍", "张龙"]),
        ("吕", ["吕绿"]),
        ("lülü", ["吕绿"]),
        ("lǚ lǜ", ["吕绿"]),
        ("zhāng lóng", ["张龍", "张龙"]),
    ],
)
def test_names_are_found_in_any_script(page, typed, found):
    names = ["张龍", "张龙", "吕绿"]
    winners(names)

    shown = text(page.get("/bureau/", {"q": typed}))

    assert names_in(shown, names) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("value=高级技师", ["甲", "乙"]),
        ("value=技师", ["丙"]),
        ("tier=provincial", ["甲", "乙"]),
        ("tier=municipal", ["丙"]),
        ("tier=nonsense", ["甲", "乙", "丙"]),
        ("overdue=1", ["甲"]),
        ("overdue=soon", ["乙"]),
        ("state=overdue", ["甲"]),
        ("state=open", ["丙"]),
        ("missing=grade_held", ["丙"]),
        ("missing=birth_on", []),
        ("state=filed", ["乙"]),
        ("state=changed", ["乙"]),
        ("competition=city-2026", ["丙"]),
        ("value=高级技师&overdue=1&tier=provincial", ["甲"]),
    ],
)
def test_every_filter_stands_in_the_address(page, query, found):
    today = timezone.localdate()
    first, second = winners(["甲", "乙"])
    first.due_on = today - timedelta(days=3)
    second.due_on, second.state = today + timedelta(days=3), EntitlementState.FILED
    second.basis_changed = True
    first.save()
    second.save()
    city = desk.make_competition(
        code="city-2026",
        tier=Tier.MUNICIPAL,
        owner=desk.make_organization(
            "市组委会", "510100", desk.OrganizationKind.ORGANIZER
        ),
    )
    third = desk.make_person("丙", 3)
    release, skill, entries = desk.make_final([third], city)
    desk.make_decision(
        release,
        skill,
        entries[0],
        third,
        value="技师",
        state=DecisionState.OPEN,
        missing=["grade_held"],
    )

    shown = text(page.get(f"/bureau/?{query}"))

    assert names_in(shown, ["甲", "乙", "丙"]) == found


def test_a_changed_basis_stays_on_the_list_as_it_was_asked_for(page):
    (row,) = winners(["甲"], state=DecisionState.REFUSED)
    row.state, row.basis_changed = EntitlementState.FILED, True
    row.save()

    shown = text(page.get("/bureau/"))

    assert names_in(shown, ["甲"]) == ["甲"]
    assert "依据已变化</span>" in shown
    assert "已上报" in shown


def test_what_was_taken_back_is_found_by_its_state_alone(page):
    (row,) = winners(["甲"], state=DecisionState.REFUSED)
    row.state = EntitlementState.REVOKED
    row.save()

    waiting = text(page.get("/bureau/?kind=grade"))
    shown = text(page.get("/bureau/?kind=grade&state=revoked"))

    assert names_in(waiting, ["甲"]) == []
    assert "已撤销<span>1</span>" in waiting
    assert names_in(shown, ["甲"]) == ["甲"]
    assert "技能等级晋升<span>1</span>" in shown


def test_choices_count_the_lines_each_would_show(page):
    rows = winners(["甲", "乙", "丙"])
    rows[0].state = EntitlementState.FILED
    rows[0].save()
    desk.make_decision(
        rows[1].release,
        rows[1].decision.skill,
        rows[1].decision.skill.entries.first(),
        rows[1].person,
        kind=OutcomeKind.TITLE,
        value="四川省技术能手",
        rule="sc-2",
    )

    shown = text(page.get("/bureau/?kind=grade&state=filed"))

    for words in (
        "技能等级晋升<span>1</span>",
        "已上报<span>1</span>",
        "拟定<span>2</span>",
        "省级<span>1</span>",
        "成都市<span>1</span>",
    ):
        assert words in shown


@pytest.mark.parametrize("query", ["", "?kind=all&sort=-due", "?q=xs&overdue=1"])
def test_the_list_costs_the_same_for_one_three_and_thirty(
    page, query, django_assert_max_num_queries
):
    rows = winners([f"选手{n:02d}" for n in range(30)])
    counted = []
    for keep in (30, 3, 1):
        for row in rows[keep:]:
            row.person.decisions.update(is_current=False)
        with django_assert_max_num_queries(60) as queries:
            page.get(f"/bureau/{query}")
        counted.append(len(queries))

    assert counted[0] == counted[1] == counted[2]


def find(page, typed, **values):
    return page.post("/bureau/find/", {"q": typed, **values})


def test_a_document_number_leads_to_the_person_and_stays_out_of_the_address(page):
    (row,) = winners(["甲"])
    number = desk.number_for(7)
    row.person.identity_hash = hash_of(number)
    row.person.save()

    answer = find(page, number, kind="grade")

    assert answer.url == f"/bureau/?kind=all&person={row.person_id}"
    shown = text(page.get(answer.url))
    assert names_in(shown, ["甲"]) == ["甲"]
    assert number not in shown


def hash_of(number):
    return identity_hash("resident-id", number)


def test_another_bureaus_person_is_not_found_by_number(page):
    (row,) = winners(["甲"])
    row.person.identity_hash = hash_of(desk.number_for(7))
    row.person.save()
    foreign = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    other = signed_in(desk.make_officer(foreign, "he"))

    answer = find(other, desk.number_for(7))

    assert answer.url == "/bureau/?kind=all"
    assert "没有找到这个号码的人" in text(other.get(answer.url))


def test_a_name_is_searched_in_the_address_with_the_filters_kept(page):
    answer = find(page, "zl", kind="grade", state="filed")

    assert answer.url == "/bureau/?kind=grade&state=filed&q=zl"


def save(page, name, **values):
    return page.post("/bureau/views/", {"name": name, **values})


def test_a_view_is_kept_with_its_filters_and_opens_by_default(page):
    winners(["甲"])

    save(page, "逾期的", kind="grade", overdue="1", is_default="on", sort="-due")

    view = SavedView.objects.get()
    assert view.query == "kind=grade&overdue=1&sort=-due"
    assert page.get("/bureau/").url == f"/bureau/?{view.query}"
    assert "逾期的" in text(page.get("/bureau/?kind=all"))
    assert Event.objects.filter(type="view-saved").count() == 1


def test_a_name_of_a_view_that_is_too_long_is_called_so(page):
    shown = text(page.post("/bureau/views/", {"name": "长" * 41}, follow=True))

    assert "视图名称最长 40 个字。" in shown
    assert SavedView.objects.count() == 0


def test_one_view_is_the_default_and_it_can_be_given_up(page):
    save(page, "一", kind="grade", is_default="on")
    save(page, "二", kind="title", is_default="on")
    first, second = SavedView.objects.order_by("pk")
    assert (first.is_default, second.is_default) == (False, True)

    page.post(f"/bureau/views/{second.pk}/", {"act": "plain"})

    assert not SavedView.objects.filter(is_default=True).exists()
    page.post(f"/bureau/views/{first.pk}/", {"act": "remove"})
    assert [view.name for view in SavedView.objects.all()] == ["二"]


def test_the_same_name_replaces_the_view(page):
    save(page, "我的", kind="grade")
    save(page, "我的", kind="title")

    assert [view.query for view in SavedView.objects.all()] == ["kind=title"]


def test_a_document_number_is_kept_in_no_view(page):
    answer = page.post(
        "/bureau/views/", {"name": "某人", "q": desk.number_for(7)}, follow=True
    )

    assert not SavedView.objects.exists()
    assert "不能存进视图" in text(answer)


def test_another_users_view_is_not_found(page, bureau):
    save(page, "我的", kind="grade")
    other = signed_in(desk.make_officer(bureau, "li"))
    view = SavedView.objects.get()

    assert other.post(f"/bureau/views/{view.pk}/", {"act": "remove"}).status_code == 404
    assert "我的" not in text(other.get("/bureau/?kind=all"))


def test_an_event_of_several_regions_says_where_the_others_are(page):
    (row,) = winners(["甲"])
    note = "其他地区的人员由当地人社部门办理"
    address = "/bureau/?competition=scgj-2026"
    assert note not in text(page.get(address))

    desk.Delegation.objects.create(
        competition=row.release.competition, name="重庆代表队", region="500000"
    )

    assert note in text(page.get(address))
    assert note not in text(page.get("/bureau/?kind=all"))


def test_the_export_takes_the_filters_along(page):
    winners(["甲"])

    shown = text(page.get("/bureau/?kind=grade&tier=provincial"))

    assert 'href="/bureau/exports/?kind=grade&amp;tier=provincial"' in shown


def test_late_lines_and_groups_say_so(page):
    rows = winners(["甲", "乙"])
    rows[0].due_on = date(2020, 1, 1)
    rows[0].save()

    shown = text(page.get("/bureau/"))

    assert "晋升高级技师<span>2 人，逾期 1 项</span>" in shown
