"""Ties are read from registers: units of today, schools, duplicates, declared ties."""

import pytest

from competitions.actions.ties import declare_tie, withdraw_tie
from competitions.errors import CompetitionError
from competitions.queries import conflicts_in
from people.models import Organization
from tests.factories import (
    AT,
    make_competition,
    make_delegation,
    make_entry,
    make_organization,
    make_person,
    make_skill,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill():
    return make_skill(make_competition())


def reasons(person, skill, **more):
    found = conflicts_in(person, skill, **more)
    return [str(reason) for rows in found.values() for reason in rows]


def test_a_duplicate_of_a_competitor_is_the_competitor(skill):
    competitor, judge = make_person(), make_person()
    make_entry(skill, members=[competitor])
    judge.survivor = competitor
    judge.save()

    assert reasons(judge, skill) == ["competitor"]


def test_a_school_and_its_part_are_one_school(skill):
    school = make_organization(name="某职院", kinds=["school"])
    part = make_organization(name="某职院机电系", kinds=["school"])
    Organization.objects.filter(pk=part.pk).update(parent=school)
    part.refresh_from_db()
    make_entry(skill, members=[make_person(organization=part)])

    assert reasons(make_person(organization=school), skill) == ["same-school"]


def test_the_unit_of_today_counts_beside_that_of_the_entry(skill):
    old, new = make_organization(name="旧单位"), make_organization(name="新单位")
    competitor = make_person(organization=old)
    make_entry(skill, members=[competitor])
    competitor.organization = new
    competitor.save()

    for unit in (old, new):
        assert reasons(make_person(organization=unit), skill) == ["same-organization"]


def test_a_delegation_that_proposes_a_judge_is_a_tie(skill):
    delegation = make_delegation(skill.competition)
    make_entry(skill, delegation=delegation)

    assert reasons(make_person(), skill, delegation=delegation) == ["same-delegation"]


def test_a_declared_tie_counts_until_it_is_taken_back(skill):
    entry, judge, user = make_entry(skill), make_person(), make_user()
    ours = skill.competition
    given = {"person": judge, "entry": entry, "by": user, "at": AT}
    with pytest.raises(CompetitionError):
        declare_tie(ours, reason=" ", **given)
    tie = declare_tie(ours, reason="亲属", **given)
    assert declare_tie(ours, reason="亲属", **given) == tie

    before = reasons(judge, skill)
    withdraw_tie(tie, reason="误报", by=user, at=AT)

    assert (before, reasons(judge, skill)) == (["declared"], [])
