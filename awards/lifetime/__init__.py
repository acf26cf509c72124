"""终身档案: everything the platform knows of one person, each line with its source."""

from awards.lifetime.pdf import lifetime_pdf
from awards.lifetime.plain import as_plain, digest_of
from awards.lifetime.reading import lifetime_of
from awards.lifetime.values import Lifetime, Line, Section, Viewer

__all__ = [
    "Lifetime",
    "Line",
    "Section",
    "Viewer",
    "as_plain",
    "digest_of",
    "lifetime_of",
    "lifetime_pdf",
]
