"""QR codes: the one gateway to the library that draws them."""

import segno

INK = "#17211f"
MASK = 2  # of the eight patterns; trying all of them costs ten times the rest


def qr_address(address: str) -> str:
    """Return the QR code of an address as a data URI with one single SVG path."""
    return segno.make(address, error="m", micro=False).svg_data_uri(
        border=0, dark=INK, omitsize=True
    )


def qr_modules(address: str) -> list[list[int]]:
    """Return the QR code of an address as rows of modules, 1 is dark, without border.

    The mask is always the same one: every reader undoes it, whichever it is.
    """
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return [[int(bool(module)) for module in row] for row in code.matrix]
