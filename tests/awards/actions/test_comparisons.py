"""Lists of other bodies: match, conflict, missing both ways; taking over by choice."""

from datetime import date

import pytest

from awards.actions.comparisons import (
    Source,
    compare_list,
    take_over,
    taken_numbers,
)
from awards.comparing.lines import from_text
from awards.enums import ComparedPeople, ComparisonKind
from awards.errors import ComparisonRefused
from awards.models import Comparison, ComparisonTake, Decision
from ledger.models import Event
from people.actions import confirm_no_grade, state_values
from people.models import FieldEvidence, GradeHeld, Person
from tests.awards import desk
from tests.awards.lists_of_others import (
    GRADE_HEADINGS,
    INSURANCE_HEADINGS,
    SENIOR,
    TECHNICIAN,
    make_waiting,
    workbook,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)
NAME = "省鉴定中心 2026 年 11 月名单"


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


def compared(officer, kind, headings, *rows, whom=ComparedPeople.ALL, is_dry_run=False):
    return compare_list(
        workbook(headings, *rows),
        filename="名单.xlsx",
        source=Source(kind, whom, NAME, ON),
        by=officer,
        at=desk.AT,
        is_dry_run=is_dry_run,
    )


def grades(officer, *rows, **options):
    return compared(officer, ComparisonKind.GRADES, GRADE_HEADINGS, *rows, **options)


def insured(officer, *rows, **options):
    kind, headings = ComparisonKind.INSURANCE, INSURANCE_HEADINGS
    return compared(officer, kind, headings, *rows, **options)


def told(outcome):
    return [
        (
            line.outcome,
            line.name,
            [(d.field, d.ours, d.theirs) for d in line.differences],
        )
        for line in outcome.lines
    ]


def listed(person, grade="高级工", number=SENIOR, name=None, day="2025-06-01"):
    shown = person.name if name is None else name
    return (shown, person.identity_number, "焊工", grade, number, day)


def test_every_outcome_of_a_grade_list_is_told_both_ways(officer):
    match, conflict, new, absent, other = (
        make_waiting(name, n) for n, name in enumerate("甲乙丙丁戊", 1)
    )
    desk.make_grade(match, 3, SENIOR)
    desk.make_grade(conflict, 3, "S000051000001253000999")
    desk.make_grade(other, 4, TECHNICIAN)
    outcome = grades(
        officer,
        listed(match, day=None),
        listed(conflict, day=None),
        listed(new),
        listed(other, day=None),
        ("路人", desk.number_for(77), "焊工", "高级工", None, None),
        ("某人", desk.number_for(78), "焊工", "大师傅", None, None),
    )

    assert told(outcome) == [
        ("match", "甲", []),
        ("conflict", "乙", [("证书编号", "S000051000001253000999", SENIOR)]),
        ("missing-here", "丙", [("证书编号", "—", SENIOR)]),
        ("conflict", "戊", [("等级", "技师（二级）", "高级工（三级）")]),
        ("stranger", "", []),
        ("unread", "", []),
        ("missing-there", "丁", []),
    ]
    assert outcome.counts["conflict"] == 2
    stored = Comparison.objects.get()
    assert (stored.lines, stored.counts) == (6, outcome.counts)
    assert [line.outcome for line in from_text(stored.rows)] == [
        line.outcome for line in outcome.lines
    ]
    assert "519900" not in " ".join(line.identity for line in outcome.lines)


def test_a_comparison_changes_no_fact_and_a_dry_run_keeps_nothing(officer):
    person = make_waiting("甲", 1)
    outcome = grades(officer, listed(person), is_dry_run=True)
    assert (outcome.comparison, Comparison.objects.count()) == (None, 0)
    grades(officer, listed(person))
    assert not GradeHeld.objects.exists()
    assert Event.objects.filter(type="comparison-made").count() == 1


def test_a_number_that_is_not_of_22_characters_is_pointed_out(officer):
    person = make_waiting("甲", 1)
    [line, *_rest] = grades(
        officer, listed(person, number="S00005100000125300011")
    ).lines
    assert line.outcome == "missing-here"
    assert "21 位数字" in " ".join(line.notes)
    assert line.taking is None


