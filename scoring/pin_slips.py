"""密封条: a judge's one-time PIN on paper, folded so that only the name is outside.

The texts are data; the PIN goes from the action straight into the drawn file and is kept
nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone

from people.pdf import bold_characters, render_pdf
from people.qr import qr_address

STYLES = "pin_slip.css"


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on one slip."""

    name: str
    account: str
    roles: str
    competition: str
    pin: str
    address: str

    @property
    def digits(self) -> str:
        """The PIN in two groups, so that it can be typed without losing the place."""
        return f"{self.pin[:3]} {self.pin[3:]}"

    @property
    def qr(self) -> str:
        return qr_address(self.address)

    @property
    def is_rare(self) -> bool:
        """A name that only the regular face has."""
        return any(ord(letter) not in bold_characters() for letter in self.name)


def slips_pdf(slips: Sequence[Slip], *, at: datetime) -> bytes:
    """Draw the slips, two on a page."""
    pages = [slips[first : first + 2] for first in range(0, len(slips), 2)]
    context = {"pages": pages, "issued": timezone.localtime(at)}
    return render_pdf(render_to_string("scoring/pin_slips.html", context), STYLES)
