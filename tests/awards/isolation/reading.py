"""Every word in a file, whatever its kind: workbooks, CSV, PDF, and archives of them."""

import io
import json
import re
import zipfile

import pypdf

SPACE = re.compile(r"\s+")
# What an answer holds only once: tokens of forms and of the content policy.
ONCE = re.compile(
    r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"|"X-CSRFToken": "[^"]*"'
    r"|<dcterms:(created|modified)[^>]*>[^<]*"
)


def words_of(content: bytes) -> str:
    """Return all text of a file; of a PDF without the spaces its lines break at."""
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            inside = [words_of(parts.read(name)) for name in parts.namelist()]
            return "\n".join([*parts.namelist(), *inside])
    if content[:4] == b"%PDF":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return SPACE.sub("", "".join(page.extract_text() for page in pages))
    text = content.decode("utf-8", "replace")
    return text + unescaped(text)


def unescaped(text: str) -> str:
    """A JSON text once more with its characters as they are read."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""


def lasting(text: str) -> str:
    """An answer without what changes at every asking."""
    return ONCE.sub("", text)
