"""Readers of environment variables that refuse nonsense.

Each reader takes the variable's name and a default and returns a clean value, or stops
the start with a sentence that names the variable, what it held and what it may hold.
Values of secrets are never repeated in a message.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off", "")
# The cache, 16 MB: a page's queries read the same part of an index once.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000"
)


def text(name: str, default: str = "") -> str:
    """The variable as it stands, without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """Yes or no; any other word stops the start."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def number(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number between ``low`` and ``high``."""
    value = text(name) or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(
            f"{name}={value!r}: write a whole number from {low} to {high}."
        )
    return int(value)


def choice(name: str, options: Sequence[str], default: str) -> str:
    """One word out of ``options``."""
    value = text(name) or default
    if value not in options:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {list(options)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Words separated by commas; blanks around them and empty ones fall away."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def directory(name: str, default: Path) -> Path:
    """A directory, created when it is not there."""
    path = Path(text(name) or default).expanduser()
    if not path.is_absolute():
        raise ImproperlyConfigured(f"{name}={str(path)!r}: write an absolute path.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={str(path)!r}: {error.strerror}.") from None
    return path


def address(name: str) -> str:
    """Scheme and host under which the site is reached from outside, or nothing."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise ImproperlyConfigured(f"{name}={value!r}: write https://name.")
    if parts.path or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name}={value!r}: write https://name, no path.")
    return value


def file(name: str) -> Path | None:
    """An existing file, or None when the variable is empty."""
    value = text(name)
    if not value:
        return None
    path = Path(value).expanduser()
    if not path.is_absolute() or not path.is_file():
        raise ImproperlyConfigured(
            f"{name}={value!r}: write the absolute path of an existing file."
        )
    return path


def secret(name: str, file: Path) -> str:
    """The variable, or the content of ``file``, which is made once when missing.

    A generated file is readable by its owner alone.  Short values are refused.
    """
    value = text(name) or _kept(file, lambda: secrets.token_urlsafe(50))
    if len(value) < 32:
        raise ImproperlyConfigured(f"{name}: write at least 32 characters.")
    return value


def keys(name: str, file: Path) -> dict[str, bytes]:
    """Named 256-bit keys as ``id:base64,id:base64``; the first one encrypts.

    Older keys stay listed behind it so that what they encrypted can still be read.
    """
    value = text(name) or _kept(file, lambda: f"k1:{_fresh_key()}")
    found: dict[str, bytes] = {}
    for item in value.split(","):
        ident, _, encoded = item.strip().partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not ident.isalnum() or len(key) != 32 or ident in found:
            raise ImproperlyConfigured(
                f"{name}: write id:key pairs separated by commas, each id once, in "
                "letters and digits, each key 32 bytes in base64."
            )
        found[ident] = key
    return found


def database(name: str, default: Path) -> dict[str, Any]:
    """Connection settings from ``sqlite:///path`` or ``postgres://user@host/name``."""
    value = text(name) or f"sqlite:///{default}"
    scheme, separator, rest = value.partition("://")
    if scheme == "sqlite" and separator and rest.startswith("/"):
        return _sqlite(name, unquote(rest[1:]))
    if scheme in ("postgres", "postgresql") and separator:
        return _postgres(name, value)
    raise ImproperlyConfigured(
        f"{name}: write sqlite:///path/to/file or postgres://user:password@host/name."
    )


def _sqlite(name: str, path: str) -> dict[str, Any]:
    if not path or path.endswith("/"):
        raise ImproperlyConfigured(f"{name}: the path of the SQLite file is missing.")
    # transaction_mode IMMEDIATE: a transaction that reads and then writes would
    # otherwise meet "database is locked" instead of waiting its turn.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_START,
        },
    }


def _postgres(name: str, value: str) -> dict[str, Any]:
    parts = urlsplit(value)
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or unquote(parts.hostname or "")
    try:
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name}: the port is not a number.") from None
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name}: the name of the database is missing.")
    size = number("LEITAI_DB_POOL", 8, low=1, high=200)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port or "",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,  # under ASGI connections come from the pool
        "OPTIONS": {
            **query,
            "pool": {"min_size": min(2, size), "max_size": size, "timeout": 20},
        },
    }


def _fresh_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def _kept(file: Path, make: Callable[[], str]) -> str:
    """The file's content; made first, by exactly one of several starting processes."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make(), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, file)  # refuses to replace what another process made
        draft.unlink()
    value = file.read_text(encoding="ascii").strip()
    if not value:
        raise ImproperlyConfigured(f"{file.name}: the key file is empty.")
    return value
