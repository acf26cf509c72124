"""The designs that come with the platform, and which of them a competition begins with."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import gettext as _

from awards.certificates.text import shown_missing
from awards.core.certificate_design import Design, parse_design
from awards.errors import CertificatesRefused
from competitions.enums import Tier
from ledger.core.chain import canonical

DIRECTORY = Path(__file__).resolve().parents[1] / "designs"
FALLBACK = "provincial"


@cache
def shipped_designs() -> Mapping[str, Design]:
    """The designs of ``awards/designs`` by identifier, highest tier first."""
    read = [
        parse_design(path.read_text(encoding="utf-8"))
        for path in sorted(DIRECTORY.glob("*.toml"))
    ]
    tiers = [tier.value for tier in Tier]
    ranked = sorted(read, key=lambda d: min(map(tiers.index, d.tiers), default=99))
    return MappingProxyType({design.identifier: design for design in ranked})


def default_design(tier: str) -> Design:
    """Return the design a competition of this tier begins with."""
    for design in shipped_designs().values():
        if tier in design.tiers:
            return design
    return shipped_designs()[FALLBACK]


def design_digest(design: Design) -> str:
    """Return the digest that seals a design, as certificates printed with it name it."""
    return hashlib.sha256(canonical(design.as_content()).encode()).hexdigest()


def refuse_unprintable(design: Design) -> None:
    """Raise CertificatesRefused naming characters of its texts that no font has."""
    missing = shown_missing("".join(design.wordings.values()))
    if missing:
        message = _("样式的文字里有字没有字形，印不出来：%(problems)s。请换一个写法。")
        problems = _("；").join(missing)
        raise CertificatesRefused("missing-character", message % {"problems": problems})
