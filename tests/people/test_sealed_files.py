"""Sealed files: what goes in comes out, and nothing else does."""

import hashlib
import io

import pytest

from people import sealed_files
from people.fields import UnreadableValue
from people.sealed_files import Sealed, seal, unseal


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(sealed_files, "PIECE", 16)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 32, 100])
def test_content_comes_back_and_its_digest_is_of_the_plain_file(tmp_path, size):
    content = bytes(range(size))

    found = seal(io.BytesIO(content), tmp_path / "box" / "a.sealed")

    assert found == Sealed(size, hashlib.sha256(content).hexdigest())
    assert b"".join(unseal(tmp_path / "box" / "a.sealed")) == content
    assert (tmp_path / "box" / "a.sealed").stat().st_mode & 0o077 == 0


def test_no_piece_of_the_content_is_readable(tmp_path):
    seal(io.BytesIO(b"519900199104070036" * 4), tmp_path / "a.sealed")

    assert b"519900" not in (tmp_path / "a.sealed").read_bytes()


def test_draft_is_gone_after_an_error(tmp_path):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - whichever the disk raises
        seal(Broken(), tmp_path / "a.sealed")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "harm",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[: -(16 + 16 + 4)],
        lambda raw: raw[:60] + bytes([raw[60] ^ 1]) + raw[61:],
        lambda raw: b"plain text",
        lambda raw: raw.replace(b" ", b" another", 1),
    ],
)
def test_altered_or_shortened_file_is_not_read(tmp_path, harm):
    path = tmp_path / "a.sealed"
    seal(io.BytesIO(bytes(36)), path)
    path.write_bytes(harm(path.read_bytes()))

    with pytest.raises(UnreadableValue):
        b"".join(unseal(path))


def test_file_under_another_name_is_not_read(tmp_path):
    seal(io.BytesIO(b"secret"), tmp_path / "a.sealed")
    (tmp_path / "a.sealed").rename(tmp_path / "b.sealed")

    with pytest.raises(UnreadableValue):
        b"".join(unseal(tmp_path / "b.sealed"))
