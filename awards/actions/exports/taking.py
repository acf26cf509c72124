"""Take a file away: by a link that works once, for ten minutes, for one account.

Every taking is a line of the download log and an event of the bureau's chain.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.exports.making import folder
from awards.actions.exports.telling import event_of
from awards.enums import ExportState
from awards.errors import ExportRefused
from awards.models import ExportBatch, ExportLink, ExportTaking
from ledger.actions import append, lock_chains
from ledger.core.chain import bureau_chain
from people.actions.pins import check_secret
from people.models import User
from people.sealed_files import unseal

LINK_MINUTES = 10
TOKEN_BYTES = 32


def issue_link(batch: ExportBatch, *, secret: str, by: User, at: datetime) -> str:
    """Return the secret part of a new link to the file of a batch.

    A file with persons in full asks for PIN or password again; they are tried before
    the transaction so that a wrong one stays counted.
    """
    _refuse_absent(batch)
    if batch.is_full and not check_secret(by, secret=secret, at=at):
        raise ExportRefused("secret", _("PIN 或口令不对。"))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ExportLink.objects.create(
        batch=batch,
        digest=hashlib.sha256(token.encode()).hexdigest(),
        issued_to=by,
        issued_at=at,
        expires_at=at + timedelta(minutes=LINK_MINUTES),
    )
    return token


def take_by_link(link: ExportLink, *, by: User, at: datetime) -> bytes:
    """Return the file a link leads to; the link is used up.

    Raises ExportRefused for a link that was used or is older than ten minutes.
    """
    _refuse_absent(link.batch)
    with transaction.atomic():
        fresh = ExportLink.objects.filter(
            pk=link.pk, used_at=None, expires_at__gt=at
        ).update(used_at=at)
        if not fresh:
            link.refresh_from_db()
            raise _spent(link)
        return take_export(link.batch, by=by, at=at)


def take_export(batch: ExportBatch, *, by: User, at: datetime) -> bytes:
    """Return the file of a batch and log that ``by`` has taken it away."""
    content = opened(batch)
    with transaction.atomic():
        chain = lock_chains([bureau_chain(batch.bureau_id)], at=at).popitem()[1]
        ExportTaking.objects.create(batch=batch, by=by, at=at)
        append(chain, [event_of("export-taken", batch)], actor=by.actor, at=at)
    return content


def opened(batch: ExportBatch) -> bytes:
    """Return the file of a batch as it was made; nothing is logged."""
    _refuse_absent(batch)
    return b"".join(unseal(folder() / batch.file))


def clear_exports(*, at: datetime, days: int | None = None) -> int:
    """Remove the files made more than ``days`` ago; return how many.

    What they were, their digests and their log stay.
    """
    kept = settings.EXPORT_KEEP_DAYS if days is None else days
    old = ExportBatch.objects.filter(
        state=ExportState.READY, made_at__lt=at - timedelta(days=kept)
    ).select_related("release")
    count = 0
    for batch in old.defer("release__text", "release__source").order_by("pk"):
        _clear(batch, at=at)
        count += 1
    return count


@transaction.atomic
def _clear(batch: ExportBatch, *, at: datetime) -> None:
    chain = lock_chains([bureau_chain(batch.bureau_id)], at=at).popitem()[1]
    path = folder() / batch.file
    batch.state, batch.file, batch.cleared_at = ExportState.CLEARED, "", at
    batch.save(update_fields=["state", "file", "cleared_at"])
    append(chain, [event_of("export-cleared", batch)], actor="system:clear", at=at)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _refuse_absent(batch: ExportBatch) -> None:
    if batch.state == ExportState.CLEARED:
        text = _("文件已按保存期限清除，需要时请重新导出；编号和校验值仍可查。")
        raise ExportRefused("cleared", text)
    if batch.state != ExportState.READY:
        raise ExportRefused("not-ready", _("文件还没有生成。"))


def _spent(link: ExportLink) -> ExportRefused:
    if link.used_at:
        moment = timezone.localtime(link.used_at).strftime("%Y-%m-%d %H:%M")
        text = _("这个链接已于 %(at)s 用过。请回到导出页重新取走，每次都会留痕。")
        return ExportRefused("link-used", text % {"at": moment})
    text = _("这个链接已过期：只在 %(n)d 分钟内有效。请回到导出页重新取走。")
    return ExportRefused("link-expired", text % {"n": LINK_MINUTES})
