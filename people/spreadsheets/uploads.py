"""A workbook between its check and its import: kept in a file, named by the server.

A dry run shows what a file holds; the commit must take the very same bytes.  The file is
sealed like all personal data, and reached only with the signed token of the page that showed it, by the same account, for
the same object, within an hour.
"""

import hashlib
import io
import time
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from people.fields import UnreadableValue
from people.models import User
from people.sealed_files import seal, unseal
from people.spreadsheets.safety import MAX_FILE

KEPT_SECONDS = 3600
SALT = "people.spreadsheets.uploads"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file: its bytes, the name it had, the hash it is known by."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


class WorkbookForm(forms.Form):
    """One workbook; what is in it is the reader's business."""

    file = forms.FileField(
        label=_("工作簿"),
        help_text=_(".xlsx 或 .csv，不超过 10 MB，不含宏和外部链接。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "class": "form-control"}),
    )

    def upload(self) -> Upload:
        """Return the file; one that is too large is cut, so the reader refuses it."""
        file: UploadedFile = self.cleaned_data["file"]
        return Upload(Path(file.name or "").name, file.read(MAX_FILE + 1))


def keep_upload(upload: Upload, *, user: User, purpose: str) -> str:
    """Keep the file and return the token that reaches it again."""
    folder = _folder()
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEPT_SECONDS:
            old.unlink(missing_ok=True)
    path = folder / _name(upload.digest, user, purpose)
    seal(io.BytesIO(upload.content), path)
    named = {"digest": upload.digest, "name": upload.name}
    return signing.dumps(named, salt=_salt(user, purpose))


def kept_upload(token: str, *, user: User, purpose: str) -> Upload | None:
    """Return the kept file, or ``None`` once it is gone or was never this user's."""
    try:
        named = signing.loads(token, salt=_salt(user, purpose), max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    path = _folder() / _name(named["digest"], user, purpose)
    if not path.exists():
        return None
    try:
        return Upload(named["name"], b"".join(unseal(path)))
    except UnreadableValue:
        return None  # its key is gone: check the file again


def drop_upload(upload: Upload, *, user: User, purpose: str) -> None:
    """Delete the kept file once it is imported."""
    path = _folder() / _name(upload.digest, user, purpose)
    path.unlink(missing_ok=True)


def download(
    content: bytes, *, filename: str, content_type: str = XLSX
) -> HttpResponse:
    """Return a file to save, never to show: attachment, with its Chinese name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _folder() -> Path:
    folder = Path(settings.VAR) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _name(digest: str, user: User, purpose: str) -> str:
    return hashlib.sha256(f"{user.pk}:{purpose}:{digest}".encode()).hexdigest()


def _salt(user: User, purpose: str) -> str:
    return f"{SALT}:{user.pk}:{purpose}"
