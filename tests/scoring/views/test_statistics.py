"""Judge statistics on pages, as PDF, by command; names only after a supervisor's word."""

import io
import json
from decimal import Decimal

import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.actions import set_pin, update_person
from scoring.actions.statistics import open_statistics
from scoring.core.scheme import Criterion, Scheme, SubCriterion
from scoring.errors import PinWrong, StatisticsRefused
from scoring.models import StatisticsOpening
from scoring.queries import statistics as queries
from scoring.queries.rebuilding import differences
from scoring.queries.statistics import division, region_digits, statistics_of
from scoring.statistics.cells import Why
from tests.factories import (
    AT,
    make_appointment,
    make_competition,
    make_member,
    make_organization,
    make_person,
    make_user,
)
from tests.scoring.contest import PIN, make_contest
from tests.scoring.core.schemes import judgement, measurement, panel

pytestmark = pytest.mark.django_db

REASON = "评分组申请复查，监督会同意打开"


def judged_scheme():
    first = SubCriterion(
        "A1", "外观", 1, (judgement(), judgement("A1.J2"), measurement("A1.M1", "20"))
    )
    second = SubCriterion("B1", "作品", 2, (panel("B1.P1", "60"),))
    return Scheme(
        "焊接",
        (Criterion("A", "评价", (first,)), Criterion("B", "打分", (second,))),
    )


def contest_of(entries, *, marked=None):
    contest = make_contest(judged_scheme(), entries=entries)
    person = make_person()
    contest.supervisor = make_user(person=person)
    make_appointment(contest.skill, "supervisor", person, by=contest.organizer)
    set_pin(contest.supervisor, pin=PIN, by=contest.organizer, at=AT)
    for entry in range(entries if marked is None else marked):
        mark_entry(contest, entry)
    return contest


def mark_entry(contest, entry):
    """Judge 2 gives one level less throughout, the first aspect excepted."""
    level = entry % 3 + 1
    contest.judged(entry, "A1.J1", str(level), str(level), str(level))
    contest.judged(entry, "A1.J2", str(level), str(level - 1), str(level))
    high, low = str(Decimal(level) * 3), str(Decimal(level) * 3 - 2)
    contest.judged(entry, "B1.P1", high, low, high)
    contest.mark(0, entry, "A1.M1", "1")


@pytest.fixture
def contest():
    return contest_of(4)


def url(name, contest):
    return reverse(name, args=[contest.skill.pk])


def text_of(client, who, name, contest):
    client.force_login(who)
    answer = client.get(url(name, contest))
    assert answer.status_code == 200
    return answer.content.decode()


def test_statistics_count_only_what_judges_gave_and_what_is_settled(contest):
    contest.mark(0, 0, "A1.J1", "3")
    contest.mark(1, 0, "A1.J1", "1")  # now in conflict

    found = statistics_of(contest.skill)

    assert (found.made.settled, found.made.aspects) == (11, 12)
    assert (found.study.marks, found.study.entries, len(found.study.judges)) == (
        33,
        4,
        3,
    )


def test_marks_that_a_colleague_has_not_given_yet_do_not_show():
    contest = contest_of(3, marked=2)
    contest.mark(0, 2, "A1.J1", "0")
    contest.mark(1, 2, "A1.J1", "0")

    found = statistics_of(contest.skill)

    assert (found.made.settled, found.study.entries) == (6, 2)


def test_a_skill_without_marks_says_so_on_every_page(client):
    contest = contest_of(2, marked=0)

    pages = [
        text_of(client, contest.chief, name, contest)
        for name in ("chief_statistics", "organize_statistics")
    ]

    assert ["还没有可以比较的评分" in page for page in pages] == [True, True]


def test_severe_judge_is_said_without_a_name(client, contest):
    page = text_of(client, contest.chief, "chief_statistics", contest)
    letters = statistics_of(contest.skill).made.letters
    severe = letters[contest.judges[1].pk]

    assert f"裁判 {severe} 的打分平均比同组低" in page
    assert [judge.name in page for judge in contest.judges] == [False] * 3


