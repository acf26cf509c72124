"""Identity numbers: forms, check digits, what they say.

Region codes of test numbers were never assigned (519900) but for the example of the
standard itself.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.core import identity
from people.core.identity import IdentityKind, Sex

STANDARD_EXAMPLE = "11010519491231002X"


def number(region="519900", born="19900307", sequence="015"):
    first = region + born + sequence
    return first + identity.check_character(first)


def codes(read):
    return [(finding.code, finding.severity) for finding in read.findings]


def test_example_of_the_standard_says_birth_sex_and_region():
    assert identity.read("resident-id", " 11010519491231002x") == identity.Identity(
        "resident-id", STANDARD_EXAMPLE, date(1949, 12, 31), Sex.FEMALE, "110105"
    )


def test_region_code_out_of_the_table_is_a_warning():
    read = identity.read("resident-id", number())

    assert (read.is_valid, read.sex, codes(read)) == (
        True,
        Sex.MALE,
        [("region-unknown", "warning")],
    )


@pytest.mark.parametrize(
    ("kind", "text", "valid"),
    [
        ("resident-id", "110105194912310021", False),  # check character
        ("resident-id", "11010519491331002X", False),
        ("resident-id", "110105491231002", False),  # 15 digits
        ("resident-id", "1101051949123100", False),
        ("resident-id", "", False),
        ("resident-id", number(born="19900230"), False),
        ("resident-id", number(region="810000"), False),
        ("hmt-residence", number(region="810000"), True),
        ("hmt-residence", number(region="820000"), True),
        ("hmt-residence", number(region="830000"), True),
        ("hmt-residence", STANDARD_EXAMPLE, False),
        ("foreign-residence", number(region="911840"), True),
        ("foreign-residence", "XXX310000010101", True),
        ("foreign-residence", "310000010101", False),
        ("hm-permit", "H12345678", True),
        ("hm-permit", "M1234567801", True),
        ("hm-permit", "T12345678", False),
        ("tw-permit", "12345678", True),
        ("tw-permit", "1234567", False),
        ("passport", "e12345678", True),
        ("passport", "E-12", False),
        ("officer", "军字第1234567号", True),
        ("driving-licence", "12345678", False),
    ],
)
def test_form_of_each_kind(kind, text, valid):
    assert identity.read(kind, text).is_valid is valid


def test_birth_after_the_day_of_reading_is_refused():
    text = number(born="20300101")

    assert identity.read("resident-id", text).is_valid
    assert not identity.read("resident-id", text, on=date(2026, 11, 20)).is_valid


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (STANDARD_EXAMPLE, IdentityKind.RESIDENT),
        (number(region="830000"), IdentityKind.HMT_RESIDENCE),
        (number(region="911840"), IdentityKind.FOREIGN_RESIDENCE),
        ("h12345678", IdentityKind.HM_PERMIT),
        ("12345678", None),
    ],
)
def test_guess_kind(text, kind):
    assert identity.guess_kind(text) == kind


@given(
    st.text("0123456789", min_size=17, max_size=17),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_changing_any_digit_changes_the_check_character(digits, place, shift):
    other = str((int(digits[place]) + shift) % 10)
    changed = digits[:place] + other + digits[place + 1 :]

    assert identity.check_character(digits) != identity.check_character(changed)
