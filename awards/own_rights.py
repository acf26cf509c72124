"""What a result gives a competitor, in plain words: lines, papers to bring, where it is.

Only the person's own lines.  What a bureau wrote for itself (reasons of steps, days due,
who acted) never appears; a draft promises nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import documents, materials, wording
from awards.core.row_check import reference_of
from awards.enums import DecisionState, EntitlementState
from awards.explained import FILLABLE
from awards.models import Decision, Entitlement, EntitlementStep
from awards.queries.documents import rulebook
from awards.spoken import spoken
from competitions.models import Competition
from people.core import regions
from people.enums import OrganizationKind
from people.models import Organization, Person
from people.queries import same_person_ids

State = EntitlementState
ANSWERS = (State.GRANTED, State.REFUSED)


@dataclass(frozen=True, slots=True)
class Answer:
    """The authority's answer: its paper and day; grounds only of a refusal."""

    is_granted: bool
    document: str
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One station of the way with its day, once it has been reached."""

    label: str
    on: date | None
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Bring:
    """A paper to bring and whether the bureau has it."""

    title: str
    word: str
    is_there: bool
    source: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A missing fact and who can supply it."""

    label: str
    who: str


@dataclass(frozen=True, slots=True)
class OwnRight:
    """One line: what it is, on which clause, who decides, what is missing, where it is."""

    what: str
    state: str
    tone: str
    text: str
    competition: str
    skill: str
    clause: str
    quote: str
    document: documents.DocumentWords
    authority: str
    reference: str = ""
    missing: tuple[Missing, ...] = ()
    brings: tuple[Bring, ...] = ()
    asks_papers: bool = False
    marks: tuple[Mark, ...] = ()
    answer: Answer | None = None
    publicity: str = ""
    bureau: str = ""


@dataclass(frozen=True, slots=True)
class OwnRights:
    """All lines of a person, and the drafts that promise nothing."""

    rights: tuple[OwnRight, ...]
    drafts: tuple[str, ...]
    bureaus: tuple[str, ...]


def own_rights(person: Person, competition: Competition | None) -> OwnRights:
    """What a person is entitled to or may still be; of one competition or of all.

    The number of queries depends on the documents and bureaus behind the lines, not on
    the number of lines.
    """
    ids = same_person_ids(person)
    decisions = Decision.objects.filter(person__in=ids, is_current=True)
    rows = _entitlements(ids)
    if competition is not None:
        decisions = decisions.filter(release__competition=competition)
        rows = rows.filter(release__competition=competition)
    given = list(rows)
    held = {row.decision_id for row in given}
    waiting = decisions.filter(state=DecisionState.OPEN).exclude(pk__in=held)
    waiting = waiting.select_related("skill__competition").order_by("kind", "pk")
    around = _Around.of([*given, *waiting])
    found = [around.of_entitlement(row) for row in given]
    found += [around.of_open(row) for row in waiting]
    drafts = decisions.filter(state=DecisionState.PREVIEW)
    titles = documents.document_titles()
    ids_of_drafts = sorted(set(drafts.values_list("rulebook", flat=True)))
    return OwnRights(
        tuple(found),
        tuple(titles.get(name, name) for name in ids_of_drafts),
        tuple(dict.fromkeys(right.bureau for right in found if right.bureau)),
    )


