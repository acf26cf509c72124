"""The frozen text of a scheme."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.core.scheme import MarkKind, Scheme
from scoring.core.scheme_text import SchemeTextRefused, canonical, digest, parse
from tests.scoring.core.schemes import chinese_type, measurement, worldskills_type


@pytest.mark.parametrize("scheme", [worldskills_type(), chinese_type(), Scheme("空")])
def test_a_scheme_comes_back_from_its_text(scheme):
    assert parse(canonical(scheme)) == scheme


def test_equal_schemes_have_equal_text_and_digest():
    scheme = worldskills_type()
    same = replace(
        scheme, sections=(replace(scheme.sections[0], declared=Decimal("5.00")),)
    )
    assert canonical(same) == canonical(scheme)
    assert digest(same) == digest(scheme)
    assert digest(replace(scheme, title="钳工")) != digest(scheme)


def test_the_text_is_canonical_json_with_decimals_as_strings():
    found = json.loads(canonical(worldskills_type()))

    aspect = found["criteria"][0]["sub_criteria"][0]["aspects"][0]
    assert aspect["maximum"] == "30"
    assert aspect["kind"] == "measurement"
    assert canonical(worldskills_type()) == json.dumps(
        found, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_calculation_parameters_survive():
    scheme = worldskills_type()
    aspect = measurement(kind="NUMBER_COMPLETED", NUM_POSSIBLE="4")
    sub = replace(scheme.criteria[0].sub_criteria[0], aspects=(aspect,))
    criterion = replace(scheme.criteria[0], sub_criteria=(sub,))
    changed = replace(scheme, criteria=(criterion,))
    assert parse(canonical(changed)) == changed


def change(path, value):
    found = json.loads(canonical(worldskills_type()))
    place = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(found)


ASPECT = ("criteria", 0, "sub_criteria", 0, "aspects", 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ("[]", "an object is expected"),
        ("{}", "title is missing"),
        (change(["colour"], "red"), "unknown key colour"),
        (change([*ASPECT, "maximum"], "NaN"), "is not a number"),
        (change([*ASPECT, "maximum"], "ten"), "is not a number"),
        (change([*ASPECT, "maximum"], 10), "str is expected"),
        (change([*ASPECT, "kind"], "guess"), "is not known"),
        (change([*ASPECT, "trim"], True), "int is expected"),
        (change([*ASPECT, "calculation", "parameters"], [["A"]]), "a pair is expected"),
        (change(["criteria"], {}), "list is expected"),
        (change(["ties"], [1]), "str is expected"),
    ],
)
def test_what_is_not_a_scheme_is_refused_with_its_place(text, words):
    with pytest.raises(SchemeTextRefused, match=words):
        parse(text)


def test_mark_kinds_are_read_back_as_words():
    aspect = parse(canonical(worldskills_type())).criteria[0].sub_criteria[0].aspects[1]
    assert aspect.kind is MarkKind.JUDGEMENT
