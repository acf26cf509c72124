"""Deductions and times on a real tablet page: what the fingers do, what arrives."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from scoring.core.scheme import Aspect, Calculation, CalculationKind, MarkKind
from scoring.models import Mark
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type
from tests.scoring.views.test_tablet_browser import WAIT, aside, saved

pytestmark = pytest.mark.django_db(transaction=True)
FAULTS = Aspect(
    "A1.D3",
    MarkKind.DEDUCTION,
    Decimal(0),
    "安全违规",
    extra=("未戴护目镜", "工具乱放"),
    calculation=Calculation(
        CalculationKind.COUNT_DEDUCTION, (("UNIT", "0.5"), ("CAP", "1.5"))
    ),
)
TIME = Aspect(
    "A1.T4",
    MarkKind.TIME,
    Decimal(0),
    "完成用时",
    calculation=Calculation(CalculationKind.TIME_ONLY),
    step=Decimal("0.1"),
)


def scheme_with_kinds():
    scheme = worldskills_type()
    first, *rest = scheme.criteria
    (sub,) = first.sub_criteria
    sub = replace(sub, aspects=(*sub.aspects, FAULTS, TIME))
    return replace(scheme, criteria=(replace(first, sub_criteria=(sub,)), *rest))


@pytest.fixture
def contest():
    return make_contest(scheme_with_kinds(), entries=2)


@pytest.fixture
def tablet(chromium, live_server, contest) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright  # slow import

    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(contest.judges[0], backend=backend)
    path = reverse("judge_sheet", args=[contest.sheet(0, "A1").pk])
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        size = {"width": 1024, "height": 768}
        context = browser.new_context(viewport=size, locale="zh-CN")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        context.add_cookies([cookie | {"url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(live_server.url + path)
        yield page
        browser.close()


def marks():
    return sorted(Mark.objects.values_list("code", "seat", "value", "remark"))


def test_every_fault_has_its_reason_and_the_time_is_typed_like_a_stop_watch(tablet):
    faults = tablet.locator('[data-aspect="A1.D3"]')
    dialog = tablet.locator("[data-remark-dialog][open]")
    faults.locator('[data-do="another"]').click()
    dialog.get_by_text("未戴护目镜").click()
    faults.locator("[data-remarks] li").nth(0).wait_for()
    faults.locator('[data-do="another"]').click()
    dialog.locator("input").fill("切割时站在护栏外")
    dialog.locator('[value="save"]').click()
    faults.locator("[data-remarks] li").nth(1).wait_for()
    saved(tablet, "A1.D3")
    assert faults.locator("[data-points]").inner_text() == "扣 1.00"

    tablet.locator('[data-aspect="A1.T4"] [data-do="field"]').click()
    for digit in "12345":
        tablet.locator(f'[data-key="{digit}"]').click()
    assert tablet.locator("[data-keypad] output b").inner_text() == "12:34.5"
    tablet.locator('[data-key="ok"]').click()
    saved(tablet, "A1.T4")

    tablet.reload()
    faults.locator("[data-remarks] li").nth(1).wait_for()
    assert tablet.locator('[data-aspect="A1.T4"] .field b').inner_text() == "12:34.5"
    assert aside(marks) == [
        ("A1.D3", 0, "2", "未戴护目镜\n切割时站在护栏外"),
        ("A1.T4", 0, "754.5", ""),
    ]


def test_no_fault_is_said_with_a_tap_and_a_fault_is_taken_back_with_its_line(tablet):
    faults = tablet.locator('[data-aspect="A1.D3"]')
    faults.locator('[data-do="fewer"]').click()
    saved(tablet, "A1.D3")
    assert aside(marks) == [("A1.D3", 0, "0", "")]