def _entitlements(ids: Iterable[int]) -> QuerySet[Entitlement]:
    steps = EntitlementStep.objects.filter(undone_at__isnull=True).order_by("pk")
    return (
        Entitlement.objects.filter(person__in=list(ids))
        .exclude(state=State.SUPERSEDED)
        .select_related("decision__skill__competition", "round", "filing")
        .prefetch_related(Prefetch("steps", queryset=steps, to_attr="taken"))
        .order_by("kind", "pk")
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What the lines need besides themselves, read once."""

    documents: Mapping[str, documents.DocumentWords]
    questions: Mapping[str, str]
    bureaus: Mapping[str, Organization | None]
    checklists: Mapping[int, Sequence[materials.Line]]

    @classmethod
    def of(cls, rows: Sequence[Entitlement | Decision]) -> "_Around":
        decided = [r.decision if isinstance(r, Entitlement) else r for r in rows]
        given = [row for row in rows if isinstance(row, Entitlement)]
        bureaus = bureaus_of({row.region for row in rows})
        lists: dict[int, Sequence[materials.Line]] = {}
        for bureau in {b.pk: b for b in bureaus.values() if b is not None}.values():
            mine = [row for row in given if bureaus[row.region] == bureau]
            lists |= materials.checklists(mine, bureau)
        words, questions = {}, {}
        for name in sorted({row.rulebook for row in decided}):
            words[name] = documents.document_words(name)
            book = rulebook(name)
            for gap in book.gaps if book is not None else ():
                questions[f"{name}:{gap.id}"] = gap.question
        return cls(words, questions, bureaus, lists)

    def of_entitlement(self, row: Entitlement) -> OwnRight:
        """A line that is proposed or further."""
        brings = _brings(self.checklists.get(row.pk, ()))
        is_early = row.state in (State.PROPOSED, State.MATERIAL_COMPLETE)
        return replace(
            self._common(row.decision, row.region),
            what=_what(row.decision, row),
            state=str(State(row.state).label),
            tone=_TONES.get(State(row.state), "info"),
            text=_text(row),
            reference=reference_of(row.pk),
            brings=brings if is_early else (),
            asks_papers=is_early,
            marks=_marks(row),
            answer=_answer(row),
            publicity=_publicity(row),
        )

    def of_open(self, row: Decision) -> OwnRight:
        """A line that waits for facts."""
        return replace(
            self._common(row, row.region),
            what=wording.what(row),
            state=str(DecisionState.OPEN.label),
            tone="warn",
            text=_("现有的材料还不能判定。补齐下面的事实以后重新判定，不一定符合。"),
            missing=tuple(self._missing(row.rulebook, code) for code in row.missing),
        )

    def _missing(self, document: str, code: str) -> Missing:
        kind, _sep, rest = code.partition(":")
        if kind == "gap":
            question = self.questions.get(f"{document}:{rest}", rest)
            return Missing(question, _("文件没有写明，等主管部门明确"))
        if kind == "quota":
            return Missing(_("名额"), _("等主管部门确定"))
        (label,) = wording.labels_of([code])
        if code in FILLABLE:
            return Missing(label, _("请带证件或证书向人社部门登记"))
        return Missing(label, _("由组委会或人社部门凭文件补充"))

    def _common(self, row: Decision, region: str) -> OwnRight:
        """What is said of every line alike: event, clause, who decides, who handles."""
        bureau = self.bureaus.get(region)
        return OwnRight(
            what="",
            state="",
            tone="",
            text="",
            competition=row.skill.competition.name,
            skill=row.skill.name,
            clause=row.clause,
            quote=row.quote,
            document=self.documents[row.rulebook],
            authority=spoken(row.detail.get("authority") or ""),
            bureau=bureau.name if bureau is not None else "",
        )


_TONES = {
    State.GRANTED: "ok",
    State.DELIVERED: "ok",
    State.REFUSED: "danger",
    State.REVOKED: "danger",
}


def _text(row: Entitlement) -> str:
    """Where it stands, in one sentence to the person."""
    if row.basis_changed:
        return _("依据有变化，人社部门正在复核，复核前以原来的结论为准。")
    return {
        State.PROPOSED: _("你的成绩符合条件。人社部门收齐材料以后往下办。"),
        State.MATERIAL_COMPLETE: _("材料已齐，等人社部门公示、上报。"),
        State.PUBLICITY: _("正在公示，公示结束后上报主管部门。"),
        State.FILED: _("已经上报主管部门，等它的答复。"),
        State.GRANTED: _("主管部门已经核准，等发放。"),
        State.REFUSED: _("主管部门没有核准。"),
        State.DELIVERED: _("已经发放。"),
        State.REVOKED: _("已经撤销，不再有效。"),
    }.get(State(row.state), "")


def _what(decision: Decision, row: Entitlement) -> str:
    """What it is; the line's own value where the decision has moved on since."""
    return wording.what(decision) if decision.value == row.value else spoken(row.value)


def _brings(lines: Iterable[materials.Line]) -> tuple[Bring, ...]:
    """What the person brings: papers for the whole release are the bureau's own."""
    found = []
    for line in lines:
        if line.item.is_shared or line.item.is_unknown:
            continue
        there = not line.is_open
        word = _("免交") if line.is_waived else _("已收到") if there else _("请提交")
        named = [s.title for s in line.item.sources]
        source = _("、").join(named)
        if source and not line.item.is_local:
            source = _("%(source)s（外地文件，以当地通知为准）") % {"source": source}
        found.append(Bring(line.item.label, word, there, source))
    return tuple(found)


def _marks(row: Entitlement) -> tuple[Mark, ...]:
    """The stations with their days; those behind without a day of their own have none."""
    if row.state not in wording.TRACK:
        return ()
    reached = wording.TRACK.index(State(row.state))
    days: dict[str, date] = {
        step.after: step.on or _day(step.at) for step in _taken(row)
    }
    days.setdefault(State.PROPOSED, _day(row.decision.evaluated_at))
    return tuple(
        Mark(
            label=str(station.label),
            on=days.get(station) if place <= reached else None,
            is_done=place < reached or row.state == State.DELIVERED,
            is_current=place == reached,
        )
        for place, station in enumerate(wording.TRACK)
    )


def _answer(row: Entitlement) -> Answer | None:
    answers = [step for step in _taken(row) if step.after in ANSWERS]
    if not answers or row.state in (State.FILED, *wording.STEPS[:3]):
        return None
    step = answers[-1]
    granted = step.after == State.GRANTED
    reason = "" if granted else step.reason
    return Answer(granted, step.document, step.on or _day(step.at), reason)


def _publicity(row: Entitlement) -> str:
    if row.state != State.PUBLICITY or row.round is None:
        return ""
    return _("公示地点：%(place)s；公示到 %(day)s。") % {
        "place": row.round.place,
        "day": row.round.ends_on.isoformat(),
    }


def _taken(row: Entitlement) -> list[EntitlementStep]:
    return list(getattr(row, "taken", ()))


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def bureaus_of(codes: Iterable[str]) -> dict[str, Organization | None]:
    """The nearest bureau registered for each region; None where none is; one query."""
    wanted = set(codes)
    around = {code: _outwards(code) for code in wanted}
    rows = Organization.objects.filter(
        region__in={c for some in around.values() for c in some}
    )
    known: dict[str, Organization] = {}
    for row in rows.order_by("-pk"):
        if row.has_kind(OrganizationKind.BUREAU):
            known[row.region] = row
    return {
        code: next((known[near] for near in around[code] if near in known), None)
        for code in wanted
    }


def _outwards(code: str) -> tuple[str, ...]:
    """A region and those around it, nearest first, never the nation."""
    return tuple(reversed(regions.ancestors(code))) if code else ()
