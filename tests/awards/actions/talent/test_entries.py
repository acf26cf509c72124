"""Admission, exit and refusal: on what, since when, why."""

from datetime import date

import pytest

from awards.actions import talent
from awards.enums import PoolBasis
from awards.errors import PoolRefused
from awards.models import PoolDecline, PoolEntry
from awards.queries.candidates import Candidate
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def pool():
    bureau = desk.make_bureau()
    return pools.make_pool(bureau, desk.make_officer(bureau))


@pytest.fixture
def officer(pool):
    return pool.opened_by


def candidate(person, **given):
    values = {"basis": PoolBasis.CRITERION, "evidence": "焊工 技师（二级）", **given}
    return Candidate(person.pk, person.sort_key, **values)


def admit(pool, people, officer, **given):
    values = {"document": pools.PAPER, "entered_on": DAY, **given}
    return talent.admit(pool, people, **values, by=officer, at=pools.AT)


def test_each_person_enters_on_what_they_were_proposed_by(pool, officer):
    wang, li = desk.make_person("王芳", 1), desk.make_person("李强", 2)
    proposal = pools.make_proposal(wang)
    criterion = pools.make_criterion(pool, officer, grade=4)
    granted = candidate(wang, basis=PoolBasis.ENTITLEMENT, entitlement=proposal.pk)

    done = admit(pool, [granted, candidate(li, criterion=criterion.pk)], officer)

    rows = PoolEntry.objects.order_by("pk")
    assert [
        (row.person, row.basis, row.entitlement_id, row.criterion_id, row.batch)
        for row in rows
    ] == [
        (wang, "entitlement", proposal.pk, None, done.batch),
        (li, "criterion", None, criterion.pk, done.batch),
    ]


def test_who_is_in_already_under_any_file_is_named_and_not_entered_twice(pool, officer):
    person = desk.make_person("王芳", 1)
    duplicate = desk.make_person("王芳", 2)
    duplicate.survivor = person
    duplicate.save()
    pools.enter(pool, person, officer)

    done = admit(pool, [candidate(duplicate)], officer)

    assert (done.entries, done.already) == ((), (person.pk,))
    assert PoolEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"document": " "}, "document"), ({"entered_on": date(2026, 11, 21)}, "day")],
)
def test_an_admission_without_paper_or_for_tomorrow_is_refused(
    pool, officer, changes, code
):
    with pytest.raises(PoolRefused) as refusal:
        admit(pool, [candidate(desk.make_person("王芳", 1))], officer, **changes)

    assert refusal.value.code == code


def test_an_exit_keeps_the_entry_with_its_reason(pool, officer):
    entry = pools.enter(pool, desk.make_person("王芳", 1), officer)

    talent.leave_pool(
        entry,
        reason="调离本省",
        document="川人社函〔2026〕9 号",
        left_on=DAY,
        by=officer,
        at=pools.AT,
    )

    entry.refresh_from_db()
    assert (entry.left_on, entry.left_reason) == (DAY, "调离本省")
    with pytest.raises(PoolRefused, match="已经不在库里"):
        talent.leave_pool(entry, reason="再退", left_on=DAY, by=officer, at=pools.AT)


@pytest.mark.parametrize(
    ("reason", "day", "code"),
    [
        ("", DAY, "reason"),
        ("调离", date(2025, 2, 1), "day"),
        ("调离", date(2026, 12, 1), "day"),
    ],
)
def test_an_exit_needs_a_reason_and_a_day_that_can_be(pool, officer, reason, day, code):
    entry = pools.enter(pool, desk.make_person("王芳", 1), officer)

    with pytest.raises(PoolRefused) as refusal:
        talent.leave_pool(entry, reason=reason, left_on=day, by=officer, at=pools.AT)

    assert refusal.value.code == code


def test_who_left_may_enter_again_by_a_new_paper(pool, officer):
    person = desk.make_person("王芳", 1)
    first = pools.enter(pool, person, officer)
    talent.leave_pool(first, reason="调离", left_on=DAY, by=officer, at=pools.AT)

    again = pools.enter(pool, person, officer, on=DAY)

    assert again.pk != first.pk
    with pytest.raises(PoolRefused, match="已经在库里"):
        pools.enter(pool, person, officer, on=DAY)


def test_a_refusal_of_a_candidate_is_kept_once_with_its_reason(pool, officer):
    person = desk.make_person("王芳", 1)

    talent.decline(pool, [person.pk], reason="材料不实", by=officer, at=pools.AT)
    talent.decline(pool, [person.pk], reason="材料不实", by=officer, at=pools.AT)

    assert [row.reason for row in PoolDecline.objects.all()] == ["材料不实"]
