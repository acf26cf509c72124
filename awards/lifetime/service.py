"""Competing, judging, coaching: the parts of a lifetime file that events tell."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.lifetime.values import Line, Section, Viewer
from awards.queries.honours import (
    Published,
    advised_by,
    coached_by,
    entries_of_people,
    results_of_entries,
)
from awards.spoken import spoken
from competitions.enums import Tier
from competitions.models import Appointment, Competition, Entry
from scoring.enums import Standing
from scoring.models import Signature


def results(ids: Sequence[int], viewer: Viewer) -> Section:
    """Competitions, places, prizes and points as published, newest first."""
    members = list(entries_of_people(ids))
    published = results_of_entries(member.entry_id for member in members)
    lines = []
    for member in members:
        found = published.get(member.entry_id)
        if found is not None:
            lines.append(_result(found, member.position))
        elif viewer is Viewer.PERSON:
            lines.append(_unpublished(member.entry))
    note = _("名次、奖项和得分照成绩版本，不重新计算。")
    return Section("results", _("参赛和成绩"), _newest(lines), note)


def _result(found: Published, position: int = 0) -> Line:
    entry, skill = found.entry, found.skill
    place = entry["place"]
    if not found.is_ranked:
        place_words = str(Standing(entry["standing"]).label)
    elif place is None:
        place_words = _("名次未公布")
    else:
        place_words = _("第 %d 名") % place
    details = [
        str(Tier(found.competition.tier).label),
        entry["delegation"],
        place_words,
        spoken(entry["award"]) if entry["award"] else "",
        _("得分 %s") % entry["points"] if entry.get("points") else "",
    ]
    if skill["team_size"] > 1 and position:
        details.append(_("团体赛第 %d 位选手") % position)
    if entry.get("title_granted"):
        details.append(_("公布文件写明授予：%s") % entry["title_granted"])
    return Line(
        on=found.on,
        what=f"{found.competition.name} {skill['name']}",
        details=tuple(filter(None, details)),
        source=_source(found),
    )


def _source(found: Published) -> str:
    text = _("成绩版本 %(number)s") % {"number": found.release}
    text += _("，%s 发布") % timezone.localdate(found.published_at).isoformat()
    if found.document:
        text += f"{_('，')}{found.document}"
    if found.replaces:
        text += _("，更正了 %s") % _("、").join(found.replaces)
    return text


def _unpublished(entry: Entry) -> Line:
    competition = entry.skill.competition
    return Line(
        on=competition.starts_on,
        what=f"{competition.name} {entry.skill.name}",
        details=(str(entry.get_state_display()),),
        state=_("成绩未发布"),
        source=competition.document_number,
    )


def appointments(ids: Sequence[int], viewer: Viewer, today: date) -> Section:
    """Roles held in competitions; how many sheets were signed as a judge."""
    rows = Appointment.objects.filter(
        person__in=ids, competition__is_rehearsal=False
    ).select_related("competition", "skill", "delegation")
    if viewer is Viewer.BUREAU:
        rows = rows.filter(competition__ends_on__lt=today)
    signed = _signed(ids)
    lines = []
    for row in rows.exclude(role="coach"):
        skill = row.skill.name if row.skill else ""
        sheets = signed.get((row.skill_id, row.role), 0)
        details = [str(Tier(row.competition.tier).label)]
        if sheets:
            details.append(_("签署评分表 %d 份") % sheets)
        lines.append(
            Line(
                on=row.competition.starts_on,
                what=f"{row.competition.name} {skill}".strip(),
                details=(str(row.get_role_display()), *details),
                state=_("中途撤回") if row.withdrawn_at else "",
                source=_appointed(row.competition, row.appointed_at.date()),
                has_ended=row.withdrawn_at is not None,
            )
        )
    return Section("service", _("执裁和任职"), _newest(lines))


def _appointed(competition: Competition, day: date) -> str:
    words = _("%s 聘任") % day.isoformat()
    return _("，").join(filter(None, [competition.document_number, words]))


def _signed(ids: Sequence[int]) -> Counter[tuple[int | None, str]]:
    rows = (
        Signature.objects.filter(signer__person__in=ids, void_at__isnull=True)
        .values_list("skill_id", "role")
        .annotate(n=Count("sheets", distinct=True))
        .order_by()
    )
    return Counter({(skill, role): number for skill, role, number in rows})


def coaching(ids: Sequence[int], viewer: Viewer) -> Section:
    """Entries the person coached or stood behind as an expert, with their results."""
    stood = [
        *((row.entry, _coach_word(row.position)) for row in coached_by(ids)),
        *((row.entry, _("专家组成员")) for row in advised_by(ids)),
    ]
    published = results_of_entries(entry.pk for entry, _word in stood)
    lines = []
    for entry, word in stood:
        found = published.get(entry.pk)
        if found is not None:
            line = _result(found)
            details = (word, *line.details)
            lines.append(Line(line.on, line.what, details, line.state, line.source))
        elif viewer is Viewer.PERSON:
            line = _unpublished(entry)
            lines.append(Line(line.on, line.what, (word,), line.state, line.source))
    return Section("coaching", _("带训和技术支持"), _newest(lines))


def _coach_word(position: int) -> str:
    return _("第一教练") if position == 1 else _("教练")


def _newest(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(
        sorted(lines, key=lambda line: (line.on or date.min, line.what), reverse=True)
    )
