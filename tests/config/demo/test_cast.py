"""The demonstration's people."""

from collections import Counter

from config.demo.cast import officials, teams, units
from people.core import identity


def everybody():
    for team in teams():
        yield from team.members
        yield from team.coaches
    yield from officials()


def test_identity_numbers_are_well_formed_and_of_a_region_never_assigned():
    for person in everybody():
        read = identity.read("resident-id", person.identity_number)

        assert read.is_valid, person.name
        assert person.identity_number.startswith("519900")
        assert (read.birth_on, str(read.sex)) == (person.birth_on, person.sex)


def test_one_person_has_one_number():
    numbers = {(p.name, p.birth_on): p.identity_number for p in everybody()}

    assert len(set(numbers.values())) == len(numbers)


def test_teams_have_the_sizes_of_their_skills():
    sizes = Counter((team.skill, len(team.members)) for team in teams())

    assert sizes == {("01", 1): 12, ("02", 1): 10, ("03", 2): 8}


def test_everybody_belongs_to_a_known_unit():
    assert {person.unit for person in everybody()} <= set(units())
