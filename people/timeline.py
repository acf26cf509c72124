"""What people itself keeps of a person, for the register of personal data."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from people import dossier
from people.actions import update_person
from people.models import Consent, Person
from people.queries import grades_of, same_person_ids, titles_of
from people.register import PersonalData, TimelineEntry


def timeline(person_id: int) -> list[TimelineEntry]:
    """Return what was recorded about a person here."""
    person = Person.objects.get(pk=person_id)
    lines = [TimelineEntry(person.registered_at, _("建立人员档案"))]
    for grade in grades_of(person):
        text = _("记录技能等级：%(occupation)s %(grade)s") % {
            "occupation": grade.occupation_name or grade.occupation_code,
            "grade": grade.grade_label,
        }
        lines.append(TimelineEntry(grade.recorded_at, text))
    for title in titles_of(person):
        text = _("记录称号：%(title)s") % {"title": title.title}
        lines.append(TimelineEntry(title.recorded_at, text))
    return lines


def download(person_id: int) -> dict[str, object]:
    """Return everything this app knows of a person, as plain values."""
    person = Person.objects.get(pk=person_id)
    fields = (
        "name",
        "latin_name",
        "identity_kind",
        "identity_number",
        "social_card_number",
        "phone",
        "sex",
        "ethnicity",
        "education",
        "home_region",
        "employment_kind",
    )
    values: dict[str, object] = {field: getattr(person, field) for field in fields}
    values["birth_on"] = person.birth_on.isoformat() if person.birth_on else ""
    values["organization"] = str(person.organization or "")
    values["registered_at"] = timezone.localtime(person.registered_at).isoformat()
    values["grades"] = [
        {
            "occupation": grade.occupation_code,
            "grade": grade.grade_label,
            "certificate_number": grade.certificate_number,
            "evidence": grade.evidence,
        }
        for grade in grades_of(person)
    ]
    values["titles"] = [title.title for title in titles_of(person)]
    return values | _facts(person)


def _facts(person: Person) -> dict[str, object]:
    """Every recorded fact with its evidence, consents, changes, integrity records."""
    ids = same_person_ids(person)
    return {
        "facts": [
            {
                "kind": line.kind,
                "label": line.label,
                "text": line.text,
                "details": list(line.details),
                "evidence": line.row.evidence,
                "recorded_at": _moment(line.row.recorded_at),
                "ended_at": _moment(line.row.withdrawn_at),
                "ended_because": line.row.withdrawn_reason,
            }
            for line in dossier.facts_of(person)
        ],
        "changes": [
            {
                "label": change.label,
                "before": change.before,
                "after": change.after,
                "at": _moment(change.at),
            }
            for change in dossier.changes_of(person)
        ],
        "integrity_records": [
            {
                "scope": row.scope,
                "reason": row.reason,
                "document": row.document,
                "starts_on": row.starts_on.isoformat(),
                "ends_on": row.ends_on.isoformat() if row.ends_on else "",
                "end_reason": row.end_reason,
            }
            for row in dossier.sanctions_of(person)
        ],
        "consents": [
            {
                "purpose": row.purpose,
                "notice_version": row.notice_version,
                "given_at": _moment(row.given_at),
                "withdrawn_at": _moment(row.withdrawn_at),
            }
            for row in Consent.objects.filter(person__in=ids).order_by("pk")
        ],
    }


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def merge(duplicate_id: int, survivor_id: int) -> list[str]:
    """Two different documents belong to two people unless their kinds differ."""
    rows = Person.objects.in_bulk([duplicate_id, survivor_id])
    duplicate, survivor = rows[duplicate_id], rows[survivor_id]
    both = duplicate.identity_number and survivor.identity_number
    if both and duplicate.identity_kind == survivor.identity_kind:
        return [_("两份档案的同类证件号码不同，不是同一个人。")]
    return []


def erase(person_id: int, actor: str, at: datetime) -> list[str]:
    """Remove contact and payment data; say what is kept, and why."""
    person = Person.objects.get(pk=person_id)
    update_person(person, by=actor, at=at, phone="", social_card_number="")
    kept = [_("姓名和证件号码：成绩与证书核验所必需，保存期满前不能删除")]
    if Consent.objects.filter(person=person_id).exists():
        kept.append(_("授权记录：证明处理个人信息有依据"))
    return kept


PERSONAL_DATA = PersonalData(
    name="people",
    purpose="identity",
    timeline=timeline,
    download=download,
    merge=merge,
    erase=erase,
)
