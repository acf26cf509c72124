"""Everything that changes rows of people; each change appends its ledger event."""

from people.actions.accounts import (
    change_password,
    grant_membership,
    register_organization,
    register_user,
    revoke_membership,
)
from people.actions.facts import (
    confirm_no_grade,
    confirm_no_title,
    correct_fact,
    record_grade,
    record_holder_fact,
    record_professional_title,
    record_title,
    withdraw_fact,
)
from people.actions.grade_tables import (
    record_equivalence,
    record_grade_alias,
    withdraw_table_row,
)
from people.actions.integrity import end_sanction, record_sanction
from people.actions.persons import (
    PersonFacts,
    identify_person,
    identity_hash,
    merge_persons,
    person_ref,
    register_person,
    survivor_of,
    update_person,
)
from people.actions.pins import (
    agree_pin_release,
    ask_pin_release,
    check_pin,
    check_secret,
    fresh_pin,
    issue_pins,
    set_pin,
)
from people.actions.stated import state_values

__all__ = [
    "PersonFacts",
    "agree_pin_release",
    "ask_pin_release",
    "change_password",
    "check_pin",
    "check_secret",
    "confirm_no_grade",
    "confirm_no_title",
    "correct_fact",
    "end_sanction",
    "fresh_pin",
    "grant_membership",
    "identify_person",
    "identity_hash",
    "issue_pins",
    "merge_persons",
    "person_ref",
    "record_equivalence",
    "record_grade",
    "record_grade_alias",
    "record_holder_fact",
    "record_professional_title",
    "record_sanction",
    "record_title",
    "register_organization",
    "register_person",
    "register_user",
    "revoke_membership",
    "set_pin",
    "state_values",
    "survivor_of",
    "update_person",
    "withdraw_fact",
    "withdraw_table_row",
]
