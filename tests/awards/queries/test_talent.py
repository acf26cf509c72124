"""The list of the talent file: filters, search, what is wrong with an entry."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import access
from awards.actions import talent as actions
from awards.enums import EntitlementState
from awards.queries import talent
from awards.queries.candidates import candidates_of
from people.models import Person
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


def found(officer, **asked):
    rows = access.pool_entries_for(officer)
    filters = talent.TalentFilters(**asked)
    return [row.person.name for row in talent.listed(rows, filters, today=TODAY)]


def admit_all(pool, officer):
    return actions.admit(
        pool,
        candidates_of(
            pool,
            people=access.talents_for(officer),
            entitlements=access.entitlements_for(officer),
            today=TODAY,
        ),
        document=pools.PAPER,
        entered_on=date(2025, 5, 1),
        by=officer,
        at=pools.AT,
    ).entries


def test_filters_of_an_address_drop_what_they_do_not_know():
    typed = {
        "pool": "7;drop",
        "state": "gone",
        "grade": "9",
        "region": "51",
        "year": "20x6",
        "q": "  wang\0fang ",
        "title": "全国技术能手",
    }

    assert talent.TalentFilters.read(typed) == talent.TalentFilters(
        q="wangfang", title="全国技术能手"
    )


def test_each_filter_narrows_to_its_own(pool, officer):
    wang = desk.make_person("王芳", 1, unit="成都一厂")
    zhang = desk.make_person("張龍", 2, region="510300")
    desk.make_grade(wang, 4)
    pools.make_title(zhang)
    pools.enter(pool, wang, officer)
    pools.enter(pool, zhang, officer, on=date(2026, 2, 1))

    cases = [
        ({"grade": "4"}, ["王芳"]),
        ({"occupation": "6-18-02-04"}, ["王芳"]),
        ({"region": "510300"}, ["張龍"]),
        ({"employer": "一厂"}, ["王芳"]),
        ({"title": "技术能手"}, ["張龍"]),
        ({"year": "2026"}, ["張龍"]),
        ({"q": "张龙"}, ["張龍"]),
        ({"q": "zhanglong"}, ["張龍"]),
        ({"q": "wf"}, ["王芳"]),
        ({"q": "成都"}, ["王芳"]),
        ({"pool": str(pool.pk)}, ["王芳", "張龍"]),
        ({"pool": "999999"}, []),
        ({"state": "left"}, []),
    ]
    for asked, names in cases:
        assert (asked, found(officer, **asked)) == (asked, names)


def test_facts_under_a_merged_file_are_found_too(pool, officer):
    person, duplicate = desk.make_person("王芳", 1), desk.make_person("王方", 2)
    duplicate.survivor = person
    duplicate.save()
    desk.make_grade(duplicate, 5)
    pools.make_title(duplicate)
    pools.enter(pool, person, officer)

    assert found(officer, grade="5", title="全国技术能手") == ["王芳"]
    assert talent.grades_by_person([person])[person.pk].grade == 5
    assert talent.titles_by_person([person]) == {
        person.pk: ["全国技术能手"],
        duplicate.pk: ["全国技术能手"],
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": EntitlementState.REVOKED}, "ended"),
        ({"state": EntitlementState.SUPERSEDED}, "ended"),
        ({"basis_changed": True}, "changed"),
    ],
)
def test_an_entry_whose_entitlement_no_longer_stands_is_flagged(
    pool, officer, changes, code
):
    person = desk.make_person("王芳", 1)
    right = pools.make_proposal(person)
    (entry,) = admit_all(pool, officer)
    rows = access.pool_entries_for(officer)
    assert talent.changed_entries(rows, TODAY) == {}

    for name, value in changes.items():
        setattr(right, name, value)
    right.save()

    assert talent.changed_entries(rows, TODAY) == {entry.pk: code}
    assert found(officer, state="changed") == ["王芳"]


def test_a_keep_after_the_change_answers_it(pool, officer, bureau):
    right = pools.make_proposal(desk.make_person("王芳", 1))
    (entry,) = admit_all(pool, officer)
    right.state = EntitlementState.REVOKED
    right.save()

    actions.review_entries(
        bureau,
        [entry],
        year=2026,
        outcome="keep",
        note="另有称号",
        by=officer,
        at=pools.AT,
    )

    assert talent.changed_entries(access.pool_entries_for(officer), TODAY) == {}


def test_an_entry_whose_criterion_is_no_longer_met_is_flagged(pool, officer):
    grade = desk.make_grade(desk.make_person("王芳", 1), 4)
    pools.make_criterion(pool, officer, grade=4)
    (entry,) = admit_all(pool, officer)

    grade.withdrawn_at = pools.AT
    grade.save()

    rows = access.pool_entries_for(officer)
    assert talent.changed_entries(rows, TODAY) == {entry.pk: "unmet"}


def test_an_integrity_record_flags_the_entry_while_it_is_in_force(pool, officer):
    person = desk.make_person("王芳", 1)
    pools.enter(pool, person, officer)
    record = pools.make_sanction(person)
    assert found(officer, state="sanctioned") == ["王芳"]

    record.ends_on = date(2026, 7, 1)
    record.save()

    assert found(officer, state="sanctioned") == []


def test_an_entry_of_another_bureau_is_not_there(pool, officer):
    pools.enter(pool, desk.make_person("王芳", 1), officer)
    city = desk.make_bureau("510100", "成都市人力资源和社会保障局")
    stranger = desk.make_officer(city, "zhao")

    assert found(stranger) == []
    assert list(access.pools_for(stranger)) == []
    # The person is within the city bureau's reach all the same.
    assert access.talents_for(stranger).count() == 1


def test_the_list_takes_as_many_queries_for_many_as_for_one(pool, officer):
    desk.make_grade(desk.make_person("王芳", 1), 4)
    pools.make_criterion(pool, officer, grade=4)
    admit_all(pool, officer)

    def queries():
        rows = access.pool_entries_for(officer)
        with CaptureQueriesContext(connection) as captured:
            shown = list(talent.listed(rows, talent.TalentFilters(), today=TODAY))
            people = [row.person for row in shown]
            talent.grades_by_person(people)
            talent.titles_by_person(people)
            talent.changed_entries(rows, TODAY)
        return len(shown), len(captured)

    first = queries()
    for serial in range(2, 5):
        desk.make_grade(desk.make_person(f"李强{serial}", serial), 4)
    admit_all(pool, officer)

    assert queries() == (4, first[1])


def test_people_of_no_region_are_reached_only_through_a_decision(officer):
    far = desk.make_person("孙丽", 1, region="320100")
    Person.objects.create(name="无名", registered_at=pools.AT)

    assert list(access.talents_for(officer)) == []
    release, skill, entries = desk.make_final([far])
    desk.make_decision(release, skill, entries[0], far, region="")
    assert list(access.talents_for(officer)) == [far]
