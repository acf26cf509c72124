"""Which files a tablet keeps for the time without a network, and their version."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

LOOKS = (
    "css/tokens.css",
    "css/surface.css",
    "css/judge.css",
    "icons.svg",
    "brand.svg",
)
SCRIPTS = tuple(
    f"js/judge/{name}.js"
    for name in (
        "cell", "clock", "enrol", "faults", "group", "help", "home", "keypad", "link",
        "presence", "queue", "receipt", "session",
        "sheet", "shell", "sign", "store", "words", "wrong",
    )
)  # fmt: skip


@cache
def facts() -> dict[str, Any]:
    """Return addresses, their common prefix and a version that follows the content.

    Pages ask for scripts by their hashed names, scripts import each other by plain ones.
    """
    digest = hashlib.sha256()
    for name in (*LOOKS, *SCRIPTS):
        found = finders.find(name)
        if isinstance(found, str):
            digest.update(Path(found).read_bytes())
    prefix = settings.STATIC_URL
    named = [static(name) for name in (*LOOKS, *SCRIPTS)]
    plain = [prefix + name for name in SCRIPTS]
    return {
        "version": digest.hexdigest()[:12],
        "static_prefix": prefix,
        "files": json.dumps(list(dict.fromkeys(named + plain))),
    }
