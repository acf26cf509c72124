"""Log lines hold no number that could be a person's."""

import logging

import pytest

from config.logs import Line, Mask


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("id 519900199001010011 refused", "id 51**************11 refused"),
        ("id 51990019900101001X", "id 51**************1X"),
        ("tel 13912345678.", "tel 13*******78."),
        ("POST /judge/marks 200 in 31 ms", "POST /judge/marks 200 in 31 ms"),
        ("at 2026-11-20 09:00:01,123", "at 2026-11-20 09:00:01,123"),
    ],
)
def test_long_numbers_are_masked(message, expected):
    record = logging.LogRecord("a", logging.INFO, "f", 1, "%s", (message,), None)

    assert Mask().filter(record) is True
    assert record.getMessage() == expected


def test_long_numbers_in_the_words_of_an_error_are_masked():
    error = ValueError("row of 519900199001010011")
    info = (ValueError, error, None)
    record = logging.LogRecord("a", logging.ERROR, "f", 1, "broken", (), info)

    line = Line("%(levelname)s %(message)s").format(record)

    assert line == "ERROR broken\nValueError: row of 51**************11"
