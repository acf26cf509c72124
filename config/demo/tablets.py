"""The demonstration's tablets: enrolled on the first morning, last heard of at noon.

Their secrets are thrown away, and marks are taken from any device: whoever tries the
demonstration signs in from the browser at hand.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from config.demo.build import JUDGES, Demonstration
from scoring.actions.devices import (
    Report,
    begin_enrolment,
    claim_device,
    confirm_device,
    take_report,
)
from scoring.queries import live_sheets

SKILL = "01"
TABLETS = ("平板 01", "平板 02", "平板 03")
SPARE = "备用平板"  # named, its code not taken up yet


def enrol_tablets(show: Demonstration) -> list[str]:
    """Enrol the tablets on which one skill is marked, name a spare one; their secrets.

    Their ids are those that the judges' marks carry.
    """
    at, by, kept = show.moment(1, 8), show.user("organizer"), []
    for seat, name in enumerate(TABLETS, start=1):
        at += timedelta(minutes=2)
        _row, code = begin_enrolment(show.competition, name=name, by=by, at=at)
        kept.append(secrets.token_urlsafe())
        device = claim_device(code=code, client=_client(seat), secret=kept[-1], at=at)
        confirm_device(device, by=by, at=at)
    begin_enrolment(show.competition, name=SPARE, by=by, at=at)
    return kept


def last_reports(show: Demonstration, kept: list[str]) -> None:
    """What each tablet said last: who marks on it, which sheet, nothing unsent."""
    at = show.moment(2, 12)
    sheets = live_sheets(show.skills[SKILL]).filter(state="open").order_by("pk")
    for seat, (secret, sheet) in enumerate(zip(kept, sheets, strict=False), start=1):
        take_report(
            Report(_client(seat), f"{_client(seat)}-tab", clock=at),
            sheet=sheet,
            seat=seat,
            secret=secret,
            by=show.user(JUDGES[SKILL][seat - 1]),
            at=at,
        )


def _client(seat: int) -> str:
    return f"demo-T{seat:02d}"
