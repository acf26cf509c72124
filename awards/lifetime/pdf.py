"""A lifetime file as an A4 paper: every page numbered, its digest at the foot."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from awards.errors import AwardsError, PdfUnavailable
from awards.lifetime.plain import digest_of
from awards.lifetime.values import Lifetime
from people.errors import PdfUnavailable as PdfMissing
from people.pdf import missing_characters, render_pdf


def lifetime_pdf(file: Lifetime) -> bytes:
    """Return the file as PDF.

    Raises AwardsError naming characters that no font has, PdfUnavailable when the
    drawing libraries are missing.
    """
    words = [value for _label, value in file.heads]
    words += [
        text
        for section in file.sections
        for line in section.lines
        for text in (line.what, line.state, line.source, *line.details)
    ]
    if unknown := missing_characters("".join(words)):
        text = _("这些字没有字形，终身档案印不出来：%(characters)s。可以下载 JSON。")
        raise AwardsError("no-glyph", text % {"characters": "、".join(unknown)})
    digest = digest_of(file)
    context = {"file": file, "digest": digest, "mark": digest[:16].upper()}
    markup = render_to_string("awards/lifetime_pdf.html", context)
    try:
        return render_pdf(markup, "lifetime.css")
    except PdfMissing as error:
        raise PdfUnavailable(error.code, error.message) from error
