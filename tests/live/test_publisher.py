"""Publishers side by side: no change of a chain is ever lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from ledger.core.chain import competition_chain, skill_chain
from ledger.queries import head_of
from live.models import Snapshot
from live.publisher import AUDIENCES, Publisher
from live.queries import snapshot_of
from scoring.queries.boards import BoardView
from tests.live import cast
from tests.live.boards import row, view


def heads(board) -> int:
    found = head_of([skill_chain(board.pk), competition_chain(board.competition_id)])
    return sum(head.seq for head in found.values())


def figures(board, audiences, at) -> dict[str, BoardView]:
    """A board whose only figure is the number of events so far."""
    now = heads(board.skill)
    return {
        audience: view(row(1, 1, f"{now}.00"), skill=f"{audience} {now}")
        for audience in audiences
    }


class Clock:
    def __init__(self):
        self.at = timezone.now()

    def after(self, seconds):
        self.at += timedelta(seconds=seconds)
        return self.at


@pytest.mark.databases
@pytest.mark.django_db
def test_each_audience_gets_its_own_snapshot_of_what_moved():
    skill, clock = cast.skill(), Clock()
    cast.mark(skill, n=1)

    assert Publisher(figures).tick(clock.at)

    texts = {each.audience: each.text for each in Snapshot.objects.exclude(board="")}
    assert sorted(texts) == sorted(AUDIENCES)
    assert all(f'"skill":"{name} 1"' in text for name, text in texts.items())


@pytest.mark.django_db
def test_nothing_is_computed_while_no_chain_moves():
    skill, clock, computed = cast.skill(), Clock(), []

    def compute(board, audiences, at):
        computed.append(board.skill.pk)
        return figures(board, audiences, at)

    publisher = Publisher(compute)
    cast.mark(skill, n=1)
    publisher.tick(clock.at)

    again = [publisher.tick(clock.after(1)) for _ in range(3)]

    assert (again, computed) == ([False] * 3, [skill.pk])


@pytest.mark.django_db
def test_change_of_the_competition_touches_all_its_boards():
    first, second, clock = cast.skill("aa11"), cast.skill("bb22"), Clock()
    other = cast.skill("cc33", owner=cast.organization("别的单位"))
    publisher = Publisher(figures)
    for skill in (first, other):
        cast.mark(skill, n=1)
    publisher.tick(clock.at)

    cast.news(first, n=1)
    publisher.tick(clock.after(1))

    seqs = {
        each.board: (each.seq, each.built_from)
        for each in Snapshot.objects.filter(audience="public")
    }
    assert seqs == {"aa11": (2, 2), "bb22": (1, 1), "cc33": (1, 1)}
    assert second.pk


@pytest.mark.django_db
def test_second_process_does_not_repeat_what_the_first_has_published():
    skill, clock, computed = cast.skill(), Clock(), []
    cast.mark(skill, n=1)
    Publisher(figures).tick(clock.at)

    def compute(board, audiences, at):
        computed.append(audiences)
        return figures(board, audiences, at)

    assert Publisher(compute).tick(clock.after(1)) is False
    assert computed == []


@pytest.mark.django_db
def test_state_that_came_too_early_is_published_by_a_later_tick():
    skill, clock, publisher = cast.skill(), Clock(), Publisher(figures)
    cast.mark(skill, n=1)
    publisher.tick(clock.at)
    cast.mark(skill, n=2)

    early = publisher.tick(clock.after(0.1))
    late = publisher.tick(clock.after(0.2))

    assert (early, late) == (False, True)
    assert '"points":"2.00"' in snapshot_of(skill.public_id, "public").text


@pytest.mark.django_db
def test_board_that_cannot_be_computed_holds_no_other_still(caplog):
    broken, sound, clock = cast.skill("aa11"), cast.skill("bb22"), Clock()

    def compute(board, audiences, at):
        if board.skill.pk == broken.pk:
            raise ArithmeticError("no such rule")
        return figures(board, audiences, at)

    cast.mark(broken, n=1)
    cast.mark(sound, n=1)
    publisher = Publisher(compute)

    assert publisher.tick(clock.at)
    assert snapshot_of(sound.public_id, "public")
    assert "board aa11 could not be computed" in caplog.text


@pytest.mark.django_db
def test_queries_of_an_idle_tick_do_not_grow(django_assert_num_queries):
    clock, publisher = Clock(), Publisher(figures)
    for name in ("aa11", "bb22", "cc33"):
        cast.mark(cast.skill(name), n=1)
    publisher.tick(clock.at)

    with django_assert_num_queries(1):
        publisher.tick(clock.after(0.3))


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_two_publishers_and_a_judge_at_once_lose_nothing():
    skill = cast.skill()
    done, failures = threading.Event(), []

    def work(what):
        try:
            what()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    def judge():
        for n in range(40):
            cast.mark(skill, n=n)
        done.set()

    def publish():
        publisher = Publisher(figures)
        while not done.is_set():
            publisher.tick(timezone.now())
        # What is still owed comes out of one last tick after the gap has passed.
        publisher.tick(timezone.now() + timedelta(seconds=1))

    threads = [
        threading.Thread(target=work, args=[f]) for f in (judge, publish, publish)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    found = snapshot_of(skill.public_id, "public")
    assert failures == []
    assert found.built_from == heads(skill) == 40
    assert '"points":"40.00"' in found.text
