"""The report of a skill's judge statistics as PDF; what a page shows, on paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from competitions.models import Skill
from people.pdf import missing_characters, render_pdf
from scoring.errors import ScoringError


def statistics_report(skill: Skill, page: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the report as PDF; ScoringError names characters that no font has."""
    context = {
        "competition": skill.competition,
        "skill": skill,
        "page": page,
        "at": at,
        "is_printed": True,
    }
    markup = render_to_string("scoring/statistics_report.html", context)
    if unknown := missing_characters(_printed(context)):
        text = _("这些字没有字形，报告印不出来：%(characters)s。")
        raise ScoringError(text % {"characters": "、".join(unknown)}, "no-glyph")
    return render_pdf(markup, "statistics_report.css")


def _printed(context: Mapping[str, Any]) -> str:
    page = context["page"]
    names = [row["name"] for row in page["judges"]]
    titles = [row["title"] for row in page["outliers"]]
    skill = context["skill"]
    return "".join([context["competition"].name, skill.name, *names, *titles])
