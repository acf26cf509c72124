"""Who may not judge whom, and which roles exclude each other."""

import pytest

from competitions.core.conflicts import (
    Conflict,
    EntryParties,
    Judge,
    conflicts,
    excluded_by,
)

ENTRY = EntryParties(
    entry=1,
    persons=frozenset({11}),
    coaches=frozenset({12}),
    organizations=frozenset({21}),
    delegation=31,
    delegation_organization=22,
)


@pytest.mark.parametrize(
    ("judge", "found"),
    [
        (Judge(frozenset({1})), ()),
        (Judge(frozenset({1, 11})), (Conflict.COMPETITOR,)),
        (Judge(frozenset({12})), (Conflict.COACH,)),
        (Judge(frozenset({1}), frozenset({21})), (Conflict.SAME_ORGANIZATION,)),
        (Judge(frozenset({1}), frozenset({22})), (Conflict.SAME_DELEGATION,)),
        (
            Judge(frozenset({1}), frozenset(), frozenset({31})),
            (Conflict.SAME_DELEGATION,),
        ),
        (
            Judge(frozenset({12}), frozenset({21})),
            (Conflict.COACH, Conflict.SAME_ORGANIZATION),
        ),
        (Judge(frozenset({1}), frozenset({99}), frozenset({98})), ()),
    ],
)
def test_conflicts(judge, found):
    assert conflicts(judge, ENTRY) == found


@pytest.mark.parametrize(
    ("role", "held", "others"),
    [
        ("judge", ["chief-judge"], ("chief-judge",)),
        ("judge", ["judge"], ()),
        ("supervisor", ["judge", "chief-judge"], ("chief-judge", "judge")),
        ("draw-officer", ["judge"], ("judge",)),
        ("draw-officer", ["supervisor"], ()),
        ("results-officer", ["supervisor", "draw-officer"], ()),
        ("judge", ["coach", "leader"], ("coach", "leader")),
        ("display-operator", ["judge"], ()),
    ],
)
def test_roles_that_exclude_each_other(role, held, others):
    assert excluded_by(role, held) == others
