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


def export(page: Page, release: str, folder: Path) -> Path:
    """The promotion roster in full, as the workbook that comes down."""
    page.goto("/bureau/exports/")
    page.locator("[name=release]").select_option(release)
    page.locator("[name=purpose]").fill("办理晋升")
    with page.expect_download() as caught:
        page.locator("form:has([name=purpose]) button[type=submit]").click()
        page.wait_for_load_state()
        page.locator("section a[href*='/bureau/exports/']").first.click()
    path = folder / "roster-out.xlsx"
    caught.value.save_as(path)
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
        page.get_by_role("link", name="全部 PDF", exact=True).click()
    path = folder / "certificates.pdf"
    caught.value.save_as(path)
    return path
