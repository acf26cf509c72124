"""What lower apps ask of this one: effects of changed marks, and what is missing."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from awards.actions.following import REPLACEABLE
from awards.enums import CertificateState, EntitlementState
from awards.models import Certificate, EditionDocument, Entitlement
from competitions.enums import Phase
from competitions.models import Competition
from competitions.register import DONE, WARNING, ReadinessItem
from scoring.register import Effect


def effects_of(skill_id: int, entry_ids: Sequence[int]) -> list[Effect]:
    """Certificates and entitlements that stand on the results of these entries."""
    rights = Entitlement.objects.filter(
        decision__skill=skill_id, decision__entry_id__in=list(entry_ids)
    ).exclude(state__in=(EntitlementState.SUPERSEDED, EntitlementState.REVOKED))
    papers = Certificate.objects.filter(
        skill=skill_id, entry_id__in=list(entry_ids), state=CertificateState.VALID
    )
    found = [
        Effect(row.decision.entry_id, "entitlement", _moved(row))
        for row in rights.select_related("decision").order_by("pk")
    ]
    return found + [
        Effect(row.entry_id, "certificate", _("证书：%(n)s") % {"n": row.number})
        for row in papers.order_by("pk")
    ]


def _moved(row: Entitlement) -> str:
    """An entitlement, and what becomes of it should it no longer be due."""
    values = {"value": row.value, "state": row.get_state_display()}
    if row.state in REPLACEABLE:
        return (
            _("待遇：%(value)s（%(state)s）；不再符合的，自动由新的判定替代") % values
        )
    return (
        _("待遇：%(value)s（%(state)s）；不再符合的，列入“依据已变化”，由两人决定撤回")
        % values
    )


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """Whether the competition's own document, if it has one, is confirmed."""
    rows = EditionDocument.objects.filter(competition=competition)
    newest = rows.order_by("-pk").first()
    if newest is None:
        detail = _("没有自带文件：名次和待遇只按上位文件认定。")
    elif newest.confirmed_at is None:
        detail = _("%(name)s 待人社部门确认；确认前只作预览。") % {
            "name": newest.identifier
        }
    else:
        detail = _("%(name)s 已确认。") % {"name": newest.identifier}
    confirmed = newest is not None and newest.confirmed_at is not None
    return [
        ReadinessItem(
            code="edition-document",
            title=_("赛事奖励办法"),
            detail=detail,
            state=DONE if confirmed else WARNING,
            blocks_phase=Phase.FINAL,
            app="awards",
        )
    ]
