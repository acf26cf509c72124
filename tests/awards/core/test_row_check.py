"""The check of an exported line, and the reference it is printed under."""

import pytest

from awards.core.row_check import entitlement_of, reference_of, row_check


def test_row_check_is_of_export_reference_and_every_cell():
    checks = {
        row_check(*given)
        for given in (
            ("E-1", "R-1", ["a", "b"]),
            ("E-2", "R-1", ["a", "b"]),
            ("E-1", "R-2", ["a", "b"]),
            ("E-1", "R-1", ["a", "c"]),
            ("E-1", "R-1", ["ab", ""]),
            ("E-1", "R-1", ["a", "b", ""]),
        )
    }

    assert len(checks) == 6
    assert row_check("E-1", "R-1", ["a", "b"]) == "3ed463514e27751c"
    assert {len(check) for check in checks} == {16}


@pytest.mark.parametrize("text", ["", "17", "R-0", "R-017", "R-1x", "R--1", "r-1"])
def test_what_is_no_reference_names_no_entitlement(text):
    assert entitlement_of(text) is None
    assert entitlement_of(reference_of(17)) == 17
