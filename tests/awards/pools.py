"""A bureau with people, facts and pools, for the tests of the talent file."""

from datetime import date
from typing import Any

from awards.actions import talent
from awards.core.talent import asked_from
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import Entitlement, Pool, PoolCriterion, PoolEntry
from people.models import IntegrityRecord, Organization, Person, TitleHeld, User
from tests.awards import desk

AT = desk.AT  # 2026-11-20
PAPER = "川人社函〔2026〕5 号"
POOL_WORD = "四川省高技能人才库"


def make_pool(bureau: Organization, by: User, name: str = "高技能人才库", **given: Any):
    values = {"kind": "skilled", "document": PAPER, "takes": (POOL_WORD,), **given}
    draft = talent.PoolDraft(name=name, **values)
    return talent.open_pool(bureau, draft, by=by, at=AT)


def make_criterion(pool: Pool, by: User, **asked: Any) -> PoolCriterion:
    return talent.write_criterion(
        pool, asked_from(asked), document=PAPER, clause="第三条", by=by, at=AT
    )


def make_proposal(
    person: Person, state=EntitlementState.GRANTED, **given
) -> Entitlement:
    release, skill, entries = desk.make_final([person], **given)
    decision = desk.make_decision(
        release,
        skill,
        entries[0],
        person,
        kind=OutcomeKind.POOL,
        value=POOL_WORD,
        state=DecisionState.ENTITLED,
    )
    return desk.make_entitlement(decision, state=state)


def enter(
    pool: Pool, person: Person, by: User, on: date = date(2025, 3, 1)
) -> PoolEntry:
    return talent.enter_by_hand(
        pool,
        person,
        document=PAPER,
        reason="领衔技能大师工作室",
        entered_on=on,
        by=by,
        at=AT,
    )


def make_title(person: Person, title: str = "全国技术能手") -> TitleHeld:
    return TitleHeld.objects.create(
        person=person,
        title=title,
        issuer="人力资源和社会保障部",
        awarded_on=date(2024, 5, 1),
        evidence="人社部函〔2024〕3 号",
        recorded_by="user:1",
        recorded_at=AT,
    )


def make_sanction(person: Person) -> IntegrityRecord:
    return IntegrityRecord.objects.create(
        person=person,
        scope="竞赛",
        reason="冒名参赛",
        document="川人社罚〔2026〕1 号",
        starts_on=date(2026, 6, 1),
        recorded_by="user:1",
        recorded_at=AT,
    )
