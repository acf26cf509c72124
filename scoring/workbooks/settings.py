"""The settings sheet: what a scheme needs beyond its rows, as labels and values.

Rounding, tie-breaks, places and marking teams have no columns in the CIS layout; both
layouts carry them on this sheet.  What is not there keeps its default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from people.spreadsheets import (
    ERROR,
    WARNING,
    Cell,
    Grid,
    Problem,
    Sheet,
    as_decimal,
    as_integer,
    as_text,
)
from scoring.core.scheme import Criterion, DualMarking, Rounding, Scheme, Section

SHEET = "方案设置"
TITLE = "方案标题"
STAGES = {
    "评分点取整": "aspect",
    "子项取整": "sub_criterion",
    "模块取整": "criterion",
    "总分取整": "total",
}
UNROUNDED = "不取整"
TIES, FALLBACK, PLACES = "同分排序", "同分处理", "名次规则"
FALLBACKS = {"并列": "shared", "裁判长裁定": "chief-judge", "加赛": "re-match"}
_KEYED = re.compile(r"(权重|评分组|双组|章节)\s*(\S+)")


@dataclass(slots=True)
class Settings:
    """What the sheet said, with what was wrong in it."""

    title: str = ""
    rounding: dict[str, int | None] = field(default_factory=dict)
    ties: tuple[str, ...] = ()
    fallback: str = ""
    medal_rule: str = ""
    weights: dict[str, Decimal] = field(default_factory=dict)
    panels: dict[str, str] = field(default_factory=dict)
    duals: dict[str, DualMarking] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def settings_in(sheets: Sequence[Sheet]) -> Settings:
    """Read the settings sheet of a workbook; defaults where there is none."""
    settings = Settings()
    for sheet in sheets:
        if as_text(sheet.name) == SHEET:
            for number, row in enumerate(sheet.rows, start=1):
                label = as_text(row[0]) if row else ""
                value = row[1] if len(row) > 1 else None
                if label and as_text(value):
                    _read(settings, sheet.name, number, label, value)
    return settings


def with_settings(scheme: Scheme, settings: Settings) -> Scheme:
    """Return the scheme with the settings that were given."""
    return replace(
        scheme,
        title=settings.title or scheme.title,
        criteria=tuple(_criterion(c, settings) for c in scheme.criteria),
        sections=scheme.sections or tuple(settings.sections),
        rounding=replace(scheme.rounding, **settings.rounding),
        ties=settings.ties or scheme.ties,
        fallback=settings.fallback or scheme.fallback,
        medal_rule=settings.medal_rule or scheme.medal_rule,
    )


def settings_grid(scheme: Scheme, *, in_columns: bool) -> Grid | None:
    """Return the sheet that carries what differs from the defaults, if anything does.

    ``in_columns`` says that weights and marking teams stand in columns of the rows.
    """
    rows = list(_rows(scheme, in_columns=in_columns))
    return Grid(SHEET, rows, widths=(22, 60)) if rows else None


def _rows(scheme: Scheme, *, in_columns: bool) -> Iterator[tuple[str, Cell]]:
    plain = Scheme("")
    if in_columns:
        yield TITLE, scheme.title
        for section in scheme.sections:
            yield f"章节 {section.number}", f"{section.name} | {section.declared:f}"
    for label, stage in STAGES.items():
        places = getattr(scheme.rounding, stage)
        if in_columns or places != getattr(Rounding(), stage):
            yield label, UNROUNDED if places is None else Decimal(places)
    if scheme.ties:
        yield TIES, "、".join(scheme.ties)
    if in_columns or scheme.fallback != plain.fallback:
        words = {code: word for word, code in FALLBACKS.items()}
        yield FALLBACK, words.get(scheme.fallback, scheme.fallback)
    if in_columns or scheme.medal_rule != plain.medal_rule:
        yield PLACES, scheme.medal_rule
    if not in_columns:
        yield from _keyed_rows(scheme)
    for criterion in scheme.criteria:
        for sub in criterion.sub_criteria:
            if (rule := sub.dual) is not None:
                said = (rule.panel, f"{rule.tolerance:f}", rule.unit, str(rule.places))
                yield f"双组 {sub.code}", " | ".join(said)


def _keyed_rows(scheme: Scheme) -> Iterator[tuple[str, Cell]]:
    for criterion in scheme.criteria:
        if criterion.weight is not None:
            yield f"权重 {criterion.letter}", criterion.weight
        for sub in criterion.sub_criteria:
            if sub.panel != "A":
                yield f"评分组 {sub.code}", sub.panel


def _criterion(criterion: Criterion, settings: Settings) -> Criterion:
    return replace(
        criterion,
        weight=settings.weights.get(criterion.letter, criterion.weight),
        sub_criteria=tuple(
            replace(
                sub,
                panel=settings.panels.get(sub.code, sub.panel),
                dual=settings.duals.get(sub.code, sub.dual),
            )
            for sub in criterion.sub_criteria
        ),
    )


def _read(settings: Settings, sheet: str, row: int, label: str, value: Cell) -> None:
    text = as_text(value)
    is_fine = True
    if label == TITLE:
        settings.title = text
    elif label in STAGES:
        places = as_integer(value)
        is_fine = text == UNROUNDED or (places is not None and 0 <= places <= 6)
        settings.rounding[STAGES[label]] = places
    elif label == TIES:
        settings.ties = tuple(part for part in re.split(r"[、,，\s]+", text) if part)
    elif label == FALLBACK:
        settings.fallback = FALLBACKS.get(text, text)
        is_fine = settings.fallback in FALLBACKS.values()
    elif label == PLACES:
        settings.medal_rule = text
    elif keyed := _KEYED.fullmatch(label):
        is_fine = _read_keyed(settings, keyed[1], keyed[2], value)
    else:
        message = (
            f"不认识的设置“{label}”，已忽略。 / Setting “{label}” is not known "
            "and was ignored."
        )
        settings.problems.append(
            Problem(WARNING, sheet, row, "A", "unknown-setting", message)
        )
    if not is_fine:
        message = (
            f"设置“{label}”的值“{text}”无效，请按模板说明填写。 / The value “{text}” of "
            f"setting “{label}” is not valid: see the notes of the template."
        )
        settings.problems.append(
            Problem(ERROR, sheet, row, "B", "bad-setting", message)
        )


def _read_keyed(settings: Settings, kind: str, key: str, value: Cell) -> bool:
    text = as_text(value)
    if kind == "评分组":
        settings.panels[key] = text
        return re.fullmatch(r"[A-Z]", text) is not None
    if kind == "双组":
        rule = _dual(text)
        if rule is not None:
            settings.duals[key] = rule
        return rule is not None
    if kind == "权重":
        weight = as_weight(value)
        settings.weights[key] = weight or Decimal(1)
        return weight is not None and weight > 0
    name, _, declared = text.rpartition("|")
    mark = as_decimal(declared)
    settings.sections.append(Section(key, name.strip(), mark or Decimal(0)))
    return mark is not None


def _dual(text: str) -> DualMarking | None:
    """A second team's rule: letter, tolerance, points or percent, decimals."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 4 or not re.fullmatch(r"[A-Z]", parts[0]):
        return None
    tolerance, places = as_decimal(parts[1]), as_integer(parts[3])
    if tolerance is None or tolerance < 0 or parts[2] not in ("points", "percent"):
        return None
    if places is None or not 0 <= places <= 6:
        return None
    return DualMarking(parts[0], tolerance, parts[2], places)


def as_weight(value: Cell) -> Decimal | None:
    """Return a multiplier: 0.3 or 30%."""
    text = as_text(value).replace("％", "%")
    if text.endswith("%"):
        percent = as_decimal(text[:-1])
        return None if percent is None else percent / 100
    return as_decimal(value)
