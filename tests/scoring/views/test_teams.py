"""The page of marking teams, standing aside on the tablet, the trainee's pages."""

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from competitions.actions.ties import declare_tie
from competitions.models import DeclaredTie, EntryExpert
from ledger.models import Event
from scoring.actions.interests import take_back_tie
from scoring.actions.teams import review_interests, seat_reserve
from scoring.errors import ScoringError
from scoring.models import CatchUp, JudgeCall, MarkingTeam, PanelSeat, TraineeMark
from tests.factories import make_member, make_organization
from tests.scoring.contest import make_contest
from tests.scoring.teams import arrange, dual_contest, official

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 9, 9, 2, tzinfo=UTC)  # C2 in Shanghai


@pytest.fixture
def contest():
    return make_contest(entries=2)


def page_of(client, user, contest, status=200):
    client.force_login(user)
    answer = client.get(reverse("marking_teams", args=[contest.skill.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def form(letter, *judges, **more):
    given = {"judges": [judge.pk for judge in judges]} | more
    return {f"team-{letter}-{name}": value for name, value in given.items()}


def test_the_organizer_arranges_a_team_and_reads_the_matrix(client, contest):
    client.force_login(contest.organizer)
    url = reverse("arrange_team", args=[contest.skill.pk, "A"])
    data = form("A", *contest.judges[:2], name="外观组", size=3, days=[1, 3])

    answer = client.post(url, data)

    team = MarkingTeam.objects.get()
    assert (answer.status_code, team.days, team.size) == (302, [1, 3], 3)
    assert PanelSeat.objects.filter(left_at=None).count() == 2
    page = page_of(client, contest.organizer, contest)
    assert ("外观组" in page, "还差 1 名" in page, "C3" in page) == (True, True, True)


def test_what_is_wrong_with_a_team_is_said_in_its_form(client, contest):
    client.force_login(contest.organizer)
    url = reverse("arrange_team", args=[contest.skill.pk, "A"])
    data = form("A", contest.judges[0], leader=contest.judges[1].pk)

    answer = client.post(url, data)

    assert answer.status_code == 400
    assert "组长须是本组裁判" in answer.content.decode()


@pytest.mark.parametrize("letter", ["甲", "AB", "1"])
def test_a_team_has_one_capital_letter(client, contest, letter):
    client.force_login(contest.organizer)
    url = reverse("arrange_team", args=[contest.skill.pk, letter])
    assert client.post(url, {}).status_code == 404


def test_an_empty_seat_is_shown_with_its_reason_and_the_reserve_steps_in(
    client, contest
):
    EntryExpert.objects.create(
        entry=contest.entries[0], person=contest.judges[0].person
    )
    reserve = official(contest, "reserve", name="替补甲")
    review_interests(contest.skill, by=contest.organizer, at=contest.now())

    page = page_of(client, contest.chief, contest)
    answer = client.post(
        reverse("seat_reserve", args=[contest.skill.pk]),
        {
            "seat": "A1",
            "reserve": reserve.pk,
            "entry": contest.entries[0].pk,
            "reason": "回避",
        },
    )

    assert ("专家组成员" in page, "替补甲" in page, "替补上场" in page) == (
        *(True, True, True),
    )
    assert answer.status_code == 302
    assert contest.sheet(0, "A1").stand_ins == {"1": reserve.pk}
    after = page_of(client, contest.chief, contest)
    assert "没有空着的席位" in after


def test_the_organizer_sees_the_reserve_but_only_the_chief_judge_seats_one(
    client, contest
):
    reserve = official(contest, "reserve", name="替补甲")
    client.force_login(contest.organizer)
    data = {"seat": "A1", "reserve": reserve.pk, "reason": "病"}

    answer = client.post(reverse("seat_reserve", args=[contest.skill.pk]), data)

    assert answer.status_code == 403
    assert not PanelSeat.objects.filter(judge=reserve).exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"seat": "A1", "reason": "病"},
        {"seat": "1A", "reserve": "1", "reason": "病"},
        {"seat": "A1", "reserve": "x", "reason": "病"},
    ],
)
def test_a_bad_form_of_the_reserve_changes_nothing(client, contest, data):
    client.force_login(contest.chief)
    before = PanelSeat.objects.count()
    answer = client.post(reverse("seat_reserve", args=[contest.skill.pk]), data)
    assert (answer.status_code, PanelSeat.objects.count()) == (302, before)


