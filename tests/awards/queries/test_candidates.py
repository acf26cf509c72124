"""Who is proposed for a pool: by entitlements, by criteria, each person once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import access
from awards.actions import talent
from awards.core.talent import asked_from
from awards.enums import EntitlementState
from awards.queries.candidates import candidates_of, met_by
from competitions.models import Appointment, EntryCoach
from people.models import HolderFact, ProfessionalTitle
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def pool(bureau, officer):
    return pools.make_pool(bureau, officer)


def candidates(pool, officer):
    return candidates_of(
        pool,
        people=access.talents_for(officer),
        entitlements=access.entitlements_for(officer),
        today=TODAY,
    )


def names(rows):
    from people.models import Person

    return [Person.objects.get(pk=row.person).name for row in rows]


def test_a_granted_entitlement_proposes_and_a_proposed_one_waits(pool, officer):
    pools.make_proposal(desk.make_person("王芳", 1))
    competition = desk.make_competition(code="other", owner=pool.bureau)
    waiting = desk.make_person("李强", 2)
    pools.make_proposal(waiting, EntitlementState.PROPOSED, competition=competition)

    found = candidates(pool, officer)
    pool.waits_for_grant = False
    pool.save()

    assert names(found) == ["王芳"]
    assert "R-" in found[0].evidence
    assert names(candidates(pool, officer)) == ["李强", "王芳"]


@pytest.mark.parametrize("state", ["refused", "revoked", "superseded"])
def test_an_entitlement_that_ended_proposes_nobody(pool, officer, state):
    pool.waits_for_grant = False
    pool.save()
    pools.make_proposal(desk.make_person("王芳", 1), state)

    assert candidates(pool, officer) == []


def test_a_criterion_lists_who_meets_it_and_nobody_of_another_region(pool, officer):
    own, far = desk.make_person("王芳", 1), desk.make_person("孙丽", 2, region="320100")
    desk.make_grade(own, 4)
    desk.make_grade(far, 5)
    pools.make_criterion(pool, officer, grade=4)

    found = candidates(pool, officer)

    assert [(row.person, row.evidence) for row in found] == [
        (own.pk, "焊工 技师（二级）（证书已核）")
    ]


def test_who_is_in_or_declined_is_no_candidate_and_who_left_is_marked(pool, officer):
    people = [desk.make_person(f"王芳{n}", n) for n in range(3)]
    for person in people:
        desk.make_grade(person, 4)
    pools.make_criterion(pool, officer, grade=4)
    pools.enter(pool, people[0], officer)
    talent.decline(pool, [people[1].pk], reason="不愿意", by=officer, at=pools.AT)
    left = pools.enter(pool, people[2], officer)
    talent.leave_pool(left, reason="调离", left_on=TODAY, by=officer, at=pools.AT)

    found = candidates(pool, officer)

    assert [(row.person, row.was_in) for row in found] == [(people[2].pk, True)]


def test_an_entitlement_proposes_its_person_once_even_after_they_left(pool, officer):
    person = desk.make_person("王芳", 1)
    pools.make_proposal(person)
    done = talent.admit(
        pool,
        candidates(pool, officer),
        document=pools.PAPER,
        entered_on=TODAY,
        by=officer,
        at=pools.AT,
    )
    talent.leave_pool(
        done.entries[0], reason="调离", left_on=TODAY, by=officer, at=pools.AT
    )

    assert candidates(pool, officer) == []


def test_facts_of_a_merged_file_count_for_the_survivor(pool, officer):
    person, duplicate = desk.make_person("王芳", 1), desk.make_person("王芳", 2)
    duplicate.survivor = person
    duplicate.save()
    desk.make_grade(duplicate, 4)
    pools.make_title(person)
    pools.make_criterion(pool, officer, grade=4, titles=["全国技术能手"])

    assert [row.person for row in candidates(pool, officer)] == [person.pk]


def test_a_result_counts_where_the_release_in_force_says_it(officer):
    people = [desk.make_person(f"王芳{n}", n) for n in range(4)]
    desk.make_final(people)
    asked = {"award": "silver", "tiers": ["provincial"]}

    found = met_by(asked_from(asked), TODAY)
    elsewhere = met_by(asked_from({**asked, "tiers": ["national"]}), TODAY)
    earlier = met_by(asked_from({**asked, "years": 1}), date(2028, 1, 1))

    assert list(found) == [people[0].pk, people[1].pk]
    assert (
        "2026 年四川工匠杯职业技能大赛 焊接：第 1 名，金牌（R-" in found[people[0].pk]
    )
    assert (elsewhere, earlier) == ({}, {})


def test_a_rehearsal_makes_nobody_a_candidate(officer):
    competition = desk.make_competition(is_rehearsal=True)
    desk.make_final([desk.make_person("王芳", 1)], competition)

    assert met_by(asked_from({"place": 3, "tiers": ["provincial"]}), TODAY) == {}


def test_service_titles_and_holders_facts_are_asked_by_name(officer):
    judge, coach = desk.make_person("王芳", 1), desk.make_person("李强", 2)
    expert = desk.make_person("赵敏", 3)
    _release, skill, entries = desk.make_final([desk.make_person("周杰", 4)])
    Appointment.objects.create(
        competition=skill.competition,
        skill=skill,
        person=judge,
        role="judge",
        appointed_by=officer,
        appointed_at=pools.AT,
    )
    EntryCoach.objects.create(entry=entries[0], person=coach)
    common = {"evidence": "证", "recorded_by": "user:1", "recorded_at": pools.AT}
    ProfessionalTitle.objects.create(
        person=expert, name="正高级工程师", level="full", **common
    )
    HolderFact.objects.create(person=expert, kind="state-allowance", **common)

    def who(**asked):
        return list(met_by(asked_from(asked), TODAY))

    assert who(services=["judge"]) == [judge.pk]
    assert who(services=["coach", "judge"]) == [judge.pk, coach.pk]
    assert who(services=["chief-judge"]) == []
    assert who(level="associate", holder=["state-allowance"]) == [expert.pk]
    assert who(services=["judge"], tiers=["national"]) == []


def test_the_number_of_queries_does_not_grow_with_the_candidates(pool, officer):
    pools.make_criterion(pool, officer, grade=4)

    def queries(serials):
        for serial in serials:
            desk.make_grade(desk.make_person(f"王芳{serial}", serial), 4)
        with CaptureQueriesContext(connection) as captured:
            found = candidates(pool, officer)
        return len(found), len(captured)

    assert queries([1])[0] == 1
    few, many = queries([2]), queries(range(3, 8))
    assert (few[0], many[0]) == (2, 7)
    assert few[1] == many[1]
