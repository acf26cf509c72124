"""The demonstration's own schemes."""

from collections import Counter

import pytest

from config.demo.schemes import scheme_named
from scoring.core.findings import freeze_findings, maximum_total
from scoring.core.scheme import MarkKind


@pytest.mark.parametrize("name", ["electrical", "welding", "robots"])
def test_scheme_can_be_frozen_at_competition_level(name):
    scheme = scheme_named(name)

    findings = freeze_findings(scheme, competition_level=True)

    assert [finding for finding in findings if finding.blocks] == []
    assert maximum_total(scheme) == 100


def test_electrical_scheme_has_a_hundred_aspects_of_two_kinds():
    scheme = scheme_named("electrical")

    kinds = Counter(
        aspect.kind
        for criterion in scheme.criteria
        for sub in criterion.sub_criteria
        for aspect in sub.aspects
    )

    assert kinds == {MarkKind.MEASUREMENT: 88, MarkKind.JUDGEMENT: 12}


def test_welding_scheme_weighs_theory_thirty_and_practice_seventy():
    scheme = scheme_named("welding")

    weights = {criterion.letter: str(criterion.weight) for criterion in scheme.criteria}

    assert weights == {"A": "0.30", "B": "0.70"}
