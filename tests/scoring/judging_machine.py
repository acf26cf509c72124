"""The rest of the machine: from 复核 to the release, and what comes in between."""

from contextlib import suppress

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from competitions.actions import lodge_appeal, rule_appeal, withdraw_appeal
from competitions.actions.publicity import (
    close_publicity,
    open_publicity,
    void_publicity,
)
from competitions.models import Appeal, PublicNotice
from people.models import User
from scoring.actions.releases import publish_release
from scoring.actions.results import (
    decide_tie,
    verify_results,
    withdraw_decision,
)
from scoring.actions.scheme_versions import (
    confirm_version,
    rehearse_version,
    withdraw_version,
)
from scoring.actions.scheme_versions import preview_digest as version_digest
from scoring.actions.verification import (
    Finding,
    check_sheet,
    draw_verification,
    sign_verification,
)
from scoring.core.scheme_text import parse
from scoring.models import Result, SchemeProposal
from scoring.queries.scheme_versions import review_of
from scoring.queries.ties import decisions_of
from scoring.queries.verification import draw_of, worklist_of
from tests.scoring.contest import PIN
from tests.scoring.judging_hall import PEOPLE, REFUSALS, Hall, decider
from tests.scoring.versions import changed, maxima, propose

WEIGHTS = ({"A1_M1": "30", "A1_J1": "10"}, {"A1_M1": "20", "A1_J1": "20"})
officer = st.sampled_from(("officer",) * 6 + ("both",) * 4 + PEOPLE)


