"""成绩汇总表 of one skill in a release, as PDF with lines to sign.

Ranked entries by place, then those without a place, apart.  Everything printed comes
from the release text and the names beside it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from people.pdf import missing_characters, render_pdf
from scoring.enums import Standing
from scoring.errors import ScoringError
from scoring.models import Release
from scoring.rule_words import SIGNERS


def result_list(
    release: Release,
    skill: Mapping[str, Any],
    names: Mapping[int, str],
    *,
    at: datetime,
) -> bytes:
    """Return the list as PDF; ScoringError names characters that no font has."""
    rows = [_row(skill, entry, names) for entry in skill["entries"]]
    context = {
        "competition": release.competition,
        "release": release,
        "skill": skill,
        "modules": _modules(skill),
        "has_scale": any(row["scale_score"] is not None for row in rows),
        "rows": [row for row in rows if row["is_ranked"]],
        "apart": [row for row in rows if not row["is_ranked"]],
        "signers": SIGNERS,
        "at": at,
        "check": release.digest[:32].upper(),
    }
    markup = render_to_string("scoring/result_list.html", context)
    if unknown := missing_characters(_printed(context)):
        text = _("这些字没有字形，汇总表印不出来：%(characters)s。")
        raise ScoringError(text % {"characters": "、".join(unknown)}, "no-glyph")
    return render_pdf(markup, "result_list.css")


def _modules(skill: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The modules of the first entry that has any: all entries have the same."""
    found: list[Mapping[str, Any]] = next(
        (entry["modules"] for entry in skill["entries"] if entry.get("modules")), []
    )
    return found


def _row(
    skill: Mapping[str, Any], entry: Mapping[str, Any], names: Mapping[int, str]
) -> dict[str, Any]:
    who = [names.get(member["person"], "—") for member in entry["members"]]
    points = {module["letter"]: module["points"] for module in entry.get("modules", [])}
    is_ranked = entry["standing"] == Standing.RANKED
    return {
        "place": entry["place"],
        "code": entry["code"],
        "names": "、".join(who),
        "delegation": entry["delegation"],
        "modules": [
            with_cents(points.get(module["letter"], "")) for module in _modules(skill)
        ],
        "points": entry["points"] or "",
        "scale_score": entry["scale_score"],
        "award": entry["award"],
        "standing": Standing(entry["standing"]).label,
        "is_ranked": is_ranked,
    }


def with_cents(points: str) -> str:
    """Points as text with at least two decimals, so that a column lines up.

    Decimals are only added, never rounded away.

    >>> with_cents("22"), with_cents("24.1"), with_cents("8.125"), with_cents("")
    ('22.00', '24.10', '8.125', '')
    """
    whole, _point, decimals = points.partition(".")
    return f"{whole}.{decimals:0<2}" if whole else ""


def _printed(context: Mapping[str, Any]) -> str:
    words = [context["competition"].name, context["skill"]["name"]]
    for row in (*context["rows"], *context["apart"]):
        words += [row["names"], row["delegation"], row["award"], row["code"]]
    return "".join(words)
