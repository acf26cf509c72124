"""Divisions: names, ancestors, containment."""

import pytest

from people.core import regions


def test_table_has_every_province_and_every_city_of_sichuan():
    assert len(regions.provinces()) == 34
    cities = [code for code, _ in regions.divisions_in("510000") if code[4:] == "00"]
    assert len(cities) == 22  # the province and its 21 cities and prefectures


@pytest.mark.parametrize(
    ("code", "line", "full", "short"),
    [
        ("510104", ("510000", "510100", "510104"), "四川省成都市锦江区", "四川"),
        ("500101", ("500000", "500101"), "重庆市万州区", "重庆"),
        ("650000", ("650000",), "新疆维吾尔自治区", "新疆"),
        ("450000", ("450000",), "广西壮族自治区", "广西"),
        ("810000", ("810000",), "香港特别行政区", "香港"),
        ("519900", ("510000",), "四川省", "四川"),
        ("999999", (), "", ""),
    ],
)
def test_line_of_a_division(code, line, full, short):
    assert (
        regions.ancestors(code),
        regions.full_name(code),
        regions.short_name(code),
    ) == (line, full, short)


@pytest.mark.parametrize(
    ("code", "region", "inside"),
    [
        ("510104", "510000", True),
        ("510104", "510100", True),
        ("510104", "510104", True),
        ("510700", "510100", False),
        ("500101", "510000", False),
        ("510000", "510100", False),
        ("510104", "", True),
        ("", "510000", False),
    ],
)
def test_containment_goes_by_prefix(code, region, inside):
    assert regions.is_within(code, region) is inside


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("四川", "", "510000"),
        ("成都", "", "510100"),
        ("绵阳市", "510000", "510700"),
        ("鼓楼区", "", ""),  # several
        ("鼓楼区", "320100", "320106"),
        ("无此地", "", ""),
    ],
)
def test_find_returns_the_one_division_of_that_name(name, within, code):
    assert regions.find(name, within) == code


def test_check_refuses_a_wrong_form_and_warns_of_an_unknown_code():
    assert [
        [(finding.code, finding.severity) for finding in regions.check(code)]
        for code in ("510104", "519900", "5101", "51010a")
    ] == [
        [],
        [("region-unknown", "warning")],
        [("region-form", "error")],
        [("region-form", "error")],
    ]
