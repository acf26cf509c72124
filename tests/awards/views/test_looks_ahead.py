"""Simulator, calculator and indicators as a bureau and an organizer open them."""

import io
import json
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client

from awards.models import Decision, Entitlement, IndicatorFigure
from jobs.models import Job
from ledger.models import Event
from people.enums import OrganizationRole
from people.models import GradeHeld, TitleHeld
from tests.awards import desk

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DRAFT = "xinjiang-2025-measures"
SHANDONG = (
    "tier=provincial&class=class-2&kind=industry&region=370000&on=2022-09-01&track=none"
)


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def page(officer):
    return signed_in(officer)


def signed_in(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def final(people=3, first=0, **changes):
    """A final of one skill in Sichuan; the first wins gold."""
    competition = desk.make_competition(**changes)
    skill = desk.make_skill(competition)
    rows = []
    for place in range(1, people + 1):
        person = desk.make_person(f"选手{place:02d}", first + place)
        entry = desk.make_entry(skill, [person], f"K{place}")
        award = {1: "金牌", 2: "银牌", 3: "铜牌"}.get(place, "无奖")
        rows.append((entry, place, award))
    return desk.publish(skill, rows, by="system:demo")


def address(release, *, kind="", more="", after=DRAFT):
    return (
        f"/bureau/simulator{kind or '/'}?a=in-force&b={after}&r={release.number}{more}"
    )


def test_a_draft_of_elsewhere_gives_nothing_until_it_is_assumed_here(page):
    release = final()

    there = page.get(address(release, kind=".json")).json()
    here = page.get(address(release, kind=".json", more="&anywhere=1")).json()

    assert there["cases"] == here["cases"] == 3
    assert [row["kind"] for row in there["kinds"]] == []
    gained = [
        (row["person"], row["gained"][0]["value"])
        for row in here["rows"]
        if row["gained"]
    ]
    assert gained == [("选***", "副高级职称")]
    assert [row for row in here["kinds"] if row["kind"] == "title-application"] == [
        {
            "kind": "title-application",
            "before": {"given": 0, "amount": "0", "open": 0},
            "after": {"given": 1, "amount": "0", "open": 0},
        }
    ]
    assert "哪些奖项算“获奖”" in {
        row["question"].split(" ", 1)[1] for row in here["missing"]
    }


def test_simulating_stores_nothing_and_grants_nothing(page):
    release = final()
    before = (
        Decision.objects.count(),
        Entitlement.objects.count(),
        Event.objects.count(),
    )

    shown = page.get(address(release, more="&anywhere=1"))

    assert shown.status_code == 200
    assert "副高级职称" in shown.content.decode()
    after = (
        Decision.objects.count(),
        Entitlement.objects.count(),
        Event.objects.count(),
    )
    assert after == before


def test_the_workbook_has_sums_rows_and_missing_facts(page):
    release = final()

    answer = page.get(address(release, kind=".xlsx", more="&anywhere=1"))

    read = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert read.sheetnames == ["封面", "合计", "逐人", "缺少的事实"]
    assert [cell.value for cell in read["逐人"][2]][2] == "选***"


def test_another_provinces_release_cannot_be_chosen(page):
    release = final(region="650000", code="xj-2026")

    other = signed_in(
        desk.make_officer(
            desk.make_bureau("440000", "广东省人力资源和社会保障厅"), "li"
        )
    )
    answer = other.get(address(release, kind=".json")).json()

    assert (answer["cases"], answer["rows"]) == (0, [])


def test_queries_do_not_grow_with_the_people(page, django_assert_max_num_queries):
    few = final(2)
    many = final(9, first=50, code="scgj-2027", owner=few.competition.owner)
    url = address(few, more="&anywhere=1")
    page.get(url)
    with django_assert_max_num_queries(60) as counted:
        page.get(url)
        allowed = len(counted)
    with django_assert_max_num_queries(allowed):
        page.get(address(many, more="&anywhere=1"))


def test_a_large_choice_runs_as_a_job(
    page, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("awards.views.simulator.LARGE", 1)
    release = final()

    shown = page.get(address(release, more="&anywhere=1")).content.decode()
    assert "在后台模拟" in shown
    assert page.get(address(release, kind=".json")).status_code == 302
    with django_capture_on_commit_callbacks(execute=True):
        page.post(address(release, kind="/job/", more="&anywhere=1"))

    job = Job.objects.get()
    assert (job.kind, job.total) == ("政策模拟", 1)


def test_the_command_compares_drafts_with_what_is_in_force(capsys):
    release = final()

    call_command(
        "simulate",
        "--documents",
        f"{DRAFT},guangdong-undated-draft-opinion",
        "--releases",
        release.number,
        "--anywhere",
        "--json",
    )

    answer = json.loads(capsys.readouterr().out)
    assert answer["before"] == ["in-force"]
    assert (answer["cases"], answer["gaining"]) == (3, 1)


def test_28_competitors_need_30(page):
    shown = page.get(
        f"/bureau/calculator/?{SHANDONG}&skill=焊工&group=worker&size=1&entries=28"
    ).content.decode()

    assert "至少 30 个参赛，还差 2 个" in shown
    assert "这项管理办法是否为山东省的规定" in shown
    assert "SD-3" in shown


def test_an_organizer_calculates_too_and_strangers_do_not():
    organizer = desk.make_user(
        "zuwei",
        desk.make_competition().owner,
        OrganizationRole.ORGANIZER,
    )

    assert signed_in(organizer).get("/bureau/calculator/").status_code == 200
    assert signed_in(organizer).get("/bureau/simulator/").status_code in (403, 404)
    assert Client().get("/bureau/calculator/").status_code == 302


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("skill=焊工&group=worker&size=1&entries=", "请填实际参赛数"),
        ("skill=焊工&group=worker&size=99&entries=5", "每队至多 20 人"),
        ("skill=焊工&group=worker&size=1&entries=9999", "请分几次算"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(page, line, problem):
    shown = page.get(f"/bureau/calculator/?{SHANDONG}&{line}").content.decode()

    assert problem in shown


def test_the_calculator_answers_as_json(page):
    answer = page.get(
        f"/bureau/calculator.json?{SHANDONG}&skill=焊工&group=worker&size=1&entries=45"
    ).json()

    grants = answer["contests"][0]["documents"][0]["grants"]
    assert [(g["rule"], g["state"], g["people"], g["amount"]) for g in grants] == [
        ("SD-3", "given", 1, ""),
        ("SD-3", "given", 1, "2000"),
    ]


def figure(name="技能人才", year=2025, value=30, document="统计公报"):
    return {"name": name, "year": year, "value": value, "document": document}


def test_a_figure_is_entered_once_a_year_and_leaves_a_trace(page):
    page.post("/bureau/indicators/", figure(value=29))
    page.post("/bureau/indicators/", figure(value=30))
    page.post("/bureau/indicators/", figure("就业人员", value=100))

    rows = IndicatorFigure.objects.order_by("pk").values_list("name", "value")
    assert list(rows) == [("技能人才", 29), ("技能人才", 30), ("就业人员", 100)]
    assert IndicatorFigure.objects.filter(withdrawn_at__isnull=True).count() == 2
    assert Event.objects.filter(type="figure-entered").count() == 3
    targets = page.get("/bureau/indicators.json").json()["targets"]
    (line,) = [row for row in targets if row["id"] == "SC-T-skilled"]
    assert (line["is_met"], line["missing"]) == (True, [])
    assert line["years"] == [
        {"year": 2025, "numerator": 30, "denominator": 100, "reached": "3/10"}
    ]


@pytest.mark.parametrize(
    "wrong", [figure("从业人员"), figure(document=""), figure(value=-1)]
)
def test_a_figure_nobody_asks_for_or_without_paper_is_refused(page, wrong):
    assert page.post("/bureau/indicators/", wrong).status_code == 422
    assert not IndicatorFigure.objects.exists()


def test_shanxi_keeps_its_two_denominators_apart():
    page = signed_in(
        desk.make_officer(desk.make_bureau("140000", "山西省人力资源和社会保障厅"))
    )

    shown = page.get("/bureau/indicators/").content.decode()

    assert "两个口径分开算" in shown
    assert "1/3" in shown


def test_registers_are_counted_beside_and_never_put_into_a_share(page):
    person = desk.make_person("选手01", 1)
    GradeHeld.objects.create(
        person=person,
        occupation_code="6-18-02-04",
        grade=3,
        recorded_by="system:demo",
        recorded_at=desk.AT,
    )
    TitleHeld.objects.create(
        person=person,
        title="四川省技术能手",
        awarded_on=date(2024, 5, 1),
        recorded_by="system:demo",
        recorded_at=desk.AT,
    )

    answer = page.get("/bureau/indicators.json").json()

    lines = {row["id"]: row for row in answer["targets"]}
    assert set(lines["SC-T-high"]["registers"].values()) == {1}
    assert (lines["SC-T-high"]["is_met"], lines["SC-T-high"]["years"]) == (None, [])
    assert lines["SC-T-experts"]["registers"]["2024"] == 1
    titles = {row["title"]: row for row in answer["titles"]}
    assert titles["四川省技术能手"]["left"] == 249
    assert titles["四川技能大师"]["left"] == 100


def test_queries_of_indicators_do_not_grow(page, django_assert_max_num_queries):
    page.get("/bureau/indicators/")
    with django_assert_max_num_queries(40) as counted:
        page.get("/bureau/indicators/")
        allowed = len(counted)
    for n in range(6):
        page.post("/bureau/indicators/", figure(year=2018 + n))
    page.get("/bureau/indicators/")
    with django_assert_max_num_queries(allowed):
        page.get("/bureau/indicators/")
