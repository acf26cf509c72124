"""What awards keeps of a person, for the register of personal data."""

from datetime import datetime

from django.utils.translation import gettext as _

from awards.enums import EntitlementState
from awards.lifetime import papers as file_papers
from awards.lifetime.values import Section
from awards.models import Certificate, Decision, Entitlement, PoolEntry
from people.models import Person
from people.queries import same_person_ids
from people.register import PersonalData, TimelineEntry


def _ids(person_id: int) -> list[int]:
    return same_person_ids(Person.objects.get(pk=person_id))


def timeline(person_id: int) -> list[TimelineEntry]:
    """Return what a person was proposed for or granted, and certificates."""
    ids = _ids(person_id)
    rights = Entitlement.objects.filter(person__in=ids).exclude(
        state=EntitlementState.SUPERSEDED
    )
    papers = Certificate.objects.filter(person__in=ids)
    lines = [
        TimelineEntry(
            row.changed_at,
            _("%(competition)s：%(value)s，%(state)s")
            % {
                "competition": row.release.competition.name,
                "value": row.value,
                "state": row.get_state_display(),
            },
        )
        for row in rights.select_related("release__competition").defer(
            "release__text", "release__source"
        )
    ]
    return lines + [
        TimelineEntry(row.issued_at, _("获奖证书 %(number)s") % {"number": row.number})
        for row in papers
    ]


def download(person_id: int) -> dict[str, object]:
    """Return a person's decisions, entitlements and certificates as plain values."""
    ids = _ids(person_id)
    decisions = Decision.objects.filter(person__in=ids, is_current=True)
    rights = Entitlement.objects.filter(person__in=ids).select_related("release")
    papers = Certificate.objects.filter(person__in=ids)
    return {
        "decisions": [
            {
                "release": row.release.number,
                "rule": row.rule,
                "clause": row.clause,
                "value": row.value,
                "decision": row.state,
                "reasons": row.reasons,
            }
            for row in decisions.select_related("release")
        ],
        "entitlements": [
            {
                "release": row.release.number,
                "value": row.value,
                "state": row.state,
                "steps": [
                    {
                        "to": step.after,
                        "document": step.document,
                        "on": step.on.isoformat() if step.on else "",
                        "at": step.at.isoformat(),
                        "taken_back": step.undone_at is not None,
                    }
                    for step in row.steps.all()
                ],
            }
            for row in rights.prefetch_related("steps")
        ],
        "certificates": [
            {"number": row.number, "state": row.state, "content": row.content}
            for row in papers
        ],
        "pools": _plain(file_papers.pools(ids, None)),
        "looked_at_by": _plain(file_papers.looks(ids)),
    }


def _plain(section: Section) -> list[dict[str, object]]:
    return [
        {
            "date": line.on.isoformat() if line.on else "",
            "what": line.what,
            "details": list(line.details),
            "state": line.state,
            "source": line.source,
        }
        for line in section.lines
    ]


def merge(duplicate_id: int, survivor_id: int) -> list[str]:
    """Nothing here speaks against two files being one person."""
    return []


def erase(person_id: int, actor: str, at: datetime) -> list[str]:
    """Everything is kept: decisions and certificates document what was granted."""
    ids = _ids(person_id)
    kept = []
    if Decision.objects.filter(person__in=ids).exists():
        kept.append(_("认定结论和待遇办理记录：办理依据，依法保存。"))
    if Certificate.objects.filter(person__in=ids).exists():
        kept.append(_("获奖证书：供第三方查验，依法保存。"))
    if PoolEntry.objects.filter(person__in=ids).exists():
        kept.append(_("入库、复核和退出记录：人才库的办理依据，依法保存。"))
    return kept


PERSONAL_DATA = PersonalData(
    name="awards",
    purpose="认定待遇，制发证书，向主管部门呈报",
    timeline=timeline,
    download=download,
    merge=merge,
    erase=erase,
)
