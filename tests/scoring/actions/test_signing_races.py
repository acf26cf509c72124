"""Signing and marking at the same instant: a signed sheet lacks no acknowledged mark.

``LEITAI_RACES=1000`` runs the full number; the lock taken away is found.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection

from ledger.queries import breaks
from scoring.actions import enter_marks, sign_sheets, signing
from scoring.errors import ScoringError
from scoring.models import Mark, Sheet, Signature
from scoring.queries.audit import differences
from scoring.queries.sheets import signing_digest
from tests.scoring.contest import PIN, make_contest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
RACES = int(os.environ.get("LEITAI_RACES", "60"))
FIELD = 20  # competitors of one contest: a race for each of them
PATIENCE = 1.0  # seconds that a signature waits for a mark that may not come


def lacking(skill):
    """Signed sheets on which something stands that was not signed."""
    found = []
    for signature in Signature.objects.filter(skill=skill, void_at__isnull=True):
        sheets = list(Sheet.objects.filter(signatures=signature))
        later = Mark.objects.filter(sheet__in=sheets, seq__gt=signature.seq).exists()
        now = signing_digest(skill, sheets, signature.role)
        if later or now != signature.digest:
            found += [sheet.pk for sheet in sheets]
    return found


@pytest.mark.parametrize("heat", range(-(-RACES // FIELD)))
def test_either_the_mark_is_signed_or_it_is_refused(heat):
    field = min(FIELD, RACES - heat * FIELD)
    contest = make_contest(entries=field, judges=1)
    for entry in range(field):
        contest.mark(0, entry, "B1.M1", "1")
    accepted, signed = [], []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for entry in range(field):
            sheet = contest.sheet(entry, "B1")
            digest = signing_digest(contest.skill, [sheet], "judge")
            event, start = contest.event(entry, "B1.M1", "0"), Barrier(2)
            signing_now = pool.submit(_sign, contest, sheet, digest, start.wait)
            marking = pool.submit(_mark, contest, event, start.wait)
            signed.append(signing_now.result())
            accepted.append(marking.result())

    # What was signed showed the first value; a change came before, or not at all.
    assert [was for was in zip(signed, accepted, strict=True) if sum(was) != 1] == []
    for entry in range(field):
        mark = Mark.objects.get(sheet=contest.sheet(entry, "B1"))
        assert mark.value == ("0" if accepted[entry] else "1")
    assert lacking(contest.skill) == []
    assert list(breaks()) == []
    assert differences(contest.skill) == []


def test_a_mark_that_comes_between_reading_and_signing_waits_and_is_refused(
    monkeypatch,
):
    signed, accepted, found = _interleaved(monkeypatch)

    assert (signed, accepted, found) == (True, False, [])


def test_without_the_lock_of_the_chain_the_lacking_mark_is_found(monkeypatch):
    """On PostgreSQL; SQLite has one writer, so there is no lock to take away."""
    monkeypatch.setattr(signing, "lock_chains", lambda _refs, **_at: {})
    monkeypatch.setattr(signing, "rows_of", _unlocked_rows)
    if connection.vendor == "sqlite":
        return

    signed, accepted, found = _interleaved(monkeypatch)

    assert (signed, accepted, len(found)) == (True, True, 1)


def _interleaved(monkeypatch):
    """A mark sent at the worst moment: after the signature has read what it signs."""
    contest = make_contest(entries=1, judges=1)
    contest.mark(0, 0, "B1.M1", "1")
    sheet = contest.sheet(0, "B1")
    digest = signing_digest(contest.skill, [sheet], "judge")
    has_read, has_marked = Event(), Event()

    def read_slowly(*what):
        found = signing_digest(*what)
        has_read.set()
        has_marked.wait(PATIENCE)
        return found

    monkeypatch.setattr(signing, "signing_digest", read_slowly)
    with ThreadPoolExecutor(max_workers=2) as pool:
        signature = pool.submit(_sign, contest, sheet, digest, lambda: None)
        event = contest.event(0, "B1.M1", "0")
        mark = pool.submit(_mark, contest, event, has_read.wait)
        mark.add_done_callback(lambda _done: has_marked.set())
        return signature.result(), mark.result(), lacking(contest.skill)


def _unlocked_rows(skill, ids):
    entries = Sheet.objects.filter(pk__in=ids).values("entry_id")
    rows = Sheet.objects.filter(skill=skill, entry_id__in=entries).order_by("pk")
    return list(rows.select_related("sub_criterion", "entry"))


def _sign(contest, sheet, digest, start):
    """Sign as the judge; return whether it was accepted."""
    try:
        start()
        sign_sheets(
            contest.skill,
            sheets=[sheet],
            role="judge",
            pin=PIN,
            digest=digest,
            by=contest.judges[0],
            at=contest.now(),
        )
    except ScoringError:
        return False
    finally:
        connection.close()
    return True


def _mark(contest, event, start):
    """Change the value; return whether it was acknowledged."""
    try:
        start()
        (outcome,) = enter_marks(
            contest.skill,
            events=[event],
            by=contest.judges[0],
            device="T-01",
            at=contest.now(),
        )
    finally:
        connection.close()
    return outcome.status == "accepted"