def test_report_shows_no_competitor_and_no_unit(client, contest):
    page = text_of(client, contest.officer, "organize_statistics", contest)

    hidden = [
        word
        for entry in contest.entries
        for word in (
            entry.delegation.name,
            *(member.person.name for member in entry.members.all()),
        )
        if f">{word}" in page
    ]
    assert hidden == []


def test_letters_are_the_same_whatever_is_marked_later(contest):
    before = statistics_of(contest.skill).made.letters
    contest.mark(0, 0, "A1.J1", "2")

    after = statistics_of(contest.skill).made.letters

    assert (sorted(before.values()), after) == (["A", "B", "C"], before)


def test_statistics_are_made_once_for_each_head(contest, monkeypatch):
    made = []
    work = queries.study
    monkeypatch.setattr(
        queries, "study", lambda *a, **k: made.append(1) or work(*a, **k)
    )

    statistics_of(contest.skill)
    statistics_of(contest.skill)
    contest.mark(0, 0, "A1.M1", "0")
    statistics_of(contest.skill)

    assert len(made) == 2


def test_the_number_of_queries_does_not_grow_with_entries(contest):
    counts = []
    for each in (contest, contest_of(9)):
        statistics_of(each.skill)  # schemes are kept once read
        each.mark(0, 0, "A1.M1", "0")
        for _time in range(2):
            with CaptureQueriesContext(connection) as asked:
                statistics_of(each.skill)
            counts.append(len(asked))

    assert counts == [23, 3, 23, 3]


def test_reading_statistics_moves_nothing(contest):
    statistics_of(contest.skill)
    open_statistics(
        contest.skill, reason=REASON, pin=PIN, by=contest.supervisor, at=contest.now()
    )

    assert differences(contest.skill) == []


def test_organizers_wait_for_the_release(client, contest):
    page = text_of(client, contest.organizer, "organize_statistics", contest)
    client.force_login(contest.organizer)
    file = client.get(url("organize_statistics_file", contest))

    assert "成绩发布之后才能看" in page
    assert (file.status_code, "裁判 A" in page) == (302, False)


def test_strangers_and_judges_find_nothing(client, contest):
    stranger = make_member(make_organization(kinds=["organizer"]), "organizer")

    found = []
    for who in (stranger, contest.judges[0]):
        client.force_login(who)
        found += [
            client.get(url(name, contest)).status_code
            for name in (
                "chief_statistics",
                "organize_statistics",
                "organize_statistics_file",
            )
        ]

    assert set(found) <= {403, 404}


def test_report_is_printed_with_what_the_page_says(client, contest):
    client.force_login(contest.officer)

    answer = client.get(url("organize_statistics_file", contest))

    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = "".join(page.extract_text() for page in pages)
    assert answer["Content-Type"] == "application/pdf"
    assert [
        word in text for word in ("裁判统计", "严格与宽松", "一致性", "裁判 A")
    ] == [True] * 4


def test_supervisor_opens_the_names_with_reason_and_pin(client, contest):
    client.force_login(contest.supervisor)

    given = {"reason": REASON, "pin": PIN}
    answer = client.post(url("open_statistics", contest), given, follow=True)

    page = answer.content.decode()
    opening = StatisticsOpening.objects.get()
    assert [judge.name in page for judge in contest.judges] == [True] * 3
    assert (opening.reason, opening.opened_by) == (REASON, contest.supervisor)
    assert REASON in text_of(client, contest.chief, "organize_statistics", contest)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " ", "pin": PIN}, "请写明打开姓名的理由"),
        ({"reason": REASON, "pin": "000000"}, "PIN 不对"),
    ],
)
def test_names_stay_closed_without_reason_or_pin(client, contest, given, said):
    client.force_login(contest.supervisor)

    answer = client.post(url("open_statistics", contest), given)

    assert (answer.status_code, StatisticsOpening.objects.count()) == (400, 0)
    assert said in answer.content.decode()


