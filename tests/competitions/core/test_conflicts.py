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


@pytest.mark.parametrize(
    ("judge", "found"),
    [
        ({"persons": {31}}, ("expert",)),
        ({"schools": {41}}, ("same-school",)),
        ({"organizations": {41}}, ()),
        ({"schools": {51}}, ("same-delegation",)),
        ({"tied_entries": {1}}, ("declared",)),
        ({"tied_entries": {2}}, ()),
        ({"tied_organizations": {41}}, ("declared",)),
        ({"tied_organizations": {51}}, ("declared",)),
        (
            {"persons": {11, 31}, "schools": {41}},
            ("competitor", "expert", "same-school"),
        ),
    ],
)
def test_experts_schools_and_declared_ties_stand_in_the_way(judge, found):
    entry = EntryParties(
        entry=1,
        persons=frozenset({11}),
        coaches=frozenset({21}),
        organizations=frozenset({40}),
        delegation=50,
        delegation_organization=51,
        experts=frozenset({31}),
        schools=frozenset({41}),
    )
    given = {"persons": {99}} | judge
    who = Judge(**{name: frozenset(ids) for name, ids in given.items()})

    assert conflicts(who, entry) == found
