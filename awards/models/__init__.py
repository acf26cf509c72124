"""What a final result entitles to, and the paper that follows.

Nothing here recomputes a place: releases are read, never questioned.
"""

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
from awards.models.papers import (
    Certificate,
    ExportBatch,
)
from awards.models.reports import PeriodicReport, StaffCertificate

__all__ = [
    "Certificate",
    "Decision",
    "DocumentStep",
    "DocumentVersion",
    "EditionDocument",
    "Entitlement",
    "ExportBatch",
    "FactFilling",
    "GapFilling",
    "IndicatorFigure",
    "PeriodicReport",
    "StaffCertificate",
]
