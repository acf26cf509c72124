"""The digital signature on certificate files, where the installation has a key for it.

Without a key nothing is signed and everything else works.  The library that signs is
optional (requirements/sign.txt) and is imported here alone; it calls no other machine.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from awards.errors import CertificatesRefused

FIELD = "LeitaiSeal"  # the invisible field that holds the signature
SETTING = "LEITAI_CERTIFICATE_KEY"
PASSWORD_SETTING = "LEITAI_CERTIFICATE_KEY_PASSWORD_FILE"  # noqa: S105 - a name
REASON = "证明文件自签发后未被更改"


class Signer(Protocol):
    """Signs a finished PDF; ``name`` says with whose certificate."""

    @property
    def name(self) -> str:
        """The subject of the signing certificate, as people read it."""

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with a signature over every byte of it."""


def signer(*, at: datetime) -> Signer | None:
    """Return who signs here, or None when the installation has no key.

    Raises CertificatesRefused when the certificate is not valid ``at`` that moment.
    """
    path = settings.CERTIFICATE_SIGNING_KEY
    if not path:
        return None
    found = _signer(path, settings.CERTIFICATE_SIGNING_PASSWORD_FILE)
    if not found.begins <= at <= found.ends:
        text = _(
            "签名证书“%(name)s”已过有效期（%(day)s），请系统管理员换上新的签名密钥。"
        )
        shown = {"name": found.name, "day": found.ends.date().isoformat()}
        raise CertificatesRefused("signing-key-expired", text % shown)
    return found


def check_signing_key() -> None:
    """Raise ImproperlyConfigured when a key is named that can never sign."""
    path = settings.CERTIFICATE_SIGNING_KEY
    if not path:
        return
    _read(path, settings.CERTIFICATE_SIGNING_PASSWORD_FILE)
    if find_spec("pyhanko") is None:
        _refuse("signing needs the packages of requirements/sign.txt.")


def signing_key_ends() -> datetime | None:
    """Return until when the signing certificate is valid, or None without a key."""
    path = settings.CERTIFICATE_SIGNING_KEY
    if not path:
        return None
    certificate = _read(path, settings.CERTIFICATE_SIGNING_PASSWORD_FILE)
    return certificate.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class KeyFileSigner:
    """Signs with a key and certificate from a PKCS #12 file (PAdES, no time stamp)."""

    name: str
    key: Any
    begins: datetime
    ends: datetime

    def sign(self, pdf: bytes) -> bytes:
        """Return the PDF with an invisible signature that allows no later change."""
        from pyhanko.pdf_utils import incremental_writer  # slow import
        from pyhanko.sign import PdfSignatureMetadata, PdfSigner  # slow import
        from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # slow import

        stated = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=REASON,
            name=self.name,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        out = io.BytesIO()
        writer = incremental_writer.IncrementalPdfFileWriter(io.BytesIO(pdf))
        PdfSigner(stated, signer=self.key).sign_pdf(writer, output=out)
        return out.getvalue()


@cache
def _signer(path: Path, password_file: Path | None) -> KeyFileSigner:
    check_signing_key()
    certificate = _read(path, password_file)
    from pyhanko.sign.signers import SimpleSigner  # slow import

    loaded = SimpleSigner.load_pkcs12(
        str(path), passphrase=_password(password_file) or None
    )
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    name = str(names[0].value) if names else certificate.subject.rfc4514_string()
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return KeyFileSigner(name, loaded, begins, ends)


def _read(path: Path, password_file: Path | None) -> x509.Certificate:
    password = _password(password_file)
    try:
        content = path.read_bytes()
        key, certificate, _chain = pkcs12.load_key_and_certificates(
            content, password or None
        )
    except OSError as error:
        _refuse(f"{error.strerror}.")
    except ValueError:
        _refuse(
            "not a PKCS #12 file, or not its password: write a .p12 file and put its "
            f"password into the file that {PASSWORD_SETTING} names."
        )
    if key is None or certificate is None:
        _refuse("the file holds no private key with its certificate.")
    return certificate


def _password(file: Path | None) -> bytes:
    if file is None:
        return b""
    try:
        return file.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise ImproperlyConfigured(f"{PASSWORD_SETTING}: {error.strerror}.") from None


def _refuse(sentence: str) -> NoReturn:
    raise ImproperlyConfigured(f"{SETTING}: {sentence}") from None
