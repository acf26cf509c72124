"""Everything that changes rows of competitions; each change appends its event."""

from competitions.actions.appointments import (
    appoint,
    reasons_against,
    withdraw_appointment,
)
from competitions.actions.competitions import (
    CompetitionFacts,
    SkillFacts,
    add_delegation,
    create_competition,
    create_skill,
    set_entry_conditions,
    set_hosts,
    set_minimum_field,
    set_tier_roles,
    update_competition,
)
from competitions.actions.draws import assign_codes, decode, draw_codes
from competitions.actions.entries import (
    MemberDraft,
    accept_clear_entries,
    accept_entry,
    mark_attendance,
    register_entry,
    reject_entry,
    resubmit_entry,
    return_entry,
    update_entry,
)
from competitions.actions.phases import advance_phase, blockers
from competitions.actions.publicity import close_publicity, may_close, open_publicity

__all__ = [
    "CompetitionFacts",
    "MemberDraft",
    "SkillFacts",
    "accept_clear_entries",
    "accept_entry",
    "add_delegation",
    "advance_phase",
    "appoint",
    "assign_codes",
    "blockers",
    "close_publicity",
    "create_competition",
    "create_skill",
    "decode",
    "draw_codes",
    "mark_attendance",
    "may_close",
    "open_publicity",
    "reasons_against",
    "register_entry",
    "reject_entry",
    "resubmit_entry",
    "return_entry",
    "set_entry_conditions",
    "set_hosts",
    "set_minimum_field",
    "set_tier_roles",
    "update_competition",
    "update_entry",
    "withdraw_appointment",
]
