"""Taking a facts file in: all of it or nothing, only people of the bureau, twice is once."""

from datetime import date

import pytest

from awards.actions.facts_file import import_facts_file
from awards.fact_columns import COLUMNS, SHEET
from awards.models import Decision
from competitions.models import Competition
from people import actions
from people.core.grades import Grade
from people.models import (
    FieldEvidence,
    GradeConfirmation,
    GradeHeld,
    HolderFact,
    ProfessionalTitle,
    TitleConfirmation,
    TitleHeld,
)
from people.spreadsheets import template_workbook
from tests.awards import desk

pytestmark = pytest.mark.django_db
BASIS = {"evidence": "证书原件", "evidence_on": date(2026, 11, 1)}
GRADE = {"occupation": "焊工", "grade": "二级/技师", **BASIS}


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


def waiting(name: str, serial: int, region: str = "510100"):
    person = desk.make_person(name, serial, region=region)
    known = Competition.objects.first()
    owner = {"owner": known.owner} if known else {}
    skill = desk.make_skill(desk.make_competition(code=f"c{serial}", **owner))
    entry = desk.make_entry(skill, [person], "01")
    release = desk.publish(skill, [(entry, 1, "金牌")], by="system:test")
    desk.make_decision(
        release, skill, entry, person, state="open", missing=["grade_held"]
    )
    return person


def row_of(person, **cells):
    return {"person": f"P-{person.pk}", "name": person.name, **cells}


def taken(officer, *rows, is_dry_run=False):
    content = template_workbook(SHEET, COLUMNS, rows=rows)
    return import_facts_file(
        content, filename="f.xlsx", by=officer, at=desk.AT, is_dry_run=is_dry_run
    )


def faults(outcome):
    return [(p.row, p.column, p.code) for p in outcome.problems]


def test_every_kind_of_fact_is_recorded_with_its_evidence(officer):
    first, second = waiting("甲", 1), waiting("乙", 2)
    outcome = taken(
        officer,
        row_of(
            first,
            **GRADE,
            certificate="S000051000001262000217",
            issuer="成都评价中心",
            title="全国技术能手",
            route="评选",
            origin="山西省",
            allowance="是",
            national_studio="否",
            professional_title="工程师",
            professional_level="中级",
            education="大学本科",
            social_card="A1234 5678",
        ),
        row_of(second, occupation="6-18-02-04", grade="无", title="无", **BASIS),
    )

    assert faults(outcome) == []
    assert (outcome.is_done, outcome.people, outcome.facts) == (True, 2, 9)
    held = GradeHeld.objects.get(person=first)
    assert (held.grade, held.issuer, held.issuer_kind, held.evidence_on) == (
        Grade.TECHNICIAN,
        "成都评价中心",
        "S",
        date(2026, 11, 1),
    )
    title = TitleHeld.objects.get(person=first)
    assert (title.route, title.origin_region) == ("evaluation", "140000")
    assert set(HolderFact.objects.values_list("kind", "holds")) == {
        ("state-allowance", True),
        ("national-studio", False),
    }
    assert ProfessionalTitle.objects.get(person=first).level == "intermediate"
    assert FieldEvidence.objects.filter(person=first).count() == 2
    first.refresh_from_db()
    assert first.social_card_number == "A12345678"
    assert GradeConfirmation.objects.filter(person=second).count() == 1
    assert TitleConfirmation.objects.filter(person=second).count() == 1
    assert not Decision.objects.filter(is_current=True, rule="sc-1").exists()


def test_a_dry_run_finds_the_same_and_writes_nothing(officer):
    person = waiting("甲", 1)
    outcome = taken(officer, row_of(person, **GRADE), is_dry_run=True)

    assert (outcome.is_done, outcome.facts, outcome.people) == (False, 1, 1)
    assert not GradeHeld.objects.exists()


def test_one_fault_keeps_the_whole_file_out(officer):
    first, second = waiting("甲", 1), waiting("乙", 2)
    outcome = taken(
        officer,
        row_of(first, **GRADE),
        row_of(second, **GRADE, certificate="S000051000001265000217"),
    )

    assert faults(outcome) == [(3, "G", "grade-differs")]
    assert not outcome.is_done
    assert not GradeHeld.objects.exists()


def test_the_same_file_again_changes_nothing(officer):
    person = waiting("甲", 1)
    row = row_of(person, **GRADE, allowance="是", education="研究生")
    taken(officer, row)

    again = taken(officer, row)

    assert (again.facts, again.known, again.people) == (0, 3, 0)
    assert GradeHeld.objects.count() == 1


def test_somebody_of_another_region_is_as_unknown_as_nobody(officer):
    stranger = waiting("丙", 3, region="320100")
    nobody = {"person": "P-999999", "name": "丁"}
    outcome = taken(officer, row_of(stranger, **GRADE), {**nobody, **GRADE})

    assert faults(outcome) == [
        (2, "A", "person-not-found"),
        (3, "A", "person-not-found"),
    ]


def test_a_wrong_name_or_document_is_named(officer):
    first, second = waiting("甲", 1), waiting("乙", 2)
    outcome = taken(
        officer,
        row_of(first, **GRADE) | {"name": "别人"},
        row_of(second, **GRADE, identity="11010519491231002X"),
    )

    assert faults(outcome) == [(2, "B", "name-differs"), (3, "A", "person-not-found")]


def test_none_against_a_recorded_grade_is_refused(officer):
    person = waiting("甲", 1)
    desk.make_grade(person)
    outcome = taken(officer, row_of(person, occupation="焊工", grade="无", **BASIS))

    assert faults(outcome) == [(2, "F", "contradiction")]


def test_one_card_belongs_to_one_person(officer):
    first, second = waiting("甲", 1), waiting("乙", 2)
    outcome = taken(
        officer,
        row_of(first, social_card="A12345678", **BASIS),
        row_of(second, social_card="A1234-5678", **BASIS),
    )

    assert faults(outcome) == [(3, "Y", "social-card-taken")]


def test_an_issuers_own_name_is_read_by_its_issuer(officer, bureau):
    actions.record_grade_alias(
        bureau,
        issuer="川机集团",
        name="首席技能师",
        grade=Grade.CHIEF_TECHNICIAN,
        citation="川机〔2026〕1 号",
        by=officer,
        at=desk.AT,
    )
    person = waiting("甲", 1)
    cells = {"occupation": "焊工", "grade": "首席技能师", **BASIS}

    assert faults(taken(officer, row_of(person, **cells))) == [
        (2, "F", "grade-unknown")
    ]
    assert taken(officer, row_of(person, **cells, issuer="川机集团")).is_done
    assert GradeHeld.objects.get(person=person).grade == Grade.CHIEF_TECHNICIAN
