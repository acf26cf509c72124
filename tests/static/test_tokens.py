"""The design tokens: dark colours are the same whether chosen or by the system."""

import re
from pathlib import Path

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")


def properties_of(selector: str) -> dict[str, str]:
    body = TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", body))


def test_dark_theme_is_the_same_chosen_and_by_system_preference():
    chosen = properties_of('[data-theme="dark"]')

    by_system = properties_of(":root:not([data-theme])")

    assert chosen == by_system
    assert len(chosen) > 40


def test_every_token_that_a_stylesheet_reads_is_defined():
    defined = set(re.findall(r"(--[\w-]+):", TOKENS))

    for name in ("surface", "public", "office", "judge"):
        text = (CSS / f"{name}.css").read_text(encoding="utf-8")
        local = set(re.findall(r"(--[\w-]+):", text)) | defined | {"--tone", "--state"}
        read = set(re.findall(r"var\((--[\w-]+)[,)]", text))
        assert {token for token in read - local if "tblr" not in token} == set(), name
