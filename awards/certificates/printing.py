"""From stored certificates to what is drawn: text, design, address, language."""

from collections.abc import Iterable

from awards.certificates.addresses import verify_address
from awards.certificates.designs import default_design
from awards.certificates.drawing import Printing
from awards.certificates.text import CertificateText
from awards.core.certificate_design import Design, design_of
from awards.models import Certificate, CertificateDesign


def printings_of(
    rows: Iterable[Certificate], *, base: str = "", bilingual: bool | None = None
) -> list[Printing]:
    """Return what is drawn for certificates with their designs at hand.

    ``bilingual`` None: in the languages that the design asks for.
    """
    designs: dict[int, Design] = {}
    found = []
    for row in rows:
        design = _design(row.design, designs)
        both = design.languages == "zh+en" if bilingual is None else bilingual
        text = CertificateText.of_content(row.content)
        address = verify_address(row.token, base=base)
        found.append(Printing(text, row.digest, address, both, design))
    return found


def _design(row: CertificateDesign | None, known: dict[int, Design]) -> Design:
    if row is None:
        return default_design("")
    if row.pk not in known:
        known[row.pk] = design_of(row.content)
    return known[row.pk]
