"""``POST /api/marks/``: marks from machines, and the keys they come with.

A machine has no sign-in: its key says for which skill, and as whose, it hands in marks.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.policy import policy
from scoring import access
from scoring.actions.import_keys import hand_in, issue_key, key_digest, revoke_key
from scoring.errors import ScoringError
from scoring.mark_files import COLUMNS, SentMark
from scoring.views.mark_request import MOST_BYTES, Malformed, read_object, text_of

MOST = 2000
BEARER = "Bearer "
LONGEST = 80


@csrf_exempt
@require_POST
@policy("scoring.hand_in_marks")
def hand_in_marks(request: HttpRequest) -> JsonResponse:
    """All marks of the body, or none and every reason (docs/import-api.md)."""
    told = request.headers.get("Authorization", "")
    key = None
    if told.startswith(BEARER):
        key = access.import_key_with(key_digest(told.removeprefix(BEARER).strip()))
    if key is None:
        error = _("密钥不对，或已停用。请向成绩管理员要新的密钥。")
        return _answer({"code": "key", "error": error}, status=401)
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _answer({"code": "body", "error": "body"}, status=413)
    try:
        marks = _marks(request.body)
    except Malformed as wrong:
        error = _("请求格式不对：%(place)s。") % {"place": wrong.place}
        return _answer({"code": "malformed", "error": error}, status=wrong.status)
    digest = sha256(request.body).hexdigest()
    try:
        found = hand_in(key, marks, digest=digest, at=timezone.now())
    except ScoringError as refused:
        reason = {"code": refused.code, "error": refused.message}
        return _answer(reason, status=409)
    answer = found.as_dict()
    answer["entered"] = len(found.events) if found.is_clean else 0
    return _answer(answer, status=200 if found.is_clean else 422)


@never_cache
@require_POST
@policy("scoring.import_marks")
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a key and show it, this once."""
    skill = access.skill_for_results(request.user, pk, timezone.now())
    name = request.POST.get("name", "")
    try:
        key, text = issue_key(skill, name=name, by=request.user, at=timezone.now())
    except ScoringError as refused:
        messages.error(request, refused.message)
        return redirect("import_marks", pk)
    address = request.build_absolute_uri("/api/marks/")
    context = {
        "skill": skill,
        "key": key,
        "text": text,
        "address": address,
        "role_label": _("成绩管理"),
        "rehearsal": skill.competition.is_rehearsal,
    }
    return render(request, "scoring/import_key.html", context)


@require_POST
@policy("scoring.import_marks")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    key = access.import_key_for(request.user, pk, timezone.now())
    revoke_key(key, by=request.user, at=timezone.now())
    messages.success(request, _("“%(name)s”的密钥已停用。") % {"name": key.name})
    return redirect("import_marks", key.skill_id)


def _marks(body: bytes) -> list[SentMark]:
    found = read_object(body)
    rows = found.get("marks")
    if not isinstance(rows, list) or not rows:
        raise Malformed("marks")
    if len(rows) > MOST:
        raise Malformed("marks", 413)
    return [_mark(row, f"marks[{number}]") for number, row in enumerate(rows)]


def _mark(row: Any, place: str) -> SentMark:
    if not isinstance(row, dict):
        raise Malformed(place)
    names: Sequence[str] = COLUMNS
    cells = {
        name: str(row[name]) if type(row.get(name)) is int else row.get(name)
        for name in names
    }
    return SentMark(**{name: text_of(cells, name, place, LONGEST) for name in names})


def _answer(value: dict[str, Any], *, status: int) -> JsonResponse:
    return JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})
