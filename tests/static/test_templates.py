"""Templates keep the rules that a strict content policy and the house style ask for."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SYMBOLS = set(
    re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons.svg").read_text("utf-8"))
)


def ids(path: Path) -> str:
    return path.relative_to(ROOT / "templates").as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_template_has_nothing_inline_and_says_its_variables(path):
    text = path.read_text(encoding="utf-8")

    assert text.startswith(("{#", "{% comment %}"))
    assert not re.search(r"""<[^>]*\sstyle\s*=\s*["']""", text)
    assert not re.search(r"""<[^>]*\son\w+\s*=\s*["']""", text)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)(?![^>]*json)", text)
    assert len(text.splitlines()) <= 200


@pytest.mark.parametrize("path", TEMPLATES, ids=ids)
def test_template_names_only_icons_that_exist(path):
    text = path.read_text(encoding="utf-8")
    named = re.findall(r'components/icon\.html" with name="([\w-]+)"', text)
    named += re.findall(r"icons\.svg' %\}#([\w-]+)", text)

    assert set(named) - SYMBOLS == set()
