"""The pages of 办理: rounds, filings, overdue, changed facts, withdrawals, materials."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.actions.entitlements import (
    advance_entitlement,
    ask_withdrawal,
)
from awards.models import (
    BasisChange,
    Entitlement,
    Filing,
    MaterialRule,
    MaterialTick,
    PublicityRound,
    RoundObjection,
)
from tests.awards import desk

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
WAIVED = "纸质材料已在窗口核验"


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def approver(bureau):
    user = desk.make_officer(bureau, "li", approves=True)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def browser(client, officer):
    client.force_login(officer)
    return client


def _rows(count=1):
    people = [desk.make_person(f"人{n}", n) for n in range(1, count + 1)]
    release, skill, entries = desk.make_final(people)
    decisions = [
        desk.make_decision(release, skill, entry, person)
        for entry, person in zip(entries, people, strict=True)
    ]
    return [
        desk.make_entitlement(
            decision, authority="四川省人社厅", due_on=timezone.localdate()
        )
        for decision in decisions
    ]


def _step(row, user, to, reason=""):
    return advance_entitlement(row, to=to, reason=reason, by=user, at=timezone.now())


def _today():
    return timezone.localdate().isoformat()


def _state(row):
    row.refresh_from_db()
    return row.state


def _filed(row, user):
    _step(row, user, "material-complete", WAIVED)
    return _step(row, user, "filed", "川人社〔2026〕1号(试验)")


def _change(row):
    row.basis_changed = True
    row.save()
    after = desk.make_decision(
        row.release, row.decision.skill, _entry(row), row.person, state="refused",
        conditions=[{**row.decision.conditions[0], "found": "名次 第 9 名", "verdict": "no"}],
        facts_digest="later",
    )  # fmt: skip
    return BasisChange.objects.create(
        entitlement=row, before=row.decision, after=after, release=row.release,
        found_at=timezone.now(),
    )  # fmt: skip


def _entry(row):
    from competitions.models import Entry

    return Entry.objects.get(pk=row.decision.entry_id)


def test_checklist_names_where_each_paper_is_asked_for(browser):
    (row,) = _rows()

    page = browser.get(reverse("bureau_explain", args=[row.decision_id]))
    text = page.content.decode()

    assert "获奖证书复印件" in text
    assert "鲁人社函〔2015〕93号" in text
    assert "外地文件，本地要求待定" in text
    assert f"R-{row.pk}" in text


def test_step_over_open_papers_names_them_and_stays(browser):
    (row,) = _rows()

    address = reverse("bureau_advance", args=[row.pk])
    answer = browser.post(
        address, {"to": "material-complete", "reason": ""}, follow=True
    )

    assert "材料还缺：竞赛部署文件（盖章）" in answer.content.decode()
    assert _state(row) == "proposed"


def test_shared_paper_is_ticked_for_everybody_of_the_release(browser):
    first, second = _rows(2)
    address = reverse("bureau_material", args=[first.pk])

    said = {"say": "present", "evidence": "川人社〔2026〕8号", "everybody": "1"}
    browser.post(address, {"item": "result-notice", **said})
    browser.post(address, {"item": "identity-card", **said})

    ticks = MaterialTick.objects.order_by("entitlement", "item")
    assert list(ticks.values_list("entitlement", "item")) == [
        (first.pk, "identity-card"),
        (first.pk, "result-notice"),
        (second.pk, "result-notice"),
    ]


def test_round_is_opened_objected_to_and_closed_on_its_pages(browser, officer):
    (row,) = _rows()
    _step(row, officer, "material-complete", WAIVED)
    start = timezone.localdate() - timedelta(days=20)

    opened = browser.post(
        reverse("bureau_rounds"),
        {
            "row": row.pk, "place": "门户网站", "document": "试验文件",
            "starts_on": start.isoformat(), "days": 5,
        },
    )  # fmt: skip
    found = PublicityRound.objects.get()
    page = reverse("bureau_round", args=[found.pk])
    browser.post(
        reverse("bureau_round_objection", args=[found.pk]),
        {"entitlement": row.pk, "received_on": start.isoformat(), "text": "成绩有误"},
    )
    browser.post(reverse("bureau_round_close", args=[found.pk]))
    found.refresh_from_db()
    still_open = found.closed_at
    objection = RoundObjection.objects.get()
    browser.post(
        reverse("bureau_objection_ruling", args=[objection.pk]),
        {"is_upheld": "no", "ruling": "已复核"},
    )
    browser.post(reverse("bureau_round_close", args=[found.pk]))
    found.refresh_from_db()

    assert (opened.status_code, opened["Location"]) == (302, page)
    assert (still_open, found.closed_at is not None) == (None, True)
    assert "成绩有误" in browser.get(page).content.decode()
    assert _state(row) == "publicity"


def test_days_of_a_round_are_never_assumed(browser, officer):
    (row,) = _rows()
    _step(row, officer, "material-complete", WAIVED)

    answer = browser.post(
        reverse("bureau_rounds"),
        {"row": row.pk, "place": "网站", "starts_on": _today(), "document": "文件"},
    )

    assert answer.status_code == 422
    assert not PublicityRound.objects.exists()


def test_batch_is_filed_answered_and_delivered_on_its_page(browser, officer):
    rows = _rows(2)
    for row in rows:
        _step(row, officer, "material-complete", WAIVED)

    browser.post(
        reverse("bureau_filings"),
        {
            "row": [row.pk for row in rows], "authority": "四川省人社厅",
            "document": "", "filed_on": _today(),
        },
    )  # fmt: skip
    filing = Filing.objects.get()
    act = "bureau_filing_act"
    browser.post(
        reverse(act, args=[filing.pk, "complete"]), {"document": "川人社〔2026〕2号"}
    )
    browser.post(
        reverse(act, args=[filing.pk, "answer"]),
        {"all": "1", "verdict": "granted", "document": "批复1号", "answered_on": _today()},
    )  # fmt: skip
    granted = [_state(row) for row in rows]
    browser.post(
        reverse(act, args=[filing.pk, "deliver"]),
        {"all": "1", "document": "签领单", "delivered_on": _today()},
    )
    filing.refresh_from_db()

    assert granted == ["granted", "granted"]
    assert [_state(row) for row in rows] == ["delivered", "delivered"]
    assert filing.document == "川人社〔2026〕2号"


def test_answer_with_a_wrong_certificate_number_is_shown_again(browser, officer):
    (row,) = _rows()
    _filed(row, officer)

    answer = browser.post(
        reverse("bureau_answer", args=[row.pk]),
        {
            "verdict": "granted", "document": "批复1号", "answered_on": _today(),
            "certificate_number": "Y1",
        },
    )  # fmt: skip

    assert answer.status_code == 422
    assert 'value="Y1"' in answer.content.decode()
    assert _state(row) == "filed"


def test_granted_grade_stands_in_the_file_of_the_person(browser, officer):
    (row,) = _rows()
    _filed(row, officer)

    browser.post(
        reverse("bureau_answer", args=[row.pk]),
        {"verdict": "granted", "document": "批复1号", "answered_on": _today()},
    )

    given = row.given_facts.get().grade
    assert (given.grade, given.certificate_number, given.issued_on.isoformat()) == (
        5, "", _today()
    )  # fmt: skip
    page = browser.get(reverse("bureau_explain", args=[row.decision_id]))
    assert "证书编号未填" in page.content.decode()


def test_overdue_names_the_late_step_and_takes_a_new_day(browser):
    (row,) = _rows()
    row.due_on = timezone.localdate() - timedelta(days=3)
    row.save()

    page = browser.get(reverse("bureau_overdue")).content.decode()
    later = timezone.localdate() + timedelta(days=9)
    browser.post(
        reverse("bureau_overdue"),
        {"row": row.pk, "due_on": later.isoformat(), "reason": "受理推迟"},
    )
    row.refresh_from_db()

    assert "材料还没有备齐" in page
    assert "3 天" in page
    assert row.due_on == later
    assert "没有逾期的待遇" in browser.get(reverse("bureau_overdue")).content.decode()


def test_last_step_is_taken_back_the_same_day(browser, officer):
    (row,) = _rows()
    _step(row, officer, "material-complete", WAIVED)

    browser.post(reverse("bureau_step_undo", args=[row.pk]))

    assert _state(row) == "proposed"
    assert not MaterialTick.objects.filter(withdrawn_at__isnull=True).exists()


def test_bureau_says_what_is_asked_for_here(browser):
    (row,) = _rows()

    browser.post(
        reverse("bureau_materials"),
        {
            "kind": "grade", "code": "promotion-roster", "asked": "no",
            "document": "川人社函〔2026〕3号(试验)",
        },
    )  # fmt: skip
    explained = browser.get(reverse("bureau_explain", args=[row.decision_id]))
    listed = browser.get(reverse("bureau_materials")).content.decode()
    rule = MaterialRule.objects.get()
    browser.post(reverse("bureau_material_rule", args=[rule.pk]))
    rule.refresh_from_db()

    assert "人员汇总表" not in explained.content.decode()
    assert "川人社函〔2026〕3号(试验)" in listed
    assert rule.withdrawn_at is not None


PAGES = (
    "bureau_progress", "bureau_rounds", "bureau_filings", "bureau_overdue",
    "bureau_changed", "bureau_withdrawals", "bureau_materials",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_empty_page_says_what_comes_first(browser, name):
    assert browser.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", [*PAGES, "bureau_explain"])
def test_queries_do_not_grow_with_the_lines(
    browser, officer, django_assert_max_num_queries, name
):
    counted = []
    for row in _rows(4):
        _filed(row, officer)
        row.refresh_from_db()
        row.due_on = date(2026, 1, 5)
        _change(row)
        ask_withdrawal(row, kind="revoked", reason="r", by=officer, at=timezone.now())
    first = Entitlement.objects.order_by("pk").first()
    args = [first.decision_id] if name == "bureau_explain" else []
    browser.get(reverse(name, args=args))  # the first look of the day is recorded
    for keep in (1, 4):
        rows = Entitlement.objects.order_by("pk")
        Entitlement.objects.filter(pk__in=rows.values("pk")[keep:]).update(
            region="440000"
        )
        Entitlement.objects.filter(pk__in=rows.values("pk")[:keep]).update(
            region="510100"
        )
        with django_assert_max_num_queries(80) as used:
            browser.get(reverse(name, args=args))
        counted.append(len(used))

    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "name",
    [
        "bureau_material", "bureau_answer", "bureau_deliver", "bureau_ask_withdrawal",
        "bureau_keep", "bureau_step_undo",
    ],
)  # fmt: skip
def test_entitlement_of_another_bureau_is_not_found(client, name):
    (row,) = _rows()
    other = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    client.force_login(desk.make_officer(other, "other"))

    assert client.post(reverse(name, args=[row.pk])).status_code == 404


@pytest.mark.parametrize("name", ["bureau_rounds", "bureau_filings", "bureau_changed"])
def test_lines_of_another_bureau_cannot_be_chosen(client, name):
    (row,) = _rows()
    other = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    client.force_login(desk.make_officer(other, "other"))
    filled = {
        "row": row.pk, "place": "p", "document": "d", "starts_on": _today(), "days": 5,
        "authority": "a", "filed_on": _today(), "do": "keep", "reason": "r",
    }  # fmt: skip

    assert client.post(reverse(name), filled).status_code == 404
