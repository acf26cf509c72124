"""Pages of the whole site that belong to no app: the language, the components."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views import i18n
from django.views.decorators.http import require_POST, require_safe

from people.policy import policy


@policy("config.pages")
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    return i18n.set_language(request)


@policy("config.pages")
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "components.html")
