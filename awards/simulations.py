"""A simulation in words: as plain values, as a workbook, and as a job of its own.

Names of people leave the platform shortened; identity numbers never.  Nothing is stored
but the file of a job, which belongs to whoever asked for it.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from awards.core.explanation import missing_label
from awards.core.simulating import Figures, Gain, Lack, Sum
from awards.enums import OutcomeKind
from awards.queries.documents import rulebooks
from awards.queries.simulated import (
    IN_FORCE,
    Choice,
    Simulation,
    scope_for,
    simulated,
)
from awards.spoken import spoken
from jobs.actions import Result
from people.core import regions
from people.spreadsheets import Column, Cover, SheetPlan, write_workbook
from scoring.models import Release

Tell = Callable[..., None]


def area_name(region: str) -> str:
    """A region's name; what is not known says so."""
    return regions.full_name(region) if region else _("地区不明")


def kind_name(kind: str) -> str:
    """What a grant is, in the reader's language."""
    return str(OutcomeKind(kind).label)


def fact_names(lacks: Iterable[Lack]) -> dict[str, str]:
    """Missing facts in words; a gap by its question."""
    questions = {
        f"{book.document.id}:gap:{gap.id}": f"{gap.id} {gap.question}"
        for book in rulebooks()
        for gap in book.gaps
    }
    return {
        lack.fact: questions.get(lack.fact) or missing_label(lack.fact, _)
        for lack in lacks
    }


def _named(simulation: Simulation, key: str) -> str:
    """The name of whom a row is about: a person's shortened, a unit's in full."""
    name = simulation.names.get(key, "")
    return name if key.startswith("unit:") else shortened(name)


def shortened(name: str) -> str:
    """A name as lists outside the desk show it.

    >>> shortened("张三丰"), shortened("")
    ('张**', '')
    """
    return name[:1] + "*" * (len(name) - 1)


def what(gain: Gain) -> str:
    """What a gain is in words, its kind first where the value does not say it."""
    value = spoken(gain.value)
    kind = kind_name(gain.kind)
    return value if not value or gain.kind == OutcomeKind.TITLE else f"{kind} {value}"


def plain(simulation: Simulation, choice: Choice) -> dict[str, Any]:
    """A simulation as JSON: sums exact as text, names shortened."""
    found = simulation.comparison
    questions = fact_names(found.lacks)
    return {
        "before": list(choice.before),
        "after": list(choice.after),
        "releases": list(choice.releases),
        "anywhere": choice.anywhere,
        "cases": simulation.cases,
        "gaining": found.gaining,
        "losing": found.losing,
        "kinds": [_sum(row) for row in found.by_kind()],
        "regions": [{"region": row.region, **_sum(row)} for row in found.sums],
        "missing": [
            {
                "fact": lack.fact,
                "question": questions[lack.fact],
                "before": lack.before,
                "after": lack.after,
            }
            for lack in found.lacks
        ],
        "rows": [
            {
                "release": row.where[0],
                "skill": simulation.skills.get(row.where[1], ""),
                "person": _named(simulation, row.where[2]),
                "region": row.region,
                "gained": [_gain(gain) for gain in row.gained],
                "lost": [_gain(gain) for gain in row.lost],
                "kept": [_gain(gain) for gain in row.kept],
                "open": {"before": row.open_before, "after": row.open_after},
            }
            for row in found.rows
        ],
    }


def _sum(row: Sum) -> dict[str, Any]:
    sides = {"before": _figures(row.before), "after": _figures(row.after)}
    return {"kind": row.kind.value, **sides}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "given": figures.given,
        "amount": str(figures.amount),
        "open": figures.open,
    }


def _gain(gain: Gain) -> dict[str, str]:
    return {
        "kind": gain.kind.value,
        "value": gain.value,
        "document": gain.document,
        "rule": gain.rule,
        "clause": gain.clause,
    }


