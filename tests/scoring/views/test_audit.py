"""The audit page: who may see it, and that nothing of the calculation is missing."""

from fractions import Fraction

import pytest

from ledger.models import Event
from scoring.actions.overrides import confirm_override, propose_override
from scoring.models import Mark, Sheet
from scoring.views.audit_words import exact_text
from tests.factories import make_member, make_organization
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import chinese_type
from tests.scoring.releases import make_release

pytestmark = pytest.mark.django_db


def address(contest, entry=0):
    return f"/organize/entries/{contest.entries[entry].pk}/audit/"


def text_of(client, who, contest):
    client.force_login(who)
    return client.get(address(contest)).content.decode()


def test_every_mark_and_every_rounding_is_on_the_page(client):
    contest = make_contest(entries=2)
    contest.fill(0, levels="232")

    text = text_of(client, contest.organizer, contest)

    mark = Mark.objects.get(sheet__entry=contest.entries[0], code="A1.J1", seat=2)
    event = Event.objects.get(chain__kind="skill", seq=mark.seq)
    for word in (
        "(2 + 3 + 2) ÷ (3 × 3) × 10",
        "70/9 = 7.777777778…",
        "7.78",
        f"#{mark.seq} <code>{event.hash[:16]}</code>",
        "A2",
        "全组（A1 录入）",
        "是得满分，否得 0 分",
        "97.78",
    ):
        assert word in text
    assert "重算与存下的成绩不一致" not in text


def test_a_trimmed_mean_and_weights_are_shown_as_done(client):
    contest = make_contest(chinese_type(), entries=1, judges=5)
    contest.mark(0, 0, "A1.I1", "88.5")
    contest.judged(0, "B1.P1", "80", "95", "90", "75", "92")

    text = text_of(client, contest.officer, contest)

    assert "去 1 高 1 低：(80 + 90 + 92) ÷ 3" in text
    assert "262/3 = 87.333333333…" in text
    assert "87.681" in text
    assert "87.68" in text


def test_a_tampered_sheet_is_said_at_the_top(client):
    contest = make_contest(entries=1)
    contest.fill(0)
    Sheet.objects.filter(entry=contest.entries[0]).update(points_scaled=1)
    text = text_of(client, contest.organizer, contest)
    assert "重算与存下的成绩不一致" in text


def test_the_chief_judge_sees_it_after_signing_only(client):
    contest = make_contest(entries=1)
    contest.fill(0)
    client.force_login(contest.chief)
    assert client.get(address(contest)).status_code == 404
    contest.sign_all()
    answer = client.get(address(contest))
    assert answer.status_code == 200
    assert "裁判长" in answer.content.decode()


def test_judges_and_strangers_do_not_find_it(client):
    contest = make_contest(entries=1)
    contest.fill(0)
    contest.sign_all()
    stranger = make_member(make_organization(kinds=["organizer"]), "organizer")
    for who in (contest.judges[0], stranger):
        client.force_login(who)
        assert client.get(address(contest)).status_code == 404
    client.force_login(contest.organizer)
    assert client.get("/organize/entries/999999/audit/").status_code == 404


def test_an_override_stands_with_its_reason_and_both_people(client):
    contest, _release = make_release()
    chosen = propose_override(
        contest.skill,
        entry=contest.entries[0].pk,
        name="award",
        value="金牌",
        reason="申诉裁决第 3 号",
        by=contest.officer,
        at=contest.now(),
    )
    confirm_override(chosen, by=contest.organizer, at=contest.now())
    text = text_of(client, contest.organizer, contest)
    assert "银牌 → 金牌" in text
    assert "申诉裁决第 3 号" in text
    assert contest.officer.person.name in text


def test_results_link_to_it(client):
    contest = make_contest(entries=1)
    contest.fill(0)
    client.force_login(contest.organizer)
    page = client.get(f"/organize/skills/{contest.skill.pk}/results/").content.decode()
    assert address(contest) in page


def test_the_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    contest = make_contest(entries=1)
    contest.fill(0)
    client.force_login(contest.organizer)
    client.get(address(contest))
    with django_assert_max_num_queries(30):
        client.get(address(contest))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(889, 100), "8.89"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-3, 2), "-1.5"),
        (Fraction(2, 3), "2/3 = 0.666666667…"),
    ],
)
def test_a_value_is_written_out_in_full(value, text):
    assert exact_text(value) == text
