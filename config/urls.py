"""Addresses by audience: each app exports one list per audience it serves.

``urlpatterns`` of an app hold what stands at the root, a list named like the audience
(``organize``, ``judge``, ``bureau``, ``delegation``, ``live``, ``verify``) what stands
under that word.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health, pages

APPS = ("people", "competitions", "scoring", "awards", "live")
AUDIENCES = ("organize", "judge", "delegation", "bureau", "verify", "live")


def _lists(name: str) -> Iterator[list[URLPattern | URLResolver]]:
    for app in APPS:
        if find_spec(f"{app}.urls"):
            yield getattr(import_module(f"{app}.urls"), name, [])


urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    *(pattern for patterns in _lists("urlpatterns") for pattern in patterns),
    *(
        path(f"{audience}/", include(patterns))
        for audience in AUDIENCES
        for patterns in _lists(audience)
        if patterns
    ),
    path("i18n/language/", pages.set_language, name="set_language"),
    path("components/", pages.components, name="components"),
    path("admin/", admin.site.urls),
]
