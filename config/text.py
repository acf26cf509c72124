"""The middleware that refuses what no database stores: NUL in an address or a form.

PostgreSQL takes no text with NUL in it; without this every text field would have to ask.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.decorators import sync_and_async_middleware

NUL = "\0"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@sync_and_async_middleware
def plain_text(
    get_response: Callable[[HttpRequest], Any],
) -> Callable[[HttpRequest], Any]:
    """Answer 400 to a request that has NUL in its path, its query or its form."""
    if iscoroutinefunction(get_response):

        async def answer_later(request: HttpRequest) -> Any:
            await sync_to_async(_refuse_nul)(request)
            return await get_response(request)

        return answer_later

    def answer(request: HttpRequest) -> Any:
        _refuse_nul(request)
        return get_response(request)

    return answer


def _refuse_nul(request: HttpRequest) -> None:
    if NUL in request.path_info or _has_nul(request.GET):
        raise BadRequest("NUL in the address")
    if request.content_type in FORMS and _has_nul(request.POST):
        raise BadRequest("NUL in the form")


def _has_nul(values: Any) -> bool:
    return any(NUL in name or NUL in "".join(found) for name, found in values.lists())
