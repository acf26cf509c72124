"""Pools and criteria: founded by a document, closed when empty."""

import pytest

from awards.actions import talent
from awards.core.talent import asked_from
from awards.errors import PoolRefused
from awards.pool_catalogue import by_id
from ledger.core.chain import bureau_chain
from ledger.queries import events_of
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


def kinds_of(bureau):
    rows = events_of(bureau_chain(bureau.pk)).order_by("seq")
    return [row.type for row in rows]


def test_a_document_in_force_founds_its_pool_by_itself():
    bureau = desk.make_bureau("140000", "山西省人力资源和社会保障厅")
    officer = desk.make_officer(bureau)

    pool = talent.open_pool(
        bureau,
        talent.PoolDraft("skilled", "山西省高技能人才库"),
        founded=by_id("shanxi-skilled"),
        by=officer,
        at=pools.AT,
    )

    assert pool.document.startswith("《山西省高技能人才队伍建设行动计划")
    assert (pool.clause, pool.quote) == ("三（十）", "建立健全高技能人才库")
    assert pool.takes == ["山西省高技能人才库"]
    assert kinds_of(bureau) == ["pool-opened"]


@pytest.mark.parametrize(
    ("region", "catalogue", "document", "code"),
    [
        ("440000", "guangdong-skilled", "", "document"),
        ("510000", "own-skilled", "", "document"),
        ("510000", "shanxi-skilled", "川人社〔2026〕1 号", "catalogue"),
    ],
)
def test_without_a_document_that_binds_no_pool_is_opened(
    region, catalogue, document, code
):
    bureau = desk.make_bureau(region, "某省人力资源和社会保障厅")
    officer = desk.make_officer(bureau)

    with pytest.raises(PoolRefused) as refusal:
        talent.open_pool(
            bureau,
            talent.PoolDraft("skilled", "高技能人才库", document),
            founded=by_id(catalogue),
            by=officer,
            at=pools.AT,
        )

    assert refusal.value.code == code
    assert kinds_of(bureau) == []


def test_a_name_is_used_once_while_open(bureau, officer):
    pool = pools.make_pool(bureau, officer)
    with pytest.raises(PoolRefused, match="已有名为"):
        pools.make_pool(bureau, officer)

    talent.close_pool(pool, reason="机构改革", by=officer, at=pools.AT)

    assert pools.make_pool(bureau, officer).pk != pool.pk


def test_a_pool_with_people_in_it_stays_open(bureau, officer):
    pool = pools.make_pool(bureau, officer)
    pools.enter(pool, desk.make_person("王芳", 1), officer)

    with pytest.raises(PoolRefused, match="还有 1 人"):
        talent.close_pool(pool, reason="机构改革", by=officer, at=pools.AT)


def test_a_criterion_needs_its_document_and_something_to_ask(bureau, officer):
    pool = pools.make_pool(bureau, officer)
    cases = [({"grade": 4}, "", "document"), ({}, "文", "nothing-asked")]

    for asked, document, code in cases:
        with pytest.raises(PoolRefused) as refusal:
            talent.write_criterion(
                pool,
                asked_from(asked),
                document=document,
                clause="",
                by=officer,
                at=pools.AT,
            )
        assert refusal.value.code == code


def test_a_withdrawn_criterion_is_withdrawn_once(bureau, officer):
    criterion = pools.make_criterion(pools.make_pool(bureau, officer), officer, grade=4)

    talent.withdraw_criterion(criterion, by=officer, at=pools.AT)

    with pytest.raises(PoolRefused, match="已经停用"):
        talent.withdraw_criterion(criterion, by=officer, at=pools.AT)
    assert kinds_of(bureau) == [
        "pool-opened",
        "pool-criterion-written",
        "pool-criterion-withdrawn",
    ]
