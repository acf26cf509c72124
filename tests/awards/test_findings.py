"""Every mistake the reader names is said in Chinese, and in English as it says it."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from awards.core.drafting import read_draft
from awards.findings import in_words

ROOT = Path(__file__).resolve().parents[2]
BAD = sorted((ROOT / "tests/awards/bad_rulebooks").glob("*.toml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_mistake_is_said_in_the_language_of_the_reader(path):
    (finding,) = read_draft(
        path.read_text(encoding="utf-8"), "", name=path.stem
    ).findings

    with translation.override("zh-hans"):
        words = in_words(finding)
    with translation.override("en"):
        english = in_words(finding)

    assert re.search("[\u4e00-\u9fff]", words["message"])
    assert not re.search(r"\b(is|Write|missing|names|not)\b| or ", words["message"])
    assert english["message"] == finding.message
