"""People who may do anything at any moment never bring about what must not happen.

``LEITAI_MACHINE_RUNS=2000`` runs the full number and looks for the two guards, too, whose
absence takes long to notice.
"""

import logging
import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from scoring.actions import (
    change_marks,
    changes,
    mark_desk,
    marks,
    releases,
    results,
    verification,
)
from scoring.queries import changes as change_queries
from tests.scoring.judging_machine import Judging
from tests.scoring.judging_stages import STAGES, make_stage
from tests.scoring.judging_witness import Violation

logger = logging.getLogger(__name__)
pytestmark = pytest.mark.django_db
RUNS = int(os.environ.get("LEITAI_MACHINE_RUNS", "40"))
STEPS = 20
LONGEST_SEARCH = 500 if RUNS < 2000 else RUNS  # runs in which a guard is missed


@pytest.fixture
def judging() -> type[Judging]:
    """The machine with its stages in this test's database."""
    stages = {name: make_stage(name) for name in STAGES}
    return type("Judging", (Judging,), {"stages": stages, "runs": 0})


def run(machine: type[Judging], runs: int, **more: object) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            suppress_health_check=list(HealthCheck),
            database=None,
            **more,
        ),
    )


def test_nothing_forbidden_ever_happens(judging: type[Judging]) -> None:
    run(judging, RUNS)


def one_person_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (changes, change_queries):
        monkeypatch.setattr(module, "is_same_person", lambda _one, _other: False)


def signed_sheets_take_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(desk, event):
        sheet = desk.sheets.get(event.sheet_id)
        if sheet is None or sheet.unlocked:
            return mark_desk.check(desk, event)
        kept = sheet.state, sheet.signers, sheet.is_guarded
        sheet.state, sheet.signers, sheet.is_guarded = "open", [], False
        try:
            return mark_desk.check(desk, event)
        finally:
            sheet.state, sheet.signers, sheet.is_guarded = kept

    monkeypatch.setattr(marks, "check", check)


def anything_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "publish_blockers", lambda *_skill, **_at: [])


def unsigned_is_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (results, verification):
        monkeypatch.setattr(module, "blockers_of", lambda *_skill, **_at: [])


def old_signatures_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_marks, "void_signatures", lambda *_args, **_more: [])


def requests_leave_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "note_change", lambda *_args, **_more: None)


GUARDS = (
    (signed_sheets_take_marks, "changes a signed sheet without a request"),
    (anything_is_published, "published unverified"),
    (old_signatures_stand, "a mark later than a signature"),
    (requests_leave_no_event, "changed without an event"),
)
RARELY_FELT = (
    (one_person_is_enough, "the own request"),
    (unsigned_is_verified, "verified while signatures lack"),
)
LOOKED_FOR = GUARDS if RUNS < 2000 else (*GUARDS, *RARELY_FELT)


@pytest.mark.parametrize(
    ("remove", "words"),
    LOOKED_FOR,
    ids=[remove.__name__ for remove, _words in LOOKED_FOR],
)
def test_a_removed_guard_is_found(
    judging: type[Judging],
    monkeypatch: pytest.MonkeyPatch,
    remove: Callable[[pytest.MonkeyPatch], None],
    words: str,
) -> None:
    remove(monkeypatch)
    with pytest.raises(Violation, match=words):
        run(judging, LONGEST_SEARCH, phases=[Phase.generate])
    logger.info("%s: found in run %d", remove.__name__, judging.runs)
    assert judging.runs <= LONGEST_SEARCH
