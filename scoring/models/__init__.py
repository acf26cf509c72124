"""From a judge's mark to a release: schemes, sheets, marks, signatures, results.

Points are scaled integers (10^-6 of a point); SQL never adds decimals.  A ``Mark`` is the
current value only: its history is the ledger.  ``Result`` is a cache that ``recompute``
rebuilds from ledger events.  ``Release`` rows never change.
"""

from scoring.models.changes import ChangeRequest
from scoring.models.devices import Device, DevicePolicy, Visit
from scoring.models.imports import ImportKey
from scoring.models.marking import JudgeCall, Mark, PanelSeat, Sheet, Signature
from scoring.models.paper import (
    PaperForm,
    PaperFormSheet,
    PaperKeying,
    PaperSignature,
)
from scoring.models.releases import Release, ReleaseSkill
from scoring.models.results import (
    DelegationChoice,
    Override,
    Penalty,
    PrizeScale,
    Result,
    SkillState,
)
from scoring.models.schemes import Aspect, Criterion, Scheme, SchemeDraft, SubCriterion
from scoring.models.statistics import StatisticsOpening
from scoring.models.teams import CatchUp, MarkingTeam, TraineeMark
from scoring.models.verification import (
    VerificationCheck,
    VerificationDraw,
    VerificationRule,
)
from scoring.models.versions import SchemeProposal

__all__ = [
    "Aspect",
    "CatchUp",
    "ChangeRequest",
    "Criterion",
    "DelegationChoice",
    "ImportKey",
    "Device",
    "DevicePolicy",
    "JudgeCall",
    "Mark",
    "MarkingTeam",
    "Override",
    "PanelSeat",
    "PaperForm",
    "PaperFormSheet",
    "PaperKeying",
    "PaperSignature",
    "Penalty",
    "PrizeScale",
    "Release",
    "ReleaseSkill",
    "Result",
    "Scheme",
    "SchemeDraft",
    "SchemeProposal",
    "Sheet",
    "Signature",
    "SkillState",
    "StatisticsOpening",
    "SubCriterion",
    "TraineeMark",
    "VerificationCheck",
    "VerificationDraw",
    "VerificationRule",
    "Visit",
]
