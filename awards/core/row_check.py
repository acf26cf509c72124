"""The check of one exported line: what an answered workbook must still say.

Printed beside every line that goes to an authority; a line whose text was changed on the
way no longer fits its check.  Pure: knows neither workbooks nor the database.
"""

import hashlib
import json
import re
from collections.abc import Sequence

LENGTH = 16
REFERENCE = re.compile(r"R-([1-9][0-9]{0,17})")


def reference_of(entitlement: int) -> str:
    """Return the reference (办理编号) under which an entitlement is printed.

    >>> reference_of(17)
    'R-17'
    """
    return f"R-{entitlement}"


def entitlement_of(reference: str) -> int | None:
    """Return the entitlement that a printed reference names, None if it is none.

    >>> entitlement_of(" R-17 "), entitlement_of("17")
    (17, None)
    """
    found = REFERENCE.fullmatch(reference.strip())
    return int(found[1]) if found else None


def row_check(export: str, reference: str, cells: Sequence[str]) -> str:
    """Return the check (行校验) of one line of an export.

    ``cells`` are the printed texts of the listing's own columns in their order; an empty
    cell is an empty text.
    """
    told = [export, reference, *cells]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
