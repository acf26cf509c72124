"""The work list and the explanation page: what a bureau sees, and what it never sees."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client

from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.explained import page_of
from awards.explained_pdf import notes_of
from awards.models import FactFilling
from awards.wording import missing_labels
from people.enums import OrganizationKind
from tests.awards import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def page(bureau):
    client = Client()
    client.force_login(desk.make_officer(bureau), backend=BACKEND)
    return client


TODAY = date(2026, 11, 20)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def winners(count: int = 1, **changes):
    people = [
        desk.make_person(f"选手{n:03d}", n, unit="蜀山重型机械有限公司")
        for n in range(1, count + 1)
    ]
    release, skill, entries = desk.make_final(people)
    rows = []
    for person, entry in zip(people, entries, strict=True):
        decision = desk.make_decision(release, skill, entry, person, **changes)
        rows.append(desk.make_entitlement(decision))
    return rows


def test_list_shows_name_unit_result_step_and_group(page):
    winners()

    shown = page.get("/bureau/").content.decode()

    for words in (
        "待办：技能等级晋升",
        "选手001",
        "蜀山重型机械有限公司",
        "第 2 名，银牌",
        "技师 → <b>高级技师</b>",
        "晋升高级技师<span>1 人</span>",
        "拟定",
    ):
        assert words in shown
    assert desk.number_for(1) not in shown
    assert f"证件尾号 {desk.number_for(1)[-4:]}" in shown


def test_list_takes_the_same_queries_for_one_row_and_three(
    page, django_assert_max_num_queries
):
    rows = winners(3)
    people = [row.person for row in rows]
    with django_assert_max_num_queries(60) as three:
        page.get("/bureau/")
    for person in people[1:]:
        person.decisions.update(is_current=False)

    with django_assert_max_num_queries(60) as one:
        page.get("/bureau/")

    assert len(one) == len(three)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=xuanshou001", ["选手001"]),
        ("q=xs0", ["选手001", "选手002", "选手003"]),
        ("q=选手003", ["选手003"]),
        ("q=蜀山", ["选手001", "选手002", "选手003"]),
        ("q=没有的人", []),
        ("state=filed", []),
        ("state=proposed", ["选手001", "选手002", "选手003"]),
        ("kind=title", []),
        ("competition=scgj-2026", ["选手001", "选手002", "选手003"]),
        ("competition=other", []),
        ("region=510100", ["选手001", "选手002", "选手003"]),
        ("region=510600", []),
        ("kind=nonsense&q=xuanshou001", ["选手001"]),
    ],
)
def test_filters_stand_in_the_address(page, query, found):
    winners(3)

    shown = page.get(f"/bureau/?{query}").content.decode()

    names = [f"选手00{n}" for n in (1, 2, 3)]
    assert [name for name in names if f"<b>{name}</b>" in shown] == found


def test_open_facts_and_overdue_lines_stand_out(page):
    (row,) = winners()
    row.due_on = date(2020, 1, 1)
    row.save()
    skill = row.decision.skill
    entry = skill.entries.first()
    desk.make_decision(
        row.release,
        skill,
        entry,
        row.person,
        value="晋升技师；已持技师的晋升一级",
        state=DecisionState.OPEN,
        missing=["grade_held"],
        rule="other",
    )

    shown = page.get("/bureau/").content.decode()

    assert "缺：现持职业技能等级" in shown
    assert "逾期" in shown


def test_other_provinces_bureau_sees_and_reaches_nothing(page):
    (row,) = winners()
    foreign = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    other = Client()
    other.force_login(desk.make_officer(foreign, "he"), backend=BACKEND)

    shown = other.get("/bureau/").content.decode()

    assert "选手001" not in shown
    for address in (
        f"/bureau/decisions/{row.decision_id}/",
        f"/bureau/decisions/{row.decision_id}.json",
        f"/bureau/people/{row.person_id}/",
        f"/bureau/certificates/releases/{row.release.number}/",
    ):
        assert page.get(address).status_code == 200
        assert other.get(address).status_code == 404
    moved = other.post(
        f"/bureau/entitlements/{row.pk}/", {"to": "material-complete", "reason": ""}
    )
    assert moved.status_code == 404


def test_people_without_the_role_are_refused(page):
    winners()
    owner = desk.make_organization("组委会", "510000", OrganizationKind.ORGANIZER)
    organizer = desk.make_user("lin", owner, "organizer")
    other = Client()
    other.force_login(organizer, backend=BACKEND)

    assert other.get("/bureau/").status_code == 403
    assert Client().get("/bureau/").status_code == 302


def test_explanation_shows_clause_conditions_and_steps(page):
    (row,) = winners()

    shown = page.get(f"/bureau/decisions/{row.decision_id}/").content.decode()

    for words in (
        "为什么选手001拟晋升高级技师",
        "获奖选手晋升职业技能等级",
        "前 3 名",
        "名次 第 2 名",
        "平台不授予，只呈报",
        "材料已齐",
        row.release.number,
    ):
        assert words in shown


def test_explanation_lists_what_was_refused_with_its_first_obstacle(page):
    (row,) = winners()
    condition = {
        "name": "奖项",
        "asked": {"template": "{asked}及以上", "values": {"asked": "金牌"}},
        "found": "奖项 银牌",
        "source": "成绩版本",
        "verdict": "no",
        "missing": [],
    }
    desk.make_decision(
        row.release,
        row.decision.skill,
        row.decision.skill.entries.first(),
        row.person,
        kind=OutcomeKind.TITLE,
        value="四川省技术能手",
        state=DecisionState.REFUSED,
        rule="sc-2",
        conditions=[condition],
    )

    shown = page.get(f"/bureau/decisions/{row.decision_id}/").content.decode()

    assert "判定为不给予的，1 项" in shown
    assert "奖项：金牌及以上" in shown


def test_json_gives_the_same_conditions(page):
    (row,) = winners()

    answer = page.get(f"/bureau/decisions/{row.decision_id}.json").json()

    assert answer["decision"] == "entitled"
    assert answer["value"] == "高级技师"
    assert answer["person"] == f"person:{row.person_id}"
    assert answer["conditions"] == [
        {
            "name": "名次",
            "asked": "前 3 名",
            "found": "名次 第 2 名",
            "source": "成绩版本",
            "verdict": "yes",
        }
    ]


def test_page_of_a_document_shows_what_it_sets_besides_rules(page):
    shown = page.get("/bureau/documents/shanxi-2023-provincial/").content.decode()

    for words in ("其他规定，6 条", "名次顺延", "一等奖：第 1 至 3 名", "SX-5"):
        assert words in shown


STATES = {
    DecisionState.ENTITLED: [],
    DecisionState.OPEN: ["grade_held"],
    DecisionState.REFUSED: [],
    DecisionState.PREVIEW: [],
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_explained_as_page_json_and_pdf(page, state):
    (row,) = winners(state=state, missing=STATES[state])
    address = f"/bureau/decisions/{row.decision_id}"

    shown = page.get(f"{address}/").content.decode()
    answer = page.get(f"{address}.json").json()
    printed = page.get(f"{address}.pdf")

    assert "前 3 名" in shown
    assert f"{address}.pdf" in shown
    assert (answer["decision"], answer["missing"]) == (state.value, STATES[state])
    assert answer["document"]["title"]
    assert answer["gaps"] == []
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF-")


def test_pdf_says_document_conditions_what_is_missing_and_the_notes():
    note = {"template": "须{approval}。", "values": {"approval": "经核准"}}
    (row,) = winners(
        state=DecisionState.OPEN,
        missing=["grade_held"],
        detail={"notes": [note], "result": "第 2 名", "authority": "厅"},
    )
    decision = row.decision
    shown = page_of(decision, decision.release.decisions.none(), today=TODAY)
    context = {"page": shown, "decision": decision, "notes": notes_of(decision)}
    context |= {"missing": missing_labels(decision), "at": decision.evaluated_at}

    markup = render_to_string("awards/explain_pdf.html", context)

    for words in ("第五条", "前 3 名", "现持职业技能等级", "须经核准。", "选手001"):
        assert words in markup


def test_pdf_of_a_name_without_a_glyph_is_refused_with_the_character(page):
    (row,) = winners()
    person = row.person
    person.name = "选手\U0002ebf0"
    person.save(update_fields=["name"])

    refused = page.get(f"/bureau/decisions/{row.decision_id}.pdf", follow=True)

    assert "没有字形" in refused.content.decode()


def test_step_is_taken_and_a_step_that_does_not_follow_is_refused(page):
    (row,) = winners()
    address = f"/bureau/entitlements/{row.pk}/"

    page.post(address, {"to": "material-complete", "reason": "报名时已收"})
    row.refresh_from_db()
    assert row.state == EntitlementState.MATERIAL_COMPLETE

    refused = page.post(
        address, {"to": "granted", "reason": "川人社〔2026〕1 号"}, follow=True
    )
    row.refresh_from_db()

    assert row.state == EntitlementState.MATERIAL_COMPLETE
    assert "之后不能直接转为" in refused.content.decode()


def test_fact_left_open_by_the_table_is_stated_on_the_page(page):
    """A published 优胜奖 says place 4 or worse; the paper says which."""
    (row,) = winners()
    skill = row.decision.skill
    person = desk.make_person("优胜者", 50)
    entry = desk.make_entry(skill, [person], "50")
    release = desk.publish(skill, [(entry, None, "优胜奖")], by="system:demo")
    open_one = desk.make_decision(
        release, skill, entry, person, state=DecisionState.OPEN, missing=["rank"]
    )
    address = f"/bureau/decisions/{open_one.pk}/"
    assert "填写：名次" in page.get(address).content.decode()

    nonsense = page.post(f"{address}facts/rank/", {"value": "很好", "evidence": "文件"})
    contradiction = page.post(
        f"{address}facts/rank/", {"value": "1", "evidence": "公布成绩的通报"}
    )
    done = page.post(
        f"{address}facts/rank/", {"value": "5", "evidence": "公布成绩的通报"}
    )

    assert (nonsense.status_code, contradiction.status_code) == (422, 422)
    assert "不能填为" in contradiction.content.decode()
    assert done.status_code == 302
    filling = FactFilling.objects.get()
    assert (filling.fact, filling.value, filling.evidence) == (
        "rank",
        5,
        "公布成绩的通报",
    )
