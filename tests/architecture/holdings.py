"""What stands on record of a tenant's competition: notices, appeals, requests, keys."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from competitions.models import Appeal, Objection, PublicNotice
from scoring.actions.import_keys import key_digest
from scoring.core.scheme_text import canonical, digest
from scoring.enums import Overridden
from scoring.models import ChangeRequest, ImportKey, Override, SchemeProposal, Sheet
from scoring.queries.schemes import scheme_of
from tests.factories import AT

if TYPE_CHECKING:
    from tests.architecture.tenants import Tenant

NO_EFFECT = {
    "sheet": {"points": ["1", "0"], "aspect": ["scored", "scored"], "complete": True},
    "signatures": 3,
    "reopened": "",
    "entries": [],
    "release": "",
    "released": [],
}


def held_by(tenant: "Tenant") -> dict[str, int]:
    """Make one of each, by the word the addresses know it by."""
    return {
        "notice": _notice(tenant).pk,
        "appeal": _appeal(tenant).pk,
        "objection": _objection(tenant).pk,
        "override": _override(tenant).pk,
        "change": _change(tenant).pk,
        "proposal": _proposal(tenant).pk,
        "import key": _import_key(tenant).pk,
    }


def _notice(tenant: "Tenant") -> PublicNotice:
    return PublicNotice.objects.create(
        competition=tenant.competition,
        skills=[tenant.skill.pk],
        working_days=5,
        reason=f"{tenant.word}公示",
        opened_at=AT,
        opened_by=tenant.users["organizer"],
        ends_on=date(2026, 9, 8),
    )


def _appeal(tenant: "Tenant") -> Appeal:
    return Appeal.objects.create(
        competition=tenant.competition,
        skill=tenant.skill,
        delegation_id=tenant.objects["delegation"],
        object_ref=f"competitions.skill:{tenant.skill.pk}",
        text=f"{tenant.word}申诉",
        file="6YWN",
        file_name=f"{tenant.word}.txt",
        lodged_by=tenant.users["leader"],
        lodged_at=AT,
    )


def _objection(tenant: "Tenant") -> Objection:
    return Objection.objects.create(
        notice=PublicNotice.objects.get(competition=tenant.competition),
        skill=tenant.skill,
        source="letter",
        name=f"{tenant.word}某人",
        text=f"{tenant.word}异议",
        received_on=date(2026, 9, 2),
        entered_by=tenant.users["organizer"],
        entered_at=AT,
    )


def _override(tenant: "Tenant") -> Override:
    return Override.objects.create(
        skill=tenant.skill,
        entry=tenant.objects["entries"][0],
        name=Overridden.AWARD,
        value="银牌",
        reason=f"{tenant.word}更正",
        proposed_by=tenant.users["organizer"],
        proposed_at=AT,
    )


def _proposal(tenant: "Tenant") -> SchemeProposal:
    scheme = scheme_of(tenant.skill)
    renamed = replace(scheme, title=f"{tenant.word}新版")
    return SchemeProposal.objects.create(
        skill=tenant.skill,
        base=digest(scheme),
        text=canonical(renamed),
        digest=digest(renamed),
        reason=f"{tenant.word}勘误",
        proposed_by=tenant.users["organizer"],
        proposed_at=AT,
    )


def _import_key(tenant: "Tenant") -> ImportKey:
    return ImportKey.objects.create(
        skill=tenant.skill,
        name=f"{tenant.word}机床",
        digest=key_digest(tenant.word),
        issued_by=tenant.users["results-officer"],
        issued_at=AT,
    )


def _change(tenant: "Tenant") -> ChangeRequest:
    """A request of the judge for a signed cell, with a file."""
    sheet = Sheet.objects.filter(entry=tenant.objects["entries"][0]).first()
    assert sheet
    return ChangeRequest.objects.create(
        skill=tenant.skill,
        sheet=sheet,
        version=1,
        code="A1.M1",
        old_state="value",
        old_value="1",
        new_state="value",
        new_value="0",
        reason="entry",
        text=f"{tenant.word}看错",
        preview=NO_EFFECT,
        evidence=b"%PDF-1.7",
        evidence_name=f"{tenant.word}.pdf",
        requested_by=tenant.users["judge"],
        requested_role="judge",
        requested_at=AT,
        expires_at=AT,
    )
