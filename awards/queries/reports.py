"""The figures of a period: what came of its results, and what was done in it.

Counted from releases and steps, so that the same period can be counted again at any
time; what has changed since shows as a difference.  No personal data.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop, override

from awards.access.scope import scope_of
from awards.core.periods import Period
from awards.core.rulebook import NATIONAL
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import Decision, Entitlement, EntitlementStep, PeriodicReport
from competitions.enums import Tier
from people.core import grades, regions
from people.models import Organization
from scoring.models import Release

State = EntitlementState
SUMMARY, KINDS = gettext_noop("总数"), gettext_noop("按待遇类别")
GRADES, REGIONS = gettext_noop("按晋升等级"), gettext_noop("按地区")
TIERS, STATES = gettext_noop("按竞赛级别"), gettext_noop("期末办理状态")
WORK = gettext_noop("期内办理")
SECTIONS = (SUMMARY, KINDS, GRADES, REGIONS, TIERS, STATES, WORK)
NOT_FILED = (State.PROPOSED, State.MATERIAL_COMPLETE, State.PUBLICITY)
ANSWERED = (State.GRANTED, State.REFUSED)
TENTH = Decimal("0.1")
NONE = gettext_noop("无")

Figures = dict[str, list[list[str]]]
Row = tuple[int, str, str, str, str, str, int, date | None, datetime]


@dataclass(frozen=True, slots=True)
class Step:
    """A step as figures need it."""

    entitlement: int
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure as it was frozen and as it is counted today."""

    section: str
    label: str
    frozen: str
    today: str

    @property
    def has_drifted(self) -> bool:
        """Whether today's count differs."""
        return self.frozen != self.today

    @property
    def difference(self) -> str:
        """How much more or less it is today; "" where nothing has changed."""
        if not self.has_drifted:
            return ""
        try:
            change = Decimal(self.today or "0") - Decimal(self.frozen or "0")
        except ArithmeticError:
            return f"{self.frozen or NONE} → {self.today or NONE}"
        return f"{change:+}"


