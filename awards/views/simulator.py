"""Two sets of documents over past releases, side by side; nothing is stored or granted.

The whole choice stands in the address.
"""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards import access, documents, simulations
from awards.core.rulebook import Rulebook
from awards.core.simulating import Row, Sum
from awards.core.vocabulary import Status
from awards.queries import documents as stored
from awards.queries.simulated import (
    IN_FORCE,
    Choice,
    Scope,
    Simulation,
    entries_in,
    scope_for,
    simulated,
)
from awards.views import frame
from jobs.actions import start_job
from people.models import Organization
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring.models import Release

LARGE = 3000  # entries of one simulation that are still waited for
PER_PAGE = 50
BAR = 240


@policy("awards.simulate")
@require_GET
def bureau_simulator(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    books = _books(request)
    choice = _choice(request, books)
    context: dict[str, Any] = {}
    is_large = _is_large(request, choice)
    if choice.releases and not is_large:
        found = simulated(_releases(request, choice), choice, _scope(bureau))
        context = _shown(request, found)
    return frame.page(
        request,
        "bureau_simulator.html",
        bureau=bureau,
        current="bureau_simulator",
        choice=choice,
        documents=_options(books, choice),
        releases=_release_options(request, choice),
        query=request.GET.urlencode(),
        is_large=is_large,
        **context,
    )


@policy("awards.simulate")
@require_GET
def bureau_simulator_json(request: HttpRequest) -> HttpResponse:
    choice, found = _run(request)
    if found is None:
        return _to_page(request)
    answer = simulations.plain(found, choice)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@policy("awards.simulate")
@require_GET
def bureau_simulator_xlsx(request: HttpRequest) -> HttpResponse:
    choice, found = _run(request)
    if found is None:
        return _to_page(request)
    content = simulations.workbook(found, choice)
    return download(content, filename=f"{_('政策模拟')}.xlsx")


@policy("awards.simulate")
@require_POST
def bureau_simulator_job(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    choice = _choice(request, _books(request))
    releases = _releases(request, choice)
    with transaction.atomic():
        start_job(
            _("政策模拟"),
            work="awards.simulations.run_job",
            owner=request.user.actor,
            at=timezone.now(),
            total=len(releases),
            arguments={
                "before": list(choice.before),
                "after": list(choice.after),
                "releases": [release.number for release in releases],
                "anywhere": choice.anywhere,
                "region": bureau.region,
                "bureau": bureau.pk,
            },
        )
    return redirect("my_jobs")


def _run(request: HttpRequest) -> tuple[Choice, Simulation | None]:
    """The simulation asked for, or None where it has to run as a job."""
    bureau = access.bureau_of(request.user)
    choice = _choice(request, _books(request))
    if _is_large(request, choice):
        return choice, None
    releases = _releases(request, choice)
    return choice, simulated(releases, choice, _scope(bureau))


def _to_page(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('bureau_simulator')}?{request.GET.urlencode()}")


def _is_large(request: HttpRequest, choice: Choice) -> bool:
    if not choice.releases:
        return False
    rows = access.releases_for(request.user).filter(number__in=choice.releases)
    return entries_in(rows) > LARGE


def _scope(bureau: Organization) -> Scope:
    return scope_for(bureau.region, bureau.pk)


def _books(request: HttpRequest) -> list[Rulebook]:
    """The documents a bureau may choose: the shelf, and those of its competitions."""
    own = set(
        access.edition_documents_for(request.user).values_list("identifier", flat=True)
    )
    return [
        book
        for book in stored.rulebooks()
        if not book.document.competition or book.document.id in own
    ]


def _choice(request: HttpRequest, books: Iterable[Rulebook]) -> Choice:
    known = {IN_FORCE} | {book.document.id for book in books}

    def chosen(name: str) -> tuple[str, ...]:
        wanted = dict.fromkeys(request.GET.getlist(name))
        return tuple(each for each in wanted if each in known)

    return Choice(
        before=chosen("a"),
        after=chosen("b"),
        releases=tuple(
            each for each in dict.fromkeys(request.GET.getlist("r")) if is_number(each)
        ),
        anywhere=request.GET.get("anywhere") == "1",
    )


def is_number(text: str) -> bool:
    """Whether a text may be a release's number at all; others ask no database."""
    return text.isascii() and text.isprintable() and len(text) <= 40


def _releases(request: HttpRequest, choice: Choice) -> list[Release]:
    """The chosen ones among those the bureau may see, their texts included."""
    if not choice.releases:
        return []
    rows = access.releases_for(request.user).defer(None).defer("source")
    return list(rows.filter(number__in=choice.releases).distinct())


def _options(books: Iterable[Rulebook], choice: Choice) -> dict[str, Any]:
    """The documents to choose from, drafts and previews before the others."""
    drafts: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for book in books:
        is_draft = book.document.status is Status.CONSULTATION_DRAFT
        before, after = (
            book.document.id in side for side in (choice.before, choice.after)
        )
        words = documents.words_of(book)
        row = {"words": words, "before": before, "after": after}
        (drafts if is_draft else others).append(row)
    started = bool(choice.releases or choice.before or choice.after)
    return {
        "drafts": drafts,
        "others": others,
        "others_open": any(row["before"] or row["after"] for row in others),
        "in_force_before": IN_FORCE in choice.before or not started,
        "in_force_after": IN_FORCE in choice.after or not started,
    }


def _release_options(request: HttpRequest, choice: Choice) -> list[dict[str, Any]]:
    rows = access.releases_for(request.user).distinct()
    return [{"release": row, "chosen": row.number in choice.releases} for row in rows]


def _shown(request: HttpRequest, found: Simulation) -> dict[str, Any]:
    comparison = found.comparison
    changed = [row for row in comparison.rows if row.gained or row.lost]
    page = Paginator(changed, PER_PAGE).get_page(request.GET.get("page"))
    questions = simulations.fact_names(comparison.lacks)
    most = max(
        (max(s.before.given, s.after.given) for s in comparison.by_kind()), default=0
    )
    return {
        "found": found,
        "figures": _figures(found),
        "kinds": [_bars(row, most) for row in comparison.by_kind()],
        "regions": [
            {"area": simulations.area_name(row.region), **_bars(row, most)}
            for row in comparison.sums
        ],
        "lacks": [
            {"fact": questions[lack.fact], "lack": lack} for lack in comparison.lacks
        ],
        "rows": [_row(row, found) for row in page],
        "rows_page": page,
    }


def _figures(found: Simulation) -> list[dict[str, Any]]:
    comparison = found.comparison
    sums = comparison.by_kind()
    before = sum(row.before.amount for row in sums)
    after = sum(row.after.amount for row in sums)
    return [
        {"label": _("个案"), "value": found.cases},
        {"label": _("有增加的"), "value": comparison.gaining},
        {"label": _("有减少的"), "value": comparison.losing},
        {"label": _("奖金，前（元）"), "value": before},
        {"label": _("奖金，后（元）"), "value": after},
    ]


def _bars(row: Sum, most: int) -> dict[str, Any]:
    return {
        "kind": simulations.kind_name(row.kind),
        "sum": row,
        "before_width": row.before.given * BAR // most if most else 0,
        "after_width": row.after.given * BAR // most if most else 0,
        "before_words": _("前：%(n)d") % {"n": row.before.given},
        "after_words": _("后：%(n)d") % {"n": row.after.given},
    }


def _row(row: Row, found: Simulation) -> dict[str, Any]:
    release, entry, person = row.where
    return {
        "person": found.names.get(person, ""),
        "skill": found.skills.get(entry, ""),
        "release": release,
        "result": found.results.get((entry, person), ""),
        "area": simulations.area_name(row.region),
        "gained": [(simulations.what(gain), gain) for gain in row.gained],
        "lost": [(simulations.what(gain), gain) for gain in row.lost],
        "row": row,
    }
