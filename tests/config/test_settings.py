"""What the settings promise to a stranger and to the server."""

import re

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

SOURCE = (settings.ROOT / "config" / "settings.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", settings.MIDDLEWARE)
def test_every_middleware_is_async_capable(name):
    """One that is not keeps the server from ending on SIGTERM."""
    assert import_string(name).async_capable is True


def test_nothing_inline_is_allowed_on_any_page():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    assert not re.search(r"unsafe|nonce|\*", str(directives))
    assert directives["default-src"] == ["'self'"]


def test_settings_stay_on_one_screenful_of_pages():
    assert len(SOURCE.splitlines()) < 200


def test_a_sign_in_is_hashed_and_locked_out():
    assert "Argon2PasswordHasher" in SOURCE
    assert settings.AUTHENTICATION_BACKENDS[0] == "axes.backends.AxesStandaloneBackend"
    assert settings.AXES_FAILURE_LIMIT == 5


def test_debug_is_off_unless_somebody_asks_for_it():
    assert 'DEBUG = env.flag("DEBUG")' in SOURCE
