"""The grade ladder and certificate numbers."""

import pytest

from people.core import grades
from people.core.grades import Grade

NAMES = [
    ("学徒工", Grade.APPRENTICE),
    ("初级工", Grade.JUNIOR),
    ("五级", Grade.JUNIOR),
    ("五级/初级工", Grade.JUNIOR),
    ("四级/中级技能", Grade.INTERMEDIATE),
    ("中级", Grade.INTERMEDIATE),
    ("高级工", Grade.SENIOR),
    ("国家职业资格三级", Grade.SENIOR),
    ("技师", Grade.TECHNICIAN),
    ("二级/技师", Grade.TECHNICIAN),
    ("技师（二级）", Grade.TECHNICIAN),
    ("2级", Grade.TECHNICIAN),
    ("技师(国家职业资格二级)", Grade.TECHNICIAN),
    ("高级技师(一级)", Grade.SENIOR_TECHNICIAN),
    (" 一级 / 高级技师 ", Grade.SENIOR_TECHNICIAN),
    ("１级", Grade.SENIOR_TECHNICIAN),
    ("特级技师", Grade.SPECIAL_TECHNICIAN),
    ("首席技师", Grade.CHIEF_TECHNICIAN),
]


@pytest.mark.parametrize(("text", "grade"), NAMES)
def test_parse_reads_every_way_a_grade_is_written(text, grade):
    assert grades.parse(text) == grade


@pytest.mark.parametrize("text", ["", "工程师", "技师(一级)", "六级", "高级技师/技师"])
def test_parse_refuses_what_names_no_grade_or_two(text):
    with pytest.raises(grades.GradeUnknown):
        grades.parse(text)


def test_parse_reads_back_every_label():
    assert [grades.parse(grade.full_label) for grade in Grade] == list(Grade)


def test_ladder_rises_from_apprentice_to_chief():
    assert [grade.label for grade in sorted(Grade)] == [
        "学徒工",
        "初级工",
        "中级工",
        "高级工",
        "技师",
        "高级技师",
        "特级技师",
        "首席技师",
    ]


def test_up1_climbs_one_rung_and_stops_at_the_cap():
    assert [grades.up1(grade) for grade in Grade] == [
        Grade.JUNIOR,
        Grade.INTERMEDIATE,
        Grade.SENIOR,
        Grade.TECHNICIAN,
        Grade.SENIOR_TECHNICIAN,
        Grade.SENIOR_TECHNICIAN,
        Grade.SPECIAL_TECHNICIAN,
        Grade.CHIEF_TECHNICIAN,
    ]
    assert grades.up1(Grade.TECHNICIAN, cap=Grade.TECHNICIAN) == Grade.TECHNICIAN


def test_certificate_number_is_taken_apart():
    read = grades.read_certificate_number("y0001 51 000001 26 2 000001")

    assert read == grades.CertificateNumber(
        "Y000151000001262000001",
        grades.IssuerKind.EMPLOYER,
        "510000",
        2026,
        Grade.TECHNICIAN,
        (),
    )


@pytest.mark.parametrize(
    ("text", "valid", "codes"),
    [
        ("S000051000001265000001", True, []),
        ("Z000051000001265000001", True, ["certificate-letter"]),
        ("S000099000001265000001", True, ["certificate-region"]),
        ("S000051000001269000001", False, ["certificate-level"]),
        ("S00005100000126500000", False, ["certificate-form"]),
        ("2051000000100001", True, []),
        ("9951009000100001", True, ["certificate-body"]),
        ("2051000000900001", False, ["certificate-level"]),
        ("205100000010000", False, ["certificate-form"]),
        ("S0000510000012T5000001", True, ["certificate-two-letters"]),
        ("", False, ["certificate-form"]),
    ],
)
def test_certificate_number_findings(text, valid, codes):
    read = grades.read_certificate_number(text)

    assert (read.is_valid, [finding.code for finding in read.findings]) == (
        valid,
        codes,
    )


def test_an_old_certificate_says_year_province_and_grade():
    assert grades.read_certificate_number("9951 0010 0030 0001") == (
        grades.CertificateNumber(
            "9951001000300001", None, "510000", 1999, Grade.SENIOR, (), is_old=True
        )
    )


def test_an_old_certificate_of_an_industry_names_no_region():
    assert grades.read_certificate_number("0200001000120001").region == ""


OWN = {"首席技能师": Grade.CHIEF_TECHNICIAN, "技师": Grade.JUNIOR}


def test_an_issuers_own_name_is_read_with_its_table_only():
    assert grades.parse(" 首席 技能师", aliases=OWN) == Grade.CHIEF_TECHNICIAN
    with pytest.raises(grades.GradeUnknown):
        grades.parse("首席技能师")


def test_an_issuers_own_name_never_moves_a_rung_of_the_ladder():
    assert grades.parse("技师", aliases=OWN) == Grade.TECHNICIAN
