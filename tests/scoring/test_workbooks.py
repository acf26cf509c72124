"""Marking-scheme workbooks in the CIS layout, real ones and built ones."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from people.spreadsheets import ERROR, WARNING, has_errors
from scoring.core.findings import freeze_findings
from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    Rounding,
    Scheme,
    Section,
    SubCriterion,
)
from scoring.core.scheme_text import canonical, parse
from scoring.workbooks import cis_workbook, read_scheme
from scoring.workbooks.calculations import default_calculation, parameters
from tests.workbooks import bad_files, workbook_of

V3 = (
    "Sub\nCriterion\nID", "Sub Criterion\nName or Description", "Day of Marking",
    "Aspect\nType\nM = Meas\nJ = Judg", "Aspect - Description", "Judg Score",
    "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description",
    "Requirement\n(Measurement Only)", "WSOS Section", "Calculation Row \n(Export only)",
    "Max\nMark", "Criterion A", "Total\nMark", Decimal("39.299999999999997"),
)  # fmt: skip
CHINESE = (
    "子项编号", "子项名称", "评分日", "评分点类型 M=测量 J=评价", "评分点描述", "评价分",
    "补充说明", "测量要求", "标准章节", "计算行", "满分",
)  # fmt: skip
PORTUGUESE = (
    "ID do subcritério", "Nome ou descrição do subcritério", "Dia de Marcação",
    "Tipo de Aspecto M = Medida J = Julgamento", "Aspecto - Descrição",
    "Pontuação do Juiz", "Descrição do Aspecto Extra", "Requisito (Apenas Medição)",
    "Seção WSSS", "Linha de cálculo (somente exportação)", "marca máxima",
)  # fmt: skip
LEVELS = tuple((None,) * 5 + (n, f"level {n}") for n in range(4))
SUB = ("A1", "Layout", 1)
MEASURED = (None, None, None, "M", "Size is right", None, None, "10 mm", 1, None, 40)
JUDGED = (None, None, None, "J", "Finish", None, None, None, 2, None, 60)
GOOD = (SUB, MEASURED, (None,) * 6 + ("second line",), JUDGED, *LEVELS)


def scheme_file(*rows, header=V3, above=(("17 Web",), ())):
    return workbook_of([*above, header, *rows], sheet="CIS Marking Scheme Import")


def read(*rows, **layout):
    return read_scheme(scheme_file(*rows, **layout), filename="a.xlsx")


def found(reading, severity=None):
    return [
        (p.code, p.row, p.column)
        for p in reading.problems
        if severity in (None, p.severity)
    ]


@pytest.mark.parametrize("header", [V3, CHINESE, PORTUGUESE], ids=["en", "zh", "pt"])
def test_columns_are_found_by_labels_in_three_languages(header):
    scheme = read(*GOOD, header=header).scheme

    (sub,) = scheme.criteria[0].sub_criteria
    measured, judged = sub.aspects
    assert (scheme.title, sub.code, sub.name, sub.day) == ("17 Web", "A1", "Layout", 1)
    assert (measured.code, measured.kind) == ("A1.M1", MarkKind.MEASUREMENT)
    assert (measured.extra, measured.requirement) == (("second line",), "10 mm")
    assert (measured.maximum, measured.section) == (Decimal(40), "1")
    assert (judged.code, judged.kind) == ("A1.J2", MarkKind.JUDGEMENT)
    assert judged.descriptors == ("level 0", "level 1", "level 2", "level 3")


def test_unknown_language_is_read_in_the_standard_order_and_said():
    header = ("Α1", "Β1", "Γ1", "Τύπος M = Μ J = Κ", *["Ω"] * 7)

    reading = read(*GOOD, header=header)

    assert reading.scheme.criteria[0].sub_criteria[0].aspects[0].maximum == 40
    assert ("columns-by-order", 3, "A") in found(reading, WARNING)


def test_columns_may_stand_elsewhere():
    swapped = lambda row: (*row[1:2], *row[:1], *row[2:])  # noqa: E731

    reading = read(*(swapped(row) for row in GOOD), header=swapped(V3))

    assert reading.scheme == read(*GOOD).scheme


def test_of_two_maximum_columns_the_first_counts():
    header = (*V3[:11], "Max Mark (of 100)")
    rows = [SUB, (*MEASURED, 80), (*JUDGED, 90), *LEVELS]

    reading = read(*rows, header=header)

    assert reading.counts.total_mark == Decimal("100.00")
    assert ("two-maximum-columns", 3, "L") in found(reading, WARNING)


def test_look_alikes_spaces_and_commas_are_what_they_look_like():
    rows = (
        ("А 1", "Layout", "C1"),
        (None, None, None, "М1", "x", None, None, None, None, None, " 39,50\xa0"),
        (None, None, None, "m", "x", None, None, None, None, None, "60.5"),
    )

    reading = read(*rows)

    assert reading.counts.total_mark == Decimal("100.00")
    assert [s.code for s in reading.scheme.criteria[0].sub_criteria] == ["A1"]
    assert reading.scheme.criteria[0].sub_criteria[0].day == 1


def test_criterion_letter_comes_from_the_code_not_from_the_block():
    reading = read(SUB, MEASURED, V3, ("B2", "Other", 2), MEASURED)

    assert [c.letter for c in reading.scheme.criteria] == ["A", "B"]


def test_sub_criterion_and_first_aspect_may_share_a_row():
    reading = read((*SUB, *MEASURED[3:]), MEASURED)

    assert (reading.counts.sub_criteria, reading.counts.aspects) == (1, 2)


def test_level_nought_may_stand_on_the_aspect_row():
    judged = (*JUDGED[:5], "0", "level 0", *JUDGED[7:])

    scheme = read(SUB, judged, *LEVELS[1:]).scheme

    assert scheme.criteria[0].sub_criteria[0].aspects[0].descriptors[0] == "level 0"


def test_preamble_gives_sections_and_names_and_is_compared():
    above = (
        ("17 Web",),
        ("WorldSkills Occupational Standards",),
        ("Section", "Name", "WSOS Marks", "Aspect Marks", "Variation"),
        (1, "Organisation", 30, 99, 99),
        (2, "Design", 60),
        ("Criteria",),
        ("ID", "Name", "Mark"),
        ("A", "Static site", Decimal("39.299999999999997")),
        ("B",),
    )

    reading = read(*GOOD, above=above)

    assert reading.scheme.sections == (
        Section("1", "Organisation", Decimal(30)),
        Section("2", "Design", Decimal(60)),
    )
    assert reading.scheme.criteria[0].name == "Static site"
    assert found(reading) == [
        ("section-variation", 4, ""),
        ("criterion-mark-differs", 8, "C"),
        ("few-criteria", None, ""),
    ]


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([SUB, MEASURED[:10]], ("aspect-without-mark", 5, "K")),
        ([SUB, (*MEASURED[:10], "viel")], ("mark-not-a-number", 5, "K")),
        ([SUB, (*MEASURED[:10], -1)], ("mark-not-positive", 5, "K")),
        ([SUB, (*MEASURED[:10], 10**18)], ("mark-too-large", 5, "K")),
        ([SUB, JUDGED, *LEVELS[:3]], ("judgement-descriptors", 5, "G")),
        ([("Z1", "x", 1), MEASURED], ("bad-sub-criterion-code", 4, "A")),
        ([(7, "x", 1), MEASURED], ("bad-sub-criterion-code", 4, "A")),
        ([SUB, (*MEASURED[:3], None, *MEASURED[4:])], ("untyped", 5, "D")),
        ([SUB, (*MEASURED[:3], "S", *MEASURED[4:])], ("unknown-type", 5, "D")),
        (
            [SUB, MEASURED, ("A1", "Another", 1), MEASURED],
            ("duplicate-sub-criterion", 6, "A"),
        ),
    ],
)
def test_error_names_its_cell_and_leaves_no_scheme(rows, finding):
    reading = read(*rows)

    assert found(reading, ERROR) == [finding]
    assert reading.scheme is None
    assert " / " in reading.problems[0].message


def test_warnings_do_not_hinder():
    fine = (*MEASURED[:10], Decimal("0.125"))
    calculated = (*MEASURED[:9], 3, 1)
    rows = [
        ("A1", "x", None), fine, calculated, (*MEASURED[:3], "O", *MEASURED[4:]),
        (None,) * 4 + ("A heading",), MEASURED, ("A1", "x", None), MEASURED,
    ]  # fmt: skip

    reading = read(*rows)

    assert reading.scheme is not None
    assert found(reading) == [
        ("more-than-two-decimals", 5, "K"),
        ("duplicate-sub-criterion", 10, "A"),
        ("heading-rows", 8, "E"),
        ("old-type", 7, "D"),
        ("missing-day", 4, "C"),
        ("unknown-calculation", 6, "J"),
        ("total-not-100", None, ""),
        ("few-criteria", None, ""),
    ]


def test_workbook_without_header_is_an_error():
    reading = read_scheme(workbook_of([["a", "b"], ["1", "2"]]), filename="a.xlsx")

    assert found(reading) == [("no-header", None, "")]
    assert reading.as_dict()["aspects"] == 0


@pytest.mark.parametrize("case", sorted(bad_files()))
def test_refused_file_is_one_error_and_no_counts(case):
    filename, content = bad_files()[case]

    reading = read_scheme(content, filename=filename)

    assert [p.code for p in reading.problems] == [case.split(" (")[0]]
    assert has_errors(reading.problems)
    assert reading.as_dict()["total_mark"] == "0.00"


def test_parameters_of_a_calculation_are_read_and_its_text_kept():
    raw = "TARGET_VALUE:::0E-8#x~x##-#DIFFERENCE_TYPE:::#x~x#UNIT"

    assert parameters(raw) == (("TARGET_VALUE", "0"), ("DIFFERENCE_TYPE", "UNIT"))


@pytest.mark.parametrize(
    ("wording", "kind"),
    [
        ("Logo is there", CalculationKind.PASS_FAIL),
        ("Deduct 0.25 for each error", CalculationKind.DIRECT),
        ("每错一处扣0.5分", CalculationKind.DIRECT),
        ("Descontar 0,1 para cada entrega faltando", CalculationKind.DIRECT),
    ],
)
def test_wording_that_takes_part_of_a_mark_lets_the_judges_enter_points(wording, kind):
    assert default_calculation([wording]).kind is kind


EXIT_CODES = {
    "wsc2019_09_it_software_solutions_ptbr.xlsx": set(),
    "es2023_17_web_development.xlsx": set(),
    "wsuk2024_17_national_final.xlsx": set(),
    "hk_mobile_module_a.xlsx": set(),
    "cis_template_wsss7_blank.xlsx": set(),
    "lks2022_web_technologies_region3_indonesia.xlsx": {"judgement-descriptors"},
    "brazil_mpt01_sev1_old_os_layout.xlsx": {"bad-sub-criterion-code", "untyped"},
    "brazil_09_state_proposal_s2.xlsx": {"aspect-without-mark"},
}


@pytest.mark.parametrize("name", EXIT_CODES)
def test_real_workbook_gives_the_counts_known_of_it(name, real_data):
    folder = real_data / "marking-schemes"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))[name]
    letters = expected["aspects_by_letter"]

    reading = read_scheme((folder / name).read_bytes(), filename=name)

    counts = reading.as_dict()
    assert {key: counts[key] for key in counts if key != "problems"} == {
        "total_mark": f"{Decimal(expected['total_mark']):.2f}",
        "sub_criteria": expected["sub_criteria_distinct"],
        "aspects": expected["aspects"],
        "measurement": letters.get("M", 0) + letters.get("O", 0),
        "judgement": letters.get("J", 0),
        "untyped": letters.get("?", 0),
    }
    errors = {p.code for p in reading.problems if p.severity == ERROR}
    assert errors == EXIT_CODES[name]
    assert (reading.scheme is None) is bool(errors)


def test_real_workbook_sums_agree_by_criterion_and_section(real_data):
    name = "wsuk2024_17_national_final.xlsx"
    folder = real_data / "marking-schemes"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))[name]

    reading = read_scheme((folder / name).read_bytes(), filename=name)

    by_letter, by_section = {}, {}
    for criterion in reading.scheme.criteria:
        for sub in criterion.sub_criteria:
            for aspect in sub.aspects:
                for sums, key in (
                    (by_letter, criterion.letter),
                    (by_section, aspect.section),
                ):
                    sums[key] = sums.get(key, Decimal(0)) + aspect.maximum
    real = lambda key: {k: Decimal(v) for k, v in expected[key].items()}  # noqa: E731
    assert by_letter == real("marks_by_block_letter")
    assert by_section == real("marks_by_section")
    assert "section-variation" in {p.code for p in reading.problems}
    assert parse(canonical(reading.scheme)) == reading.scheme
    assert [f for f in freeze_findings(reading.scheme) if f.blocks] == []


def test_blank_cis_workbook_reads_as_a_scheme_without_aspects():
    scheme = Scheme("17 Web", sections=(Section("1", "Design", Decimal(100)),))

    reading = read_scheme(cis_workbook(scheme), filename="a.xlsx")

    assert reading.scheme == scheme
    assert found(reading) == [
        ("section-variation", 5, ""),
        ("no-aspects", None, ""),
        ("total-not-100", None, ""),
    ]


def test_cis_workbook_carries_settings_steps_and_calculations_back():
    first, *others = read(*GOOD).scheme.criteria[0].sub_criteria[0].aspects
    choice = Calculation(
        CalculationKind.CHOICE,
        (
            ("CHOICE1_LABEL", "全对"),
            ("CHOICE1_DEDUCTION", "0"),
            ("CHOICE2_LABEL", "错"),
        ),
        name="Shared",
    )
    direct = Calculation(CalculationKind.DIRECT)
    aspects = (
        replace(first, code="A1.M1", calculation=choice, maximum=Decimal(20)),
        replace(first, code="A1.M2", calculation=direct, step=Decimal("0.5")),
        *(replace(aspect, code="A1.J3") for aspect in others),
    )
    sub = SubCriterion("A1", "Layout", 1, aspects, panel="B")
    scheme = Scheme(
        "17 Web",
        criteria=(Criterion("A", "Site", (sub,), weight=Decimal("0.5")),),
        rounding=Rounding(aspect=3, total=None),
        ties=("kind:judgement", "sub:A1"),
        fallback="re-match",
        medal_rule="worldskills-2026",
    )

    reading = read_scheme(cis_workbook(scheme), filename="a.xlsx")

    assert reading.scheme == scheme


def test_cis_layout_has_no_place_for_a_panel_aspect():
    aspect = Aspect("A1.P1", MarkKind.PANEL, Decimal(1), "x")
    sub = SubCriterion("A1", "x", 1, (aspect,))

    with pytest.raises(ValueError, match=r"A1\.P1"):
        cis_workbook(Scheme("x", criteria=(Criterion("A", "x", (sub,)),)))


@pytest.mark.parametrize("name", [n for n, errors in EXIT_CODES.items() if not errors])
def test_real_scheme_survives_writing(name, real_data):
    content = (real_data / "marking-schemes" / name).read_bytes()
    scheme = read_scheme(content, filename=name).scheme

    assert read_scheme(cis_workbook(scheme), filename="a.xlsx").scheme == scheme
