"""Everything that changes rows of people; each change appends its ledger event."""

from people.actions.accounts import (
    change_password,
    check_pin,
    grant_membership,
    register_organization,
    register_user,
    revoke_membership,
    set_pin,
)
from people.actions.facts import (
    confirm_no_grade,
    record_grade,
    record_holder_fact,
    record_sanction,
    record_title,
    withdraw_fact,
)
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

__all__ = [
    "PersonFacts",
    "change_password",
    "check_pin",
    "confirm_no_grade",
    "grant_membership",
    "identify_person",
    "identity_hash",
    "merge_persons",
    "person_ref",
    "record_grade",
    "record_holder_fact",
    "record_sanction",
    "record_title",
    "register_organization",
    "register_person",
    "register_user",
    "revoke_membership",
    "set_pin",
    "survivor_of",
    "update_person",
    "withdraw_fact",
]
