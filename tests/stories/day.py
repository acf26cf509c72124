"""What happens between judges on a marking day: reserves, changes, appeals, decode."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.stories import desk, hall


def draw_codes(page: Page, skill: int, seed: str) -> None:
    """One level is drawn, sealed and its sheet printed."""
    page.goto(f"/organize/skills/{skill}/draw/")
    page.locator("[name=seed]").fill(seed)
    desk.press(page, "抽签并封存")
    with page.expect_download():
        page.get_by_role("button", name="打印封存单").click()


def seat_reserve(page: Page, skill: int, seat: str, reason: str) -> None:
    """The chief judge lets the reserve take a seat from now on."""
    page.goto(f"/judge/chief/{skill}/")
    page.get_by_role("link", name="评分组").first.click()
    page.wait_for_load_state()
    form = page.locator("#reserve form")
    form.locator("[name=seat]").select_option(seat)
    form.locator("[name=reason]").fill(reason)
    form.get_by_role("button", name="替补上场").click()
    page.wait_for_load_state()


def sign_all(
    judges: list[tuple[Page, str]], leaders: list[tuple[Page, str]], skill: int
) -> None:
    """Judges, then the chief judge and the supervisor: whatever waits for each."""
    for page, pin in judges:
        assert "收到" in hall.sign(page, f"/judge/review/{skill}/", pin)
    for page, pin in leaders:
        page.goto(f"/judge/chief/{skill}/")
        page.get_by_role("button", name="逐项看过再签名").click()
        page.wait_for_load_state()
        hall.sign(page, page.url, pin)


def ask_change(
    page: Page, aspect: str, value: str, *, reason: str, text: str, secret: str
) -> str:
    """From a sheet's versions: ask for one cell; the request's address comes back."""
    row = page.locator("tbody tr", has=page.get_by_role("rowheader", name=aspect))
    row.first.get_by_role("link", name="申请更改").click()
    page.wait_for_load_state()
    field = page.locator("[name=value]")
    if field.evaluate("it => it.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
    page.locator("[name=reason]").select_option(reason)
    page.locator("[name=text]").fill(text)
    page.locator("[name=secret]").fill(secret)
    desk.press(page, "提出申请")
    page.wait_for_url("**/judge/changes/*/")
    return page.url


def approve_change(page: Page, skill: int, secret: str) -> None:
    """The chief judge finds it under what waits, sees what it moves, approves."""
    page.goto(f"/judge/chief/{skill}/")
    page.locator("li[data-wait=change] a").first.click()
    page.wait_for_load_state()
    page.locator("form:has([name=digest]) [name=secret]").fill(secret)
    desk.press(page, "看过影响，批准更改")
    expect(page.get_by_role("button", name="看过影响，批准更改")).to_have_count(0)


def enter_approved(page: Page, address: str) -> None:
    """The judge of the seat enters the approved value on the request's page."""
    page.goto(address)
    page.locator("form[action*='/enter/'] button[type=submit]").click()
    page.wait_for_load_state()


def end_skill(page: Page, code: str) -> None:
    page.goto(f"/organize/{code}/appeals/")
    page.locator("form[action*='/end/'] button").first.click()
    page.wait_for_load_state()


def lodge_appeal(page: Page, text: str) -> None:
    page.goto("/delegation/")
    page.get_by_role("link", name="提出申诉").click()
    page.wait_for_load_state()
    about = page.locator("select[name=about] option")
    value = about.nth(1).get_attribute("value") or ""
    page.locator("select[name=about]").select_option(value)
    page.locator("[name=text]").fill(text)
    page.locator("form:has([name=about]) button[type=submit]").click()
    page.wait_for_load_state()


def grant_appeal(page: Page, code: str, secret: str) -> str:
    """A supervisor rules with clause and reason; the appeal's address comes back."""
    page.goto(f"/organize/{code}/appeals/")
    page.locator("a[href*='/organize/appeals/']").first.click()
    page.wait_for_load_state()
    form = page.locator("form:has([name=clause])")
    form.locator("[name=granted]").select_option("yes")
    form.locator("[name=clause]").fill("竞赛规程第二十一条")
    form.locator("[name=reason]").fill("复看现场照片，接地线连续，应评合格")
    form.locator("[name=secret]").fill(secret)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()
    expect(page.get_by_text("第一级裁定").first).to_be_visible()
    return page.url


def accept_ruling(page: Page) -> None:
    page.goto("/delegation/")
    page.locator("a[href*='/delegation/appeals/']").first.click()
    page.wait_for_load_state()
    page.locator("[name=answer][value=accept]").check()
    page.locator("form:has([name=answer]) button[type=submit]").click()
    page.wait_for_load_state()


def find_sheet(page: Page, address: str, code: str, sub: str) -> None:
    """From the granted appeal to the sheet whose mark is to be changed."""
    page.goto(address)
    page.get_by_role("link", name="提出更改评分").click()
    page.wait_for_load_state()
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="找", exact=True).click()
    page.wait_for_load_state()
    row = page.locator("tbody tr", has_text=sub)
    row.get_by_role("link", name="选要更改的评定").click()
    page.wait_for_load_state()


def record_remedy(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.locator("[name=words]").fill(words)
    page.locator("form:has([name=words]) button[type=submit]").click()
    page.wait_for_load_state()


def verify(page: Page, skill: int, password: str) -> None:
    page.goto(f"/judge/verify/{skill}/")
    page.locator("[name=note]").fill("全部复核，未发现差错")
    page.locator("[name=password]").fill(password)
    desk.press(page, "确认复核")
    expect(page.get_by_text("已复核").first).to_be_visible()


def decode(officer: Page, supervisor: Page, skill: int, secrets: list[str]) -> None:
    """Two people open the one level: who drew it asks, the supervisor confirms."""
    address = f"/organize/skills/{skill}/draw/"
    for page, secret in zip((officer, supervisor), secrets, strict=True):
        page.goto(address)
        page.locator("[name=secret]").fill(secret)
        page.locator("form:has([name=secret]) button[type=submit]").click()
        page.wait_for_load_state()
    expect(supervisor.get_by_text("全部解密").first).to_be_visible()


def open_publicity(page: Page, code: str) -> None:
    page.goto(f"/organize/{code}/publicity/")
    page.locator("[name=skills]").first.check()
    page.locator("[name=working_days]").fill("0")
    page.locator("[name=reason]").fill("企业内部赛，现场公布")
    desk.press(page, "开始公示")


def object_to(page: Page, text: str) -> None:
    """The leader objects while the results are shown."""
    page.goto("/delegation/")
    page.get_by_role("link", name="提交公示异议").click()
    page.wait_for_load_state()
    page.locator("[name=skill]").select_option(index=1)
    page.locator("[name=text]").fill(text)
    page.locator("form:has([name=text]) button[type=submit]").click()
    page.wait_for_load_state()


def answer_objection(page: Page, code: str, text: str) -> None:
    page.goto(f"/organize/{code}/publicity/")
    page.locator("a[href*='/organize/objections/']").first.click()
    page.wait_for_load_state()
    page.locator("[name=upheld]").select_option("no")
    page.locator("[name=answer]").fill(text)
    desk.press(page, "记录答复")
