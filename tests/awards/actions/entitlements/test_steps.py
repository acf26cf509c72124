"""The life of an entitlement, step by step."""

from datetime import date

import pytest

from awards.actions.decisions import derive_awards
from awards.actions.entitlements import (
    advance_entitlement,
    advance_many,
    close_round,
    open_round,
    set_due,
)
from awards.errors import EntitlementRefused
from awards.models import Decision, Entitlement
from ledger.core.chain import bureau_chain
from ledger.queries import body_of, events_of
from people.actions import record_sanction
from people.models import TitleHeld
from tests.awards.results import (
    AT,
    entry_text,
    make_bureau,
    make_competition,
    make_entry,
    make_officer,
    make_person,
    make_release,
    make_skill,
    skill_text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
WAIVED = "纸质材料已在窗口核验"


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def officer(bureau):
    return make_officer(bureau)


@pytest.fixture
def title():
    competition = make_competition(
        "nat", name="第二届", tier="national", region="", origin="external",
        starts_on=AT.date().replace(2023), ends_on=AT.date().replace(2023),
    )  # fmt: skip
    skill = make_skill(competition, occupation_code="", group="unknown")
    entry = make_entry(skill, "1", [make_person("选手001")])
    release = make_release(
        competition, [skill_text(skill, [entry_text(entry, 1, "金牌")], field=0)]
    )
    derive_awards(release, by="system:test", at=AT)
    return Entitlement.objects.get(kind="title", value="全国技术能手")


@pytest.fixture
def round_over(title, officer):
    """A 公示 of the title that is over and closed."""
    _advance(title, officer, "material-complete", WAIVED)
    row, _bulk = open_round(
        [title], place="门户网站", document="公示办法(试验)", starts_on=date(2026, 11, 9),
        days=5, by=officer, at=AT,
    )  # fmt: skip
    return close_round(row, by=officer, at=AT)


def _advance(row, officer, to, reason=""):
    return advance_entitlement(row, to=to, reason=reason, by=officer, at=AT)


def _filed(row, officer):
    _advance(row, officer, "material-complete", WAIVED)
    return _advance(row, officer, "filed", "试人社〔2026〕1号")


def _steps(row):
    return [(step.before, step.after) for step in row.steps.order_by("pk")]


def test_steps_lead_to_the_authoritys_answer(title, officer, bureau, round_over):
    title = _advance(title, officer, "filed", "试人社〔2026〕1号")
    title = _advance(title, officer, "granted", "人社部发〔2023〕1号(试验)")

    assert (title.state, title.state_reason) == ("granted", "人社部发〔2023〕1号(试验)")
    held = TitleHeld.objects.get()
    assert (held.title, held.person, held.evidence) == (
        "全国技术能手", title.person, "人社部发〔2023〕1号(试验)"
    )  # fmt: skip
    events = events_of(bureau_chain(bureau.pk)).filter(type="entitlement-advanced")
    assert [body_of(event)["to"] for event in events.order_by("seq")] == [
        "material-complete", "publicity", "filed", "granted"
    ]  # fmt: skip
    assert _steps(title) == [
        ("proposed", "material-complete"),
        ("material-complete", "publicity"),
        ("publicity", "filed"),
        ("filed", "granted"),
    ]


def test_granted_title_does_not_refuse_its_own_decision(title, officer):
    _filed(title, officer)
    _advance(title, officer, "granted", "文件")

    derive_awards(title.release, by="system:test", at=AT)

    decision = Decision.objects.get(rule="NAT-3", is_current=True)
    assert (decision.state, decision.entitlements.get().state) == (
        "entitled", "granted"
    )  # fmt: skip


@pytest.mark.parametrize("to", ["granted", "delivered", "filed", "nonsense"])
def test_step_that_does_not_follow_is_refused(title, officer, to):
    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, to, "理由")

    assert refused.value.code == "step"
    title.refresh_from_db()
    assert title.state == "proposed"


@pytest.mark.parametrize("to", ["granted", "refused"])
def test_authoritys_answer_needs_its_paper(title, officer, to):
    _filed(title, officer)

    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, to, " ")

    assert refused.value.code == "reason"


@pytest.mark.parametrize("to", ["revoked", "superseded"])
def test_nobody_withdraws_alone(title, officer, to):
    _filed(title, officer)
    _advance(title, officer, "granted", "文件")

    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, to, "错了")

    assert refused.value.code == "two-people"


def test_publicity_is_never_a_word_alone(title, officer):
    _advance(title, officer, "material-complete", WAIVED)

    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, "publicity", "")

    assert refused.value.code == "round"


def test_paper_of_a_filing_is_kept_with_its_number(title, officer, bureau):
    row = _filed(title, officer)

    filing = row.filing
    assert (filing.number, filing.document, filing.authority, filing.filed_on) == (
        f"SB-{bureau.pk}-2026-001", "试人社〔2026〕1号", row.authority, AT.date()
    )  # fmt: skip


def test_refused_goes_again_only_with_a_reason(title, officer):
    _filed(title, officer)
    _advance(title, officer, "refused", "缺原件")

    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, "filed")
    again = _advance(title, officer, "filed", "已补原件")

    assert refused.value.code == "reason"
    assert (again.state, again.filing.number[-3:]) == ("filed", "002")
    assert (again.filing.document, again.steps.last().reason) == ("", "已补原件")


def test_delivery_needs_its_paper(title, officer):
    _filed(title, officer)
    _advance(title, officer, "granted", "文件")

    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, "delivered")
    delivered = _advance(title, officer, "delivered", "签收表 3")

    assert refused.value.code == "reason"
    assert (delivered.state, delivered.steps.last().document) == (
        "delivered", "签收表 3"
    )  # fmt: skip


def test_many_move_and_the_others_say_why(title, officer):
    other = Entitlement.objects.get(pk=title.pk)
    other.pk = None
    other.save()
    _advance(other, officer, "material-complete", WAIVED)

    step = advance_many(
        [title, other], to="material-complete", reason=WAIVED, by=officer, at=AT
    )

    assert [row.pk for row in step.moved] == [title.pk]
    assert step.skipped == [
        (other, "“材料齐”之后不能直接转为“材料齐”。请刷新页面后按顺序办理。")
    ]


def test_new_day_of_what_is_due_is_kept_with_its_reason(title, officer):
    step = set_due(
        [title], due_on=date(2027, 1, 5), reason="主管部门推迟受理", by=officer, at=AT
    )

    title.refresh_from_db()
    kept = title.steps.get()
    assert title.due_on == kept.on == date(2027, 1, 5)
    assert (kept.reason, kept.batch) == ("主管部门推迟受理", step.batch)


@pytest.mark.parametrize(
    ("scope", "is_barred"), [("推荐和表彰", True), ("执裁", False)]
)
def test_a_record_bars_filing_where_its_scope_names_it(
    title, officer, round_over, scope, is_barred
):
    record_sanction(
        title.person, scope=scope, reason="弄虚作假", starts_on=date(2020, 1, 1),
        by=officer, at=AT,
    )  # fmt: skip

    if is_barred:
        with pytest.raises(EntitlementRefused, match="推荐和表彰") as refused:
            _advance(title, officer, "filed")
        assert refused.value.code == "sanction"
    reason = "处理文件第二条允许" if is_barred else ""
    _advance(title, officer, "filed", reason)
    assert Entitlement.objects.get(pk=title.pk).state == "filed"