def test_nobody_but_the_supervisor_opens_names(client, contest):
    codes = []
    for who in (contest.chief, contest.officer, contest.organizer, contest.judges[0]):
        client.force_login(who)
        given = {"reason": REASON, "pin": PIN}
        codes.append(client.post(url("open_statistics", contest), given).status_code)
    with pytest.raises(StatisticsRefused) as refused:
        open_statistics(
            contest.skill, reason=REASON, pin=PIN, by=contest.chief, at=contest.now()
        )

    assert set(codes) <= {403, 404}
    assert (refused.value.code, StatisticsOpening.objects.count()) == (
        "not-supervisor",
        0,
    )


def test_names_are_opened_once(contest):
    def again(pin=PIN):
        open_statistics(
            contest.skill,
            reason=REASON,
            pin=pin,
            by=contest.supervisor,
            at=contest.now(),
        )

    again()
    with pytest.raises(StatisticsRefused) as refused:
        again()
    with pytest.raises(PinWrong):
        again("111222")

    assert (refused.value.code, StatisticsOpening.objects.count()) == ("opened", 1)


def test_far_marks_name_no_judge_until_names_are_open(client):
    contest = contest_of(12)
    contest.mark(2, 3, "B1.P1", "9.9")
    closed = text_of(client, contest.chief, "organize_statistics", contest)
    open_statistics(
        contest.skill, reason=REASON, pin=PIN, by=contest.supervisor, at=contest.now()
    )

    opened = text_of(client, contest.chief, "organize_statistics", contest)

    assert [contest.judges[2].name in page for page in (closed, opened)] == [
        False,
        True,
    ]


def test_judges_of_the_competitors_division_are_compared(client):
    contest = contest_of(12)
    home = make_organization(region="510700")
    person = contest.judges[0].person
    update_person(person, organization=home, by=contest.organizer, at=contest.now())
    for entry in contest.entries[:2]:
        entry.delegation.region = "510703"
        entry.delegation.save()

    found = statistics_of(contest.skill).study

    effects = {each.judge: each.effects["region"] for each in found.judges}
    mine = effects.pop(contest.judges[0].pk)
    assert (mine.own, mine.others) == (2, 10)
    assert set(effects.values()) == {Why.NO_OWN}


@pytest.mark.parametrize(
    ("region", "digits"),
    [("", 2), ("000000", 2), ("510000", 4), ("510100", 6), ("500000", 6)],
)
def test_own_region_is_one_step_below_the_competitions(region, digits):
    competition = make_competition()
    competition.region = region

    assert region_digits(competition) == digits


def test_what_lies_above_all_divisions_is_nobodys_region():
    found = [division(code, 4) for code in ("510104", "510000", "51", "")]

    assert found == ["5101", "", "", ""]


def test_command_says_the_statistics_of_a_skill_by_letters(contest, capsys):
    call_command("judges", str(contest.skill.pk), "--json")

    answer = json.loads(capsys.readouterr().out)
    assert [row["judge"] for row in answer["judges"]] == ["A", "B", "C"]
    assert [judge.name in str(answer) for judge in contest.judges] == [False] * 3
    assert answer["tables"][0]["entries"] == 4


def test_command_simulates_and_says_the_rates(capsys):
    call_command("judges", "--simulate", "--runs", "10", "--json")

    answer = json.loads(capsys.readouterr().out)
    assert (answer["runs"], answer["competitors"], answer["bias"]) == (10, 20, "0.30")
    assert set(answer) >= {"found", "false_alarms", "alpha", "passes"}


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["999999"],
        ["--simulate", "--runs", "0"],
        ["--simulate", "--bias", "much"],
        ["--simulate", "--competitors", "2"],
        ["--simulate", "--tested", "4"],
    ],
)
def test_command_refuses_what_makes_no_sense(words):
    with pytest.raises(CommandError) as refused:
        call_command("judges", *words, "--json")

    assert refused.value.returncode == 2
