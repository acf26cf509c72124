"""Named writes, by topic: schemes, seats, marks, signing, results, prizes, releases."""

from scoring.actions.calls import call_chief, close_call
from scoring.actions.marks import enter_marks
from scoring.actions.penalties import impose_penalty, withdraw_penalty
from scoring.actions.prizes import set_prize_scale
from scoring.actions.releases import publish_release, write_release
from scoring.actions.results import (
    decide_tie,
    freeze_board,
    unfreeze_board,
    verify_results,
    withdraw_decision,
)
from scoring.actions.schemes import import_scheme
from scoring.actions.seats import open_marking, seat_judges
from scoring.actions.signing import sign_sheets

__all__ = [
    "call_chief",
    "close_call",
    "decide_tie",
    "enter_marks",
    "freeze_board",
    "import_scheme",
    "impose_penalty",
    "open_marking",
    "publish_release",
    "seat_judges",
    "set_prize_scale",
    "sign_sheets",
    "unfreeze_board",
    "verify_results",
    "withdraw_decision",
    "withdraw_penalty",
    "write_release",
]
