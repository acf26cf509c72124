"""Writing a scheme part by part, and the table that sums it up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.core import editing
from scoring.core.allocation import allocation
from scoring.core.findings import scheme_advice
from scoring.core.scheme import Criterion, Scheme, Section, SubCriterion
from tests.scoring.core.schemes import (
    chinese_type,
    judgement,
    measurement,
    worldskills_type,
)


def codes(scheme):
    return [
        (sub.code, [aspect.code for aspect in sub.aspects])
        for criterion in scheme.criteria
        for sub in criterion.sub_criteria
    ]


def test_a_scheme_is_written_from_nothing():
    scheme = Scheme("焊接")
    scheme = editing.put_criterion(scheme, Criterion("A", "准备"))
    code = editing.free_code(editing.criterion_of(scheme, "A"))
    scheme = editing.put_sub(scheme, "A", SubCriterion(code, "放样", 1))
    scheme = editing.put_aspect(scheme, "A1", "", measurement("", "30"))
    scheme = editing.put_aspect(scheme, "A1", "", judgement("", "10"))
    assert codes(scheme) == [("A1", ["A1.M1", "A1.J2"])]
    assert editing.free_letter(scheme) == "B"


def test_changing_a_part_keeps_what_is_in_it():
    scheme = editing.put_criterion(
        worldskills_type(), Criterion("A", "备料", weight=Decimal("0.5"))
    )
    scheme = editing.put_sub(scheme, "A", SubCriterion("A1", "划线", 3, panel="B"))
    (sub,) = editing.criterion_of(scheme, "A").sub_criteria
    assert (sub.name, sub.day, sub.panel, len(sub.aspects)) == ("划线", 3, "B", 2)
    assert editing.criterion_of(scheme, "A").weight == Decimal("0.5")


def test_aspects_are_coded_by_kind_and_position_after_every_change():
    scheme = worldskills_type()
    moved = editing.move_part(scheme, "aspect", "A1.J1", -1)
    assert codes(moved)[0] == ("A1", ["A1.J1", "A1.M2"])
    gone = editing.remove_part(moved, "aspect", "A1.J1")
    assert codes(gone)[0] == ("A1", ["A1.M1"])
    other = editing.put_aspect(gone, "A1", "A1.M1", judgement("", "5"))
    assert codes(other)[0] == ("A1", ["A1.J1"])


@pytest.mark.parametrize("by", [-9, 0, 9])
def test_a_part_never_leaves_the_list(by):
    moved = editing.move_part(worldskills_type(), "criterion", "B", by)
    assert sorted(c.letter for c in moved.criteria) == ["A", "B"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [("criterion", "C"), ("sub", "A9"), ("aspect", "A1.M9"), ("section", "9")],
)
def test_a_part_that_is_not_there_is_said(kind, code):
    with pytest.raises(editing.NoSuchPart):
        editing.remove_part(worldskills_type(), kind, code)


def test_aspects_follow_a_section_that_gets_another_number():
    aspect = replace(measurement("A1.M1", "30"), section="1")
    scheme = editing.put_aspect(worldskills_type(), "A1", "A1.M1", aspect)
    scheme = editing.put_section(scheme, "1", Section("7", "安全", Decimal(5)))
    assert editing.aspect_of(scheme, "A1.M1").section == "7"


def test_the_allocation_table_sums_by_section_and_criterion():
    aspect = replace(measurement("A1.M1", "30"), section="1")
    scheme = editing.put_aspect(worldskills_type(), "A1", "A1.M1", aspect)
    table = allocation(scheme)
    assert table.letters == ("A", "B")
    assert [(r.number, r.marks, r.total, r.variation) for r in table.rows] == [
        ("1", (Decimal("30.00"), Decimal("0.00")), Decimal("30.00"), Decimal("-25.0")),
        ("", (Decimal("10.00"), Decimal("60.00")), Decimal("70.00"), None),
    ]
    assert (table.totals, table.total) == (
        (Decimal("40.00"), Decimal("60.00")),
        Decimal("100.00"),
    )


def test_the_allocation_table_counts_weights():
    table = allocation(chinese_type())
    assert (table.totals, table.total) == (
        (Decimal("30.00"), Decimal("70.00")),
        Decimal("100.00"),
    )


def test_advice_never_blocks():
    found = scheme_advice(worldskills_type())
    assert {(f.code, f.place, f.blocks) for f in found} == {
        ("section-variation", "section:1", False),
        ("no-section", "", False),
        ("few-criteria", "", False),
    }
