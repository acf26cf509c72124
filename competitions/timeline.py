"""What competitions keep of a person, for the register of personal data."""

from datetime import datetime

from django.utils.translation import gettext as _

from competitions.enums import EntryState
from competitions.models import Appointment, EntryMember
from people.models import Person
from people.queries import same_person_ids
from people.register import PersonalData, TimelineEntry


def _ids(person_id: int) -> list[int]:
    return same_person_ids(Person.objects.get(pk=person_id))


def timeline(person_id: int) -> list[TimelineEntry]:
    """Return in which competitions a person served or was appointed."""
    rows = Appointment.objects.filter(person__in=_ids(person_id))
    return [
        TimelineEntry(
            row.appointed_at,
            _("%(competition)s %(skill)s：任%(role)s")
            % {
                "competition": row.competition.name,
                "skill": row.skill.name if row.skill else "",
                "role": row.get_role_display(),
            },
        )
        for row in rows.select_related("competition", "skill")
    ]


def download(person_id: int) -> dict[str, object]:
    """Return a person's entries and appointments as plain values."""
    ids = _ids(person_id)
    entries = EntryMember.objects.filter(person__in=ids).select_related(
        "entry__skill__competition", "entry__delegation"
    )
    appointments = Appointment.objects.filter(person__in=ids).select_related(
        "competition", "skill"
    )
    return {
        "entries": [
            {
                "competition": member.entry.skill.competition.name,
                "skill": member.entry.skill.name,
                "delegation": member.entry.delegation.name,
                "state": member.entry.state,
            }
            for member in entries
        ],
        "appointments": [
            {
                "competition": row.competition.name,
                "skill": row.skill.name if row.skill else "",
                "role": row.role,
            }
            for row in appointments
        ],
    }


def merge(duplicate_id: int, survivor_id: int) -> list[str]:
    """Two persons who compete in one skill cannot be one human being."""
    rows = EntryMember.objects.exclude(entry__state=EntryState.CANCELLED)
    skills = [
        set(rows.filter(person__in=_ids(pk)).values_list("entry__skill", flat=True))
        for pk in (duplicate_id, survivor_id)
    ]
    both = rows.filter(entry__skill__in=skills[0] & skills[1]).first()
    if both is None:
        return []
    return [
        _("两份档案都在“%(skill)s”参赛，不能是同一个人。")
        % {"skill": both.entry.skill.name}
    ]


def erase(person_id: int, actor: str, at: datetime) -> list[str]:
    """Say that taking part is kept: results must stay verifiable."""
    if EntryMember.objects.filter(person__in=_ids(person_id)).exists():
        return [_("参赛记录：成绩须能复核，不能删除")]
    return []


PERSONAL_DATA = PersonalData(
    name="competitions",
    purpose="eligibility",
    timeline=timeline,
    download=download,
    merge=merge,
    erase=erase,
)