def test_grades_that_the_list_does_not_know_are_missing_there(officer):
    person = make_waiting("甲", 1)
    desk.make_grade(person, 3, SENIOR)
    desk.make_grade(person, 4, TECHNICIAN)
    outcome = grades(officer, listed(person, day=None))
    assert [(line.outcome, line.about) for line in outcome.lines] == [
        ("match", "焊工 高级工（三级）"),
        ("missing-there", "焊工 技师（二级）"),
    ]


def test_another_name_under_the_same_document_is_a_conflict_not_taken_over(officer):
    person = make_waiting("甲", 1)
    [line] = grades(officer, listed(person, name="乙", number=None)).lines
    assert told_line(line) == ("conflict", [("姓名", "甲", "乙")], None)


def told_line(line):
    apart = [(d.field, d.ours, d.theirs) for d in line.differences]
    return line.outcome, apart, line.taking


def test_a_grade_against_a_confirmed_none_is_a_conflict_to_be_settled_by_hand(officer):
    person = make_waiting("甲", 1)
    confirm_no_grade(
        person, occupation_code="6-18-02-04", evidence="查过", by=officer, at=desk.AT
    )
    [line] = grades(officer, listed(person)).lines
    assert told_line(line) == ("conflict", [("等级", "无", "高级工（三级）")], None)


@pytest.mark.parametrize(
    ("whom", "expected"), [("all", ["乙"]), ("waiting", ["乙"]), ("open", [])]
)
def test_whose_absence_is_said_is_chosen(officer, whom, expected):
    person, _absent = make_waiting("甲", 1), make_waiting("乙", 2)
    outcome = grades(officer, listed(person), whom=whom)
    absent = [line.name for line in outcome.lines if line.outcome == "missing-there"]
    assert absent == expected


def test_people_of_another_bureau_are_strangers(officer):
    person = make_waiting("甲", 1)
    other = desk.make_officer(desk.make_bureau("440000", "广东省人社厅"), "li")
    outcome = grades(other, listed(person))
    assert told(outcome) == [("stranger", "", [])]


def test_a_list_without_its_columns_is_refused(officer):
    outcome = compared(officer, ComparisonKind.GRADES, ("姓名", "等级"), ("甲", "技师"))
    assert not outcome.can_be_kept
    assert {problem.code for problem in outcome.problems} == {"missing-column"}
    assert not Comparison.objects.exists()


INSURED = {
    "same unit": (("成都一厂", "正常参保", None, None), "match", []),
    "width and brackets": (("成都一厂 ", "参保缴费", None, None), "match", []),
    "another unit": (
        ("绵阳二厂", "正常", None, None),
        "conflict",
        [("单位", "成都一厂", "绵阳二厂")],
    ),
    "insurance stopped": (
        ("成都一厂", "停保", None, None),
        "conflict",
        [("参保状态", "职工", "停保")],
    ),
    "period over before the day": (
        ("成都一厂", None, "2020-01-01", "2026-10-31"),
        "conflict",
        [("参保状态", "职工", "2020-01-01—2026-10-31")],
    ),
    "word nobody knows": (("成都一厂", "在途", None, None), "match", []),
}


@pytest.mark.parametrize("case", INSURED)
def test_a_social_insurance_list_is_compared_field_by_field(officer, case):
    cells, outcome, apart = INSURED[case]
    person = make_waiting("甲", 1, unit="成都一厂")
    found = insured(officer, (person.name, person.identity_number, *cells))
    assert told(found) == [(outcome, "甲", apart)]


def test_of_two_employers_one_that_agrees_is_enough(officer):
    person = make_waiting("甲", 1, unit="成都一厂")
    found = insured(
        officer,
        (person.name, person.identity_number, "绵阳二厂", "正常", None, None),
        (person.name, person.identity_number, "成都一厂", "正常", None, None),
    )
    assert [line.outcome for line in found.lines] == ["match", "match"]
    assert found.lines[0].notes


