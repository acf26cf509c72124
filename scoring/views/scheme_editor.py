"""The scheme editor: a whole scheme on one page, a form for each part of it.

Pages work without a script; with one, a part's form opens beside the scheme and only
the scheme's own region is replaced.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from competitions.access import competitions_for, skill_for
from competitions.models import Skill
from competitions.navigation import office_context
from people.enums import OrganizationRole
from people.policy import policy
from scoring.actions import scheme_drafts
from scoring.core.editing import NoSuchPart
from scoring.core.scheme import Scheme
from scoring.errors import SchemeRefused
from scoring.forms import id_in
from scoring.queries.drafts import Draft, draft_of, schemes_to_copy
from scoring.queries.scheme_versions import is_in_use
from scoring.queries.schemes import is_competition_level, scheme_of
from scoring.views import scheme_parts

ORGANIZER = (OrganizationRole.ORGANIZER,)


@never_cache
@policy("scoring.import_scheme")
def edit_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    skill = skill_for(request.user, pk)
    draft = draft_of(skill)
    if draft is None:
        return render(request, "scoring/scheme_begin.html", _begin(request, skill))
    return render(request, "scoring/scheme_editor.html", _context(request, draft))


@require_POST
@policy("scoring.import_scheme")
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a draft: empty, from the scheme in force, or copied from another skill."""
    skill = skill_for(request.user, pk)
    source = request.POST.get("source", "")
    scheme: Scheme | None = Scheme(str(skill))
    name = _("在线编写")
    if source == "current":
        scheme = scheme_of(skill)
        name = _("由现行方案改写")
    elif source:
        other = skill_for(request.user, id_in(source))
        scheme = scheme_of(other)
        name = _("复制自 %(competition)s %(skill)s") % {
            "competition": other.competition.name,
            "skill": other,
        }
    if scheme is None:
        raise Http404
    chosen = scheme

    def work() -> None:
        scheme_drafts.begin_draft(
            skill,
            scheme=chosen,
            source_name=name,
            by=request.user,
            at=timezone.now(),
        )

    _tried(request, work)
    return redirect("edit_scheme", pk)


@require_POST
@policy("scoring.import_scheme")
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft in force, or throw it away."""
    skill = skill_for(request.user, pk)
    at = timezone.now()
    if request.POST.get("do") == "drop":
        scheme_drafts.drop_draft(skill, by=request.user, at=at)
        messages.success(request, _("已放弃正在编写的方案，现行方案没有变。"))
        return redirect("organize_scheme", pk)
    seen = request.POST.get("seen", "")

    def work() -> None:
        scheme_drafts.adopt_draft(skill, seen=seen, by=request.user, at=at)

    if _tried(request, work):
        messages.success(request, _("方案已启用，首次评分时冻结。"))
        return redirect("organize_scheme", pk)
    return redirect("edit_scheme", pk)


@never_cache
@policy("scoring.import_scheme")
def edit_part(request: HttpRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """The form of one part; a new part has the code ``new`` and names its ``parent``."""
    skill = skill_for(request.user, pk)
    draft = draft_of(skill)
    if draft is None:
        return redirect("edit_scheme", pk)
    parent = request.POST.get("parent", request.GET.get("parent", ""))
    try:
        part = scheme_parts.part_of(kind, code, parent, draft.scheme, request.POST)
        changed = _changed(request, draft, part) if request.method == "POST" else None
    except NoSuchPart:
        raise Http404 from None
    if changed is None:
        context = _context(request, draft) | {"part": part, "form": part.form}
        name = "scheme_part_form" if _is_script(request) else "scheme_part"
        return render(request, f"scoring/{name}.html", context)
    seen = request.POST.get("seen", "")

    def work() -> None:
        scheme_drafts.change_draft(
            skill, scheme=changed, seen=seen, by=request.user, at=timezone.now()
        )

    is_stored = _tried(request, work)
    if not _is_script(request):
        return redirect("edit_scheme", pk)
    fresh = draft_of(skill)
    if fresh is None:
        return redirect("edit_scheme", pk)
    context = _context(request, fresh) | {"says": messages.get_messages(request)}
    body = render(request, "scoring/scheme_editor_body.html", context)
    if not is_stored:
        reswap(body, "innerHTML show:window:top")
    return retarget(body, "#scheme-editor")


def _is_script(request: HttpRequest) -> bool:
    """The page's script asks for a part of the page, not for a page."""
    return request.headers.get("HX-Request") == "true"


def _changed(
    request: HttpRequest, draft: Draft, part: scheme_parts.Part
) -> Scheme | None:
    """The scheme after what was pressed, or ``None`` when the form has errors."""
    do = request.POST.get("do", "save")
    if do == "save":
        return part.save(draft.scheme) if part.form.is_valid() else None
    return part.act(draft.scheme, do)


def _tried(request: HttpRequest, work: Callable[[], None]) -> bool:
    try:
        work()
    except SchemeRefused as refused:
        messages.error(request, refused.message)
        return False
    return True


def _begin(request: HttpRequest, skill: Skill) -> dict[str, Any]:
    refusal = ""
    try:
        scheme_drafts.require_editable(skill)
    except SchemeRefused as refused:
        refusal = refused.message
    seen = competitions_for(request.user, roles=ORGANIZER)
    return {
        "skill": skill,
        "refusal": refusal,
        "has_scheme": scheme_of(skill) is not None,
        "copies": schemes_to_copy(seen, skill),
        **office_context(request.user, skill.competition, "organize_competition"),
    }


def _context(request: HttpRequest, draft: Draft) -> dict[str, Any]:
    skill = draft.row.skill
    level = is_competition_level(skill.competition)
    return {
        "skill": skill,
        "draft": draft.row,
        "seen": draft.row.digest,
        "is_in_use": is_in_use(skill),
        **scheme_parts.shown(draft.scheme, competition_level=level),
        **office_context(request.user, skill.competition, "organize_competition"),
    }
