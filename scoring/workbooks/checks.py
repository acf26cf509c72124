"""What is wrong with a marking scheme, or worth a second look, cell by cell.

An error forbids the import, a warning does not: schemes of single modules and training
papers need not add up to 100.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from people.spreadsheets import (
    ERROR,
    WARNING,
    Problem,
    as_decimal,
    as_integer,
    as_text,
    column_letter,
    fold,
)
from scoring.core.scheme import Calculation
from scoring.workbooks.layout import Header
from scoring.workbooks.preamble import Preamble
from scoring.workbooks.rows import LEVELS, AspectDraft, SubCriterionDraft, day_of

FULL_TOTAL = Decimal(100)
LARGEST_MARK = 10_000
LARGE_VARIATION = Decimal(5)
USUAL_CRITERIA = 5
KNOWN_LETTERS = ("M", "O", "J")


def no_header(sheet: str) -> Problem:
    """Return the finding for a workbook without a heading row."""
    return Problem(
        ERROR,
        sheet,
        None,
        "",
        "no-header",
        "找不到评分表的表头：应有一个写明“M = … J = …”的“评分点类型”列，"
        "请使用 CIS 评分方案模板。 / No heading row: one column heading must "
        "explain the aspect types (M = Meas, J = Judg). Use the CIS template.",
    )


def check_drafts(
    sheet: str,
    headers: Sequence[Header],
    drafts: Sequence[SubCriterionDraft],
    preamble: Preamble,
    calculations: Mapping[int, Calculation],
) -> tuple[Problem, ...]:
    """Return all findings: in the order of rows, then those about the whole."""
    aspects = [aspect for draft in drafts for aspect in draft.aspects]
    found = [*_columns(sheet, headers), *_codes(sheet, drafts)]
    for aspect in aspects:
        found += [*_type(sheet, aspect), *_mark(sheet, aspect)]
        found += _levels(sheet, aspect)
    found.sort(key=lambda problem: problem.row or 0)
    found += _headings(sheet, drafts)
    found += _old_letters(sheet, aspects)
    found += _days(sheet, drafts)
    found += _unknown_calculations(sheet, aspects, calculations)
    found += _sections(sheet, aspects, preamble)
    found += _criteria(sheet, drafts, preamble)
    found += _whole(sheet, drafts, aspects)
    return tuple(found)


def _columns(sheet: str, headers: Sequence[Header]) -> Iterator[Problem]:
    for header in headers:
        row = header.first_row + 1
        if header.second_maximum is not None:
            taken = header.letter("maximum")
            second = column_letter(header.second_maximum)
            yield Problem(
                WARNING, sheet, row, second, "two-maximum-columns",
                f"有两个满分列，取第一个（{taken} 列），不取 {second} 列。 / There are "
                f"two maximum columns: {taken} is read, {second} is not.",
            )  # fmt: skip
        if header.by_order:
            letters = "、".join(header.letter(role) for role in header.by_order)
            yield Problem(
                WARNING, sheet, row, header.letter(header.by_order[0]),
                "columns-by-order",
                f"{letters} 列的标题无法识别，按 CIS 标准列序读取，请核对预览。 / The "
                "headings of these columns are not known and were read in the "
                "standard order: check the preview.",
            )  # fmt: skip


def _codes(sheet: str, drafts: Sequence[SubCriterionDraft]) -> Iterator[Problem]:
    names: dict[str, SubCriterionDraft] = {}
    for draft in drafts:
        column = draft.header.letter("sub_code")
        if not draft.code:
            yield Problem(
                ERROR, sheet, draft.row, column, "bad-sub-criterion-code",
                f"子项编号“{draft.written}”无效，应为字母 A–I 加数字，例如 A1。 / "
                f"“{draft.written}” is not a sub-criterion code: write a letter "
                "A-I and a number, for example A1.",
            )  # fmt: skip
            continue
        first = names.setdefault(draft.code, draft)
        if first is draft:
            continue
        is_other = bool(draft.name) and fold(draft.name) != fold(first.name)
        yield Problem(
            ERROR if is_other else WARNING, sheet, draft.row, column,
            "duplicate-sub-criterion",
            f"子项 {draft.code} 在第 {first.row} 行已出现"
            + ("且名称不同，请改用另一个编号。" if is_other else "，两处合并为一个子项。")
            + f" / Sub-criterion {draft.code} already stands in row {first.row}"
            + (" under another name: give it a code of its own." if is_other
               else ": both were joined."),
        )  # fmt: skip


def _type(sheet: str, aspect: AspectDraft) -> Iterator[Problem]:
    if aspect.letter in KNOWN_LETTERS:
        return
    column = aspect.header.letter("type")
    if not aspect.letter:
        yield Problem(
            ERROR, sheet, aspect.row, column, "untyped",
            "评分点没有类型，请填 M（测量）或 J（评价）。 / "
            "The aspect has no type: write M (measurement) or J (judgement).",
        )  # fmt: skip
        return
    yield Problem(
        ERROR, sheet, aspect.row, column, "unknown-type",
        f"评分点类型“{aspect.letter}”不能导入，请改为 M（测量）或 J（评价）。 / "
        f"Aspect type “{aspect.letter}” cannot be imported: write M or J.",
    )  # fmt: skip


def _mark(sheet: str, aspect: AspectDraft) -> Iterator[Problem]:
    column = aspect.header.letter("maximum")
    written = as_text(aspect.maximum)
    mark = as_decimal(aspect.maximum)
    if mark is None:
        code = "mark-not-a-number" if written else "aspect-without-mark"
        said = f"满分“{written}”不是数字" if written else "评分点没有满分"
        english = f"“{written}” is not a number" if written else "has no mark"
        yield Problem(
            ERROR, sheet, aspect.row, column, code,
            f"{said}，请填一个大于 0 的数。 / "
            f"The maximum of this aspect {english}: write one above 0.",
        )  # fmt: skip
    elif mark <= 0:
        yield Problem(
            ERROR, sheet, aspect.row, column, "mark-not-positive",
            f"满分为 {mark:f}，必须大于 0。 / "
            f"The maximum is {mark:f}: it must be above 0.",
        )  # fmt: skip
    elif mark > LARGEST_MARK:
        yield Problem(
            ERROR, sheet, aspect.row, column, "mark-too-large",
            f"满分 {written} 过大，最多 {LARGEST_MARK}。 / "
            f"The maximum {written} is too large: at most {LARGEST_MARK}.",
        )  # fmt: skip
    elif mark != round(mark, 2):
        yield Problem(
            WARNING, sheet, aspect.row, column, "more-than-two-decimals",
            f"满分 {mark:f} 多于两位小数，请核对。 / "
            f"The maximum {mark:f} has more than two decimals: check it.",
        )  # fmt: skip


def _levels(sheet: str, aspect: AspectDraft) -> Iterator[Problem]:
    if aspect.letter != "J":
        return
    missing = [str(level) for level in LEVELS if level not in aspect.levels]
    if missing:
        column = aspect.header.letter("extra")
        yield Problem(
            ERROR, sheet, aspect.row, column, "judgement-descriptors",
            f"评价评分点缺少第 {'、'.join(missing)} 档的说明，0–3 四档都要写。 / "
            f"This judgement aspect lacks the description of level "
            f"{', '.join(missing)}: all four levels 0-3 are needed.",
        )  # fmt: skip


def _headings(sheet: str, drafts: Sequence[SubCriterionDraft]) -> Iterator[Problem]:
    rows = [(number, d.header) for d in drafts for number in d.heading_rows]
    if rows:
        listed = "、".join(str(number) for number, _ in rows)
        yield Problem(
            WARNING, sheet, rows[0][0], rows[0][1].letter("description"),
            "heading-rows",
            f"第 {listed} 行只有描述，没有类型和满分，按小标题读取，不计为评分点。 / "
            f"Rows {listed} have a description but neither type nor mark and were "
            "read as headings, not as aspects.",
        )  # fmt: skip


def _old_letters(sheet: str, aspects: Sequence[AspectDraft]) -> Iterator[Problem]:
    old = [aspect for aspect in aspects if aspect.letter == "O"]
    if old:
        yield Problem(
            WARNING, sheet, old[0].row, old[0].header.letter("type"), "old-type",
            f"{len(old)} 个评分点的类型为 O（2017 年前的写法），按 M（测量）读取。 / "
            f"{len(old)} aspects have the old type O and are read as M.",
        )  # fmt: skip


def _days(sheet: str, drafts: Sequence[SubCriterionDraft]) -> Iterator[Problem]:
    without = [draft for draft in drafts if draft.code and day_of(draft) is None]
    dated = {draft.code for draft in drafts if day_of(draft) is not None}
    without = [draft for draft in without if draft.code not in dated]
    if without:
        codes = "、".join(dict.fromkeys(draft.code for draft in without))
        yield Problem(
            WARNING, sheet, without[0].row, without[0].header.letter("day"),
            "missing-day",
            f"没有写评分日的子项：{codes}，可在导入后排定。 / "
            f"No day of marking for: {codes}. It can be set after the import.",
        )  # fmt: skip


def _unknown_calculations(
    sheet: str,
    aspects: Sequence[AspectDraft],
    calculations: Mapping[int, Calculation],
) -> Iterator[Problem]:
    lost = [
        aspect
        for aspect in aspects
        if aspect.letter in ("M", "O")
        and as_text(aspect.calculation)
        and as_integer(aspect.calculation) not in calculations
    ]
    if lost:
        yield Problem(
            WARNING, sheet, lost[0].row, lost[0].header.letter("calculation"),
            "unknown-calculation",
            f"{len(lost)} 个评分点引用的计算行在计算表中不存在，按默认方式录入。 / "
            f"{len(lost)} aspects name a calculation row that is not there and "
            "are entered in the default way.",
        )  # fmt: skip


def _sections(
    sheet: str, aspects: Sequence[AspectDraft], preamble: Preamble
) -> Iterator[Problem]:
    sums: dict[str, Decimal] = {}
    for aspect in aspects:
        mark = as_decimal(aspect.maximum) or Decimal(0)
        sums[aspect.section] = sums.get(aspect.section, Decimal(0)) + mark
    for section in preamble.sections:
        real = sums.get(section.number, Decimal(0))
        variation = abs(section.declared - real)
        declared, given, apart = (
            f"{number.normalize():f}" for number in (section.declared, real, variation)
        )
        if variation:
            large = variation > LARGE_VARIATION
            yield Problem(
                WARNING, sheet, preamble.section_rows[section.number], "",
                "section-variation",
                f"标准章节 {section.number} 声明 {declared} 分，"
                f"评分点合计 {given} 分，相差 {apart} 分"
                + ("（差距较大，请核对）" if large else "")
                + f"。 / Section {section.number} declares {declared}, "
                f"its aspects give {given}: {apart} apart"
                + (", far too much" if large else "") + ".",
            )  # fmt: skip


def _criteria(
    sheet: str, drafts: Sequence[SubCriterionDraft], preamble: Preamble
) -> Iterator[Problem]:
    sums: dict[str, Decimal] = {}
    for draft in drafts:
        marks = [as_decimal(a.maximum) or Decimal(0) for a in draft.aspects]
        letter = draft.code[:1]
        sums[letter] = sums.get(letter, Decimal(0)) + sum(marks, Decimal(0))
    for letter, declared in preamble.criteria.items():
        real = sums.get(letter, Decimal(0))
        if declared.mark is not None and declared.mark != real:
            said, summed = (f"{n.normalize():f}" for n in (declared.mark, real))
            yield Problem(
                WARNING, sheet, declared.row, column_letter(declared.column),
                "criterion-mark-differs",
                f"模块 {letter} 声明 {said} 分，评分点合计 {summed} 分，"
                f"以评分点为准。 / Criterion {letter} declares {said}, "
                f"its aspects give {summed}: the aspects count.",
            )  # fmt: skip


def _whole(
    sheet: str,
    drafts: Sequence[SubCriterionDraft],
    aspects: Sequence[AspectDraft],
) -> Iterator[Problem]:
    total = sum((as_decimal(a.maximum) or Decimal(0) for a in aspects), Decimal(0))
    letters = sorted({draft.code[0] for draft in drafts if draft.code})
    if not aspects:
        yield Problem(
            WARNING, sheet, None, "", "no-aspects",
            "方案中没有评分点（空白模板）。 / "
            "The scheme has no aspects: this is a blank template.",
        )  # fmt: skip
    if total != FULL_TOTAL:
        yield Problem(
            WARNING, sheet, None, "", "total-not-100",
            f"满分合计为 {total:.2f}，不是 100；单个模块可以如此，正式比赛冻结前须为 "
            f"100。 / The total is {total:.2f}, not 100: fine for a module, not for "
            "a whole competition.",
        )  # fmt: skip
    if aspects and 0 < len(letters) < USUAL_CRITERIA:
        yield Problem(
            WARNING, sheet, None, "", "few-criteria",
            f"只有 {len(letters)} 个模块（{'、'.join(letters)}），通常为 5–9 个。 / "
            f"Only {len(letters)} criteria; 5 to 9 are usual.",
        )  # fmt: skip
