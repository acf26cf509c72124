"""The yearly review of several at once, and the way back."""

from datetime import date

import pytest

from awards.actions import talent
from awards.errors import PoolRefused
from awards.models import PoolEntry, PoolReview
from awards.queries.talent import due_for_review
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool():
    bureau = desk.make_bureau()
    return pools.make_pool(bureau, desk.make_officer(bureau))


@pytest.fixture
def officer(pool):
    return pool.opened_by


@pytest.fixture
def entries(pool, officer):
    people = [desk.make_person(f"王芳{n}", n) for n in range(3)]
    return [pools.enter(pool, person, officer) for person in people]


def review(pool, entries, outcome, officer, note="", year=2026):
    return talent.review_entries(
        pool.bureau,
        entries,
        year=year,
        outcome=outcome,
        note=note,
        by=officer,
        at=pools.AT,
    )


def due(year=2026):
    return list(due_for_review(PoolEntry.objects.all(), year).order_by("pk"))


def test_a_review_settles_the_year_and_is_not_asked_twice(pool, officer, entries):
    first = review(pool, entries[:2], "keep", officer)
    again = review(pool, entries, "keep", officer)

    assert (len(first.reviews), len(again.reviews)) == (2, 1)
    assert again.skipped == (entries[0].pk, entries[1].pk)
    assert due() == []
    assert due(2027) == entries


def test_who_is_put_off_stays_on_the_list(pool, officer, entries):
    review(pool, entries[:1], "defer", officer, note="待体检")

    assert [(row.pk, row.is_put_off) for row in due()] == [
        (entries[0].pk, True),
        (entries[1].pk, False),
        (entries[2].pk, False),
    ]
    assert len(review(pool, entries[:1], "keep", officer).reviews) == 1


def test_leaving_by_review_ends_the_entry_and_undoing_lets_them_in(
    pool, officer, entries
):
    step = review(pool, entries[:2], "leave", officer, note="连续三年未参加活动")

    ended = PoolEntry.objects.filter(left_at__isnull=False)
    assert {(row.left_on, row.left_reason) for row in ended} == {
        (date(2026, 11, 20), "连续三年未参加活动")
    }
    assert talent.undo_batch(pool.bureau, step.batch, by=officer, at=pools.AT) == (2, 0)
    assert due() == entries
    assert PoolReview.objects.filter(undone_at__isnull=True).count() == 0


def test_who_entered_anew_keeps_the_review_that_ended_the_old_entry(
    pool, officer, entries
):
    step = review(pool, entries[:1], "leave", officer, note="调离")
    pools.enter(pool, entries[0].person, officer, on=date(2026, 11, 20))

    assert talent.undo_batch(pool.bureau, step.batch, by=officer, at=pools.AT) == (0, 1)


def test_an_admission_is_taken_back_unless_something_followed(pool, officer, entries):
    review(pool, entries[:1], "keep", officer)

    for entry, undone in zip(entries, [(0, 1), (1, 0), (1, 0)], strict=True):
        done = talent.undo_batch(pool.bureau, entry.batch, by=officer, at=pools.AT)
        assert done == undone
    assert list(PoolEntry.objects.filter(undone_at__isnull=True)) == entries[:1]


def test_a_decline_taken_back_proposes_again(pool, officer):
    person = desk.make_person("李强", 9)
    batch = talent.decline(
        pool, [person.pk], reason="材料不实", by=officer, at=pools.AT
    )

    assert talent.undo_batch(pool.bureau, batch, by=officer, at=pools.AT) == (1, 0)
    assert pool.declines.filter(undone_at__isnull=True).count() == 0


@pytest.mark.parametrize(
    ("outcome", "note", "year", "code"),
    [
        ("leave", "", 2026, "note"),
        ("defer", " ", 2026, "note"),
        ("keep", "", 2027, "year"),
        ("drop", "", 2026, "outcome"),
    ],
)
def test_a_review_without_reason_or_before_its_year_is_refused(
    pool, officer, entries, outcome, note, year, code
):
    with pytest.raises(PoolRefused) as refusal:
        review(pool, entries, outcome, officer, note=note, year=year)

    assert refusal.value.code == code


def test_another_bureau_neither_reviews_nor_undoes(pool, officer, entries):
    other = desk.make_bureau("320000", "江苏省人力资源和社会保障厅")
    stranger = desk.make_officer(other, "zhao")

    step = talent.review_entries(
        other, entries, year=2026, outcome="keep", note="", by=stranger, at=pools.AT
    )
    undone = talent.undo_batch(other, entries[0].batch, by=stranger, at=pools.AT)

    assert (step.reviews, undone) == ((), (0, 0))
    assert due() == entries
