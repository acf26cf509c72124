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
