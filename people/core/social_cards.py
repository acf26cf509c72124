"""Social-security card numbers (社会保障卡号): one spelling, and whether it can be one.

No rule for the digits is published that would hold for every province: only the
characters and the length are checked.
"""

import re
import unicodedata

from people.core.findings import Finding, error

_FORM = re.compile(r"[A-Z0-9]{6,30}")


def normalize(text: str) -> str:
    """Return the number in half-width capitals without spaces and hyphens.

    >>> normalize(" a1234 5678 ")
    'A12345678'
    """
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def check(number: str) -> tuple[Finding, ...]:
    """Return what is wrong with a normalised number; nothing where it may be one."""
    if _FORM.fullmatch(number):
        return ()
    return (
        error(
            "social-card-form",
            "社会保障卡号应为 6 至 30 位字母和数字",
            "a social-security card number is 6 to 30 letters and digits",
        ),
    )
