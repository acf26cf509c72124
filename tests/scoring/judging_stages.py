"""A small contest as far as five stages, and what is looked at after every act in it."""

from dataclasses import dataclass, field

from competitions.models import Appeal, Skill
from ledger.core.chain import competition_chain, skill_chain
from ledger.core.verify import Head, first_break
from ledger.models import Chain, Event
from ledger.queries import body_of, events_of, head_of
from people.actions import set_pin
from people.models import User
from scoring.actions import verify_results
from scoring.actions.verification import (
    Finding,
    check_sheet,
    draw_verification,
    sign_verification,
)
from scoring.models import (
    ChangeRequest,
    Mark,
    PanelSeat,
    Release,
    Sheet,
    Signature,
    SkillState,
)
from scoring.queries.rebuilding import differences
from scoring.queries.second_opinion import opinion_differences
from scoring.queries.verification import worklist_of
from tests.competitions.disputes import wide
from tests.factories import AT, make_appointment
from tests.scoring.contest import PIN, Contest, make_contest
from tests.scoring.judging_witness import Witness, require
from tests.scoring.points import publicise, publish
from tests.scoring.teams import official

STAGES = ("open", "marked", "signed", "verified", "published")
WATCHED = (
    (Mark, "sheet__skill"),
    (Sheet, "skill"),
    (Signature, "skill"),
    (ChangeRequest, "skill"),
    (SkillState, "skill"),
)
Rows = dict[tuple[type, int], dict[str, str]]


@dataclass
class Stage:
    """A contest as far as one stage, and everybody in it by name."""

    contest: Contest
    cast: dict[str, User]
    witness: Witness


def make_stage(name: str) -> Stage:
    """Two entries, two sheets each; one person is results officer and supervisor."""
    contest = make_contest(entries=2, facts={"phase": "competing"}, is_sampled=True)
    cast = {f"judge {n}": judge for n, judge in enumerate(contest.judges, start=1)}
    cast |= {"chief": contest.chief, "officer": contest.officer}
    cast |= {"organizer": contest.organizer, "reserve": official(contest, "reserve")}
    cast["supervisor"] = official(contest, "supervisor")
    cast["both"] = official(contest, "results-officer")
    make_appointment(
        contest.skill, "supervisor", cast["both"].person, by=contest.organizer
    )
    own = contest.entries[0].delegation
    cast["leader"] = wide(contest.skill.competition, "leader", own)
    for user in cast.values():
        set_pin(user, pin=PIN, by=contest.organizer, at=AT)
    reached = STAGES.index(name)
    if reached >= 1:
        contest.fill(0)
        contest.fill(1, levels="212")
    if reached >= 2:
        contest.sign_all()
        contest.sign(cast["supervisor"], "supervisor")
    if reached >= 3:
        check_by_sample(contest)
        verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    if reached >= 4:
        publicise(contest)
        publish(contest)
    return Stage(contest, cast, heard(contest.skill))


def check_by_sample(contest: Contest) -> None:
    """Draw, find every sheet right, sign."""
    officer = contest.officer
    draw = draw_verification(contest.skill, by=officer, at=contest.now())
    for line in worklist_of(draw).open_lines:
        check_sheet(
            draw, sheet=line.sheet, finding=Finding(), by=officer, at=contest.now()
        )
    sign_verification(draw, secret=PIN, note="无误", by=officer, at=contest.now())


def heard(skill: Skill) -> Witness:
    """A witness who has heard everything there is of a skill so far."""
    seats = PanelSeat.objects.filter(skill=skill)
    sheets = Sheet.objects.filter(skill=skill).select_related("sub_criterion")
    witness = Witness(
        {
            row.pk: (row.entry_id, row.sub_criterion.panel, tuple(row.seats))
            for row in sheets
        },
        {(row.panel, row.number): {(row.judge.actor, None)} for row in seats},
    )
    for event in events_of(skill_chain(skill.pk)).order_by("seq"):
        witness.hear(event.type, body_of(event), event.actor, event.server_time)
    return witness


def rows_of(skill: Skill) -> Rows:
    """Every stored word about marks, sheets, signatures, requests and the skill."""
    found: Rows = {}
    for model, path in WATCHED:
        names = [f.attname for f in model._meta.concrete_fields if f.name != "evidence"]
        for values in model.objects.filter(**{path: skill}).values_list(*names):
            row = dict(zip(names, map(str, values), strict=True))
            found[model, values[names.index("id")]] = row
    return found


