"""Occupation codes and their dictionary."""

import pytest

from people.core import occupations


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("6-31-01-03", []),
        ("6-31-99-99", [("occupation-unknown", "warning")]),
        ("6-31-01", [("occupation-form", "error")]),
        ("数控车工", [("occupation-form", "error")]),
        ("", [("occupation-form", "error")]),
    ],
)
def test_check(code, found):
    findings = occupations.check(code)

    assert [(finding.code, finding.severity) for finding in findings] == found


def test_names_belong_to_a_version_of_the_dictionary():
    assert occupations.name_of("6-18-02-04") == "焊工"
    assert occupations.name_of("6-18-02-04", "2015") == ""


def test_normalize_folds_dashes_and_full_width_digits():
    assert occupations.normalize(" ６－31–01‑03 ") == "6-31-01-03"
