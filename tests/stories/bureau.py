"""What a clerk of the bureau does: facts, lists, certificates."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect


def person_page(page: Page, name: str) -> None:
    page.goto("/bureau/")
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def fill_grade(page: Page, name: str) -> None:
    """The missing grade, from a certificate; the line turns from 待补 to 符合."""
    person_page(page, name)
    expect(page.get_by_text("缺：现持职业技能等级").first).to_be_visible()
    form = page.locator("form:has([name=certificate_number])")
    form.locator("[name=grade]").select_option("3")
    form.locator("[name=certificate_number]").fill("S000151000903213000903")
    form.locator("[name=evidence]").fill("证书原件，已核")
    form.get_by_role("button", name="登记并重新判定").click()
    page.wait_for_load_state()
    expect(page.get_by_text("缺：现持职业技能等级")).to_have_count(0)


def check_list(page: Page) -> None:
    """Three promotions, each with its why."""
    page.goto("/bureau/")
    for name in ("凤鸣", "钟毓", "柏舟"):
        expect(page.locator("tr", has_text=name).first).to_contain_text("拟定")
    page.locator("tr", has_text="凤鸣").get_by_role("link", name="为什么").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_contain_text("凤鸣")
    expect(page.locator("blockquote").first).to_contain_text(
        "职工组前3名晋升技师，已具有技师的晋升高级技师"
    )


def export(
    page: Page, release: str, folder: Path, *, approver: Page, secret: str
) -> Path:
    """The promotion roster in full: asked for, approved by another, taken once."""
    page.goto("/bureau/exports/new/")
    page.locator("[name=release]").select_option(release)
    page.locator("[name=form]").select_option("full")
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("须由另一位审批人同意后才生成")).to_be_visible()
    page.locator("[name=purpose]").fill("办理晋升")
    page.locator("[name=document]").fill("川人社函〔2026〕1 号")
    page.get_by_role("button", name="提请审批").click()
    expect(page.get_by_text("等本单位另一位审批人同意")).to_be_visible()
    approver.goto(page.url)
    approver.locator("[name=secret]").fill(secret)
    approver.get_by_role("button", name="同意，生成").click()
    approver.wait_for_load_state()
    page.reload()
    page.locator("[name=secret]").fill(secret)
    page.get_by_role("button", name="取走").click()
    link = page.get_by_role("link", name="下载文件")
    address = link.get_attribute("href") or ""
    with page.expect_download() as caught:
        link.click()
    path = folder / "roster-out.xlsx"
    caught.value.save_as(path)
    assert page.goto(address).status == 410
    return path


def certificates(page: Page, release: str, folder: Path) -> Path:
    """Issue the release's certificates and fetch them as one PDF."""
    page.goto("/bureau/certificates/")
    page.get_by_role("button", name="制作证书").click()
    page.wait_for_load_state()
    page.goto("/bureau/certificates/")
    page.get_by_role("link", name="看证书").click()
    page.wait_for_load_state()
    with page.expect_download() as caught:
        page.get_by_role("link", name="全部一份 PDF", exact=True).click()
    path = folder / "certificates.pdf"
    caught.value.save_as(path)
    return path
