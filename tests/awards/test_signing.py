"""The signature on certificate files, with a key made for the test."""

import io
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from awards import signing
from awards.checks import check_signing
from awards.errors import CertificatesRefused
from people.pdf import render_pdf

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PASSWORD = b"only for this test"
NAME = "证书签名（测试）"


@dataclass(frozen=True)
class Verdict:
    """Bytes as signed, a true signature over them, nothing behind them, by whom."""

    is_intact: bool
    is_valid: bool
    covers_file: bool
    signer: str


def verify_file(pdf: bytes) -> Verdict | None:
    """What a reader of the file finds; nobody's certificate is trusted here."""
    logging.getLogger("pyhanko").setLevel(logging.ERROR)
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not signatures:
        return None
    trust = ValidationContext(allow_fetching=False, trust_roots=[])
    status = validate_pdf_signature(signatures[0], trust)
    subject = status.signing_cert.subject.native["common_name"]
    covers = status.coverage.name == "ENTIRE_FILE"
    return Verdict(status.intact, status.valid, covers, subject)


def make_key(folder, *, begins=NOW - timedelta(days=1), days=800):
    """A key with a certificate that it signed itself, in a PKCS #12 file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = BestAvailableEncryption(PASSWORD)
    path, password = folder / "seal.p12", folder / "seal.password"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, sealed)
    )
    password.write_bytes(PASSWORD + b"\n")
    return path, password


@pytest.fixture
def key(tmp_path, settings):
    path, password = make_key(tmp_path)
    settings.CERTIFICATE_SIGNING_KEY = path
    settings.CERTIFICATE_SIGNING_PASSWORD_FILE = password
    return path


@pytest.fixture(scope="module")
def drawn():
    return render_pdf("<p>获奖证书</p>", "certificate.css")


def test_nothing_is_signed_without_a_key(drawn):
    assert signing.signer(at=NOW) is None
    assert verify_file(drawn) is None


def test_signed_file_is_intact_and_covered_to_the_last_byte(key, drawn):
    seal = signing.signer(at=NOW)

    signed = seal.sign(drawn)

    assert signed.startswith(drawn)
    assert seal.name == NAME
    assert verify_file(signed) == Verdict(
        is_intact=True, is_valid=True, covers_file=True, signer=NAME
    )
    text = pypdf.PdfReader(io.BytesIO(signed)).pages[0].extract_text()
    assert text == "获奖证书"


def test_one_changed_byte_breaks_the_signature(key, drawn):
    signed = bytearray(signing.signer(at=NOW).sign(drawn))
    signed[len(drawn) // 2] ^= 1

    verdict = verify_file(bytes(signed))

    assert not verdict.is_intact


def test_bytes_added_behind_are_not_covered(key, drawn):
    signed = signing.signer(at=NOW).sign(drawn)
    writer = pypdf.PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_metadata({"/Title": "另一张"})
    out = io.BytesIO()
    writer.write(out)

    verdict = verify_file(out.getvalue())

    assert not verdict.covers_file


def test_expired_key_signs_nothing_and_says_so(tmp_path, settings):
    path, password = make_key(tmp_path, begins=NOW - timedelta(days=40), days=30)
    settings.CERTIFICATE_SIGNING_KEY = path
    settings.CERTIFICATE_SIGNING_PASSWORD_FILE = password

    with pytest.raises(CertificatesRefused) as refusal:
        signing.signer(at=NOW)

    assert refusal.value.code == "signing-key-expired"
    assert [warning.id for warning in check_signing()] == ["awards.W002"]


@pytest.mark.parametrize(
    ("content", "password", "said"),
    [
        (b"not a key file", PASSWORD, "not a PKCS #12 file, or not its password"),
        (None, b"another password", "not a PKCS #12 file, or not its password"),
    ],
)
def test_key_that_can_never_sign_stops_the_start(
    key, settings, tmp_path, content, password, said
):
    if content is not None:
        key.write_bytes(content)
    settings.CERTIFICATE_SIGNING_PASSWORD_FILE.write_bytes(password)

    with pytest.raises(ImproperlyConfigured, match=said) as refusal:
        signing.check_signing_key()

    assert str(refusal.value).startswith("LEITAI_CERTIFICATE_KEY: ")
    assert "password" not in str(refusal.value).partition("not its password")[0]


def test_missing_packages_are_named(key, monkeypatch):
    monkeypatch.setattr(signing, "find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match=r"requirements/sign\.txt"):
        signing.check_signing_key()
