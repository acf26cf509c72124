"""What blocks the freezing of a scheme."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.core.findings import Finding, freeze_findings, maximum_total
from scoring.core.scheme import Rounding, Scheme
from tests.scoring.core.schemes import (
    chinese_type,
    judgement,
    measurement,
    worldskills_type,
)


def with_aspect(aspect):
    scheme = worldskills_type()
    sub = replace(scheme.criteria[1].sub_criteria[0], aspects=(aspect,))
    criterion = replace(scheme.criteria[1], sub_criteria=(sub,))
    return replace(scheme, criteria=(scheme.criteria[0], criterion))


@pytest.mark.parametrize("scheme", [worldskills_type(), chinese_type()])
def test_a_sound_scheme_has_no_findings(scheme):
    assert freeze_findings(scheme) == ()
    assert maximum_total(scheme) == Fraction(100)


def test_another_total_blocks_only_at_competition_level():
    scheme = with_aspect(measurement("B1.M1", "30.5"))

    assert freeze_findings(scheme) == (Finding("total-not-100", "", "70.5"),)
    assert freeze_findings(scheme, competition_level=False) == (
        Finding("total-not-100", "", "70.5", blocks=False),
    )


@pytest.mark.parametrize(
    ("aspect", "finding"),
    [
        (measurement("B1.M1", "0"), Finding("aspect-without-mark", "B1.M1")),
        (
            replace(judgement("B1.J1", "60"), descriptors=("a", "b", "", "d")),
            Finding("descriptors", "B1.J1", "3"),
        ),
        (
            measurement("B1.M1", "60", "NUMBER_COMPLETED", NUM_POSSIBLE="1.5"),
            Finding("number-possible", "B1.M1", "NUMBER_COMPLETED"),
        ),
        (
            measurement("B1.M1", "60", "CHOICE", CHOICE1_LABEL="全部"),
            Finding("choices", "B1.M1", "CHOICE"),
        ),
        (
            measurement("B1.M1", "60", "REGULAR_DIFFERENCE_DEDUCTION", DIFFERENCE="1"),
            Finding("difference", "B1.M1", "REGULAR_DIFFERENCE_DEDUCTION"),
        ),
        (
            replace(measurement("B1.M1", "60"), step=Decimal(0)),
            Finding("step", "B1.M1", "0"),
        ),
        (measurement("A1.M1", "60"), Finding("duplicate-aspect", "A1.M1", "2")),
    ],
)
def test_an_aspect_that_cannot_be_marked_is_named(aspect, finding):
    assert finding in freeze_findings(with_aspect(aspect))


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"ties": ("criterion:Z",)}, Finding("unknown-tie-break", "criterion:Z")),
        ({"fallback": "coin"}, Finding("unknown-fallback", "", "coin")),
        ({"rounding": Rounding(None, None)}, Finding("rounding-open")),
        ({"rounding": Rounding(9)}, Finding("rounding-places", "", "9")),
    ],
)
def test_rules_of_the_whole_are_checked(changes, finding):
    assert finding in freeze_findings(replace(worldskills_type(), **changes))


def test_an_empty_scheme_cannot_be_frozen():
    assert freeze_findings(Scheme("空"))[0] == Finding("no-aspects")


def test_weights_must_be_positive_and_letters_distinct():
    scheme = chinese_type()
    twice = (scheme.criteria[0], replace(scheme.criteria[1], letter="A"))
    found = freeze_findings(replace(scheme, criteria=twice))
    assert Finding("duplicate-criterion", "A", "2") in found

    nothing = (replace(scheme.criteria[0], weight=Decimal(0)), scheme.criteria[1])
    assert Finding("weight", "A", "0") in freeze_findings(
        replace(scheme, criteria=nothing)
    )
