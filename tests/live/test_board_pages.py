"""Boards in a real browser: the script draws what the server drew, and then it lives."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from live import actions
from tests.live.boards import content, row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

NAMED = {"delegation": "成都市代表队", "unit": "太行重型机械集团有限公司"}
VARIANTS = {
    "live": (
        [
            row(7, 1, "61.20", shared=True),
            row(3, 1, "61.20", shared=True),
            row(9, 3, "9.00"),
            row(4, None, None, standing="not-scored"),
            row(5, None, None, standing="absent"),
        ],
        {},
    ),
    "final": (
        [
            row(1, 1, "92.46", label="郝志远", medal="gold", award="金牌", **NAMED),
            row(2, 2, "91.08", label="周𠮷安", award="优胜奖", **NAMED),
        ],
        {
            "state": "final",
            "naming": "names",
            "release": "R-2026-0001-7F3A",
            "published_on": date(2026, 5, 19),
        },
    ),
    "public": (
        [row(1, 1, "92.46", label="郝志远", medal="gold", **NAMED)],
        {
            "state": "public",
            "naming": "names",
            "notice": (date(2026, 5, 15), 5, date(2026, 5, 21)),
        },
    ),
    "frozen": (
        [row(1, 1, "9.00")],
        {"state": "frozen", "frozen_at": datetime(2026, 5, 12, 2, 32, tzinfo=UTC)},
    ),
    "aliases": ([row(1, 1, "9.00", label="S03")], {"naming": "aliases", "team": True}),
    "progress": ([], {"naming": "progress"}),
    "none": ([row(1, None, None, standing="not-scored")], {"state": "none"}),
}
SHOWN = """() => {
  const visible = (part) => part.innerText.replace(/\\s+/g, ' ').trim()
  const texts = (query) => [...document.querySelectorAll(query)].map(visible)
  return {
    state: texts('.state'), fact: texts('[data-slot=fact]'), size: texts('h1'),
    notes: texts('.note'), rows: texts('table.board tr'), empty: texts('.empty'),
    foot: texts('[data-slot=foot]'), ledge: document.querySelector('.ledge').value,
    medals: [...document.querySelectorAll('.medal')].map((each) => each.dataset.m),
    ticks: [...document.querySelectorAll('.board .ticks')].map((each) => each.ariaLabel),
  }
}"""
_seconds = count(1)


def aside(work, *args, **named):
    """Do ``work`` in a thread: the browser keeps an event loop in this one."""

    def run():
        try:
            return work(*args, **named)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def publish(*rows, board="k3v9", **changes):
    number = next(_seconds)
    at = timezone.now() + timedelta(seconds=number)
    shown = content(*rows, **changes)
    aside(
        actions.publish_snapshots,
        board,
        {"public": shown},
        built_from=number,
        at=at,
    )


@pytest.fixture
def site(serve):
    process, port = serve("config.asgi:application", DEBUG="1")
    yield process, f"http://127.0.0.1:{port}"


@pytest.fixture
def browser(chromium):
    with sync_playwright() as play:
        running = play.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


def opened(browser, address, **options):
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 390, "height": 844},
        **options,
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(address)
    return page


def test_script_draws_what_the_server_drew(site, browser):
    _, base = site
    for name, (rows, changes) in VARIANTS.items():
        publish(*rows, board=name, **changes)

    for name in VARIANTS:
        address = f"{base}/live/{name}/"
        plain = opened(browser, address)
        plain.route("**/*.js", lambda route: route.abort())
        plain.reload()
        alive = opened(browser, address)
        expect(alive.locator(".pill")).to_contain_text("已连接")

        assert alive.evaluate(SHOWN) == plain.evaluate(SHOWN), name


def test_board_moves_without_a_reload(site, browser):
    _, base = site
    publish(row(1, 1, "9.00"), row(2, 2, "8.00"))
    page = opened(browser, f"{base}/live/k3v9/")
    expect(page.locator(".pill")).to_contain_text("已连接")
    page.evaluate("window.same = true")

    publish(row(2, 1, "9.50"), row(1, 2, "9.00"), sheets_done=9)

    expect(page.locator("[data-slot=fact]")).to_have_text("已交 75%")
    rows = page.locator("tr[data-id]")
    expect(rows.nth(0)).to_contain_text("9.50")
    expect(rows.nth(0).locator(".up")).to_contain_text("1")
    assert page.evaluate("window.same")


def test_followed_row_stands_on_top_and_is_found_again(site, browser):
    _, base = site
    publish(*(row(n, n, f"{90 - n}.00") for n in range(1, 13)))
    page = opened(browser, f"{base}/live/k3v9/")
    page.locator("tr[data-id]", has_text="07").click()
    expect(page.locator("tr[data-pinned]")).to_have_count(2)

    page.reload()
    expect(page.locator("tr[data-id]").first).to_contain_text("07")
    page.locator("input[type=search]").fill("11")

    expect(page.locator("tr[data-id]")).to_have_count(1)
    page.locator("input[type=search]").fill("99")
    expect(page.locator("[data-slot=nothing]")).to_contain_text("没有找到")


def test_wall_pages_by_itself_and_on_keys(site, browser):
    _, base = site
    publish(*(row(n, n, f"{90 - n}.00") for n in range(1, 36)))
    page = opened(browser, f"{base}/live/k3v9/wall/?every=3")
    page.set_viewport_size({"width": 1920, "height": 1080})
    captions = page.locator("caption")
    expect(captions.nth(1)).to_contain_text("第 11–20 名")

    expect(captions.nth(1)).to_contain_text("第 21–30 名", timeout=8000)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(captions.nth(1)).to_contain_text("第 31–35 名")
    page.keyboard.press("-")

    expect(captions.nth(0)).to_contain_text("前 9 名")
    expect(captions.nth(1)).to_contain_text("第 28–35 名")
    expect(page.locator("table").nth(1).locator("tr")).to_have_count(8)
    assert "rows=9" in page.url
    overflow = "document.documentElement.scrollHeight <= innerHeight"
    assert page.evaluate(overflow)


def test_long_names_on_a_wall_stay_within_their_rows(site, browser):
    _, base = site
    long = {"label": "阿卜杜热合曼·买买提江·吐尔逊", "award": "优胜奖", **NAMED}
    final = {"state": "final", "naming": "names"}
    publish(*(row(n, n, f"{90 - n}.00", **long) for n in range(1, 25)), **final)
    page = opened(browser, f"{base}/live/k3v9/wall/")
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect(page.locator("caption")).to_have_count(2)

    heights = (
        "() => [...document.querySelectorAll('tbody tr')].map(e => e.offsetHeight)"
    )
    shown = page.evaluate(heights)
    last = page.locator("tbody tr").nth(9).bounding_box()
    foot = page.locator(".wall-foot").bounding_box()

    assert len(shown) == 20
    assert max(shown) - min(shown) <= 1
    assert last["y"] + last["height"] <= foot["y"]


def test_line_down_keeps_the_figures_and_says_so(site, browser):
    process, base = site
    publish(row(1, 1, "9.00"))
    page = opened(browser, f"{base}/live/k3v9/")
    expect(page.locator(".pill")).to_contain_text("已连接")

    process.terminate()
    process.wait(5)

    expect(page.locator(".state")).to_have_text("断线，可能过时", timeout=30_000)
    expect(page.locator(".note")).to_contain_text("正在重连")
    expect(page.locator("tr[data-id]")).to_contain_text("9.00")
    expect(page.locator(".ledge")).to_have_attribute("data-stale", "")


def test_first_load_of_forty_rows_is_light(site, browser):
    _, base = site
    publish(*(row(n, n, f"{90 - n}.00") for n in range(1, 41)))
    page = opened(browser, f"{base}/live/k3v9/")
    weights = """() => performance.getEntriesByType('resource')
      .concat(performance.getEntriesByType('navigation'))
      .reduce((sum, each) => sum + each.transferSize, 0)"""

    assert page.evaluate(weights) <= 150_000
