"""A slip's QR code opens the page; the code stands in no address a server sees."""

from datetime import timedelta

import pytest
from django.utils import timezone

from awards.actions.result_codes import issue_result_codes
from tests.awards import desk

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 20_000


@pytest.fixture
def code(live_server):
    person = desk.make_person("张龙", 1)
    _release, skill, _entries = desk.make_final([person])
    officer = desk.make_officer(desk.make_bureau())
    at = timezone.now()
    ((_row, code),) = issue_result_codes(
        skill.competition,
        [person],
        expires_at=at + timedelta(days=9),
        by=officer,
        at=at,
    )
    return code


@pytest.fixture
def phone(chromium, code):
    from playwright.sync_api import sync_playwright  # slow import

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        size = {"width": 390, "height": 844}
        page = browser.new_context(locale="zh-CN", viewport=size).new_page()
        page.set_default_timeout(WAIT)
        yield page
        browser.close()


def test_scanned_slip_opens_the_page_and_its_code_reaches_no_address(
    phone, live_server, code
):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))

    phone.goto(f"{live_server.url}/delegation/result/#{code}")
    phone.wait_for_url("**/delegation/result/mine/")

    assert phone.locator("h1").inner_text() == "张龙"
    assert phone.locator(".own-big").first.inner_text().split() == [
        "金牌",
        "第",
        "1",
        "名",
    ]
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert [url for url in asked if code in url.split("#")[0]] == []
    assert code not in phone.evaluate("location.href")

    phone.get_by_role("button", name="看完了，关闭").click()
    phone.wait_for_url("**/delegation/result/")
    phone.goto(f"{live_server.url}/delegation/result/mine/")
    assert phone.get_by_role("button", name="打开我的页面").is_visible()
