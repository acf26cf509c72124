"""查询条: a competitor's code on paper, folded so that only the name is outside.

The code goes from the action straight into the drawn file and is kept nowhere.  The QR
code carries it behind ``#``: a browser never sends that part to a server.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from people.pdf import bold_characters, render_pdf
from people.qr import qr_address

STYLES = "result_slip.css"


@dataclass(frozen=True, slots=True)
class ResultSlip:
    """What stands on one slip; ``address`` is the page without the code."""

    name: str
    entered: str
    competition: str
    code: str
    address: str
    until: datetime

    @property
    def qr(self) -> str:
        return qr_address(f"{self.address}#{self.code}")

    @property
    def is_rare(self) -> bool:
        """A name that only the regular face has."""
        return any(ord(letter) not in bold_characters() for letter in self.name)


def result_slips_pdf(slips: Sequence[ResultSlip], *, at: datetime) -> bytes:
    """Draw the slips, two on a page."""
    pages = [slips[first : first + 2] for first in range(0, len(slips), 2)]
    context = {"pages": pages, "issued": timezone.localtime(at)}
    return render_pdf(render_to_string("awards/result_slips.html", context), STYLES)
