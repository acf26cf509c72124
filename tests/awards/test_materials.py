"""The checklist of materials: where each paper comes from, and what is not known."""

import pytest

from awards.actions.entitlements import (
    advance_entitlement,
    tick_material,
    untick_material,
    withdraw_material_rule,
    write_material_rule,
)
from awards.errors import EntitlementRefused
from awards.materials import checklists, common, items_of, rules_of
from tests.awards import desk
from tests.awards.actions.entitlements.scene import make_scene

pytestmark = pytest.mark.django_db
AT = desk.AT


@pytest.fixture
def scene():
    return make_scene()


def _codes(kind, bureau):
    return [item.code for item in items_of(kind, bureau, rules_of(bureau))]


def _rule(scene, **changes):
    values = {"kind": "grade", "code": "", "title": "", "is_required": True}
    values |= {"document": "川人社函〔2026〕3号(试验)", **changes}
    return write_material_rule(**values, by=scene.officer, at=AT)


def test_every_common_item_names_its_document():
    items = [item for found in common().by_kind.values() for item in found]

    assert {item.code for item in items} == {
        "deployment-document", "result-notice", "award-certificate", "identity-card",
        "title-form", "title-roster", "promotion-roster", "promotion-form",
    }  # fmt: skip
    assert all(item.sources for item in items)


@pytest.mark.parametrize(
    ("region", "local"), [("510000", False), ("370000", True), ("370400", True)]
)
def test_document_of_another_region_is_said_to_be_so(region, local):
    bureau = desk.make_bureau(region, "局")

    (item,) = [i for i in items_of("grade", bureau, []) if i.code == "promotion-form"]

    assert item.is_local == local


@pytest.mark.parametrize("kind", ["bonus", "pool", "title-application", "unit"])
def test_kind_without_a_known_list_says_so_and_still_asks(scene, kind):
    (item,) = items_of(kind, scene.bureau, [])

    assert (item.code, item.is_unknown) == ("local-requirements", True)


def test_bureaus_own_word_adds_and_drops_items(scene):
    own = _rule(scene, title="社保缴费证明")
    _rule(scene, code="promotion-roster", is_required=False)
    stated = _rule(scene, code="identity-card")

    codes = _codes("grade", scene.bureau)
    items = items_of("grade", scene.bureau, rules_of(scene.bureau))

    assert f"own-{own.pk}" in codes
    assert "promotion-roster" not in codes
    assert {i.code: i.is_local for i in items}[stated.code]
    withdraw_material_rule(own, by=scene.officer, at=AT)
    assert f"own-{own.pk}" not in _codes("grade", scene.bureau)


def test_other_bureaus_lists_are_their_own(scene):
    _rule(scene, title="社保缴费证明")

    other = desk.make_bureau("440000", "广东")

    assert not any(code.startswith("own-") for code in _codes("grade", other))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"document": " ", "title": "表"}, "document"),
        ({"title": ""}, "title"),
        ({"code": "no-such"}, "item"),
        ({"kind": "no-such", "title": "表"}, "item"),
    ],
)
def test_word_without_paper_or_object_is_refused(scene, wrong, code):
    with pytest.raises(EntitlementRefused) as refused:
        _rule(scene, **wrong)

    assert refused.value.code == code


def test_complete_only_when_every_item_is_there(scene):
    who = {"by": scene.officer, "at": AT}
    codes = _codes("grade", scene.bureau)
    for code in codes[:-1]:
        tick_material([scene.grade], item=code, state="present", evidence="原件", **who)

    with pytest.raises(EntitlementRefused) as refused:
        advance_entitlement(scene.grade, to="material-complete", reason="", **who)
    tick_material(
        [scene.grade], item=codes[-1], state="waived", evidence="本地不要", **who
    )
    row = advance_entitlement(scene.grade, to="material-complete", reason="", **who)

    assert refused.value.code == "materials"
    assert "职业技能鉴定考评表" in refused.value.message
    assert row.state == "material-complete"


def test_waiver_needs_its_reason(scene):
    with pytest.raises(EntitlementRefused) as refused:
        tick_material(
            [scene.grade], item="identity-card", state="waived", evidence=" ",
            by=scene.officer, at=AT,
        )  # fmt: skip

    assert refused.value.code == "evidence"


def test_tick_is_taken_back_and_kept_on_record(scene):
    who = {"by": scene.officer, "at": AT}
    tick_material(
        [scene.grade], item="identity-card", state="present", evidence="原件", **who
    )

    untick_material(scene.grade, item="identity-card", **who)

    lines = checklists([scene.grade], scene.bureau)[scene.grade.pk]
    assert all(line.is_open for line in lines)
    assert scene.grade.material_ticks.get().withdrawn_at == AT


def test_checklists_take_the_same_queries_for_any_number(
    scene, django_assert_num_queries
):
    for rows in ([scene.grade], scene.rows):
        with django_assert_num_queries(2):
            checklists(rows, scene.bureau)
