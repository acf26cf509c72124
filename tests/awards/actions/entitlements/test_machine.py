"""Whatever people do in whatever order, what must not happen to an entitlement does not.

Each run calls the real actions at random and is rolled back.
"""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from awards.access import approves
from awards.actions.entitlements import (
    STEPS,
    advance_entitlement,
    advance_many,
    agree_withdrawal,
    ask_withdrawal,
    close_round,
    decline_withdrawal,
    enter_objection,
    open_round,
    rule_objection,
    set_due,
    undo_bulk,
    void_round,
)
from awards.errors import AwardsError
from awards.models import (
    Entitlement,
    EntitlementStep,
    PublicityRound,
    RoundObjection,
    Withdrawal,
)
from ledger.core.chain import bureau_chain
from ledger.queries import events_of
from people.models import GradeHeld, TitleHeld
from tests.awards import desk
from tests.awards.actions.entitlements.scene import DAY, WAIVED, Scene, make_scene

pytestmark = pytest.mark.django_db
FORWARD = ("material-complete", "filed", "granted", "refused", "delivered")
WITHDRAWN = ("revoked", "superseded")
user = st.sampled_from(("officer", "clerk", "approver", "deputy"))
which = st.sampled_from((0, 1))
target = st.sampled_from((*FORWARD * 2, "publicity", *WITHDRAWN, "proposed"))
reason = st.sampled_from(("", WAIVED, WAIVED, "文件〔2026〕1号"))


def shape(row):
    """Everything an undo must bring back."""
    return (
        row.state, row.state_reason, row.changed_at, row.due_on, row.filing_id,
        row.round_id,
    )  # fmt: skip


