"""What every paper here shares: refusal of characters without a glyph, the foot line."""

import hashlib
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.errors import ExportRefused
from awards.models import ExportBatch
from ledger.core.chain import canonical
from people.errors import PdfUnavailable
from people.pdf import missing_characters, render_pdfs

STYLE = "office_paper.css"


def refuse_missing(texts: Iterable[tuple[str, str]]) -> None:
    """Raise ExportRefused naming every character without a glyph, and whose it is."""
    problems = [
        f"{whose}：“{character}”(U+{ord(character):04X})"
        for whose, text in texts
        for character in missing_characters(text)
    ]
    if problems:
        message = _(
            "这些字没有字形，印不出来：%(problems)s。请核对用字，"
            "或由系统管理员补充字体后再制作。"
        )
        listed = _("；").join(dict.fromkeys(problems))
        raise ExportRefused("no-glyph", message % {"problems": listed})


def draw(markups: Iterator[str]) -> bytes:
    """Return one PDF of the documents; raise ExportRefused where none can be drawn."""
    try:
        return render_pdfs(markups, STYLE)
    except PdfUnavailable as error:
        raise ExportRefused(error.code, error.message) from error


def foot_of(batch: ExportBatch) -> str:
    """Return who took a paper away, when and under which number: on every page."""
    moment = timezone.localtime(batch.asked_at).strftime("%Y-%m-%d %H:%M")
    return (
        f"导出编号 {batch.number}　{batch.bureau.name}　{batch.asked_by.name}　{moment}"
    )


def digest_of(values: object) -> str:
    """Return the SHA-256 of plain values in their canonical text."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def check_code(digest: str) -> str:
    """Return the first characters of a hash as people read them aloud."""
    return f"{digest[:4]}-{digest[4:8]}".upper()
