"""Tracked text speaks of the project alone, and leaves nothing for later."""

import re
import subprocess

import pytest

from tests.architecture.sources import ROOT, named, templates

LATER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b|raise NotImplemented" r"Error")
PLACES = re.compile(r"(?:^|[^.\w])/(?:work|farm|root)/|[.]library/")
INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)|<style", re.IGNORECASE
)
SUFFIXES = {".py", ".md", ".html", ".js", ".css", ".toml", ".in", ".txt", ".sh", ""}


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    return [
        ROOT / name
        for name in listed
        if "vendor" not in name
        and (ROOT / name).is_file()
        and (ROOT / name).suffix in SUFFIXES
    ]


def test_text_leaves_nothing_for_later_and_names_no_machine():
    found = [
        f"{named(path)}: {line.strip()}"
        for path in tracked()
        for line in path.read_text(encoding="utf-8").splitlines()
        if LATER.search(line) or PLACES.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_template_holds_no_inline_style_script_or_handler(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if INLINE.search(line)] == []
