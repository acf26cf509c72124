"""The life of an entitlement, from proposed to delivered, one module per act.

*Granted* is the authority's answer, never ours; revocation takes two people.
"""

from awards.actions.entitlements.answers import answer_many, record_answer
from awards.actions.entitlements.basis import keep_entitlement
from awards.actions.entitlements.delivery import deliver_many
from awards.actions.entitlements.filing import complete_filing, file_entitlements
from awards.actions.entitlements.materials import (
    tick_material,
    untick_material,
    withdraw_material_rule,
    write_material_rule,
)
from awards.actions.entitlements.moving import NEEDS_REASON, STEPS, BulkStep
from awards.actions.entitlements.publicity import (
    close_round,
    enter_objection,
    has_gone_on,
    is_over,
    open_round,
    rule_objection,
    void_round,
)
from awards.actions.entitlements.steps import (
    advance_entitlement,
    advance_many,
    set_due,
)
from awards.actions.entitlements.undo import undo_bulk
from awards.actions.entitlements.withdrawals import (
    agree_withdrawal,
    ask_withdrawal,
    decline_withdrawal,
)

__all__ = [
    "NEEDS_REASON",
    "STEPS",
    "BulkStep",
    "advance_entitlement",
    "advance_many",
    "agree_withdrawal",
    "answer_many",
    "ask_withdrawal",
    "close_round",
    "complete_filing",
    "decline_withdrawal",
    "deliver_many",
    "enter_objection",
    "file_entitlements",
    "has_gone_on",
    "is_over",
    "keep_entitlement",
    "open_round",
    "record_answer",
    "rule_objection",
    "set_due",
    "tick_material",
    "undo_bulk",
    "untick_material",
    "void_round",
    "withdraw_material_rule",
    "write_material_rule",
]