SUM_COLUMNS = (
    ("region", gettext_noop("地区"), 20),
    ("kind", gettext_noop("类型"), 16),
    ("given_before", gettext_noop("前：符合"), 12),
    ("amount_before", gettext_noop("前：金额（元）"), 16),
    ("open_before", gettext_noop("前：待补"), 12),
    ("given_after", gettext_noop("后：符合"), 12),
    ("amount_after", gettext_noop("后：金额（元）"), 16),
    ("open_after", gettext_noop("后：待补"), 12),
)
ROW_COLUMNS = (
    ("release", gettext_noop("成绩版本"), 22),
    ("skill", gettext_noop("赛项"), 20),
    ("person", gettext_noop("人员"), 12),
    ("result", gettext_noop("成绩"), 18),
    ("region", gettext_noop("地区"), 20),
    ("gained", gettext_noop("增加"), 44),
    ("lost", gettext_noop("减少"), 44),
    ("kept", gettext_noop("不变"), 44),
    ("open_before", gettext_noop("前：待补"), 10),
    ("open_after", gettext_noop("后：待补"), 10),
)
LACK_COLUMNS = (
    ("fact", gettext_noop("缺少的事实"), 60),
    ("before", gettext_noop("前：受影响"), 12),
    ("after", gettext_noop("后：受影响"), 12),
)
COUNTS = {"given_before", "given_after", "open_before", "open_after", "before", "after"}
AMOUNTS = {"amount_before", "amount_after"}


def workbook(simulation: Simulation, choice: Choice) -> bytes:
    """A simulation as .xlsx: cover, sums by region and kind, rows, missing facts."""
    found = simulation.comparison
    questions = fact_names(found.lacks)
    cover = Cover(
        _("封面"),
        _("政策模拟"),
        (
            (_("前：文件"), _documents(choice.before)),
            (_("后：文件"), _documents(choice.after)),
            (_("成绩版本"), "、".join(choice.releases)),
            (_("不论文件的适用地区"), _("是") if choice.anywhere else _("否")),
            (_("个案"), simulation.cases),
            (_("有增加的"), found.gaining),
            (_("有减少的"), found.losing),
            (_("说明"), _("模拟结果不产生任何待遇；待补的个案不计入符合。")),
        ),
    )
    sheets = (
        _plan(_("合计"), SUM_COLUMNS, _sum_rows(found.sums)),
        _plan(_("逐人"), ROW_COLUMNS, _person_rows(simulation)),
        _plan(
            _("缺少的事实"),
            LACK_COLUMNS,
            (
                {"fact": questions[x.fact], "before": x.before, "after": x.after}
                for x in found.lacks
            ),
        ),
    )
    return write_workbook(sheets, cover=cover)


def _documents(ids: Iterable[str]) -> str:
    words = {IN_FORCE: _("现行文件")}
    return "、".join(words.get(each, each) for each in ids) or _("无")


def _plan(
    name: str,
    columns: Iterable[tuple[str, str, int]],
    rows: Iterable[dict[str, str | int | Decimal]],
) -> SheetPlan:
    made = [
        Column(key, _(heading), width, _kind(key), "0.00" if key in AMOUNTS else "")
        for key, heading, width in columns
    ]
    return SheetPlan(name, made, rows)


def _kind(key: str) -> str:
    if key in AMOUNTS:
        return "number"
    return "integer" if key in COUNTS else "text"


def _sum_rows(sums: Iterable[Sum]) -> Iterable[dict[str, str | int | Decimal]]:
    for row in sums:
        yield {
            "region": area_name(row.region),
            "kind": kind_name(row.kind),
            "given_before": row.before.given,
            "amount_before": row.before.amount,
            "open_before": row.before.open,
            "given_after": row.after.given,
            "amount_after": row.after.amount,
            "open_after": row.after.open,
        }


def _person_rows(simulation: Simulation) -> Iterable[dict[str, str | int | Decimal]]:
    for row in simulation.comparison.rows:
        release, entry, person = row.where
        yield {
            "release": release,
            "skill": simulation.skills.get(entry, ""),
            "person": _named(simulation, person),
            "result": simulation.results.get((entry, person), ""),
            "region": area_name(row.region),
            "gained": "；".join(map(_cited, row.gained)),
            "lost": "；".join(map(_cited, row.lost)),
            "kept": "；".join(map(_cited, row.kept)),
            "open_before": row.open_before,
            "open_after": row.open_after,
        }


def _cited(gain: Gain) -> str:
    return f"{what(gain)}（{gain.rule}，{gain.clause}）"


def run_job(
    report: Tell,
    *,
    before: list[str],
    after: list[str],
    releases: list[str],
    anywhere: bool,
    region: str,
    bureau: int,
) -> Result:
    """A simulation as a job: the caller has asked for the right to these releases."""
    choice = Choice(tuple(before), tuple(after), tuple(releases), anywhere)
    rows = Release.objects.filter(number__in=releases).select_related("competition")
    found = simulated(
        list(rows),
        choice,
        scope_for(region, bureau),
        report=lambda done, total: report(done, total, _("逐个成绩版本模拟")),
    )
    return Result("policy-simulation.xlsx", workbook(found, choice))
