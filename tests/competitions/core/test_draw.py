"""Drawing lots: repeatable, fair in form, and sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competitions.core import draw
from competitions.core.draw import CodeKind

KEYS = ["E001", "E002", "E003", "E004", "E005"]


def test_the_same_seed_gives_the_same_draw_whatever_the_order_of_keys():
    first = draw.draw(KEYS, CodeKind.WORKSTATION, "3 1 4 1 5")

    assert first == draw.draw(KEYS[::-1], CodeKind.WORKSTATION, "3 1 4 1 5")
    assert first != draw.draw(KEYS, CodeKind.WORKSTATION, "3 1 4 1 6")


@given(st.integers(0, 60), st.text(max_size=20))
def test_a_permutation_names_every_place_once(count, seed):
    assert sorted(draw.permutation(count, seed)) == list(range(count))


def test_every_order_of_three_comes_up_about_equally_often():
    orders = [draw.permutation(3, str(seed)) for seed in range(6000)]
    counts = sorted(orders.count(order) for order in set(orders))

    assert len(counts) == 6
    assert counts[0] > 900
    assert counts[-1] < 1100


@pytest.mark.parametrize(
    ("levels", "kinds"),
    [
        (1, [CodeKind.WORKSTATION]),
        (2, [CodeKind.BIB, CodeKind.WORKSTATION]),
        (3, [CodeKind.BIB, CodeKind.WORKSTATION, CodeKind.REVIEW]),
    ],
)
def test_levels_hand_out_codes_that_look_different(levels, kinds):
    found = [draw.kind_of_level(level, levels) for level in range(1, levels + 1)]

    assert found == kinds


def test_aliases_follow_a_permutation_of_their_own():
    codes = draw.draw(KEYS, CodeKind.WORKSTATION, "seed")
    aliases = draw.aliases(KEYS, "seed")

    assert {alias[1:] for alias in aliases.values()} == set(codes.values())
    assert {key: alias[1:] for key, alias in aliases.items()} != codes


def test_commitment_changes_when_two_codes_are_exchanged():
    codes = draw.draw(KEYS, CodeKind.WORKSTATION, "seed")
    printed = draw.commitment(codes, "salt")
    exchanged = codes | {"E001": codes["E002"], "E002": codes["E001"]}

    assert draw.fits(codes, "salt", printed)
    assert not draw.fits(exchanged, "salt", printed)
    assert not draw.fits(codes, "other", printed)


def test_a_key_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        draw.draw(["E001", "E001"], CodeKind.BIB, "seed")
