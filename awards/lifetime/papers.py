"""Certificates, entitlements, pools and who looked: the paper part of a lifetime file."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.documents import document_titles
from awards.enums import CertificateState, EntitlementState, PoolBasis
from awards.lifetime.values import Line, Section
from awards.models import (
    Certificate,
    Entitlement,
    EntitlementStep,
    LifetimeCopy,
    PersonLook,
    PoolEntry,
)
from awards.spoken import spoken
from people.models import Organization

ANSWERS = (EntitlementState.GRANTED, EntitlementState.REFUSED)
ENDED = (
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)


def certificates(ids: Sequence[int]) -> Section:
    """Award certificates with their state, newest first."""
    rows = Certificate.objects.filter(person__in=ids).select_related(
        "skill__competition", "release"
    )
    rows = rows.defer("release__text", "release__source")
    lines = []
    for row in rows.order_by("-issued_at", "-pk"):
        state = str(row.get_state_display())
        if row.state_reason:
            state = f"{state}{_('：')}{row.state_reason}"
        lines.append(
            Line(
                on=timezone.localdate(row.issued_at),
                what=_("获奖证书 %s") % row.number,
                details=(row.skill.competition.name, row.skill.name),
                state=state,
                source=_("成绩版本 %(number)s") % {"number": row.release.number},
                has_ended=row.state != CertificateState.VALID,
            )
        )
    return Section("certificates", _("获奖证书"), tuple(lines))


def entitlements(ids: Sequence[int]) -> Section:
    """What the person was entitled to, how far it went, on which clause."""
    rows = list(
        Entitlement.objects.filter(person__in=ids)
        .select_related("decision", "release__competition")
        .defer("release__text", "release__source")
        .order_by("-changed_at", "-pk")
    )
    titles = document_titles()
    answers = _answers(rows)
    lines = []
    for row in rows:
        decision = row.decision
        state = str(row.get_state_display())
        if row.basis_changed:
            state += _("，依据已变化")
        answer = answers.get(row.pk)
        details = [
            str(row.get_kind_display()),
            row.release.competition.name,
            row.authority,
            _("批复：%s") % answer if answer else "",
            row.state_reason if row.state in ENDED else "",
        ]
        document = titles.get(decision.rulebook, decision.rulebook)
        source = f"《{document}》{decision.clause}{_('，')}"
        source += _("成绩版本 %(number)s") % {"number": row.release.number}
        lines.append(
            Line(
                on=timezone.localdate(row.changed_at),
                what=f"{spoken(row.value) or row.get_kind_display()}（R-{row.pk}）",
                details=tuple(filter(None, details)),
                state=state,
                source=source,
                has_ended=row.state in ENDED,
            )
        )
    note = _("日期是办到这一步的日期。")
    return Section("entitlements", _("待遇和办理"), tuple(lines), note)


def _answers(rows: Sequence[Entitlement]) -> dict[int, str]:
    """The document of the authority's last answer about each entitlement."""
    steps = EntitlementStep.objects.filter(
        entitlement__in=[row.pk for row in rows],
        after__in=ANSWERS,
        undone_at__isnull=True,
    )
    return {
        step.entitlement_id: step.document or step.reason
        for step in steps.order_by("pk")
    }


def pools(ids: Sequence[int], bureau: Organization | None) -> Section:
    """Entries in pools: of one bureau, or of all of them where none is named."""
    rows = PoolEntry.objects.filter(person__in=ids, undone_at__isnull=True)
    if bureau is not None:
        rows = rows.filter(pool__bureau=bureau)
    rows = rows.select_related("pool__bureau").prefetch_related("reviews")
    lines = []
    for row in rows.order_by("-entered_on", "-pk"):
        reviews = sorted(
            (review for review in row.reviews.all() if review.undone_at is None),
            key=lambda review: (review.year, review.at),
        )
        details = [row.pool.bureau.name, str(PoolBasis(row.basis).label), row.evidence]
        details += [
            _("%(year)s 年复核：%(outcome)s")
            % {"year": review.year, "outcome": review.get_outcome_display()}
            for review in reviews
        ]
        state = _("在库")
        if row.left_on is not None:
            state = _("%(day)s 退出：%(reason)s") % {
                "day": row.left_on.isoformat(),
                "reason": row.left_reason,
            }
        lines.append(
            Line(
                on=row.entered_on,
                what=row.pool.name,
                details=tuple(filter(None, details)),
                state=state,
                source=row.document,
                has_ended=row.left_on is not None,
            )
        )
    return Section("pools", _("人才库"), tuple(lines))


def looks(ids: Sequence[int]) -> Section:
    """Which bureau looked at the file or took a copy, on which day; no clerk's name."""
    seen = PersonLook.objects.filter(person__in=ids).select_related("bureau")
    days: dict[tuple[str, str, date], None] = {}
    for row in seen.order_by("-day", "bureau__name", "place"):
        days.setdefault((row.bureau.name, str(row.get_place_display()), row.day))
    lines = [Line(on=day, what=bureau, details=(place,)) for bureau, place, day in days]
    copies = LifetimeCopy.objects.filter(person__in=ids).select_related("bureau")
    for copy in copies.order_by("-taken_at", "-pk"):
        word = _("下载全号档案") if copy.is_full else _("下载档案")
        lines.append(
            Line(
                on=timezone.localdate(copy.taken_at),
                what=copy.bureau.name,
                details=tuple(filter(None, (word, copy.purpose))),
            )
        )
    lines.sort(key=lambda line: str(line.on), reverse=True)
    return Section("looks", _("谁查阅过"), tuple(lines))