class Desk(RuleBasedStateMachine):
    """One afternoon (or several) at a bureau's desk."""

    scene: Scene
    reached: ClassVar[set[str]] = set()

    def __init__(self):
        super().__init__()
        self.mark = transaction.savepoint()
        self.at = desk.AT
        self.before = {}

    def teardown(self):
        transaction.savepoint_rollback(self.mark)

    def rows(self):
        ids = [row.pk for row in self.scene.rows]
        return list(Entitlement.objects.filter(pk__in=ids).order_by("pk"))

    def who(self, name):
        self.at += timedelta(seconds=1)
        return {"by": getattr(self.scene, name), "at": self.at}

    def attempt(self, act):
        shapes = {row.pk: shape(row) for row in self.rows()}
        known = set(EntitlementStep.objects.values_list("pk", flat=True))
        try:
            act()
        except AwardsError:
            assert {row.pk: shape(row) for row in self.rows()} == shapes
            return
        for step in EntitlementStep.objects.exclude(pk__in=known):
            self.reached.add(step.after)
            kept = self.before.setdefault(step.batch, {})
            kept[step.entitlement_id] = shapes[step.entitlement_id]

    @rule(name=user, n=which, to=target, why=reason)
    def advance(self, name, n, to, why):
        row = self.rows()[n]
        who = self.who(name)
        self.attempt(lambda: advance_entitlement(row, to=to, reason=why, **who))

    @rule(name=user, to=target, why=reason)
    def advance_both(self, name, to, why):
        who = self.who(name)
        self.attempt(lambda: advance_many(self.rows(), to=to, reason=why, **who))

    @rule(name=user, days=st.sampled_from((0, 1, 5)))
    def announce(self, name, days):
        who = self.who(name)
        self.attempt(
            lambda: open_round(
                self.rows(), place="网站", document="文件", starts_on=DAY, days=days,
                **who,
            )
        )  # fmt: skip

    @rule(name=user, act=st.sampled_from((close_round, void_round)))
    def end_round(self, name, act):
        row = PublicityRound.objects.order_by("pk").last()
        if row is None:
            return
        who = self.who(name)
        why = {"reason": "有误"} if act is void_round else {}
        self.attempt(lambda: act(row, **why, **who))

    @rule(name=user, n=which)
    def object(self, name, n):
        row = PublicityRound.objects.order_by("pk").last()
        if row is None:
            return
        about, who = self.rows()[n], self.who(name)
        self.attempt(
            lambda: enter_objection(
                row,
                entitlement=about,
                name="某人",
                text="有异议",
                received_on=DAY,
                **who,
            )
        )

    @rule(name=user, upheld=st.booleans())
    def decide_objection(self, name, upheld):
        row = RoundObjection.objects.filter(is_upheld__isnull=True).first()
        if row is None:
            return
        who = self.who(name)
        self.attempt(
            lambda: rule_objection(row, is_upheld=upheld, ruling="已复核", **who)
        )

    @rule(name=user, n=which, kind=st.sampled_from(WITHDRAWN))
    def ask(self, name, n, kind):
        row, who = self.rows()[n], self.who(name)
        self.attempt(lambda: ask_withdrawal(row, kind=kind, reason="更正", **who))

    @rule(name=user, agrees=st.booleans())
    def answer_asking(self, name, agrees):
        row = Withdrawal.objects.order_by("pk").last()
        if row is None:
            return
        who = self.who(name)
        if agrees:
            self.attempt(lambda: agree_withdrawal(row, **who))
        else:
            self.attempt(lambda: decline_withdrawal(row, reason="不同意", **who))

    @rule(name=user, n=which, why=reason)
    def give_time(self, name, n, why):
        row, who = self.rows()[n], self.who(name)
        later = DAY + timedelta(days=9)
        self.attempt(lambda: set_due([row], due_on=later, reason=why, **who))

    @rule(days=st.sampled_from((1, 8)))
    def wait(self, days):
        self.at += timedelta(days=days)

    @rule(name=user, back=st.sampled_from((1, 1, 2)))
    def undo(self, name, back):
        steps = EntitlementStep.objects.filter(undone_at__isnull=True).exclude(batch="")
        batches = list(
            dict.fromkeys(steps.order_by("pk").values_list("batch", flat=True))
        )
        if len(batches) < back:
            return
        batch, who = batches[-back], self.who(name)
        try:
            rows = undo_bulk(batch, **who)
        except AwardsError:
            return
        found = {row.pk: shape(row) for row in Entitlement.objects.in_bulk(
            [row.pk for row in rows]
        ).values()}  # fmt: skip
        assert found == self.before[batch]
        self.reached.add("undone")

    @invariant()
    def nothing_is_granted_without_a_paper(self):
        for row in self.rows():
            if row.state in ("granted", "delivered"):
                steps = row.steps.filter(after="granted", undone_at__isnull=True)
                assert steps.get().document

    @invariant()
    def nobody_withdraws_alone(self):
        for row in self.rows():
            agreed = row.withdrawals.filter(state="agreed")
            assert agreed.count() == (row.state in WITHDRAWN)
            for asked in agreed:
                assert asked.asked_by_id != asked.answered_by_id
                assert approves(asked.answered_by, self.scene.bureau, at=self.at)

    @invariant()
    def no_step_is_skipped(self):
        for row in self.rows():
            state = "proposed"
            for step in row.steps.filter(undone_at__isnull=True).order_by("pk"):
                assert step.before == state
                back = (step.before, step.after) == ("publicity", "material-complete")
                still = step.before == step.after
                allowed = step.after in STEPS.get(state, ()) or step.after in WITHDRAWN
                assert allowed or back or still
                state = step.after
            assert row.state == state

    @invariant()
    def what_is_filed_went_through_its_round(self):
        for row in self.rows():
            if row.round is not None and row.state in ("filed", "granted", "delivered"):
                assert row.round.closed_at is not None
                assert row.round.voided_at is None

    @invariant()
    def file_holds_what_is_granted_and_nothing_else(self):
        grade, title = self.rows()
        held = GradeHeld.objects.filter(person=grade.person, withdrawn_at=None).count()
        titles = TitleHeld.objects.filter(
            person=title.person, withdrawn_at=None
        ).count()
        given = [row.state in ("granted", "delivered") for row in (grade, title)]
        assert [held, titles] == given

    @invariant()
    def ledger_has_an_event_for_every_step(self):
        events = events_of(bureau_chain(self.scene.bureau.pk))
        steps = EntitlementStep.objects.all()
        told = [
            events.filter(type=name).count()
            for name in ("entitlement-advanced", "due-set", "entitlement-step-undone")
        ]
        dues = sum(step.before == step.after for step in steps)
        undone = steps.filter(undone_at__isnull=False).count()
        assert told == [len(steps) - dues, dues, undone]


def test_nothing_that_must_not_happen_happens():
    Desk.scene = make_scene()

    run_state_machine_as_test(
        Desk, settings=settings(max_examples=25, stateful_step_count=30, deadline=None)
    )

    assert Desk.reached >= {"publicity", "filed", "granted", "undone"}
    assert Desk.reached & set(WITHDRAWN)
