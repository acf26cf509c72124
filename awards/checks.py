"""System checks of this app: can certificates be drawn and signed on this machine?

Cheap on purpose (no library is imported): it runs before every command.
"""

import ctypes
from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.utils import timezone

from awards.signing import signing_key_ends
from people.pdf import APT

LIBRARIES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0")


@register()
def check_pdf_libraries(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Warn when a library is missing: everything but PDFs runs without them."""
    missing = [name for name in LIBRARIES if not _loads(name)]
    if not missing:
        return []
    text = f"PDFs cannot be made: {', '.join(missing)} not found."
    return [Warning(text, hint=f"Run: {APT}", id="awards.W001")]


@register()
def check_signing(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """Warn when the certificate of the signing key has expired; nothing is signed."""
    ends = signing_key_ends()
    if ends is None or ends >= timezone.now():
        return []
    text = f"Certificates cannot be signed: the key's own expired on {ends.date()}."
    hint = "Put a new key where LEITAI_CERTIFICATE_KEY points and start again."
    return [Warning(text, hint=hint, id="awards.W002")]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
