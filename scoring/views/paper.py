"""Papers: printing sheets, opening a paper by its code, keying it in, taking it as signed.

A paper of an earlier version is shown with the reason why it is not taken any more.
"""

from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from competitions.navigation import office_context
from jobs.actions import start_job
from ledger.core.chain import skill_chain
from ledger.queries import head_of
from people.errors import PdfUnavailable
from people.pdf import pdf_problem
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring import access, access_paper
from scoring.actions.keying import choose_keying, key_in, require_current
from scoring.actions.paper_signing import accept_paper
from scoring.actions.printing import print_forms
from scoring.core import paper_codes
from scoring.enums import FormLayout, SheetState
from scoring.errors import CellsRefused, PaperRefused, ScoringError
from scoring.models import PaperForm
from scoring.queries import paper as papers
from scoring.queries.judging import live_sheets
from scoring.queries.schemes import state_of
from scoring.views import device_gate as gate
from scoring.views import paper_grid
from scoring.views.paper_sheets import paper_pdf

AT_ONCE = 24  # papers drawn while the page waits; more become a job
PDF = "application/pdf"
WORK = "scoring.views.paper_sheets.work"


@never_cache
@policy("scoring.print_sheets")
def print_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_places(request.user, pk, at)
    sheets = list(live_sheets(skill))
    error = ""
    if request.method == "POST":
        try:
            return _printed(request, skill, sheets, at)
        except (PaperRefused, PdfUnavailable) as refused:
            error = refused.message
    state = state_of(skill)
    context = {
        "skill": skill,
        "groups": _groups(sheets),
        "layouts": FormLayout.choices,
        "papers": papers.papers_of(skill),
        "problem": pdf_problem(),
        "error": error,
        "keys_twice": state.keys_twice if state else False,
        "may_choose": access_paper.keys_papers(request.user, skill),
        **office_context(request.user, skill.competition, "organize_competition"),
    }
    status = 409 if error else 200
    return render(request, "scoring/print_sheets.html", context, status=status)


