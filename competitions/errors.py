"""What a user can put right about competitions, entries and appointments."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class CompetitionError(Exception):
    """Something a user can put right; ``code`` names it, the text says how."""

    code = "competition"

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code
        self.message = message


class CompetitionRefused(CompetitionError):
    """A competition or skill that cannot be made as asked."""


class EntryRefused(CompetitionError):
    """An entry that cannot be made or accepted; ``reasons`` are sentences."""

    code = "entry"

    def __init__(self, message: str, code: str = "", reasons: Sequence[str] = ()):
        super().__init__(message, code)
        self.reasons = tuple(reasons) or (message,)


class AppointmentRefused(CompetitionError):
    """An appointment that a conflict of interest or another role forbids."""

    code = "appointment"

    def __init__(self, code: str, reasons: Sequence[str]) -> None:
        super().__init__("；".join(reasons), code)
        self.reasons = tuple(reasons)


class DrawRefused(CompetitionError):
    """A draw out of order, by the wrong officer, or after marking began."""

    code = "draw"


class PhaseRefused(CompetitionError):
    """A step that readiness does not permit; ``items`` say what is missing."""

    code = "phase"

    def __init__(self, message: str, items: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.items = tuple(items)


class PublicityRefused(CompetitionError):
    """A 公示 that cannot be opened or closed yet."""

    code = "publicity"


class AppealRefused(CompetitionError):
    """An appeal, a ruling or an answer that comes too late or from the wrong person."""

    code = "appeal"


class ObjectionRefused(CompetitionError):
    """An objection that cannot be entered or answered as asked."""

    code = "objection"


LONGEST_REASON = 300


def check_reason(reason: str) -> None:
    """Raise CompetitionError for a reason longer than the record keeps."""
    if len(reason) > LONGEST_REASON:
        text = _("原因最多 %(most)d 字，请写短些。") % {"most": LONGEST_REASON}
        raise CompetitionError(text, "reason-too-long")


def citation_missing() -> CompetitionRefused:
    """A value that a document sets must say which clause."""
    return CompetitionRefused(
        _("请写明文件和条款，没有出处的规定不能设置。"), "citation-missing"
    )
