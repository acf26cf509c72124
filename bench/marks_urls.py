"""All addresses of the site, and the floor: sign-in checked, one row inserted."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from config import urls


def bare(request: HttpRequest) -> JsonResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"code": "sign-in"}, status=401)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_bare (body) VALUES (%s)", [request.body.decode()]
        )
    return JsonResponse({"stored": True})


urlpatterns = [*urls.urlpatterns, path("bench/bare", bare)]
