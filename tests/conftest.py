"""Environment of the tests: a fresh database, quick hashing, services; nothing else.

Services (PostgreSQL, Redis, a browser) are started by the fixtures of ``services.py``.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests import tampering

pytest_plugins = ["tests.services"]

# The same cases in every run, and no clock: a slow machine is no failure.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.load_profile("steady")


# One process takes a whole file: the longest first, so that no core waits at the end.
LONGEST = ("tests/stories/", "tests/architecture/test_access_matrix.py", "/isolation/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes; the rest keep their order."""
    items.sort(key=lambda item: not any(part in item.nodeid for part in LONGEST))


@pytest.fixture(scope="session", autouse=True)
def quiet_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Jobs run at once, static files need no collecting, passwords hash quickly."""
    own = tmp_path_factory.mktemp("var")
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with override_settings(
        VAR=own,
        MEDIA_ROOT=own / "media",
        STATIC_ROOT=own / "static",
        STORAGES=settings.STORAGES | {"staticfiles": {"BACKEND": storage}},
        TASKS={"default": {"BACKEND": settings_of_tasks("immediate")}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
        SERVESTATIC_USE_MANIFEST=False,
        SERVESTATIC_USE_FINDERS=True,
        SERVESTATIC_USE_STATIC_ROOT=False,
    ):
        yield


def settings_of_tasks(name: str) -> str:
    return f"django_tasks.backends.{name}.ImmediateBackend"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A SQLite file of one's own: threads and processes meet real locks in it."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        own = tmp_path_factory.mktemp("database") / "test.sqlite3"
        database["TEST"]["NAME"] = str(own)
    else:
        database["TEST"]["NAME"] = f"test_leitai_{tmp_path_factory.getbasetemp().name}"


@pytest.fixture(scope="session", autouse=True)
def flushable_append_only_tables() -> Iterator[None]:
    """Tests with real transactions empty all tables behind them, triggers or not."""
    with tampering.flush_allowed():
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def language_of_the_house() -> Iterator[None]:
    """A page asked for in English leaves its language behind; the next test does not."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    return settings.ROOT
