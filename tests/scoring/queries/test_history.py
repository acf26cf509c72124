"""A sheet's history: every event that touched it, old and new, and nothing else."""

from dataclasses import replace
from uuid import uuid4

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import head_of
from scoring.actions import verify_results
from scoring.actions.keying import Typed, key_in
from scoring.actions.reopening import void_signatures
from scoring.models import Sheet
from scoring.queries.history import sheet_history
from scoring.queries.schemes import plan_of
from scoring.views import history_words
from tests.scoring.actions.test_printing import printed
from tests.scoring.contest import make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    return make_contest(entries=2)


def told(contest, sheet):
    """Title, place and details of each event."""
    aspects = plan_of(contest.skill).subs[sheet.sub_criterion.code].aspects
    by_code = {aspect.code: aspect for aspect in aspects}
    numbers = {aspect.code: n for n, aspect in enumerate(aspects, start=1)}
    return [
        (
            history_words.title(event),
            history_words.place(event, numbers),
            history_words.details(event, by_code),
        )
        for event in sheet_history(sheet)
    ]


def test_marks_tell_old_and_new_and_what_became_of_a_spread(contest):
    sheet = contest.sheet(0, "A1")
    contest.judged(0, "A1.J1", "1", "1", "3")
    contest.mark(2, 0, "A1.J1", "2")
    contest.mark(0, 0, "A1.M1", "1")
    contest.mark(0, 0, "A1.M1", None)
    contest.mark(1, 1, "A1.M1", "1")  # another entry's sheet

    assert told(contest, sheet) == [
        ("评分", "第 2 项，裁判 1", ["未评 → 1"]),
        ("评分", "第 2 项，裁判 2", ["未评 → 1"]),
        ("评分", "第 2 项，裁判 3", ["未评 → 3", "由此出现分差，待议"]),
        ("改评", "第 2 项，裁判 3", ["3 → 2", "分差由此解决"]),
        ("评分", "第 1 项，全组", ["未评 → 是"]),
        ("收回评分", "第 1 项，全组", ["是 → 未评"]),
    ]
    assert {(e.who, e.device) for e in sheet_history(sheet)} == {
        (str(judge), "T-01") for judge in contest.judges
    }


def test_signatures_prints_papers_and_new_versions_are_told(contest):
    sheet = contest.sheet(0, "B1")
    (form,) = printed(contest, sheets=[sheet])
    chain = skill_chain(contest.skill.pk)
    key_in(
        form,
        cells={(sheet.pk, "B1.M1", 0): Typed("1")},
        nonce=uuid4(),
        head=head_of([chain])[chain].seq,
        by=contest.officer,
        at=contest.now(),
    )
    contest.sign(contest.judges[0], "judge", [contest.sheet(0, "B1")])
    rows = list(Sheet.objects.filter(pk=sheet.pk).select_related("sub_criterion"))
    void_signatures(
        contest.skill, rows, cause="change:1", by=contest.chief, at=contest.now()
    )

    assert [(title, details) for title, _place, details in told(contest, sheet)] == [
        ("打印", ["共 1 份"]),
        ("评分", ["未评 → 是", f"从纸质表 {form} 录入"]),
        ("纸面补录", [f"纸质表 {form}，录入 1 格"]),
        ("签名：裁判员", told(contest, sheet)[3][2]),
        ("签名作废，版本加一", ["change:1"]),
    ]
    assert told(contest, contest.sheet(1, "B1")) == []


def test_the_verification_that_locked_a_sheet_is_its_last_event(contest):
    for entry in range(2):
        contest.fill(entry)
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())

    last = sheet_history(contest.sheet(0, "B1"))[-1]
    assert (last.type, history_words.title(last)) == ("verify", "成绩复核，锁定")


def test_a_kind_without_words_of_its_own_is_not_left_out(contest):
    contest.mark(0, 0, "B1.M1", "1")
    (event,) = sheet_history(contest.sheet(0, "B1"))
    assert history_words.title(replace(event, type="something-new")) == "something-new"


def test_reading_takes_the_same_queries_whatever_the_length(
    contest, django_assert_num_queries
):
    sheet = contest.sheet(0, "A1")
    contest.mark(0, 0, "A1.M1", "1")
    sheet_history(sheet)
    with django_assert_num_queries(3):
        sheet_history(sheet)
    for value in "0101":
        contest.mark(0, 0, "A1.M1", value)
    with django_assert_num_queries(3):
        assert len(sheet_history(sheet)) == 5