@require_POST
@policy("scoring.choose_keying")
def keying(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose whether two people key papers in."""
    at = timezone.now()
    skill = access.skill_for_places(request.user, pk, at)
    if not access_paper.keys_papers(request.user, skill):
        raise Http404
    choose_keying(skill, twice=bool(request.POST.get("twice")), by=request.user, at=at)
    return redirect("print_sheets", pk)


@never_cache
@require_GET
@policy("scoring.key_papers")
def find(request: HttpRequest) -> HttpResponse:
    """Open a paper by the code that was typed or scanned."""
    asked = request.GET.get("code", "")
    code = paper_codes.read_code(asked)
    if code:
        return redirect("paper_form", code)
    context = {
        "asked": asked[: paper_codes.LENGTH + 1],
        "error": _("没有这个编号，或有字符认错了。请对照纸上右上角再输。")
        if asked
        else "",
        "nav": _nav() if access.judge_skills(request.user, timezone.now()) else [],
        "role_label": "",
    }
    status = 404 if asked else 200
    return render(request, "scoring/paper_find.html", context, status=status)


@never_cache
@gate.on_tablet
@policy("scoring.key_papers")
def form(request: HttpRequest, paper: str) -> HttpResponse:
    at = timezone.now()
    found = access_paper.paper_for(request.user, paper, at)
    sheets = papers.sheets_on(found)
    is_officer = access_paper.keys_papers(request.user, found.skill)
    if not is_officer:
        gate.check(request, found.skill.competition)
    grid = paper_grid.grid_of(found, sheets, None if is_officer else request.user)
    extra: dict[str, Any] = {"problems": {}, "differs": (), "error": ""}
    if request.method == "POST":
        extra["typed"] = grid.typed(request.POST)
        try:
            keyed = key_in(
                found,
                cells=extra["typed"],
                nonce=_nonce(request),
                head=_head(request),
                by=request.user,
                at=at,
            )
        except CellsRefused as refused:
            extra |= {"problems": refused.problems, "error": refused.message}
        except ScoringError as refused:
            extra["error"] = refused.message
        else:
            if not keyed.differs:
                messages.success(request, _said(keyed))
                return redirect("paper_form", paper)
            extra |= {"differs": keyed.differs, "error": _said(keyed)}
    context = _form_context(request, found, sheets, grid, extra)
    context["is_officer"] = is_officer
    status = 409 if extra["error"] else 200
    return render(request, "scoring/paper_form.html", context, status=status)


@require_GET
@policy("scoring.key_papers")
def form_file(request: HttpRequest, paper: str) -> HttpResponse:
    """The paper once more, as it was printed."""
    found = access_paper.paper_for(request.user, paper, timezone.now())
    try:
        return _file(request, [found], f"评分表 {found}.pdf")
    except (PaperRefused, PdfUnavailable) as refused:
        messages.error(request, refused.message)
        return redirect("paper_form", paper)


@sensitive_post_parameters("pin", "witness_pin")
@require_POST
@policy("scoring.take_paper")
def take_signed(request: HttpRequest, paper: str) -> HttpResponse:
    """The chief judge and a results officer: the judges signed this paper."""
    at = timezone.now()
    found = access_paper.paper_to_take(request.user, paper, at)
    witness = access_paper.witness_for(found.skill, request.POST.get("witness", ""))
    try:
        accept_paper(
            found,
            witness=witness,
            pin=request.POST.get("pin", ""),
            witness_pin=request.POST.get("witness_pin", ""),
            reference=request.POST.get("reference", ""),
            digest=request.POST.get("digest", ""),
            by=request.user,
            at=at,
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("已记下：裁判在纸上签过名。下一步由裁判长签名。"))
    return redirect("paper_form", paper)


def _printed(
    request: HttpRequest, skill: Any, sheets: list[Any], at: Any
) -> HttpResponse:
    """Print what was chosen: at once, or as a job when it is long."""
    wanted = set(request.POST.getlist("sub"))
    entry = request.POST.get("entry", "")
    layout = request.POST.get("layout", "")
    if layout not in FormLayout.values:
        raise PaperRefused(_("请选择版式。"), "no-layout")
    is_filled = bool(request.POST.get("filled"))
    chosen = [
        sheet
        for sheet in sheets
        if (not wanted or sheet.sub_criterion.code in wanted)
        and (not entry or sheet.entry.code == entry)
        and (not is_filled or sheet.state != SheetState.OPEN)
    ]
    rows = print_forms(
        skill,
        sheets=chosen,
        layout=layout,
        is_filled=is_filled,
        by_seat=bool(request.POST.get("by_seat")),
        by=request.user,
        at=at,
    )
    name = f"{skill.name} 评分表 {len(rows)} 份.pdf"
    pks = [row.pk for row in rows]
    if len(rows) <= AT_ONCE:
        return _file(request, papers.forms_of(pks), name)
    origin = request.build_absolute_uri("/")
    start_job(
        "print-sheets",
        work=WORK,
        owner=request.user.actor,
        at=at,
        arguments={"forms": pks, "origin": origin, "name": name},
        total=len(rows),
    )
    messages.success(
        request,
        _("正在排版 %(count)d 份评分表，完成后在这里下载。") % {"count": len(rows)},
    )
    return redirect("my_jobs")


def _file(request: HttpRequest, forms: list[PaperForm], name: str) -> HttpResponse:
    pdf = paper_pdf(forms, origin=request.build_absolute_uri("/"))
    return download(pdf, filename=name, content_type=PDF)


def _form_context(
    request: HttpRequest,
    found: PaperForm,
    sheets: list[Any],
    grid: paper_grid.Grid,
    extra: dict[str, Any],
) -> dict[str, Any]:
    skill = found.skill
    state = state_of(skill)
    twice = bool(state and state.keys_twice)
    kept = papers.keyings_of(found) if twice else []
    mine = next((row for row in kept if row.keyed_by_id == request.user.pk), None)
    said = extra.get("typed")
    if said is None and mine is not None:
        said = paper_grid.kept(grid, mine.cells)
    if said is None:
        said = {} if twice else paper_grid.standing(grid)
    chain = skill_chain(skill.pk)
    return {
        "paper": found,
        "code": paper_codes.shown(found.code),
        "skill": skill,
        "sheets": sheets,
        "rows": grid.shown(said, extra["problems"], extra["differs"]),
        "old": _old(found),
        "error": extra["error"],
        "nonce": request.POST.get("nonce") or str(uuid4()),
        "head": request.POST.get("head") or head_of([chain])[chain].seq,
        "twice": twice,
        "keyed_by": [str(row.keyed_by) for row in kept],
        "is_open": all(
            sheet.state in (SheetState.OPEN, SheetState.COMPLETE) and not sheet.signers
            for sheet in sheets
        ),
        "signing": access_paper.paper_signing(request.user, found, sheets),
        "pdf_url": reverse("paper_pdf", args=[quote(found.code)]),
        **office_context(request.user, skill.competition),
    }


def _old(found: PaperForm) -> str:
    """Why this paper is not taken any more, or nothing."""
    try:
        require_current(found)
    except PaperRefused as refused:
        return refused.message
    return ""


def _groups(sheets: list[Any]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for sheet in sheets:
        sub = sheet.sub_criterion
        row = found.setdefault(
            sub.code, {"code": sub.code, "name": sub.name, "sheets": 0, "marked": 0}
        )
        row["sheets"] += 1
        row["marked"] += sheet.state != SheetState.OPEN
    return list(found.values())


def _nonce(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("nonce", ""))
    except ValueError:
        raise PaperRefused(_("请刷新页面再录入。"), "no-nonce") from None


def _head(request: HttpRequest) -> int:
    text = request.POST.get("head", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _said(keyed: Any) -> str:
    if keyed.differs:
        text = _("与另一人录入的有 %(count)d 格不同，已标出。请对照纸面核对后再存。")
        return text % {"count": len(keyed.differs)}
    if keyed.waits:
        return _("已记下。等第二人录入同一张纸，一致后才成为评分。")
    return _("已录入 %(count)d 格。") % {"count": keyed.entered}


def _nav() -> list[dict[str, Any]]:
    return [{"label": _("评分"), "url": reverse("judge_home"), "current": False}]
