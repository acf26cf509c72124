"""What a final result entitles to, and the paper that follows.

Nothing here recomputes a place: releases are read, never questioned.
"""

from awards.models.answers import AnswerFile, Comparison, ComparisonTake
from awards.models.certificates import (
    Certificate,
    CertificateDesign,
    CertificateFile,
    CertificateWithdrawal,
)
from awards.models.codes import ResultCode, ResultCodeFailure
from awards.models.decisions import (
    Decision,
    Entitlement,
)
from awards.models.documents import (
    DocumentStep,
    DocumentVersion,
    EditionDocument,
    FactFilling,
    GapFilling,
    IndicatorFigure,
)
from awards.models.exports import ExportBatch, ExportLink, ExportRow, ExportTaking
from awards.models.looks import DistinctPair, PersonLook
from awards.models.reports import PeriodicReport, StaffCertificate
from awards.models.saved_views import SavedView
from awards.models.steps import (
    BasisChange,
    EntitlementStep,
    Filing,
    GivenFact,
    MaterialRule,
    MaterialTick,
    PublicityRound,
    RoundObjection,
    Withdrawal,
)
from awards.models.talent import (
    LifetimeCopy,
    Pool,
    PoolCriterion,
    PoolDecline,
    PoolEntry,
    PoolReview,
)

__all__ = [
    "AnswerFile",
    "BasisChange",
    "Certificate",
    "CertificateDesign",
    "CertificateFile",
    "CertificateWithdrawal",
    "Comparison",
    "ComparisonTake",
    "Decision",
    "DistinctPair",
    "DocumentStep",
    "DocumentVersion",
    "EditionDocument",
    "Entitlement",
    "EntitlementStep",
    "ExportBatch",
    "ExportLink",
    "ExportRow",
    "ExportTaking",
    "FactFilling",
    "Filing",
    "GapFilling",
    "GivenFact",
    "IndicatorFigure",
    "MaterialRule",
    "MaterialTick",
    "LifetimeCopy",
    "PeriodicReport",
    "PersonLook",
    "Pool",
    "PoolCriterion",
    "PoolDecline",
    "PoolEntry",
    "PoolReview",
    "PublicityRound",
    "ResultCode",
    "ResultCodeFailure",
    "RoundObjection",
    "SavedView",
    "StaffCertificate",
    "Withdrawal",
]
