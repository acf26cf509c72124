"""Which files a tablet keeps for the time without a network, and their version."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static

FILES = (
    "css/tokens.css",
    "css/surface.css",
    "css/judge.css",
    "icons.svg",
    "brand.svg",
    *(
        f"js/judge/{name}.js"
        for name in (
            "cell", "help", "home", "keypad", "link", "queue", "receipt", "session",
            "sheet", "shell", "sign", "store", "words",
        )
    ),
)  # fmt: skip


@cache
def facts() -> dict[str, Any]:
    """Return addresses, their common prefix and a version that follows the content."""
    digest = hashlib.sha256()
    for name in FILES:
        found = finders.find(name)
        if isinstance(found, str):
            digest.update(Path(found).read_bytes())
    return {
        "version": digest.hexdigest()[:12],
        "static_prefix": static(""),
        "files": json.dumps([static(name) for name in FILES]),
    }