class Judging(Hall):
    """And everything from 复核 to the release."""

    def is_not_drawn(self) -> bool:
        return not self.watch.witness.is_drawn

    @precondition(is_not_drawn)
    @rule(who=officer)
    def draw(self, who: str) -> None:
        self.attempt(draw_verification, self.skill, by=self.cast[who], at=self.now())

    def is_drawn(self) -> bool:
        return self.watch.witness.is_drawn

    @precondition(is_drawn)
    @rule(who=officer, wrong=st.sampled_from((False, False, False, True)))
    def look(self, who: str, wrong: bool) -> None:
        draw = draw_of(self.skill)
        assert draw is not None
        for line in worklist_of(draw).open_lines:
            aspect = "A1.M1" if line.sheet.sub_criterion.code == "A1" else "B1.M1"
            found = Finding("wrong", aspect, 0, "0", "不合格") if wrong else Finding()
            facts = {"by": self.cast[who], "at": self.now()}
            self.attempt(check_sheet, draw, sheet=line.sheet, finding=found, **facts)
            wrong = False

    @precondition(is_drawn)
    @rule(who=officer)
    def sign_sample(self, who: str) -> None:
        facts = {"secret": PIN, "note": "", "by": self.cast[who], "at": self.now()}
        self.attempt(sign_verification, draw_of(self.skill), **facts)

    @rule(who=officer)
    def verify(self, who: str) -> None:
        facts = {"note": "", "by": self.cast[who], "at": self.now()}
        self.attempt(verify_results, self.skill, **facts)

    def is_tied(self) -> bool:
        rows = Result.objects.filter(skill=self.skill, is_undecided=True)
        return not self.watch.witness.is_verified and rows.exists()

    @precondition(is_tied)
    @rule(order=st.permutations((0, 1)))
    def decide(self, order: list[int]) -> None:
        entries = [self.contest.entries[number].pk for number in order]
        facts = {"reason": "依据规则", "by": self.cast["chief"], "at": self.now()}
        self.attempt(decide_tie, self.skill, entries=entries, **facts)

    def is_decided(self) -> bool:
        return bool(decisions_of(self.skill))

    @precondition(is_decided)
    @rule(who=st.sampled_from(("chief", "chief", *PEOPLE)))
    def undecide(self, who: str) -> None:
        decision = decisions_of(self.skill)[0].seq
        facts = {"reason": "看错", "by": self.cast[who], "at": self.now()}
        self.attempt(withdraw_decision, self.skill, decision=decision, **facts)

    @rule(act=st.sampled_from(("both", "both", "open", "close", "void")))
    def announce(self, act: str) -> None:
        """公示 of no days: opened, closed, broken off."""
        facts = {"by": self.contest.organizer, "at": self.now()}
        competition = self.skill.competition
        if act in ("open", "both"):
            shown = {"skills": [self.skill], "working_days": 0, "reason": "演示"}
            self.attempt(open_publicity, competition, **shown, **facts)
        rows = PublicNotice.objects.filter(competition=competition)
        notice = rows.order_by("-pk").first()
        if notice and act in ("close", "both"):
            self.attempt(close_publicity, notice, **facts)
        elif notice and act == "void":
            self.attempt(void_publicity, notice, reason="成绩有变", **facts)

    def is_news(self) -> bool:
        """Whether anything happened since the last release."""
        return self.published != self.watch.heads

    @precondition(is_news)
    @rule()
    def publish(self) -> None:
        facts = {"by": self.contest.organizer, "at": self.now()}
        competition = self.skill.competition
        self.attempt(publish_release, competition, skills=[self.skill], **facts)
        self.published = self.watch.heads

    # What comes in between

    @rule(weights=st.sampled_from(WEIGHTS))
    def propose(self, weights: dict[str, str]) -> None:
        """Another weight of one aspect; the draft it is written in may stay behind."""

        def act() -> None:
            propose(self.contest, lambda scheme: changed(scheme, **maxima(**weights)))

        with suppress(*REFUSALS):
            act()
        self.watch.look(was_refused=False)

    def proposal(self) -> SchemeProposal | None:
        rows = SchemeProposal.objects.filter(skill=self.skill)
        waiting = rows.filter(confirmed_at=None, withdrawn_at=None)
        return waiting.order_by("-pk").first()

    def is_proposed(self) -> bool:
        return bool(self.watch.witness.proposals) and self.proposal() is not None

    @precondition(is_proposed)
    @rule(who=st.sampled_from(("chief", "officer", *PEOPLE)))
    def confirm(self, who: str) -> None:
        self.attempt(self.confirm_seen, self.proposal(), self.cast[who])

    def confirm_seen(self, proposal: SchemeProposal, by: User) -> None:
        review = review_of(self.skill, parse(proposal.text))
        found = rehearse_version(self.skill, review, by=by, at=self.now())
        seen = version_digest(self.skill, review, found)
        confirm_version(proposal, seen=seen, secret=PIN, by=by, at=self.now())

    @precondition(is_proposed)
    @rule()
    def take_back(self) -> None:
        facts = {"by": self.contest.organizer, "at": self.now()}
        self.attempt(withdraw_version, self.proposal(), **facts)

    @rule(who=st.sampled_from(("leader", *PEOPLE)))
    def appeal(self, who: str) -> None:
        self.attempt(
            lodge_appeal,
            self.skill,
            delegation=self.contest.entries[0].delegation,
            object_ref=f"competitions.skill:{self.skill.pk}",
            text="请复查外观评分",
            by=self.cast[who],
            at=self.now(),
        )

    def is_disputed(self) -> bool:
        return self.watch.has_appeals

    @precondition(is_disputed)
    @rule(who=decider, act=st.sampled_from(("grant", "refuse", "back")))
    def settle(self, who: str, act: str) -> None:
        case = Appeal.objects.filter(skill=self.skill).latest("pk")
        facts = {"by": self.cast[who], "at": self.now()}
        if act == "back":
            facts["by"] = self.cast["leader"]
            self.attempt(withdraw_appeal, case, **facts)
            return
        words = {"clause": "第四十条", "reason": "经复查", "secret": PIN}
        self.attempt(rule_appeal, case, is_granted=act == "grant", **words, **facts)
