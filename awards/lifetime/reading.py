"""A person's lifetime file, read from every register.

Merged files count as one.  A bureau sees what is final: published results, appointments
to competitions that are over, its own pools; the person sees all of their own.  The
number of queries does not depend on how much there is.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.lifetime import papers, service
from awards.lifetime.values import Lifetime, Line, Section, Viewer
from people import dossier
from people.core import regions
from people.core.masking import Audience, ValueKind
from people.dossier import FactLine
from people.models import IntegrityRecord, Organization, Person
from people.privacy import seen
from people.queries import same_person_ids

FACTS = {
    "grade": ("grades", gettext_lazy("职业技能等级")),
    "title": ("titles", gettext_lazy("称号")),
    "professional-title": ("professional", gettext_lazy("职称")),
    "holder": ("holder", gettext_lazy("专家和领办人")),
}


def lifetime_of(
    person: Person,
    *,
    viewer: Viewer,
    bureau: Organization | None = None,
    is_full: bool = False,
    at: datetime,
) -> Lifetime:
    """Return the file of a person as the viewer may see it."""
    ids = same_person_ids(person)
    facts = dossier.facts_of(person)
    today = timezone.localdate(at)
    sections = [
        service.results(ids, viewer),
        papers.certificates(ids),
        *(_facts(kind, facts) for kind in FACTS),
        papers.entitlements(ids),
        service.appointments(ids, viewer, today),
        service.coaching(ids, viewer),
        papers.pools(ids, bureau if viewer is Viewer.BUREAU else None),
        _integrity(dossier.sanctions_of(person), today),
    ]
    if viewer is Viewer.PERSON:
        sections.append(papers.looks(ids))
    return Lifetime(
        person=person,
        viewer=viewer,
        bureau=bureau,
        at=at,
        is_full=is_full,
        heads=_heads(person, is_full, len(ids)),
        sections=tuple(sections),
    )


def _heads(person: Person, is_full: bool, files: int) -> tuple[tuple[str, str], ...]:
    """What stands above the file; a shortened number never beside birth or sex."""
    audience = Audience.AUTHORITY if is_full else Audience.INTERNAL
    number = seen(person, ValueKind.IDENTITY, audience)
    kind = str(person.get_identity_kind_display()) or _("证件")
    unit = person.organization.name if person.organization else ""
    found = [
        (_("姓名"), person.name),
        (_("拼音或外文名"), person.latin_name),
        (kind, number or _("没有证件号码")),
    ]
    if is_full:
        birth = person.birth_on.isoformat() if person.birth_on else ""
        found += [(_("性别"), str(person.get_sex_display())), (_("出生日期"), birth)]
    found += [
        (_("单位"), unit),
        (_("地区"), regions.full_name(person.home_region) or person.home_region),
        (_("身份"), str(person.get_employment_kind_display())),
        (_("学历"), person.education),
    ]
    if files > 1:
        merged = _("%d 份档案已合并为一份") % files
        found.append((_("合并"), merged))
    return tuple((label, value) for label, value in found if value)


def _facts(kind: str, facts: Iterable[FactLine]) -> Section:
    key, title = FACTS[kind]
    lines = [_fact(line) for line in facts if line.kind == kind]
    none = {"grade": "no-grade", "title": "no-title"}.get(kind)
    lines += [_fact(line) for line in facts if line.kind == none]
    return Section(key, str(title), tuple(lines))


def _fact(line: FactLine) -> Line:
    row = line.row
    on = next(
        (
            day
            for name in ("issued_on", "awarded_on", "acquired_on", "since")
            if (day := getattr(row, name, None)) is not None
        ),
        row.evidence_on,
    )
    recorded = timezone.localdate(row.recorded_at).isoformat()
    ended = ""
    if row.withdrawn_at is not None:
        word = _("已更正") if row.replaced_by is not None else _("已撤回")
        ended = f"{word}{_('：')}{row.withdrawn_reason}"
    return Line(
        on=on,
        what=line.text,
        details=tuple(text for text in line.details if text),
        state=ended,
        source=_("%(evidence)s，%(day)s 登记")
        % {"evidence": row.evidence or _("未写依据"), "day": recorded},
        has_ended=row.withdrawn_at is not None,
    )


def _integrity(rows: Iterable[IntegrityRecord], today: date) -> Section:
    lines = []
    for row in rows:
        until = row.ends_on.isoformat() if row.ends_on else _("未定期限")
        over = row.ends_on is not None and row.ends_on < today
        details = [row.reason, _("至 %s") % until]
        if row.end_reason:
            details.append(_("提前结束：%s") % row.end_reason)
        lines.append(
            Line(
                on=row.starts_on,
                what=row.scope,
                details=tuple(details),
                state=_("已结束") if over else _("生效中"),
                source=row.document or _("未写处理文件"),
                has_ended=over,
            )
        )
    note = _("只有主管部门和本人看得到。")
    return Section("integrity", _("诚信记录"), tuple(lines), note)