def test_the_chief_judge_lets_a_team_catch_up(client, contest):
    arrange(contest, "A", *contest.judges, days=(1,))
    client.force_login(contest.chief)
    url = reverse("grant_catch_up", args=[contest.skill.pk])

    for data in (
        {"letter": "A", "span": "60", "reason": "停电", "sub": "A1"},
        {"letter": "A", "span": "day", "reason": "停电"},
        {"letter": "A", "span": "year", "reason": "停电"},
        {"letter": "A", "span": "60", "reason": ""},
    ):
        assert client.post(url, data).status_code == 302
    missing = client.post(url, {"letter": "Q", "span": "60", "reason": "停电"})

    assert missing.status_code == 404
    assert [row.sub for row in CatchUp.objects.order_by("pk")] == ["A1", ""]
    assert "补评许可" in page_of(client, contest.chief, contest)


def test_whoever_is_not_of_the_skill_finds_nothing(client, contest):
    stranger = make_member(make_organization(), "organizer")
    page_of(client, stranger, contest, status=404)
    page_of(client, contest.judges[0], contest, status=404)


def test_the_number_of_queries_does_not_grow_with_judges(
    client, contest, django_assert_max_num_queries
):
    client.force_login(contest.organizer)
    with django_assert_max_num_queries(75):
        client.get(reverse("marking_teams", args=[contest.skill.pk]))


def test_a_judge_who_must_stand_aside_reads_why_and_who_may_stand_in(client, contest):
    judge = contest.judges[0]
    EntryExpert.objects.create(entry=contest.entries[0], person=judge.person)
    official(contest, "reserve", name="替补甲")
    client.force_login(judge)
    sheet = contest.sheet(0, "A1")

    answer = client.get(reverse("judge_sheet", args=[sheet.pk]))
    asked = client.post(reverse("ask_reserve", args=[sheet.pk]))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert ("专家组成员" in page, "替补甲" in page) == (True, True)
    assert asked.status_code == 302
    assert "替补" in JudgeCall.objects.get().text


def test_a_judge_declares_a_tie_and_stands_aside(client, contest):
    judge = contest.judges[0]
    client.force_login(judge)
    sheet = contest.sheet(0, "A1")

    page = client.get(reverse("judge_sheet", args=[sheet.pk])).content.decode()
    empty = client.post(reverse("declare_interest", args=[sheet.pk]), {"reason": " "})
    told = client.post(reverse("declare_interest", args=[sheet.pk]), {"reason": "亲属"})
    again = client.get(reverse("judge_sheet", args=[sheet.pk]))

    assert "申报回避" in page
    assert (empty.status_code, told.status_code, again.status_code) == (302, 302, 403)
    assert DeclaredTie.objects.get().reason == "亲属"
    assert contest.sheet(0, "A1").seats == [2, 3]
    assert "利害关系" in again.content.decode()


def test_the_judges_home_lists_what_is_marked_today(client, contest, monkeypatch):
    arrange(contest, "A", *contest.judges, by_sub_day=True)
    monkeypatch.setattr(timezone, "now", lambda: TODAY)
    client.force_login(contest.judges[0])

    page = client.get(reverse("judge_home")).content.decode()

    (item,) = client.get(reverse("judge_home")).context["skills"]
    assert [group.code for group in item["groups"]] == ["B1"]
    assert [(row.code, row.days, row.total) for row in item["later"]] == [
        ("A1", "C1", 2)
    ]
    assert "别的日子评" in page
    sheet = contest.sheet(0, "A1")
    closed = client.get(reverse("judge_sheet", args=[sheet.pk])).content.decode()
    assert "今天不是它的评分日" in closed


def test_the_page_of_two_teams_says_the_rule(client):
    contest = dual_contest()
    page = page_of(client, contest.chief, contest)
    assert "与 B 组双评，允许相差 3" in page


def test_a_trainee_practises_and_the_chief_judge_reads_the_difference(client, contest):
    trainee = official(contest, "trainee", name="见习甲")
    contest.judged(0, "A1.J1", "2", "2", "2")
    sheet = contest.sheet(0, "A1")
    client.force_login(trainee)

    home = client.get(reverse("judge_home")).content.decode()
    listed = client.get(reverse("practise_list", args=[contest.skill.pk]))
    url = reverse("practise", args=[sheet.pk])
    done = client.post(url, {"value-A1.J1": "3", "state-A1.M1": "absent"})
    wrong = client.post(url, {"value-A1.J1": "8"})
    shown = client.get(url).content.decode()

    assert "见习评分，不计分" in home
    assert (listed.status_code, done.status_code, wrong.status_code) == (200, 302, 400)
    assert "0、1、2、3" in wrong.content.decode()
    assert set(TraineeMark.objects.values_list("code", "state")) == {
        ("A1.J1", "value"),
    }
    assert "工位" in shown
    page = page_of(client, contest.chief, contest)
    assert ("见习甲" in page, "+33.3%" in page) == (True, True)


