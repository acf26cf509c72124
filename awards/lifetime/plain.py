"""A lifetime file as plain values for JSON, and the digest that names its content."""

import hashlib
from typing import Any

from django.utils import timezone

from awards.lifetime.values import Lifetime
from ledger.core.chain import canonical

FORMAT = 1


def content_of(file: Lifetime) -> dict[str, Any]:
    """The content alone: the same registers give the same, whenever it is made."""
    return {
        "format": FORMAT,
        "viewer": str(file.viewer),
        "full_number": file.is_full,
        "head": dict(file.heads),
        "sections": [
            {
                "section": section.key,
                "title": section.title,
                "lines": [
                    {
                        "date": line.on.isoformat() if line.on else None,
                        "what": line.what,
                        "details": list(line.details),
                        "state": line.state,
                        "source": line.source,
                        "ended": line.has_ended,
                    }
                    for line in section.lines
                ],
            }
            for section in file.sections
        ],
    }


def digest_of(file: Lifetime) -> str:
    """SHA-256 of the content in canonical form; printed on every copy."""
    return hashlib.sha256(canonical(content_of(file)).encode()).hexdigest()


def as_plain(file: Lifetime) -> dict[str, Any]:
    """The file with who made it, when, and its digest."""
    return {
        **content_of(file),
        "made_at": timezone.localtime(file.at).isoformat(timespec="seconds"),
        "made_by": file.bureau.name if file.bureau else "",
        "digest": digest_of(file),
    }
