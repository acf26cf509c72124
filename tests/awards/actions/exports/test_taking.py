"""Taking a file away: by a link that works once, until it is cleared."""

import hashlib
from datetime import timedelta

import pytest
from django.test import override_settings

from awards.actions import exports
from awards.actions.exports import (
    clear_exports,
    issue_link,
    take_by_link,
    take_export,
)
from awards.errors import ExportRefused
from awards.models import ExportLink, ExportTaking
from tests.awards import desk
from tests.awards.actions.exports.scene import (
    SECRET,
    ask,
    export,
    final_with,
)

pytestmark = pytest.mark.django_db


def test_link_works_once_for_its_account_within_ten_minutes(bureau, officer, approver):
    release, _people = final_with(1)
    batch = export(release, bureau, officer)
    at = desk.AT

    def link(token):
        return ExportLink.objects.get(digest=hashlib.sha256(token.encode()).hexdigest())

    with pytest.raises(ExportRefused) as wrong:
        issue_link(batch, secret="wrong", by=officer, at=at)
    first = link(issue_link(batch, secret=SECRET, by=officer, at=at))
    content = take_by_link(first, by=officer, at=at + timedelta(minutes=9))
    with pytest.raises(ExportRefused) as used:
        take_by_link(first, by=officer, at=at + timedelta(minutes=9))
    late = link(issue_link(batch, secret=SECRET, by=officer, at=at))
    with pytest.raises(ExportRefused) as expired:
        take_by_link(late, by=officer, at=at + timedelta(minutes=10))

    assert hashlib.sha256(content).hexdigest() == batch.digest
    codes = [refusal.value.code for refusal in (wrong, used, expired)]
    assert codes == ["secret", "link-used", "link-expired"]
    assert ExportTaking.objects.get().by == officer


def test_masked_file_asks_for_no_secret(bureau, officer):
    release, _people = final_with(1)
    batch = ask(release, bureau, officer, is_masked=True)

    assert issue_link(batch, secret="", by=officer, at=desk.AT)


def test_old_files_are_cleared_and_what_they_were_stays(
    bureau, officer, django_capture_on_commit_callbacks
):
    release, _people = final_with(1)
    batch = export(release, bureau, officer)
    path = exports.making.folder() / batch.file

    with (
        override_settings(EXPORT_KEEP_DAYS=7),
        django_capture_on_commit_callbacks(execute=True),
    ):
        kept = clear_exports(at=desk.AT + timedelta(days=7))
        gone = clear_exports(at=desk.AT + timedelta(days=8))

    batch.refresh_from_db()
    assert (kept, gone, path.exists()) == (0, 1, False)
    assert (batch.state, batch.file, len(batch.digest)) == ("cleared", "", 64)
    with pytest.raises(ExportRefused) as refusal:
        take_export(batch, by=officer, at=desk.AT)
    assert refusal.value.code == "cleared"
