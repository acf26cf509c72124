"""Where a certificate is verified: the address that its QR code and its text name."""

from django.conf import settings
from django.urls import reverse


def verify_address(token: str, *, base: str = "") -> str:
    """Return the verification address of a token.

    The installation's public address comes first: who prints may sit on another name.
    ``base`` is where the asker sees the site; without both it is the first own host.
    """
    return public_base(base) + reverse("verify_certificate", args=[token])


def public_base(base: str = "") -> str:
    """Return scheme and host of the verification pages, without a slash at the end."""
    if settings.PUBLIC_ADDRESS:
        return str(settings.PUBLIC_ADDRESS)
    scheme = "https" if settings.HTTPS else "http"
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"] or ["localhost"]
    return base.rstrip("/") or f"{scheme}://{hosts[0].lstrip('.')}"