def test_a_judge_cannot_open_the_trainees_pages_nor_a_trainee_a_sheet(client, contest):
    trainee = official(contest, "trainee")
    sheet = contest.sheet(0, "A1")
    client.force_login(contest.judges[0])
    assert client.get(reverse("practise", args=[sheet.pk])).status_code == 404
    client.force_login(trainee)
    assert client.get(reverse("judge_sheet", args=[sheet.pk])).status_code == 404


def test_the_audit_of_two_teams_shows_both_calculations(client):
    contest = dual_contest(entries=1)
    for judge in (0, 2):
        contest.mark(judge, 0, "A1.M1", "1")
    contest.judged(0, "A1.J1", "2", "2", "2", "3")
    client.force_login(contest.organizer)

    url = reverse("entry_audit", args=[contest.entries[0].pk])
    page = client.get(url).content.decode()

    assert "A: (2 + 2) ÷ (3 × 2) × 10；B: (2 + 3) ÷ (3 × 2) × 10" in page
    assert "取两组得分的均值" in page
    assert ("B 组（B1 录入）" in page, "B2" in page) == (True, True)


def take_over(contest, reserve, **facts):
    return seat_reserve(
        contest.skill,
        panel="A",
        number=1,
        reserve=reserve,
        reason="突发疾病",
        by=contest.chief,
        at=contest.now(),
        **facts,
    )


def test_whose_seat_was_taken_over_reads_by_whom_when_and_where_to_go(client, contest):
    judge = contest.judges[0]
    contest.mark(0, 1, "A1.J1", "2")
    take_over(contest, official(contest, "reserve", name="替补甲"))
    client.force_login(judge)

    answer = client.get(reverse("judge_sheet", args=[contest.sheet(0, "A1").pk]))

    page = answer.content.decode()
    said = [
        str(contest.chief.person.name),
        "替补甲",
        "突发疾病",
        "A1",
        reverse("judge_home"),
    ]
    assert answer.status_code == 403
    assert [text for text in said if text not in page] == []
    assert "A1.J1" not in page


def test_a_stand_in_who_was_replaced_reads_it_for_that_competitor_only(client, contest):
    first, second = (official(contest, "reserve", name=name) for name in ("甲", "乙"))
    for reserve in (first, second):
        take_over(contest, reserve, entry=contest.entries[0])
    client.force_login(first)

    pages = [
        client.get(reverse("judge_sheet", args=[contest.sheet(entry, "A1").pk]))
        for entry in (0, 1)
    ]

    assert [page.status_code for page in pages] == [403, 404]


def test_a_sheet_nobody_took_over_from_them_stays_not_found(client, contest):
    other = make_contest(entries=1)
    take_over(contest, official(contest, "reserve", name="替补甲"))
    client.force_login(contest.judges[0])

    found = client.get(reverse("judge_sheet", args=[other.sheet(0, "A1").pk]))
    client.force_login(other.judges[0])
    mine = client.get(reverse("judge_sheet", args=[contest.sheet(0, "A1").pk]))

    assert (found.status_code, mine.status_code) == (404, 404)


def test_a_tie_declared_by_mistake_is_taken_back_by_somebody_else(client, contest):
    judge = contest.judges[0]
    client.force_login(judge)
    sheet = contest.sheet(0, "A1")
    client.post(reverse("declare_interest", args=[sheet.pk]), {"reason": "看错了工位"})
    tie = DeclaredTie.objects.get()
    url = reverse("take_back_tie", args=[contest.skill.pk])

    own = client.post(url, {"tie": tie.pk, "reason": "误报"})
    shown = page_of(client, contest.chief, contest)
    client.post(url, {"tie": tie.pk, "reason": " "})
    kept = DeclaredTie.objects.get().withdrawn_at
    client.post(url, {"tie": tie.pk, "reason": "误报"})
    missing = client.post(url, {"tie": tie.pk + 9, "reason": "误报"})

    assert own.status_code == 404
    assert ("看错了工位" in shown, "撤回申报" in shown) == (True, True)
    assert (kept, missing.status_code) == (None, 404)
    assert DeclaredTie.objects.get().withdrawn_at is not None
    assert contest.sheet(0, "A1").seats == [1, 2, 3]
    event = Event.objects.get(type="tie-withdrawn")
    assert json.loads(event.body)["reason"] == "误报"


def test_a_chief_judge_takes_no_tie_of_their_own_back(contest):
    tie = declare_tie(
        contest.skill.competition,
        person=contest.chief.person,
        entry=contest.entries[0],
        reason="亲属",
        by=contest.chief,
        at=contest.now(),
    )

    with pytest.raises(ScoringError) as refused:
        take_back_tie(
            contest.skill, tie, reason="误报", by=contest.chief, at=contest.now()
        )
    assert refused.value.code == "same-person"
