"""Recording who is the best of a delegation (参赛队最佳选手, Best of Nation)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Competition
from competitions.queries import entries_in
from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain
from people.models import User
from scoring.errors import ResultsRefused
from scoring.models import DelegationChoice
from scoring.queries.comparison import comparison_of


@transaction.atomic
def choose_best(
    competition: Competition, *, entry: int, reason: str, by: User, at: datetime
) -> DelegationChoice:
    """Name an entry as the best of its delegation, with a reason.

    Without a choice the highest scale score counts, or the best place.  Only published,
    ranked entries of official skills can be chosen; the newest choice counts.
    """
    if not reason.strip():
        raise ResultsRefused([_("请写明选定的理由。")], "reason-missing")
    found = comparison_of(competition).entries.get(entry)
    rows = entries_in(competition).select_related("skill", "delegation")
    row = rows.filter(pk=entry).first()
    if found is None or found.place is None or row is None:
        raise ResultsRefused([_("只能选定已发布、有名次的参赛。")], "not-published")
    if row.skill.is_demonstration:
        raise ResultsRefused([_("表演项目不计入代表队比较。")], "demonstration")
    choice = DelegationChoice.objects.create(
        competition=competition,
        delegation=row.delegation,
        entry=row,
        reason=reason.strip()[:500],
        chosen_by=by,
        chosen_at=at,
    )
    body = {
        "delegation": choice.delegation_id,
        "entry": choice.entry_id,
        "reason": choice.reason,
    }
    chain = competition_chain(competition.pk)
    append(chain, [EventDraft("best-chosen", body)], actor=by.actor, at=at)
    return choice
