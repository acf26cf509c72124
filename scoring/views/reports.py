"""What a tablet says of itself every few seconds, and who else has its sheet open.

A report is the device's own claim; it moves no mark.  The answer tells it of company on
the sheet, so that both are warned even where no socket gets through.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from people.policy import policy
from scoring import access, tablet_access
from scoring.actions.devices import Report, leave_sheet, take_report
from scoring.errors import ConflictOfInterest
from scoring.models import Sheet
from scoring.queries import devices
from scoring.queries.seating import own_seats, seat_on
from scoring.views import company_words
from scoring.views import device_gate as gate
from scoring.views.mark_request import LARGEST_ID

MOST_BYTES = 16 * 1024
MOST_SHEETS = 200
MOST_WAITING = 100_000


class Unreadable(Exception):
    """The body is no report."""


@require_POST
@gate.on_tablet
@policy("scoring.report_tablet")
def here(request: HttpRequest) -> JsonResponse:
    at = timezone.now()
    try:
        found = _body(request)
        report = _report(found, at)
        sheet_pk = _whole(found.get("sheet"), optional=True)
    except Unreadable:
        return JsonResponse({"v": 1, "code": "malformed"}, status=400)
    sheet, seat, refused = _sheet(request, sheet_pk, at)
    take_report(
        report,
        sheet=sheet,
        seat=seat,
        secret=gate.secret_of(request),
        by=request.user,
        at=at,
        is_refused=refused,
    )
    answer: dict[str, Any] = {"v": 1, "at": at.isoformat(), "company": []}
    if sheet is not None and not refused:
        answer["company"] = company_of(request, sheet, at, report.client, report.tab)
    return JsonResponse(answer)


@require_POST
@policy("scoring.report_tablet")
def gone(request: HttpRequest) -> JsonResponse:
    """A page was left: its sheet is not open there any more."""
    try:
        tab = _word(_body(request).get("tab"))
    except Unreadable:
        return JsonResponse({"v": 1, "code": "malformed"}, status=400)
    leave_sheet(tab=tab, by=request.user, at=timezone.now())
    return JsonResponse({"v": 1})


def company_of(
    request: HttpRequest, sheet: Sheet, at: datetime, client: str, tab: str
) -> list[dict[str, str]]:
    """Who shares the sheet, in words, as the asking tab has to know it."""
    found = devices.companions(sheet, user=request.user, client=client, tab=tab, at=at)
    return company_words.lines(found, sheet) if found else []


def asked_company(
    request: HttpRequest, sheet: Sheet, at: datetime
) -> list[dict[str, str]]:
    """As :func:`company_of`, for a script that names its ids in the headers."""
    client = request.headers.get("X-Tablet", "")[:80]
    tab = request.headers.get("X-Tab", "")[:80]
    return company_of(request, sheet, at, client, tab) if tab else []


def _sheet(
    request: HttpRequest, pk: int | None, at: datetime
) -> tuple[Sheet | None, int | None, bool]:
    """The sheet that is open, the viewer's seat, and whether it is another panel's."""
    if pk is None:
        return None, None, False
    try:
        sheet = access.sheet_for(request.user, pk, at)
    except ConflictOfInterest:
        return None, None, False
    except Http404:
        foreign = tablet_access.foreign_sheet_for(request.user, pk, at)
        return foreign, None, True
    own = seat_on(sheet, request.user, own_seats(request.user, sheet.skill))
    return sheet, own.seat if own.marks else None, False


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise Unreadable
    if len(request.body) > MOST_BYTES:
        raise Unreadable
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(found, dict):
        raise Unreadable
    return found


def _report(found: dict[str, Any], at: datetime) -> Report:
    unsent = found.get("unsent", [])
    if not isinstance(unsent, list) or len(unsent) > MOST_SHEETS:
        raise Unreadable
    counted: dict[int, int] = {}
    for pair in unsent:
        if not isinstance(pair, list) or len(pair) != 2:
            raise Unreadable
        sheet, count = _whole(pair[0]), _whole(pair[1])
        if sheet is not None and count:
            counted[sheet] = min(count, MOST_WAITING)
    return Report(
        client=_word(found.get("device")),
        tab=_word(found.get("tab")),
        unsent=counted,
        clock=_moment(found.get("time"), at),
        receipt=_receipt(found.get("receipt")),
    )


def _word(found: Any) -> str:
    if not isinstance(found, str) or not 1 <= len(found) <= 80:
        raise Unreadable
    if not found.isascii() or not found.isprintable():
        raise Unreadable
    return found


def _whole(found: Any, *, optional: bool = False) -> int | None:
    if found is None and optional:
        return None
    if type(found) is not int or not 0 <= found < LARGEST_ID:
        raise Unreadable
    return found


def _moment(found: Any, at: datetime) -> datetime | None:
    """The tablet's own time, if it is one; a day off is as wrong as a year."""
    if not isinstance(found, str) or len(found) > 40:
        return None
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    most = 86_400 * 20
    return moment if abs((moment - at).total_seconds()) < most else None


def _receipt(found: Any) -> tuple[int, str] | None:
    if not isinstance(found, list) or len(found) != 2:
        return None
    seq, digest = found
    if type(seq) is not int or not 0 < seq < LARGEST_ID or not isinstance(digest, str):
        return None
    return (seq, digest[:128]) if digest.isascii() else None
