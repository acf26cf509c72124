"""Who sees what of a personal value."""

import pytest

from people.core.masking import IdentityMask, mask

IDENTITY = "11010519491231002X"


@pytest.mark.parametrize(
    ("kind", "value", "audience", "policy", "seen"),
    [
        ("identity", IDENTITY, "public", IdentityMask.P0, ""),
        ("identity", IDENTITY, "public", IdentityMask.P1, "110***********002X"),
        ("identity", IDENTITY, "public", IdentityMask.P2, "110105********002X"),
        ("identity", IDENTITY, "internal", IdentityMask.P0, "110***********002X"),
        ("identity", IDENTITY, "authority", IdentityMask.P0, IDENTITY),
        ("identity", "H12345678", "internal", IdentityMask.P0, "*******78"),
        ("phone", "13812345678", "public", IdentityMask.P1, ""),
        ("phone", "13812345678", "internal", IdentityMask.P0, "138****5678"),
        ("bank-card", "6222020000001234", "internal", IdentityMask.P0, ""),
        (
            "bank-card",
            "6222020000001234",
            "finance",
            IdentityMask.P0,
            "*" * 12 + "1234",
        ),
        ("birth-date", "1949-12-31", "public", IdentityMask.P0, ""),
        ("birth-date", "1949-12-31", "internal", IdentityMask.P0, ""),
        ("address", "成都市", "public", IdentityMask.P0, ""),
        ("identity", "", "authority", IdentityMask.P0, ""),
    ],
)
def test_mask(kind, value, audience, policy, seen):
    assert mask(kind, value, audience, policy=policy) == seen