def bounds_of(period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of a period and the first after it."""
    first = timezone.make_aware(datetime.combine(period.starts_on, time.min))
    beyond = datetime.combine(period.ends_on + timedelta(days=1), time.min)
    return first, timezone.make_aware(beyond)


def figures_of(bureau: Organization, period: Period) -> Figures:
    """Return every figure of a period as plain values, section by section.

    Six queries and one per two thousand steps, whatever the number of people.
    """
    first, beyond = bounds_of(period)
    real = scope_of(bureau) & Q(release__competition__is_rehearsal=False)
    cohort = Entitlement.objects.filter(
        real, release__published_at__gte=first, release__published_at__lt=beyond
    )
    rows = list(_rows(cohort))
    way = _way(cohort)
    ends = _states_at(rows, way, beyond)
    with override(settings.LANGUAGE_CODE):
        return {
            SUMMARY: _summary(rows, real, first, beyond),
            KINDS: _counted((row[1] for row in rows), dict(OutcomeKind.choices)),
            GRADES: _grades(rows),
            REGIONS: _regions(rows, bureau.region),
            TIERS: _counted((row[4] for row in rows), dict(Tier.choices)),
            STATES: _counted(ends.values(), dict(State.choices)),
            WORK: _work(real, rows, ends, period, first, beyond),
        }


def _rows(cohort: QuerySet[Entitlement]) -> Iterator[Row]:
    yield from cohort.values_list(
        "pk",
        "kind",
        "value",
        "region",
        "release__competition__tier",
        "state",
        "person_id",
        "due_on",
        "release__published_at",
    ).iterator(chunk_size=2000)


def _way(cohort: QuerySet[Entitlement]) -> dict[int, list[Step]]:
    """The steps of entitlements that nobody has taken back, in order."""
    rows = EntitlementStep.objects.filter(
        entitlement__in=cohort.order_by().values("pk"), undone_at__isnull=True
    ).order_by("pk")
    found: dict[int, list[Step]] = {}
    values = rows.values_list("entitlement_id", "after", "at")
    for pk, after, at in values.iterator(chunk_size=2000):
        found.setdefault(pk, []).append(Step(pk, after, at))
    return found


def _states_at(
    rows: Sequence[Row], way: Mapping[int, Sequence[Step]], beyond: datetime
) -> dict[int, str]:
    """Where each entitlement stood at a moment; one without steps is where it is."""
    found = {}
    for row in rows:
        steps = way.get(row[0])
        if steps is None:
            found[row[0]] = row[5]
            continue
        before = [step.after for step in steps if step.at < beyond]
        found[row[0]] = before[-1] if before else State.PROPOSED.value
    return found


def _summary(
    rows: Sequence[Row], real: Q, first: datetime, beyond: datetime
) -> list[list[str]]:
    in_period = Q(release__published_at__gte=first, release__published_at__lt=beyond)
    decisions = Decision.objects.filter(real, in_period, is_current=True)
    releases = Release.objects.filter(pk__in=decisions.values("release"))
    waiting = decisions.filter(state=DecisionState.OPEN).count()
    people = {row[6] for row in rows if row[6]}
    return [
        [gettext_noop("公布成绩(版本)"), str(releases.count())],
        [gettext_noop("产生待遇(项)"), str(len(rows))],
        [gettext_noop("涉及人员(人)"), str(len(people))],
        [gettext_noop("制表时待补(项)"), str(waiting)],
    ]


def _counted(values: Iterable[str], words: Mapping[str, object]) -> list[list[str]]:
    counts = Counter(values)
    known = [[str(word), str(counts[v])] for v, word in words.items() if counts[v]]
    other = sorted(value for value in counts if value not in words)
    return known + [
        [value or gettext_noop("未注明"), str(counts[value])] for value in other
    ]


def _grades(rows: Iterable[Row]) -> list[list[str]]:
    ladder = {label: label for _rung, label in sorted(grades.LABELS.items())[::-1]}
    return _counted((row[2] for row in rows if row[1] == OutcomeKind.GRADE), ladder)


def _regions(rows: Iterable[Row], own: str) -> list[list[str]]:
    """By the divisions one level below the bureau's own."""
    digits = 2 if own in ("", NATIONAL) else len(regions.prefix_of(own)) + 2
    codes = Counter(row[3][:digits].ljust(6, "0") if row[3] else "" for row in rows)
    return [
        [
            regions.full_name(code) or code or gettext_noop("地区未登记"),
            str(codes[code]),
        ]
        for code in sorted(codes)
    ]


@dataclass(slots=True)
class _Work:
    """What was done in a period and how long it took."""

    counts: Counter[str] = field(default_factory=Counter)
    to_filing: list[Fraction] = field(default_factory=list)
    to_answer: list[Fraction] = field(default_factory=list)


def _work(
    real: Q,
    rows: Sequence[Row],
    ends: Mapping[int, str],
    period: Period,
    first: datetime,
    beyond: datetime,
) -> list[list[str]]:
    work = _done(real, first, beyond)
    late = sum(
        1
        for row in rows
        if row[7] is not None and row[7] <= period.ends_on and ends[row[0]] in NOT_FILED
    )
    counts = work.counts
    return [
        [gettext_noop("上报(项)"), str(counts[State.FILED])],
        [gettext_noop("核准(项)"), str(counts[State.GRANTED])],
        [gettext_noop("不予核准(项)"), str(counts[State.REFUSED])],
        [gettext_noop("发放(项)"), str(counts[State.DELIVERED])],
        [gettext_noop("撤销(项)"), str(counts[State.REVOKED])],
        [gettext_noop("被替代(项)"), str(counts[State.SUPERSEDED])],
        [gettext_noop("成绩公布到上报平均天数"), mean_of(work.to_filing)],
        [gettext_noop("上报到答复平均天数"), mean_of(work.to_answer)],
        [gettext_noop("期末逾期未上报(项)"), str(late)],
    ]


def _done(real: Q, first: datetime, beyond: datetime) -> _Work:
    """The steps of the period on whatever entitlements, each counted once."""
    mine = Entitlement.objects.filter(real)
    steps = EntitlementStep.objects.filter(
        entitlement__in=mine.order_by().values("pk"), undone_at__isnull=True
    )
    touched = steps.filter(at__gte=first, at__lt=beyond).values("entitlement")
    values = (
        steps.filter(entitlement__in=touched, at__lt=beyond)
        .order_by("entitlement_id", "pk")
        .values_list(
            "entitlement_id", "after", "at", "entitlement__release__published_at"
        )
    )
    work, filed = _Work(), {}
    for pk, after, at, published in values.iterator(chunk_size=2000):
        now = at >= first
        work.counts[after] += now
        if after == State.FILED:
            filed[pk] = at
            if now:
                work.to_filing.append(days_between(published, at))
        elif after in ANSWERED and pk in filed and now:
            work.to_answer.append(days_between(filed[pk], at))
    return work


def days_between(start: datetime, end: datetime) -> Fraction:
    """Return the days from one moment to another, exactly."""
    return Fraction((end - start) // timedelta(seconds=1), 86400)


def mean_of(days: Sequence[Fraction]) -> str:
    """Return a mean to one decimal, half up; 无 where nothing was counted."""
    if not days:
        return NONE
    mean = sum(days, Fraction(0)) / len(days)
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    return str(exact.quantize(TENTH, ROUND_HALF_UP))


def compared(report: PeriodicReport, today: Figures) -> list[Compared]:
    """Return the frozen figures beside today's; what is new today comes after."""
    found = []
    for section in (*SECTIONS, *(report.figures.keys() - set(SECTIONS))):
        frozen = _by_label(report.figures.get(section, []))
        now = _by_label(today.get(section, []))
        labels = [*frozen, *(label for label in now if label not in frozen)]
        found += [
            Compared(section, label, frozen.get(label, ""), now.get(label, ""))
            for label in labels
        ]
    return found


def _by_label(rows: Iterable[Sequence[str]]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def period_of_report(report: PeriodicReport) -> Period:
    """Return the period a report is about."""
    return Period(report.starts_on, report.period)
