"""Look-ups of certificates: how many may find nothing, and until when they stop."""

from datetime import UTC, datetime, timedelta

import pytest

from awards.actions.lookups import begin_lookup, found_by
from awards.core.codes import FROM_ONE_ADDRESS, PAUSE
from awards.models import ResultCodeFailure

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 4, tzinfo=UTC)


def tried(times, *, at=AT, address="203.0.113.7"):
    found = [
        begin_lookup(address=address, at=at + timedelta(seconds=n))
        for n in range(times)
    ]
    return found[-1]


def test_thirty_that_found_nothing_stop_an_address_until_the_oldest_is_past():
    assert tried(FROM_ONE_ADDRESS).stopped_until is None

    stopped = begin_lookup(address="203.0.113.7", at=AT + timedelta(minutes=5))
    assert stopped.stopped_until == AT + PAUSE
    assert begin_lookup(address="203.0.113.8", at=AT).stopped_until is None
    assert begin_lookup(address="203.0.113.7", at=AT + PAUSE).stopped_until is None


def test_one_that_found_counts_no_longer_and_excuses_no_other():
    tried(FROM_ONE_ADDRESS - 1)
    for _time in range(3):
        found_by(tried(1, at=AT + timedelta(minutes=1)))

    assert ResultCodeFailure.objects.count() == FROM_ONE_ADDRESS - 1
    assert tried(1, at=AT + timedelta(minutes=1)).stopped_until is None
    assert tried(1, at=AT + timedelta(minutes=1)).stopped_until == AT + PAUSE


def test_an_address_is_kept_as_a_keyed_hash_only():
    tried(1)

    assert "203" not in ResultCodeFailure.objects.get().address


def test_without_an_address_nothing_is_counted():
    assert tried(FROM_ONE_ADDRESS + 1, address="").stopped_until is None
    assert not ResultCodeFailure.objects.exists()
