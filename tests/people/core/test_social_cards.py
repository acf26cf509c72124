"""Social-security card numbers."""

import pytest

from people.core import social_cards


@pytest.mark.parametrize(
    ("text", "number", "codes"),
    [
        ("A12345678", "A12345678", []),
        (" ａ1234-5678 ", "A12345678", []),
        ("12345", "12345", ["social-card-form"]),
        ("A1234567=", "A1234567=", ["social-card-form"]),
        ("", "", ["social-card-form"]),
    ],
)
def test_a_number_has_one_spelling_and_is_checked_for_its_characters(
    text, number, codes
):
    found = social_cards.normalize(text)

    assert found == number
    assert [finding.code for finding in social_cards.check(found)] == codes
