"""Storing a computed board: only newer, only different, at most four times a second."""

import json
from datetime import timedelta

import pytest

from live import protocol
from live.actions import Published, publish_snapshots, pulse
from live.models import Snapshot
from live.queries import PULSE, snapshot_of
from tests.live.boards import AT, content, row

pytestmark = pytest.mark.django_db

FIRST = content(row(1, 1, "9.00"), row(2, 2, "8.00"))
SECOND = content(row(2, 1, "9.50"), row(1, 2, "9.00"))


def publish(shown, built_from, seconds):
    at = AT + timedelta(seconds=seconds)
    outcomes = publish_snapshots(
        "k3v9", {"public": shown}, built_from=built_from, at=at
    )
    return outcomes["public"]


def stored():
    return Snapshot.objects.get(board="k3v9")


@pytest.mark.databases
def test_first_state_is_stored_as_a_snapshot_message():
    outcome = publish(FIRST, 10, 0)

    row_ = stored()
    assert outcome == Published.STORED
    assert (row_.seq, row_.built_from, row_.published_at) == (1, 10, AT)
    assert json.loads(row_.text) == protocol.snapshot(
        FIRST,
        board="k3v9",
        audience="public",
        seq=1,
        at="2026-05-12T06:32:08.000+00:00",
    )


@pytest.mark.databases
def test_newer_and_different_state_counts_up_and_shows_who_moved():
    publish(FIRST, 10, 0)

    outcome = publish(SECOND, 11, 1)

    assert outcome == Published.STORED
    assert stored().seq == 2
    assert [each["move"] for each in json.loads(stored().text)["rows"]] == [1, -1]


def test_same_content_moves_the_revision_and_nothing_else():
    publish(FIRST, 10, 0)
    before = stored().text

    outcome = publish(FIRST, 12, 1)

    assert outcome == Published.SAME
    assert (stored().seq, stored().built_from, stored().text) == (1, 12, before)


@pytest.mark.parametrize("built_from", [9, 10])
def test_state_computed_from_less_is_thrown_away(built_from):
    publish(FIRST, 10, 0)

    assert publish(SECOND, built_from, 5) == Published.OLDER
    assert stored().seq == 1


def test_second_state_within_250_ms_waits_and_stays_owed():
    publish(FIRST, 10, 0)

    early = publish(SECOND, 11, 0.2)
    owed = stored().built_from
    late = publish(SECOND, 11, 0.25)

    assert (early, owed, late) == (Published.EARLY, 10, Published.STORED)


def test_board_that_may_no_longer_be_seen_is_emptied():
    publish(FIRST, 10, 0)

    outcome = publish(None, 11, 1)

    assert outcome == Published.STORED
    assert (stored().text, stored().summary, stored().seq) == ("", {}, 2)
    assert snapshot_of("k3v9", "public") is None


def test_pulse_is_written_at_most_every_two_seconds():
    moments = []
    for seconds in (0, 1, 2.5):
        pulse(at=AT + timedelta(seconds=seconds))
        moments.append(Snapshot.objects.get(board=PULSE[0]).checked_at)

    assert moments == [AT, AT, AT + timedelta(seconds=2.5)]


def test_all_audiences_of_a_board_cost_the_same_queries(django_assert_max_num_queries):
    names = ("public", "hall", "judges", "organizers")
    publish_snapshots("k3v9", dict.fromkeys(names, FIRST), built_from=1, at=AT)
    later = AT + timedelta(seconds=1)

    with django_assert_max_num_queries(4):
        publish_snapshots("k3v9", dict.fromkeys(names, SECOND), built_from=2, at=later)

    assert {row.seq for row in Snapshot.objects.filter(board="k3v9")} == {2}
