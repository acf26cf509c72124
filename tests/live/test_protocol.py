"""Messages of boards: old state + delta = new state, and nothing is too big."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live import protocol
from tests.live.boards import message, row

POINTS = st.one_of(
    st.none(), st.integers(0, 10_000).map(lambda n: f"{n // 100}.{n % 100:02d}")
)


@st.composite
def boards(draw, seq):
    ids = draw(st.lists(st.integers(1, 30), unique=True, max_size=12))
    rows = [
        row(entry_id, draw(st.integers(1, 9)), draw(POINTS), shared=draw(st.booleans()))
        for entry_id in ids
    ]
    return message(*rows, seq=seq, sheets_done=draw(st.integers(0, 12)))


@given(old=boards(seq=7), new=boards(seq=8))
def test_snapshot_before_and_delta_give_snapshot_after(old, new):
    delta = json.loads(protocol.encode(protocol.delta(old, new)))

    assert protocol.apply(old, delta) == new


@given(old=boards(seq=7), new=boards(seq=8))
def test_delta_carries_only_figures_that_the_new_snapshot_shows(old, new):
    def figures(value):
        if isinstance(value, dict):
            return set().union(*map(figures, value.values()), set())
        if isinstance(value, list):
            return set().union(*map(figures, value), set())
        return {json.dumps(value)}

    delta = protocol.delta(old, new)

    assert figures(delta["set"]) | figures(delta["rows"]) <= figures(new)


def test_delta_names_only_what_changed():
    old = message(row(1, 1, "9.00"), row(2, 2, "8.00"), row(3, 3, "7.00"))
    new = message(row(1, 1, "9.00"), row(3, 2, "8.50"), seq=2)
    first, second, third = (each["id"] for each in old["rows"])

    delta = protocol.delta(old, new)

    assert delta == {
        "v": 1,
        "type": "delta",
        "board": "k3v9",
        "seq": 2,
        "prev": 1,
        "digest": new["digest"],
        "at": new["at"],
        "set": {"count": 2},
        "rows": {third: {"place": 2, "points": "8.50"}},
        "gone": [second],
        "order": [first, third],
    }


def test_delta_after_a_gap_is_refused():
    old = message(row(1, 1, "9.00"), seq=1)
    late = protocol.delta(message(row(1, 1, "9.50"), seq=2), message(seq=3))

    with pytest.raises(ValueError, match="follows 2, not 1"):
        protocol.apply(old, late)


def test_digest_says_what_is_shown_not_when():
    early, late = message(row(1, 1, "9.00"), seq=1), message(row(1, 1, "9.00"), seq=2)

    assert early["digest"] == late["digest"]
    assert early["digest"] != message(row(1, 1, "9.01"))["digest"]


def test_heartbeat_repeats_the_state_it_confirms():
    state = message(row(1, 1, "9.00"), seq=4)

    beat = protocol.heartbeat(state, checked="T1", sent="T2")

    assert beat == {
        "v": 1,
        "type": "heartbeat",
        "board": "k3v9",
        "seq": 4,
        "digest": state["digest"],
        "at": state["at"],
        "checked": "T1",
        "sent": "T2",
    }


@pytest.mark.parametrize(("size", "fits"), [(8192, True), (8193, False)])
def test_size_is_counted_in_bytes(size, fits):
    assert protocol.fits("a" * size) is fits
    assert protocol.fits("擂" * (size // 3) + "a" * (size % 3)) is fits


def test_forty_rows_that_all_move_fit_in_one_delta():
    old = message(*(row(n, n, f"{50 - n}.00") for n in range(1, 41)))
    new = message(*(row(n, 41 - n, f"{10 + n}.25") for n in range(40, 0, -1)), seq=2)

    assert protocol.fits(protocol.encode(protocol.delta(old, new)))
