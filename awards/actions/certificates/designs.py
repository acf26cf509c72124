"""Choose how the certificates of a competition look; what was chosen is kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.certificates import (
    default_design,
    design_digest,
    refuse_unprintable,
    shipped_designs,
)
from awards.core.certificate_design import Design
from awards.errors import CertificatesRefused
from awards.models import CertificateDesign
from competitions.models import Competition
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import competition_chain
from people.models import User


@transaction.atomic
def choose_design(
    competition: Competition, design: Design, *, by: User, at: datetime
) -> CertificateDesign:
    """Let the competition's certificates look like this from now on.

    The same design again changes nothing.  Certificates issued before keep the design
    they were printed with.  Raises CertificatesRefused for a text with a character that
    no font has, and for a design of unknown origin.
    """
    if design.identifier not in shipped_designs():
        raise CertificatesRefused("unknown-design", _("没有这个样式。"))
    refuse_unprintable(design)
    lock_chains([competition_chain(competition.pk)], at=at)
    newest = _newest(competition)
    if newest is not None and newest.digest == design_digest(design):
        return newest
    return _keep(competition, design, after=newest, by=by, at=at)


def design_in_force(
    competition: Competition, *, by: User, at: datetime
) -> CertificateDesign:
    """Return the design to print with; the tier's own is entered when none was chosen.

    Called with the competition's chain locked.
    """
    newest = _newest(competition)
    if newest is not None:
        return newest
    return _keep(
        competition, default_design(competition.tier), after=None, by=by, at=at
    )


def _newest(competition: Competition) -> CertificateDesign | None:
    rows = CertificateDesign.objects.filter(competition=competition)
    return rows.order_by("-number").first()


def _keep(
    competition: Competition,
    design: Design,
    *,
    after: CertificateDesign | None,
    by: User,
    at: datetime,
) -> CertificateDesign:
    row = CertificateDesign.objects.create(
        competition=competition,
        number=after.number + 1 if after else 1,
        base=design.identifier,
        content=design.as_content(),
        digest=design_digest(design),
        chosen_by=by,
        chosen_at=at,
    )
    body = {"design": row.base, "number": row.number, "digest": row.digest}
    drafts = [EventDraft("certificate-design-chosen", body)]
    append(competition_chain(competition.pk), drafts, actor=by.actor, at=at)
    return row
