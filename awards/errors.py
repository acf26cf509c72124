"""What a user can put right about awards: a code, and a sentence with the remedy."""


class AwardsError(Exception):
    """Base of the refusals of this app; ``message`` is translated text."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class CertificatesRefused(AwardsError):
    """Certificates cannot be issued or printed: rehearsal, external, a character."""


class ExportRefused(AwardsError):
    """An export is not made: no purpose, nothing to export, too many people."""


class PdfUnavailable(AwardsError):
    """The libraries that draw PDFs are missing on this machine."""


class EntitlementRefused(AwardsError):
    """An entitlement cannot take this step, or the reason is missing."""


class DocumentRefused(AwardsError):
    """A document cannot be stored, confirmed, proposed or published; mistakes named."""


class FillingRefused(AwardsError):
    """A gap cannot be filled: no such gap, no paper, or a value that cannot be read."""


class PoolRefused(AwardsError):
    """A pool, a criterion, an entry or a review that cannot be made; the remedy named."""


class AnswersRefused(AwardsError):
    """An answered workbook cannot be taken in: expired, or lines that are refused."""


class ViewRefused(AwardsError):
    """A view of the work list cannot be kept: no name, too many, a document number."""


class PairRefused(AwardsError):
    """Two files cannot be merged, or be said to be two people; the reason named."""


class ResultCodeRefused(AwardsError):
    """Slips are not issued or ended: a rehearsal, nobody, too many, no reason."""


class ComparisonRefused(AwardsError):
    """Lines of a comparison cannot be taken over: none chosen that can be."""