def test_a_missing_employment_and_card_can_be_taken_over(officer):
    person = make_waiting("甲", 1, unit="成都一厂")
    Person.objects.filter(pk=person.pk).update(employment_kind="")
    headings = (*INSURANCE_HEADINGS, "社会保障卡号")
    row = (
        person.name,
        person.identity_number,
        "成都一厂",
        "正常",
        None,
        None,
        "A12345678",
    )
    found = compared(officer, ComparisonKind.INSURANCE, headings, row)
    assert [line.outcome for line in found.lines] == ["missing-here"]

    done = take_over(found.comparison, numbers=[1], by=officer, at=desk.AT)

    assert (done.problems, done.facts) == ([], 1)
    person.refresh_from_db()
    assert (person.employment_kind, person.social_card_number) == (
        "worker",
        "A12345678",
    )
    assert set(FieldEvidence.objects.values_list("evidence", "evidence_on")) == {
        (NAME, ON)
    }


def test_a_chosen_grade_is_recorded_with_the_list_as_evidence_and_judged(officer):
    person, other = make_waiting("甲", 1), make_waiting("乙", 2)
    found = grades(
        officer, listed(person), listed(other, number=TECHNICIAN, grade="技师")
    )
    waiting = Decision.objects.filter(person=person, is_current=True).get()

    done = take_over(found.comparison, numbers=[1], by=officer, at=desk.AT)

    assert (done.problems, done.facts, done.people) == ([], 1, 1)
    [held] = GradeHeld.objects.all()
    assert (held.person, held.certificate_number, held.evidence, held.evidence_on) == (
        person, SENIOR, NAME, ON,
    )  # fmt: skip
    waiting.refresh_from_db()
    assert not waiting.is_current
    assert taken_numbers(found.comparison) == {1}
    assert Event.objects.filter(type="comparison-taken").count() == 1
    with pytest.raises(ComparisonRefused):
        take_over(found.comparison, numbers=[1], by=officer, at=desk.AT)


def test_a_certificate_is_corrected_and_the_old_row_points_to_the_new(officer):
    person = make_waiting("甲", 1)
    before = desk.make_grade(person, 3, "S000051000001253000999")
    found = grades(officer, listed(person, day=None))

    done = take_over(found.comparison, numbers=[1], by=officer, at=desk.AT)

    assert done.problems == []
    before.refresh_from_db()
    fresh = GradeHeld.objects.get(withdrawn_at__isnull=True)
    assert (fresh.certificate_number, before.replaced_by_id) == (SENIOR, fresh.pk)
    assert NAME in before.withdrawn_reason


def test_what_changed_since_is_refused_and_nothing_is_taken(officer):
    one, two = make_waiting("甲", 1), make_waiting("乙", 2)
    desk.make_grade(one, 3, "S000051000001253000999")
    found = grades(officer, listed(one, day=None), listed(two))
    GradeHeld.objects.update(withdrawn_at=desk.AT)

    done = take_over(found.comparison, numbers=[1, 2], by=officer, at=desk.AT)

    assert [problem.code for problem in done.problems] == ["changed-since"]
    assert not GradeHeld.objects.filter(withdrawn_at__isnull=True).exists()
    assert not ComparisonTake.objects.exists()


def test_a_value_filled_in_since_is_never_written_over(officer):
    person = make_waiting("甲", 1, unit="成都一厂")
    Person.objects.filter(pk=person.pk).update(employment_kind="")
    row = (person.name, person.identity_number, "成都一厂", "正常", None, None)
    found = insured(officer, row)
    fresh = Person.objects.get(pk=person.pk)
    state_values(
        fresh,
        values={"employment_kind": "student"},
        evidence="学籍",
        by=officer,
        at=desk.AT,
    )

    done = take_over(found.comparison, numbers=[1], by=officer, at=desk.AT)

    assert [problem.code for problem in done.problems] == ["changed-since"]
    assert Person.objects.get(pk=person.pk).employment_kind == "student"


@pytest.mark.parametrize("people", [1, 4])
def test_queries_do_not_grow_with_the_list(
    officer, people, django_assert_max_num_queries
):
    rows = [listed(make_waiting(f"人{n}", n)) for n in range(1, people + 1)]
    content = workbook(GRADE_HEADINGS, *rows)
    source = Source(ComparisonKind.GRADES, ComparedPeople.ALL, NAME, ON)
    with django_assert_max_num_queries(12):
        compare_list(
            content,
            filename="名单.xlsx",
            source=source,
            by=officer,
            at=desk.AT,
            is_dry_run=True,
        )
