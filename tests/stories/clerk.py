"""What a clerk's afternoon is made of: facts, steps, a full list, its answers."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.stories.material import number_of

EVENT = "2023年全国职业技能大赛（虚构名单）"
HEADINGS = "竞赛名称,竞赛级别,年份,代表队,赛项,组别,每队人数,名次,奖项,选手,单位,职业编码,证件号码"
WELDER = "6-18-02-04"
ANSWER, PAPER, DAY, REASON = (
    "答复(核准/不予核准)",
    "批复文件",
    "答复日期",
    "理由",
)


def national_results() -> bytes:
    """Two people of Sichuan and one of Jiangsu, as the results were announced."""
    rows = (
        ("四川", "1", "金牌", "祝长庚", "川江重机厂"),
        ("四川", "9", "优胜奖", "钱三江", "川江重机厂"),
        ("江苏", "2", "银牌", "陆一鸣", "江南船厂"),
    )
    lines = [
        f"{EVENT},国家级,2023,{team},焊接,职工组,1,{place},{award},{name},{unit},"
        f"{WELDER},{number_of(name)}"
        for team, place, award, name, unit in rows
    ]
    return "\n".join((HEADINGS, *lines)).encode()


def facts_workbook() -> bytes:
    """The grades two certificates say, as somebody filled the facts file in."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "人员事实"
    sheet.append(["姓名", "证件号码", "职业编码", "现持等级", "依据"])
    for name, grade in (("祝长庚", "高级工"), ("钱三江", "技师")):
        sheet.append([name, number_of(name), WELDER, grade, "等级证书原件，已核"])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def take_results(page: Page, file: Path) -> None:
    """Dry run, then commit what was shown."""
    page.goto("/bureau/results/")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("[name=document]").first.fill("赛组委〔2023〕9号")
    page.locator("input[name=announced_on]").first.fill("2023-09-20")
    press(page, "检查")
    page.get_by_role("button", name="导入，判定").click()
    page.wait_for_load_state()


def fill_facts(page: Page, file: Path) -> None:
    page.goto("/bureau/facts/")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "检查")
    page.locator("form:has([name=token]) button[type=submit]").click()
    page.wait_for_load_state()


def step_all(page: Page, query: str, to: str, **answers: str) -> None:
    """Take every line a filter shows through one step: preview, then confirm."""
    page.goto(f"/bureau/?{query}")
    page.locator("input[name=all]").check()
    page.locator("select[name=to]").select_option(to)
    page.get_by_role("button", name="先看会办哪些人").click()
    page.wait_for_load_state()
    for name, text in answers.items():
        page.locator(f"aside [name={name}]").fill(text)
    page.get_by_role("button", name="重新预览").click()
    page.wait_for_load_state()
    page.get_by_role("button", name="确认办理").click()
    page.wait_for_load_state()


def ask_for_roster(page: Page) -> str:
    """Ask for the full promotion roster; the address of what waits comes back."""
    page.goto("/bureau/exports/new/?list=promotion-roster&form=full")
    page.locator("[name=purpose]").fill("报省厅办理晋升")
    page.locator("[name=document]").fill("川人社职鉴〔2026〕21号")
    press(page, "提请审批")
    expect(page.get_by_text("等本单位另一位审批人同意")).to_be_visible()
    return page.url


def approve(page: Page, address: str, password: str) -> None:
    page.goto(address)
    page.locator("[name=secret]").fill(password)
    press(page, "同意，生成")
    expect(page.get_by_role("button", name="取走")).to_be_visible()


def take_away(page: Page, address: str, password: str, to: Path) -> Path:
    """By a link that works once: asked for with the password, used, then spent."""
    page.goto(address)
    page.locator("[name=secret]").fill(password)
    press(page, "取走")
    link = page.get_by_role("link", name="下载文件")
    spent = link.get_attribute("href")
    with page.expect_download() as caught:
        link.click()
    caught.value.save_as(to)
    assert spent is not None
    answer = page.request.get(spent)
    assert answer.status != 200  # noqa: PLR2004 - anything but the file
    return to


def answer_roster(file: Path, to: Path, *, refused: str) -> int:
    """Fill the four columns in as an authority does; how many lines there are."""
    book = load_workbook(file)
    lines = 0
    for sheet in book.worksheets[1:]:
        columns = heading_columns(sheet)
        head = columns.pop("row")
        for row in range(head + 1, sheet.max_row + 1):
            if not str(sheet.cell(row, columns["办理编号"]).value or "").strip():
                continue
            is_refused = sheet.cell(row, columns["姓名"]).value == refused
            lines += 1
            sheet.cell(row, columns[ANSWER]).value = (
                "不予核准" if is_refused else "核准"
            )
            sheet.cell(row, columns[PAPER]).value = "川人社批〔2026〕88号"
            sheet.cell(row, columns[DAY]).value = date.today()  # noqa: DTZ011
            if is_refused:
                sheet.cell(row, columns[REASON]).value = "申报材料不实"
    book.save(to)
    return lines


def heading_columns(sheet: object) -> dict[str, int]:
    """The columns of a sheet by heading, and the row of the headings as ``row``."""
    for row in sheet.iter_rows(max_row=6):  # type: ignore[attr-defined]
        texts = {str(cell.value): cell.column for cell in row if cell.value}
        if "姓名" in texts and "办理编号" in texts:
            return texts | {"row": row[0].row}
    raise AssertionError("no headings")


def bring_back(page: Page, file: Path) -> Locator:
    """Upload the answered roster; the page of what a check found."""
    page.goto("/bureau/answers/")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "检查")
    return page.locator("section.card", has_text="导出编号").first


def fetch_certificates(page: Page, folder: Path) -> Path:
    """The certificates of the provincial final as one PDF."""
    page.goto("/bureau/certificates/")
    page.get_by_role("link", name="看证书").first.click()
    page.wait_for_load_state()
    with page.expect_download() as caught:
        page.get_by_role("link", name="全部一份 PDF", exact=True).click()
    path = folder / "certificates.pdf"
    caught.value.save_as(path)
    return path


def row_of(page: Page, name: str, query: str = "kind=grade") -> Locator:
    page.goto(f"/bureau/?{query}")
    return page.locator("table.worklist tbody tr", has_text=name).first


def ask_to_revoke(page: Page, name: str, reason: str) -> None:
    """The list of those whose basis has changed: choose one, ask."""
    page.goto("/bureau/changed/")
    for each in page.get_by_label(name, exact=True).all():
        each.check()
    page.locator("[name=reason]").fill(reason)
    press(page, "提请撤销")


def agree_to_revoke(page: Page, name: str, password: str) -> None:
    page.goto("/bureau/withdrawals/")
    for each in page.get_by_label(name, exact=True).all():
        each.check()
    page.locator("[name=secret]").fill(password)
    press(page, "复核无误，同意勾选的")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()
