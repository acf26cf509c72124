"""What we carry of others: unchanged since it was written down, with its licence."""

import hashlib
import json
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "static"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("item", MANIFEST, ids=lambda item: item["file"])
def test_vendored_file_is_what_the_manifest_says(item):
    digest = hashlib.sha256((STATIC / item["file"]).read_bytes()).hexdigest()

    assert digest == item["sha256"]
    assert (STATIC / item["licence_file"]).stat().st_size > 500


def test_every_vendored_file_and_font_is_in_the_manifest():
    kinds = {".css", ".js", ".ttf", ".otf", ".woff2"}
    carried = {
        path.relative_to(STATIC).as_posix()
        for folder in ("vendor", "fonts")
        for path in (STATIC / folder).rglob("*")
        if path.suffix in kinds
    }

    assert carried == {item["file"] for item in MANIFEST}
