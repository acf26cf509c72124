"""Who is who: persons, organizations, sign-ins and the roles they hold.

A row here is the current fact with its evidence; what a fact was before stands in the
encrypted change table.  No model of this app may point to an app above it.
"""

from people.models.changes import (
    Change,
    Consent,
)
from people.models.facts import (
    FieldEvidence,
    GradeAlias,
    GradeConfirmation,
    GradeEquivalence,
    GradeHeld,
    HolderFact,
    IntegrityRecord,
    PersonFact,
    ProfessionalTitle,
    TitleConfirmation,
    TitleHeld,
)
from people.models.register import (
    Membership,
    Organization,
    Person,
    PinFailure,
    PinRelease,
    User,
)

__all__ = [
    "Change",
    "Consent",
    "FieldEvidence",
    "GradeAlias",
    "GradeConfirmation",
    "GradeEquivalence",
    "GradeHeld",
    "HolderFact",
    "IntegrityRecord",
    "Membership",
    "Organization",
    "Person",
    "PersonFact",
    "PinFailure",
    "PinRelease",
    "ProfessionalTitle",
    "TitleConfirmation",
    "TitleHeld",
    "User",
]