@dataclass
class Watch:
    """What is known of one skill after the last act, to compare the next with."""

    skill: Skill
    witness: Witness
    rows: Rows = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)
    releases: int = 0

    def __post_init__(self) -> None:
        self.rows = rows_of(self.skill)
        self.heads = self.heads_now()
        self.releases = Release.objects.count()

    def of(self, model: type) -> list[dict[str, str]]:
        """The rows of one kind, as they were after the last act."""
        return [row for (kind, _pk), row in self.rows.items() if kind is model]

    @property
    def has_appeals(self) -> bool:
        return Appeal.objects.filter(skill=self.skill).exists()

    def heads_now(self) -> dict[str, int]:
        chains = [skill_chain(self.skill.pk)]
        chains.append(competition_chain(self.skill.competition_id))
        return {str(chain): head.seq for chain, head in head_of(chains).items()}

    def look(self, *, was_refused: bool) -> None:
        """Everything that must hold after one act."""
        heads, rows = self.heads_now(), rows_of(self.skill)
        if was_refused:
            require(heads == self.heads, "a refused act is on the ledger")
        if heads == self.heads:
            require(rows == self.rows, "changed without an event")
            return
        own = str(skill_chain(self.skill.pk))
        later = events_of(skill_chain(self.skill.pk)).filter(seq__gt=self.heads[own])
        events = list(later.order_by("seq"))
        numbers = [event.seq for event in events]
        require(
            numbers == list(range(self.heads[own] + 1, heads[own] + 1)),
            "the numbers of events are not one after another:", numbers,
        )  # fmt: skip
        for event in events:
            self.witness.hear(
                event.type, body_of(event), event.actor, event.server_time
            )
        if Release.objects.count() > self.releases:
            self.releases = Release.objects.count()
            self.look_at_release()
        self.compare(rows, events)
        self.heads, self.rows = heads, rows
        self.look_at_signatures()

    def compare(self, rows: Rows, events: list[Event]) -> None:
        """Each row that is new, other or gone has its event."""
        seqs = {str(event.seq) for event in events}
        kinds = {event.type for event in events}
        changes = {str(body_of(event).get("change")) for event in events}
        for model, pk in self.rows.keys() | rows.keys():
            before, after = self.rows.get((model, pk)), rows.get((model, pk))
            if before == after:
                continue
            what = f"{model.__name__} {pk}: {before} -> {after} by {sorted(kinds)}"
            is_published = model is SkillState and after and after["state"] == "final"
            require(events or is_published, "changed without an event:", what)
            if model is Mark and after is None:
                require(kinds & {"mark-withdraw", "scheme-version"}, "gone:", what)
            elif model in (Mark, Signature) and after is not None:
                is_void = model is Signature and "signatures-void" in kinds and before
                require(is_void or after["seq"] in seqs, "not by its event:", what)
            elif model is ChangeRequest and after is not None:
                require(changes & {str(pk), *renewals(pk)}, "not its event:", what)

    def look_at_signatures(self) -> None:
        """Rows say what the ledger says, and no signature is older than a mark."""
        links = Signature.sheets.through.objects.filter(
            sheet__skill=self.skill, signature__void_at__isnull=True
        ).select_related("signature__signer")
        told: dict[int, set[tuple[str, str]]] = {}
        oldest: dict[int, int] = {}
        for link in links:
            given, sheet = link.signature, link.sheet_id
            told.setdefault(sheet, set()).add((given.role, given.signer.actor))
            oldest[sheet] = min(given.seq, oldest.get(sheet, given.seq))
        heard_of = {pk: held for pk, held in self.witness.signed.items() if held}
        require(told == heard_of, "signatures differ:", told, "heard:", heard_of)
        for mark in Mark.objects.filter(sheet__in=oldest):
            is_older = mark.seq < oldest[mark.sheet_id]
            require(is_older, "a mark later than a signature:", mark.pk)

    def look_at_release(self) -> None:
        """Published is only what everybody signed, verified, with nothing open."""
        require(self.witness.is_verified, "published unverified")
        self.witness.require_signed("published")
        waiting = Appeal.objects.filter(
            skill=self.skill, state__in=("lodged", "carried")
        )
        require(not waiting.exists(), "published while an appeal waits")

    def look_at_all(self) -> None:
        """The chains fit, and both other calculations come to the same."""
        for name in self.heads:
            kind, ref = name.split(":")
            chain = Chain.objects.get(kind=kind, ref=ref)
            rows = Event.objects.filter(chain=chain).order_by("seq")
            links = (event.link(chain) for event in rows)
            broken = first_break(name, links, Head(chain.seq, chain.head))
            require(broken is None, "broken:", broken)
        require(differences(self.skill) == [], "recomputing differs")
        require(opinion_differences(self.skill) == [], "the second opinion differs")


def renewals(pk: int) -> set[str]:
    """The requests made in place of one whose time had passed."""
    rows = ChangeRequest.objects.filter(renews=pk)
    return {str(row) for row in rows.values_list("pk", flat=True)}
