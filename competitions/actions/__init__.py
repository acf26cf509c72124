"""Everything that changes rows of competitions; each change appends its event."""

from competitions.actions.appeals import (
    LARGEST_FILE,
    Attachment,
    answer_ruling,
    end_skill,
    file_too_large,
    lodge_appeal,
    record_remedy,
    rule_appeal,
    withdraw_appeal,
)
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
from competitions.actions.decoding import (
    ask_decode,
    decode_blockers,
    open_level,
    record_printed,
)
from competitions.actions.draw_officers import propose_officer, settle_officer
from competitions.actions.draws import assign_codes, draw_codes
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
from competitions.actions.objections import (
    ObjectionFacts,
    answer_objection,
    enter_objection,
)
from competitions.actions.phases import advance_phase, blockers
from competitions.actions.publicity import (
    close_publicity,
    may_close,
    open_publicity,
    skills_to_announce,
    void_publicity,
)

__all__ = [
    "LARGEST_FILE",
    "Attachment",
    "CompetitionFacts",
    "MemberDraft",
    "ObjectionFacts",
    "SkillFacts",
    "accept_clear_entries",
    "accept_entry",
    "add_delegation",
    "advance_phase",
    "answer_objection",
    "answer_ruling",
    "appoint",
    "ask_decode",
    "assign_codes",
    "blockers",
    "close_publicity",
    "create_competition",
    "create_skill",
    "decode_blockers",
    "draw_codes",
    "end_skill",
    "file_too_large",
    "enter_objection",
    "lodge_appeal",
    "mark_attendance",
    "may_close",
    "open_level",
    "open_publicity",
    "propose_officer",
    "reasons_against",
    "record_printed",
    "record_remedy",
    "register_entry",
    "reject_entry",
    "resubmit_entry",
    "return_entry",
    "rule_appeal",
    "set_entry_conditions",
    "set_hosts",
    "set_minimum_field",
    "set_tier_roles",
    "settle_officer",
    "skills_to_announce",
    "update_competition",
    "update_entry",
    "void_publicity",
    "withdraw_appeal",
    "withdraw_appointment",
]
