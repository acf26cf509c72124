"""Changing the talent file: pools, criteria, admissions, exits, yearly reviews."""

from awards.actions.talent.entries import (
    Admission,
    admit,
    decline,
    enter_by_hand,
    leave_pool,
)
from awards.actions.talent.pools import (
    PoolDraft,
    close_pool,
    open_pool,
    withdraw_criterion,
    write_criterion,
)
from awards.actions.talent.reviews import ReviewStep, review_entries, undo_batch

__all__ = [
    "Admission",
    "PoolDraft",
    "ReviewStep",
    "admit",
    "close_pool",
    "decline",
    "enter_by_hand",
    "leave_pool",
    "open_pool",
    "review_entries",
    "undo_batch",
    "withdraw_criterion",
    "write_criterion",
]
