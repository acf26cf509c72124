"""Codes of own pages: issued once, stored as a hash, tried within limits, ended."""

from datetime import timedelta

import pytest

from awards.actions.result_codes import (
    issue_result_codes,
    open_with_code,
    revoke_result_code,
)
from awards.core import codes
from awards.errors import ResultCodeRefused
from awards.models import ResultCode, ResultCodeFailure
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
AT = desk.AT
END = AT + timedelta(days=90)
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def competition():
    return desk.make_competition()


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


@pytest.fixture
def people():
    return [desk.make_person(name, n) for n, name in enumerate(["张龙", "李虎"], 1)]


def _issue(competition, people, officer, **changes):
    values = {"expires_at": END, "by": officer, "at": AT, **changes}
    return issue_result_codes(competition, people, **values)


def _open(text, *, at=AT, address=HOME):
    return open_with_code(text, address=address, at=at)


def _wrong(text):
    """The same slip with another secret."""
    slip, secret = codes.split_code(text)
    other = "C" if secret[0] == "A" else "A"
    return codes.joined_code(slip, other + secret[1:])


def test_each_person_gets_a_code_that_opens_their_own_page(
    competition, people, officer
):
    issued = _issue(competition, people, officer)

    opened = [_open(text) for _row, text in issued]
    assert [row.person for row in opened] == people
    assert {row.competition for row in opened} == {competition}


def test_nothing_stored_or_written_holds_the_code(competition, people, officer):
    ((row, text),) = _issue(competition, people[:1], officer)
    _open(text)

    secret = codes.split_code(text)[1]
    stored = [*ResultCode.objects.values().get().values()]
    events = [
        str(body_of(event)) for event in events_of(competition_chain(competition.pk))
    ]
    assert not any(secret in str(value) for value in stored)
    assert not any(secret in body or "张龙" in body for body in events)
    assert [event.type for event in events_of(competition_chain(competition.pk))] == [
        "result-codes-issued",
        "result-code-opened",
    ]
    assert row.slip in text


def test_second_opening_of_a_day_is_not_written_again(competition, people, officer):
    ((_row, text),) = _issue(competition, people[:1], officer)

    for hours in (0, 1, 24):
        assert _open(text, at=AT + timedelta(hours=hours))

    kinds = [event.type for event in events_of(competition_chain(competition.pk))]
    assert kinds.count("result-code-opened") == 2


def test_new_slip_ends_the_old_one(competition, people, officer):
    ((_old, before),) = _issue(competition, people[:1], officer)
    ((_new, after),) = _issue(competition, people[:1], officer)

    assert _open(before) is None
    assert _open(after).person == people[0]


def test_revoked_and_expired_codes_open_nothing(competition, people, officer):
    (first, second) = _issue(competition, people, officer)
    revoke_result_code(first[0], reason="丢失", by=officer, at=AT)

    assert _open(first[1]) is None
    assert _open(second[1], at=END) is None
    assert _open(second[1], at=END - timedelta(seconds=1)).person == people[1]


def test_five_wrong_tries_stop_a_slip_for_fifteen_minutes(competition, people, officer):
    ((_row, text), (_other, free)) = _issue(competition, people, officer)

    for _try in range(codes.TRIES):
        assert _open(_wrong(text), address=ELSEWHERE) is None

    assert _open(text) is None
    assert _open(free).person == people[1]
    assert _open(text, at=AT + codes.PAUSE).person == people[0]


def test_right_code_forgets_the_wrong_ones_before_it(competition, people, officer):
    ((_row, text),) = _issue(competition, people[:1], officer)
    for _round in range(3):
        for _try in range(codes.TRIES - 1):
            _open(_wrong(text))
        assert _open(text).person == people[0]


def test_one_address_cannot_try_slip_after_slip(competition, people, officer):
    ((_row, text),) = _issue(competition, people[:1], officer)
    for number in range(codes.FROM_ONE_ADDRESS):
        typed = "nonsense" if number % 2 else "ACDEFG-HJKL-MNPQ-RTUV"
        assert _open(typed, address=ELSEWHERE) is None

    assert _open(text, address=ELSEWHERE) is None
    assert _open(text, address=HOME).person == people[0]


def test_old_failures_are_not_kept(competition, people, officer):
    _open("nonsense")

    _open("nonsense", at=AT + codes.PAUSE)

    assert ResultCodeFailure.objects.count() == 1


@pytest.mark.parametrize(
    ("rehearsal", "count", "days", "code"),
    [
        (True, 1, 90, "rehearsal"),
        (False, 0, 90, "nobody"),
        (False, 1, 0, "expired"),
        (False, 201, 90, "too-many"),
    ],
)
def test_slips_that_make_no_sense_are_refused(
    competition, people, officer, rehearsal, count, days, code
):
    competition.is_rehearsal = rehearsal
    wanted = (people * 101)[:count]

    with pytest.raises(ResultCodeRefused) as refused:
        _issue(competition, wanted, officer, expires_at=AT + timedelta(days=days))

    assert refused.value.code == code
    assert not ResultCode.objects.exists()


def test_ending_a_code_asks_for_a_reason(competition, people, officer):
    ((row, text),) = _issue(competition, people[:1], officer)

    with pytest.raises(ResultCodeRefused):
        revoke_result_code(row, reason=" ", by=officer, at=AT)

    assert _open(text) is not None
