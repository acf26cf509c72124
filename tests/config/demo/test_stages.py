"""The demonstration's stages, built through the command in a fresh database."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.http import HttpRequest
from django.urls import reverse

from awards.models import (
    Certificate,
    Decision,
    Entitlement,
    ExportBatch,
    Filing,
    PoolEntry,
)
from competitions.enums import Phase
from competitions.models import Competition, Entry
from config.demo import accounts, build, judging
from config.demo.schemes import scheme_named
from config.demo.stages import build_stage
from ledger.models import Event
from live.models import Snapshot
from scoring.models import Device, Release, Result, Sheet, SkillState
from scoring.queries import live_sheets
from tests.tampering import without_triggers

ON = "2026-11-20"


def answer(capsys, *words):
    """The JSON a command prints and its exit code."""
    code = 0
    try:
        call_command(*words, "--json")
    except SystemExit as ended:
        code = ended.code
    return json.loads(capsys.readouterr().out), code


@pytest.fixture
def final(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        build_stage("final", date.fromisoformat(ON))


@pytest.mark.django_db
def test_registration_leaves_work_to_do(capsys):
    printed, code = answer(capsys, "demo", "--stage", "registration", "--on", ON)

    states = set(Entry.objects.values_list("state", flat=True))
    names = [row["username"] for row in printed["sign_ins"]]
    assert code == 0
    assert states == {"submitted", "accepted", "returned"}
    assert Competition.objects.get().phase == Phase.ENTRY
    assert names == [
        "organizer", "chief", "judge1", "judge2", "judge3", "judge4", "judge5",
        "reserve", "trainee",
        "supervisor", "results", "leader", "display", "bureau", "approver", "admin",
    ]  # fmt: skip


@pytest.mark.django_db
def test_demonstration_refuses_a_database_that_holds_anything(capsys):
    answer(capsys, "demo", "--stage", "registration", "--on", ON)
    events = Event.objects.count()

    printed, code = answer(capsys, "demo", "--stage", "registration", "--on", ON)

    assert (printed["error"], code) == ("not-empty", 1)
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_marking_stands_at_noon_of_the_second_day():
    build_stage("marking", date.fromisoformat(ON))

    states = Counter(Sheet.objects.values_list("state", flat=True))
    assert states == {
        "open": 91, "complete": 91, "judge-signed": 36, "supervised": 16,
    }  # fmt: skip
    assert list(Sheet.objects.filter(conflicts__gt=0).values_list("entry__key")) == [
        ("01-07",)
    ]
    assert SkillState.objects.exclude(frozen_at=None).get().skill.number == "03"
    assert not Release.objects.exists()


@pytest.mark.django_db
def test_tablets_are_enrolled_and_any_browser_may_still_mark(client):
    show = build_stage("marking", date.fromisoformat(ON))

    named = Device.objects.exclude(name="").order_by("name")
    assert [(row.name, row.enrolled_at is not None) for row in named] == [
        ("备用平板", False), ("平板 01", True), ("平板 02", True), ("平板 03", True),
    ]  # fmt: skip
    assert [row.user for row in named][1:] == [
        show.user(f"judge{number}") for number in (1, 2, 3)
    ]
    client.force_login(show.user("organizer"))
    page = client.get(f"/organize/{show.competition.code}/devices/").content.decode()
    assert "平板 02" in page and "备用平板" in page
    assert client.login(
        request=HttpRequest(), username="judge1", password=accounts.PASSWORD
    )
    sheet = live_sheets(show.skills["01"]).filter(state="open").first()
    opened = client.get(reverse("judge_sheet", args=[sheet.pk]))
    assert opened.status_code == 200


@pytest.mark.django_db
def test_judges_go_on_marking_in_a_demonstration_opened_days_later():
    show = build.found(date.fromisoformat(ON), build.Stage.MARKING)
    build.enrol(show)
    build.prepare(show)
    judging.open_all(show)
    later = replace(show, on=show.on + timedelta(days=9))

    for number, material in judging.MATERIAL.items():
        sub = scheme_named(material).criteria[0].sub_criteria[0]
        sheet = live_sheets(show.skills[number]).first()
        judging.mark_sheet(later, number, sheet, sub)

    marked = Sheet.objects.filter(state="complete")
    numbers = marked.order_by("skill__number").values_list("skill__number", flat=True)
    assert list(numbers) == ["01", "02", "03"]


def test_final_gives_awards_and_certificates(final, capsys):
    release = Release.objects.get(competition__code="scgj-2026")

    kinds = set(Entitlement.objects.values_list("kind", flat=True))
    decided = set(Decision.objects.values_list("state", flat=True))
    awarded = Result.objects.exclude(award="").count()
    assert {"grade", "title", "bonus"} <= kinds
    assert {"entitled", "open", "refused"} <= decided
    assert Certificate.objects.filter(release=release).count() > awarded
    assert Snapshot.objects.count() == 0  # boards are made by the server, not here


def test_final_is_whole_and_tampering_is_found(final, capsys):
    assert answer(capsys, "recompute", "--check")[0]["differences"] == 0
    assert answer(capsys, "verify_ledger")[0]["broken"] == []

    result = Result.objects.filter(place=1).first()
    Result.objects.filter(pk=result.pk).update(points_scaled=result.points_scaled + 1)
    event = Event.objects.filter(type="mark").order_by("pk")[500]
    with without_triggers():
        Event.objects.filter(pk=event.pk).update(
            body=event.body.replace('"seat":', '"seat" :')
        )

    found, code = answer(capsys, "recompute", "--check")
    assert (found["differences"], code) == (1, 1)
    broken, code = answer(capsys, "verify_ledger")
    assert ([row["seq"] for row in broken["broken"]], code) == ([event.seq], 1)


def test_final_leaves_the_desk_in_use_and_its_own_promotions_to_do(final):
    rows = Entitlement.objects.values_list(
        "release__competition__origin", "kind", "state"
    )

    assert Counter(row for row in rows if row[2] != "proposed") == {
        ("own", "bonus", "material-complete"): 3,
        ("own", "pool", "granted"): 2,
        ("own", "pool", "refused"): 1,
        ("own", "title", "publicity"): 1,
        ("external", "grade", "filed"): 1,
    }
    assert Counter(row for row in rows if row[1] == "grade") == {
        ("own", "grade", "proposed"): 12,
        ("external", "grade", "filed"): 1,
    }
    assert list(PoolEntry.objects.values_list("person__name", "basis")) == [
        ("阿呷木果", "entitlement"),
        ("贺兰舟", "hand"),
    ]
    assert [(row.state, row.is_masked) for row in ExportBatch.objects.all()] == [
        ("ready", True)
    ]
    assert list(Filing.objects.order_by("pk").values_list("document", flat=True)) == [
        "川演示人社〔2026〕12号（虚构）",
        "川演示人社〔2026〕13号（虚构）",
    ]


@pytest.mark.django_db
def test_same_seed_and_day_give_the_same_competition():
    build_stage("marking", date.fromisoformat(ON))

    rows = Result.objects.filter(skill__number="01").order_by("place", "entry__key")
    assert list(rows.values_list("entry__key", "points_scaled"))[:3] == LEADERS


# What the first three of the first skill have at noon of the second day.
LEADERS = [("01-02", 48_590_000), ("01-01", 48_280_000), ("01-03", 46_530_000)]
