"""认定说明: the explanation of one decision as a PDF that goes with the papers.

Prints what the page shows; nothing is judged again.
"""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from awards import wording
from awards.core.explanation import phrase_from_plain
from awards.errors import AwardsError, PdfUnavailable
from awards.explained import Explanation
from awards.models import Decision
from awards.spoken import spoken
from people.errors import PdfUnavailable as PdfMissing
from people.pdf import missing_characters, render_pdf


def explanation_pdf(page: Explanation, *, at: datetime) -> bytes:
    """Return the explanation as PDF, in whatever state its decision is.

    Raises AwardsError naming characters that no font has, PdfUnavailable when the
    drawing libraries are missing.
    """
    decision = page.decision
    context = {
        "page": page,
        "decision": decision,
        "missing": wording.missing_labels(decision),
        "notes": notes_of(decision),
        "at": at,
    }
    words = (decision.subject_name, decision.skill.name, page.headline)
    if unknown := missing_characters("".join(words)):
        text = _("这些字没有字形，认定说明印不出来：%(characters)s。")
        raise AwardsError("no-glyph", text % {"characters": "、".join(unknown)})
    markup = render_to_string("awards/explain_pdf.html", context)
    try:
        return render_pdf(markup, "explanation.css")
    except PdfMissing as error:
        raise PdfUnavailable(error.code, error.message) from error


def notes_of(decision: Decision) -> list[str]:
    """What a decision adds to its conditions: approvals, standing, other decisions."""
    plain = decision.detail.get("notes", [])
    return [phrase_from_plain(note).text(spoken) for note in plain]
