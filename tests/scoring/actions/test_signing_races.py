"""Signing and marking at the same instant: a signed sheet lacks no acknowledged mark."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ledger.queries import breaks
from scoring.actions import enter_marks, sign_sheets
from scoring.errors import ScoringError
from scoring.models import Mark, Signature
from scoring.queries.audit import differences
from scoring.queries.sheets import signing_digest
from tests.scoring.contest import PIN, make_contest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
RACES = 36


def test_either_the_mark_is_signed_or_it_is_refused():
    contest = make_contest(entries=RACES, judges=1)
    for entry in range(RACES):
        contest.mark(0, entry, "B1.M1", "1")
    accepted, signed = [], []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for entry in range(RACES):
            sheet = contest.sheet(entry, "B1")
            digest = signing_digest(contest.skill, [sheet], "judge")
            event, start = contest.event(entry, "B1.M1", "0"), Barrier(2)
            signing = pool.submit(_sign, contest, sheet, digest, start)
            marking = pool.submit(_mark, contest, event, start)
            signed.append(signing.result())
            accepted.append(marking.result())

    # What was signed showed the first value; a change came before, or not at all.
    assert [was for was in zip(signed, accepted, strict=True) if sum(was) != 1] == []
    for entry in range(RACES):
        mark = Mark.objects.get(sheet=contest.sheet(entry, "B1"))
        signature = Signature.objects.filter(sheets=mark.sheet_id).first()
        assert mark.value == ("0" if accepted[entry] else "1")
        assert bool(signature) == signed[entry]
        assert signature is None or signature.seq > mark.seq
    assert list(breaks()) == []
    assert differences(contest.skill) == []


def _sign(contest, sheet, digest, start):
    """Sign as the judge; return whether it was accepted."""
    try:
        start.wait()
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
        start.wait()
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
