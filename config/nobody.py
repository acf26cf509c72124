"""The middleware of processes without sign-in: whoever asks is nobody."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.decorators import sync_and_async_middleware


@sync_and_async_middleware
def nobody(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Set ``request.user`` without reading anything."""
    if iscoroutinefunction(get_response):

        async def answer_later(request: HttpRequest) -> Any:
            _mark(request)
            return await get_response(request)

        return answer_later

    def answer(request: HttpRequest) -> Any:
        _mark(request)
        return get_response(request)

    return answer


def _mark(request: HttpRequest) -> None:
    async def auser() -> AnonymousUser:
        return AnonymousUser()

    request.user = AnonymousUser()
    request.auser = auser
