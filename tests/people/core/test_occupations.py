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


def codes(found):
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("text", "code", "name", "work_type", "odd"),
    [
        ("6-18-02-04", "6-18-02-04", "焊工", "", []),
        ("焊 工", "6-18-02-04", "焊工", "", []),
        (
            "育婴员",
            "4-10-01-01",
            "婴幼儿发展引导员",
            "",
            ["occupation-retired"],
        ),
        ("数控车工", "6-18-01-01", "车工", "数控车工", ["occupation-work-type"]),
        ("6-31-99-99", "6-31-99-99", "", "", ["occupation-unknown"]),
    ],
)
def test_find_reads_codes_names_retired_names_and_types_of_work(
    text, code, name, work_type, odd
):
    found = occupations.find(text)

    assert (found.code, found.name, found.work_type) == (code, name, work_type)
    assert codes(found) == odd


def test_find_makes_up_no_code_for_a_name_it_does_not_hold():
    assert occupations.find("星际航行员") is None
    assert occupations.find("育婴员", "2015") is None


def test_a_code_of_an_earlier_dictionary_passes_with_a_warning():
    assert codes(occupations.find("6-18-02-04", "2015")) == ["occupation-dictionary"]
