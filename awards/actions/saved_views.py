"""Keep a work list under a name, make it the default, take it away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.access import bureau_of
from awards.errors import ViewRefused
from awards.models import SavedView
from awards.worklist import Filters
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.core import identity
from people.models import User

MOST = 30
DIGITS = 6


@transaction.atomic
def save_view(
    filters: Filters, *, name: str, is_default: bool, sort: str, by: User, at: datetime
) -> SavedView:
    """Keep filters under a name; the same name again replaces what it stood for.

    Raises ViewRefused: no name, too many views, or a search for a document number.
    """
    chain = bureau_chain(bureau_of(by).pk)
    locked = lock_chains([chain], at=at)[chain]
    name = " ".join(name.split())[:40]
    own = SavedView.objects.filter(bureau=bureau_of(by), user=by)
    if not name:
        raise ViewRefused("name", _("请给这个视图起个名称。"))
    if holds_a_number(filters.q):
        text = _("搜索词是证件号码或卡号，不能存进视图。请先清除搜索词。")
        raise ViewRefused("number", text)
    if not own.filter(name=name).exists() and own.count() >= MOST:
        text = _("每人最多保存 %(n)d 个视图，请先删掉不用的。")
        raise ViewRefused("many", text % {"n": MOST})
    if is_default:
        own.update(is_default=False)
    query = filters.query + (f"&sort={sort}" if sort else "")
    view, _new = SavedView.objects.update_or_create(
        bureau=bureau_of(by),
        user=by,
        name=name,
        defaults={"query": query, "is_default": is_default, "saved_at": at},
    )
    body = {"view": view.pk, "default": is_default}
    append(locked, [EventDraft("view-saved", body)], actor=by.actor, at=at)
    return view


@transaction.atomic
def choose_default(
    view: SavedView, *, is_default: bool, by: User, at: datetime
) -> None:
    """Let the work list open with this view, or no longer."""
    SavedView.objects.filter(bureau=view.bureau_id, user=view.user_id).update(
        is_default=False
    )
    view.is_default = is_default
    view.save(update_fields=["is_default"])
    body = {"view": view.pk, "default": is_default}
    drafts = [EventDraft("view-chosen", body)]
    append(bureau_chain(view.bureau_id), drafts, actor=by.actor, at=at)


@transaction.atomic
def remove_view(view: SavedView, *, by: User, at: datetime) -> None:
    """Take a saved view away; lists themselves are not touched."""
    chain, body = bureau_chain(view.bureau_id), {"view": view.pk}
    append(chain, [EventDraft("view-removed", body)], actor=by.actor, at=at)
    view.delete()


def holds_a_number(text: str) -> bool:
    """Whether a search is for a document, card or phone number rather than a name."""
    plain = identity.normalize(text)
    return sum(character.isdigit() for character in plain) >= DIGITS
