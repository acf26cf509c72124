"""Award certificates: their text, their designs, and the drawing of both.

Texts are data: escaped by the template, never a template themselves.
"""

from awards.certificates.addresses import public_base, verify_address
from awards.certificates.designs import (
    default_design,
    design_digest,
    refuse_unprintable,
    shipped_designs,
)
from awards.certificates.drawing import (
    CHUNK,
    Printing,
    render_batch,
    render_certificates,
    render_each,
    sheet_of,
)
from awards.certificates.joining import join_pdfs
from awards.certificates.printing import printings_of
from awards.certificates.text import (
    CertificateText,
    award_label,
    check_code,
    refuse_missing_characters,
    specimen_text,
)

__all__ = [
    "CHUNK",
    "CertificateText",
    "Printing",
    "award_label",
    "check_code",
    "default_design",
    "design_digest",
    "join_pdfs",
    "printings_of",
    "public_base",
    "refuse_missing_characters",
    "refuse_unprintable",
    "render_batch",
    "render_certificates",
    "render_each",
    "sheet_of",
    "shipped_designs",
    "specimen_text",
    "verify_address",
]
