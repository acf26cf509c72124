"""What an organizer and a bureau do on their pages, step by step."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.stories.material import number_of


def sign_in(page: Page, name: str, password: str) -> Page:
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def create_competition(page: Page, code: str) -> None:
    page.goto("/organize/new/")
    page.get_by_label("赛事名称").fill("云桥杯职业技能竞赛")
    page.get_by_label("代码").fill(code)
    page.get_by_label("赛事层级").select_option("provincial")
    page.get_by_label("类别").select_option("class-1")
    page.get_by_label("行政区划").select_option("510000")
    page.locator("[name=starts_on]").fill("2026-11-20")
    page.locator("[name=ends_on]").fill("2026-11-21")
    page.get_by_label("文号").fill("云桥赛〔2026〕7号")
    page.locator("[name=public_from]").select_option("on-entry")
    press(page, "建立赛事")


def name_hosts(page: Page, code: str) -> None:
    page.goto(f"/organize/{code}/settings/")
    page.locator("[name=host]").fill("四川省人力资源和社会保障厅（虚构）")
    press(page, "保存单位")


def create_skill(page: Page, code: str, *, draws: int = 0) -> int:
    page.goto(f"/organize/{code}/skills/new/")
    page.locator("[name=number]").fill("07")
    page.locator("[name=name]").fill("电气装置")
    page.locator("[name=occupation_code]").fill("6-31-01-03")
    page.locator("[name=group]").select_option("worker")
    page.locator("[name=draw_levels]").select_option(str(draws))
    page.locator("form:has([name=occupation_code]) button[type=submit]").click()
    page.wait_for_url("**/organize/skills/*/")
    return int(page.url.rstrip("/").rsplit("/", 1)[1])


def advance(page: Page, code: str, phase: str) -> None:
    page.goto(f"/organize/{code}/")
    press(page, f"进入{phase}")
    expect(page.locator("[aria-current=step]")).to_contain_text(phase)


def check_by_hand(page: Page, skill: int, secret: str) -> None:
    """Draw the sample, find every drawn sheet right, sign."""
    page.goto(f"/judge/verify/{skill}/sample/")
    press(page, "抽样")
    page.locator("a[data-open]").first.click()
    page.wait_for_load_state()
    while "/judge/verify/sheets/" in page.url:  # the next one opens by itself
        press(page, "记录")
    page.locator("[name=note]").fill("逐项核对，未发现差错")
    page.locator("[name=secret]").fill(secret)
    press(page, "签名")
    expect(page.get_by_text("已签名").first).to_be_visible()


def upload(page: Page, address: str, file: Path) -> None:
    """Dry run first, then commit what was shown."""
    page.goto(address)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="检查").click()
    page.wait_for_load_state()


def appoint(
    page: Page,
    code: str,
    name: str,
    role: str,
    *,
    skill: int | None,
    unit: str,
    delegation: str = "",
) -> None:
    """Appoint somebody new to the house, with identity and unit."""
    page.goto(f"/organize/{code}/appointments/")
    page.locator("[name=role]").select_option(role)
    if skill is not None:
        page.locator("[name=skill]").select_option(str(skill))
    if delegation:
        page.locator("[name=delegation]").select_option(label=delegation)
    page.locator("[name=who]").fill(name)
    press(page, "聘任")
    if page.get_by_text("档案里没有这个人").is_visible():
        page.locator("[name=identity_number]").fill(number_of(name))
        page.locator("[name=organization]").fill(unit)
        press(page, "聘任")


def open_account(page: Page, code: str, name: str) -> dict[str, str]:
    """Open a sign-in for an appointed person and read the slip."""
    page.goto(f"/organize/{code}/appointments/")
    row = page.locator("tr", has=page.get_by_role("rowheader", name=name))
    row.first.get_by_role("button", name="开账号").click()
    page.wait_for_load_state()
    slip = page.locator("dl.facts-list code").all_inner_texts()
    return dict(zip(("username", "password", "pin"), slip, strict=True))


def submit_document(page: Page, code: str, text: str) -> None:
    page.goto(f"/organize/{code}/document/")
    page.locator("textarea").fill(text)
    press(page, "提交给人社部门确认")


def confirm_document(page: Page) -> None:
    page.goto("/bureau/documents/")
    page.get_by_role("link", name="审阅并确认").click()
    press(page, "核对无误，确认作为依据")
    expect(page.get_by_text("已确认").first).to_be_visible()


def open_publicity(page: Page, code: str) -> None:
    """A light contest: no days of 公示, with the reason; closed at once."""
    page.goto(f"/organize/{code}/publicity/")
    page.locator("[name=skills]").first.check()
    page.locator("[name=working_days]").fill("0")
    page.locator("[name=reason]").fill("企业内部赛，现场公布")
    press(page, "开始公示")
    press(page, "结束公示")


def publish(page: Page, code: str) -> str:
    """Publish the release; its number comes back."""
    page.goto(f"/organize/{code}/release/")
    press(page, "发布所选赛项")
    page.goto(f"/organize/{code}/release/")
    return page.locator("th a", has_text="R-").first.inner_text()
