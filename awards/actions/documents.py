"""Competitions' own documents and the gaps of all documents: written, confirmed, filled.

A document acts only once a bureau has confirmed it; what it configures in lower apps is
handed down at that moment, each value with its citation.
"""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.access import bureau_of
from awards.actions.decisions import derive_awards
from awards.actions.handing_down import hand_down
from awards.core.gaps import check_filling
from awards.core.parsing import parse
from awards.core.reading import RulebookUnreadable
from awards.core.rulebook import Gap, Rulebook
from awards.core.vocabulary import Status
from awards.enums import DecisionState
from awards.errors import DocumentRefused, FillingRefused
from awards.models import Decision, EditionDocument, GapFilling
from awards.queries.documents import rulebook, rulebook_of
from competitions.models import Competition
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain, competition_chain
from people.models import Organization, User
from people.policy import Actor, actor_of
from scoring.models import Release


@transaction.atomic
def submit_edition_document(
    competition: Competition, *, text: str, by: Actor, at: datetime
) -> EditionDocument:
    """Store a competition's own document as a new version, not yet in force.

    Raises DocumentRefused with every mistake of the text, or when it is no document of
    this competition.  The same text again is the same version.
    """
    chain = competition_chain(competition.pk)
    locked = lock_chains([chain], at=at)[chain]
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = competition.edition_documents.filter(digest=digest).first()
    if known is not None:
        return known
    count = competition.edition_documents.count()
    suffix = f"-{count + 1}" if count else ""
    identifier = f"{competition.code}{suffix}"
    _read(text, identifier, competition)
    row = EditionDocument.objects.create(
        competition=competition,
        identifier=identifier,
        text=text,
        digest=digest,
        written_by=actor_of(by),
        written_at=at,
    )
    body = {"document": identifier, "digest": digest}
    drafts = [EventDraft("edition-document-submitted", body)]
    append(locked, drafts, actor=actor_of(by), at=at)
    return row


def _read(text: str, identifier: str, competition: Competition) -> Rulebook:
    try:
        book = parse(text, name=f"{identifier}.toml")
    except RulebookUnreadable as error:
        raise DocumentRefused("unreadable", str(error)) from error
    if book.document.status is not Status.EDITION_ONLY:
        raise DocumentRefused(
            "status", _("赛事自带文件的 status 应为 edition-only，请改正后重新提交。")
        )
    if book.document.competition != competition.code:
        raise DocumentRefused(
            "competition",
            _("文件写的赛事代码是“%(found)s”，应为“%(code)s”。")
            % {"found": book.document.competition, "code": competition.code},
        )
    return book


@transaction.atomic
def confirm_edition_document(
    document: EditionDocument, *, by: User, at: datetime
) -> EditionDocument:
    """Put a competition's own document in force, in the name of the user's bureau.

    Nobody confirms what they wrote themselves.  Prizes, entry conditions, minimum field
    and tier role go down to the lower apps; releases of the competition are evaluated
    again.
    """
    bureau = bureau_of(user=by)
    chain = competition_chain(document.competition_id)
    locked = lock_chains([chain], at=at)[chain]
    row = EditionDocument.objects.select_for_update().get(pk=document.pk)
    if row.confirmed_at is not None:
        return row
    if row.written_by == by.actor:
        raise DocumentRefused("own", _("不能确认自己提交的文件，请由另一人确认。"))
    row.confirmed_by, row.confirmed_at = by, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    body = {"document": row.identifier, "digest": row.digest, "bureau": bureau.pk}
    drafts = [EventDraft("edition-document-confirmed", body)]
    append(locked, drafts, actor=by.actor, at=at)
    hand_down(row.competition, rulebook_of(row), by=by, at=at)
    for release in Release.objects.filter(competition=row.competition):
        derive_awards(release, by=by, at=at)
    return row


@transaction.atomic
def fill_gap(
    rulebook_id: str,
    gap_id: str,
    *,
    value: object,
    document: str,
    authority: Organization,
    by: User,
    at: datetime,
) -> GapFilling:
    """Fill what a document leaves open, citing the paper that says so.

    An earlier filling of the same gap is withdrawn.  Releases whose decisions wait for
    the gap are evaluated again.  Raises FillingRefused with the remedy.
    """
    gap = _gap(rulebook_id, gap_id)
    if not document.strip():
        raise FillingRefused("document", _("请写明依据文件的名称和文号。"))
    _check_value(gap, value)
    chain = bureau_chain(authority.pk)
    locked = lock_chains([chain], at=at)[chain]
    rows = GapFilling.objects.filter(rulebook=rulebook_id, gap=gap_id)
    rows.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    filling = GapFilling.objects.create(
        rulebook=rulebook_id,
        gap=gap_id,
        value=value,
        document=document.strip(),
        authority=authority,
        filled_by=by,
        filled_at=at,
    )
    body = {"rulebook": rulebook_id, "gap": gap_id, "document": filling.document}
    append(locked, [EventDraft("gap-filled", body)], actor=by.actor, at=at)
    _refresh(rulebook_id, gap_id, by=by, at=at)
    return filling


@transaction.atomic
def withdraw_filling(
    filling: GapFilling, *, reason: str, by: User, at: datetime
) -> GapFilling:
    """Take a filling back; decisions that stood on it are evaluated again."""
    if not reason.strip():
        raise FillingRefused("reason", _("请写明撤回的理由。"))
    chain = bureau_chain(filling.authority_id)
    locked = lock_chains([chain], at=at)[chain]
    filling.withdrawn_at = at
    filling.save(update_fields=["withdrawn_at"])
    body = {"rulebook": filling.rulebook, "gap": filling.gap, "reason": reason.strip()}
    append(locked, [EventDraft("gap-filling-withdrawn", body)], actor=by.actor, at=at)
    _refresh(filling.rulebook, None, by=by, at=at)
    return filling


def _gap(rulebook_id: str, gap_id: str) -> Gap:
    book = rulebook(rulebook_id)
    gaps = {gap.id: gap for gap in book.gaps} if book is not None else {}
    if gap_id not in gaps:
        raise FillingRefused(
            "gap", _("文件中没有这个待明确的参数：%(gap)s。") % {"gap": gap_id}
        )
    return gaps[gap_id]


def _check_value(gap: Gap, value: object) -> None:
    try:
        check_filling(gap.fills, value)
    except (ValueError, TypeError) as error:
        raise FillingRefused(
            "value", _("填写的值不能用：%(why)s。") % {"why": error}
        ) from error


def _refresh(rulebook_id: str, gap_id: str | None, *, by: User, at: datetime) -> None:
    """Evaluate again the releases that wait for a gap, or stand on the document."""
    rows = Decision.objects.filter(rulebook=rulebook_id, is_current=True)
    if gap_id is not None:
        waiting = rows.filter(state__in=(DecisionState.OPEN, DecisionState.PREVIEW))
        found = {
            row.release_id
            for row in waiting.only("release_id", "missing")
            if f"gap:{gap_id}" in row.missing
        }
    else:
        found = set(rows.values_list("release_id", flat=True).distinct())
    releases = Release.objects.filter(pk__in=found).select_related("competition")
    for release in releases.order_by("pk"):
        derive_awards(release, by=by, at=at)
