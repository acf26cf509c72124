"""Two files about one human being, or about two: merged, or said to be distinct."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.access import bureau_of
from awards.errors import PairRefused
from awards.models import DistinctPair
from awards.queries.duplicates import kept_and_merged, pair_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain, installation_chain
from people.actions import merge_persons
from people.actions.persons import person_ref
from people.errors import PeopleError
from people.models import Person, User


@transaction.atomic
def merge_files(first: Person, second: Person, *, by: User, at: datetime) -> Person:
    """Let two files be one person's and return the one that stays.

    The file with a document number stays; what was decided is evaluated again by the
    caller.  Raises PairRefused where somebody has said that they are two people, or an
    app knows why they cannot be one.
    """
    chain = bureau_chain(bureau_of(by).pk)
    locked = lock_chains([chain, installation_chain()], at=at)[chain]
    if pair_of(first, second, bureau_of(by)) is not None:
        text = _("已登记为不是同一人。要合并，请先撤回这条登记。")
        raise PairRefused("distinct", text)
    survivor, duplicate = kept_and_merged(first, second)
    try:
        merge_persons(duplicate, survivor=survivor, by=by, at=at)
    except PeopleError as refusal:
        raise PairRefused("people", str(refusal)) from refusal
    body = {"person": person_ref(duplicate), "survivor": person_ref(survivor)}
    append(locked, [EventDraft("files-merged", body)], actor=by.actor, at=at)
    return survivor


@transaction.atomic
def state_distinct(
    first: Person, second: Person, *, reason: str, by: User, at: datetime
) -> DistinctPair:
    """Keep that two files are two people, with what shows it."""
    bureau = bureau_of(by)
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    if not reason.strip():
        raise PairRefused("reason", _("请写明凭什么认定不是同一人。"))
    known = pair_of(first, second, bureau)
    if known is not None:
        return known
    low, high = sorted((first, second), key=lambda person: person.pk)
    pair = DistinctPair.objects.create(
        bureau=bureau,
        first=low,
        second=high,
        reason=reason.strip()[:200],
        stated_by=by,
        stated_at=at,
    )
    body = {"pair": pair.pk, "persons": [person_ref(low), person_ref(high)]}
    append(locked, [EventDraft("persons-distinct", body)], actor=by.actor, at=at)
    return pair


@transaction.atomic
def withdraw_distinct(pair: DistinctPair, *, by: User, at: datetime) -> None:
    """Take the remark back that two files are two people; it stays on record."""
    pair.withdrawn_at = at
    pair.save(update_fields=["withdrawn_at"])
    drafts = [EventDraft("persons-distinct-withdrawn", {"pair": pair.pk})]
    append(bureau_chain(pair.bureau_id), drafts, actor=by.actor, at=at)
