"""The code on a printed sheet: seven characters and a check, read from hand or scanner.

Letters that are taken for digits (I, L, O) are folded and U and Z are not used; the last
character makes one wrong character or two swapped ones show.
"""

import re
from collections.abc import Sequence

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 8
FOLDED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
LONGEST = 200  # of what a scanner types

_IN_ADDRESS = re.compile(r"/paper/([0-9A-Za-z-]{8,9})(?:/|$)")


def finish(numbers: Sequence[int]) -> str:
    """The code of seven numbers from 0 to 30.

    >>> finish((7, 15, 3, 10, 9, 2, 20))
    '7F3A92M4'
    """
    if len(numbers) != LENGTH - 1 or not all(0 <= n < len(ALPHABET) for n in numbers):
        raise ValueError("a code has seven numbers from 0 to 30")
    check = sum(place * n for place, n in enumerate(numbers, start=1)) % len(ALPHABET)
    return "".join(ALPHABET[number] for number in (*numbers, check))


def read_code(text: str) -> str:
    """The code that was typed or scanned (code, or address), or an empty text.

    >>> read_code("7f3a-92m4"), read_code("https://host/judge/paper/7F3A92M4/?v=1")
    ('7F3A92M4', '7F3A92M4')
    >>> read_code("7F3A-92M5"), read_code("F73A-92M4")
    ('', '')
    """
    text = text.strip()[:LONGEST]
    inside = _IN_ADDRESS.search(text)
    code = (inside[1] if inside else text).upper().translate(FOLDED)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        return ""
    numbers = [ALPHABET.index(character) for character in code[:-1]]
    return code if finish(numbers) == code else ""


def shown(code: str) -> str:
    """The code as it is printed: two groups of four."""
    return f"{code[:4]}-{code[4:]}"
