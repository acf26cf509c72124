"""Both calculations hear generated chains in which the scheme changes half-way."""

import json

import pytest

from scoring.queries.second_opinion import HEARD, random_differences
from scoring.shadow import story
from scoring.shadow.generate_story import stories


def test_the_same_seed_tells_the_same_stories():
    assert list(stories(3, 7)) == list(stories(3, 7))
    assert list(stories(3, 7)) != list(stories(3, 8))


def test_every_story_changes_its_scheme_between_marks():
    for events in stories(20, 1):
        kinds = [kind for kind, _body in events]
        change = kinds.index("scheme-version")
        before = json.loads(events[0][1]["text"])
        assert kinds[0] == "scheme-freeze"
        assert "mark" in kinds[:change]
        assert before != json.loads(events[change][1]["text"])
        assert kinds.count("marking-open") == 2
        assert kinds[-1] == "verify"


def test_both_calculations_agree_across_the_change():
    assert random_differences(20 * HEARD, 3) == []


@pytest.mark.parametrize(
    "deaf", ["scheme-version", "signatures-void", "results-reopen"]
)
def test_a_calculation_that_misses_the_change_is_found_out(monkeypatch, deaf):
    monkeypatch.setitem(story.LISTENERS, deaf, lambda told, body: None)
    is_found = bool(random_differences(20 * HEARD, 3))
    assert is_found == (deaf == "scheme-version")
