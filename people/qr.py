"""QR codes: the one gateway to the library that draws them."""

import segno

INK = "#17211f"


def qr_address(address: str) -> str:
    """Return the QR code of an address as a data URI with one single SVG path."""
    return segno.make(address, error="m", micro=False).svg_data_uri(
        border=0, dark=INK, omitsize=True
    )
