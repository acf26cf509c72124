"""The history of one sheet as a page and as PDF, under its blind code."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from competitions.navigation import office_context
from ledger.core.chain import skill_chain
from ledger.queries import head_of
from people.errors import PdfUnavailable
from people.pdf import missing_characters, render_pdf
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring.access_paper import sheet_for_history
from scoring.models import Sheet
from scoring.queries.history import papers_with, sheet_history
from scoring.queries.schemes import plan_of
from scoring.views import history_words as words


@never_cache
@require_GET
@policy("scoring.sheet_history")
def sheet_history_page(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_for_history(request.user, pk, timezone.now())
    context = _context(sheet)
    context |= {
        "papers": papers_with(sheet),
        "pdf_url": reverse("sheet_history_pdf", args=[pk]),
        **office_context(request.user, sheet.skill.competition),
    }
    return render(request, "scoring/sheet_history.html", context)


@require_GET
@policy("scoring.sheet_history")
def sheet_history_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    sheet = sheet_for_history(request.user, pk, at)
    context = _context(sheet) | {"at": at}
    chain = skill_chain(sheet.skill_id)
    head = head_of([chain])[chain]
    context |= {
        "seq": head.seq,
        "groups": " ".join(head.hash.upper()[n : n + 4] for n in range(0, 48, 4)),
    }
    markup = render_to_string("scoring/sheet_history_print.html", context)
    try:
        pdf = render_pdf(_legible(markup), "sheet_history.css")
    except PdfUnavailable as refused:
        messages.error(request, refused.message)
        return redirect("sheet_history", pk)
    name = f"{sheet.entry.code} {sheet.sub_criterion.code} 留痕.pdf"
    return download(pdf, filename=name, content_type="application/pdf")


def _legible(markup: str) -> str:
    """A record is never refused for one character: it is shown by its number."""
    for character in missing_characters(markup):
        markup = markup.replace(character, f"[U+{ord(character):04X}]")
    return markup


def _context(sheet: Sheet) -> dict[str, Any]:
    plan = plan_of(sheet.skill)
    sub = plan.subs.get(sheet.sub_criterion.code) if plan else None
    aspects = sub.aspects if sub else ()
    by_code = {aspect.code: aspect for aspect in aspects}
    numbers = {aspect.code: number for number, aspect in enumerate(aspects, start=1)}
    events = sheet_history(sheet)
    return {
        "sheet": sheet,
        "skill": sheet.skill,
        "events": [
            {
                "seq": event.seq,
                "hash": event.hash[:8].upper(),
                "at": event.at,
                "who": event.who,
                "device": event.device,
                "title": words.title(event),
                "place": words.place(event, numbers),
                "details": words.details(event, by_code),
                "tone": "warn" if event.spread == "made" else "",
            }
            for event in events
        ],
    }
