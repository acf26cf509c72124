"""From a marking-scheme workbook to a promotion roster, each step by its real screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.stories import bureau, desk, hall, material
from tests.stories.conftest import House

PASSWORD = "yunqiao-2026-hall"
CODE = "yunqiao-2026"


def open_first_accounts(house: House) -> None:
    for name, organization, kind, role in (
        ("lin", "赛务办公室", "organizer", "organizer"),
        ("wang", "四川省人力资源和社会保障厅（虚构）", "bureau", "hr-officer"),
        ("he", "四川省人力资源和社会保障厅（虚构）", "bureau", "hr-approver"),
    ):
        house.manage(
            "open_account", name, "--name", name, "--organization", organization,
            "--kind", kind, "--region", "510000", "--role", role,
            "--by", "system:setup", "--password-stdin",
            given=PASSWORD,
        )  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The workbooks as they lie on the organizer's disk."""
    contents = {
        "scheme": material.scheme_workbook(),
        "roster": material.roster_workbook(),
    }
    paths = {name: tmp_path / f"{name}.xlsx" for name in contents}
    for name, path in paths.items():
        path.write_bytes(contents[name])
    return paths


def test_competition_runs_from_workbook_to_roster(
    house: House,
    person_at: Callable[..., Page],
    files: dict[str, Path],
    tmp_path: Path,
) -> None:
    open_first_accounts(house)
    office = desk.sign_in(person_at(), "lin", PASSWORD)

    skill = set_up(office, files)
    accounts = staff(office, skill)
    hold = desk.sign_in(person_at(), "wang", PASSWORD)
    open_the_hall(office, hold, skill)
    tablets = {
        name: desk.sign_in(person_at(1024, 768), slip["username"], slip["password"])
        for name, slip in accounts.items()
    }
    board = watch(person_at(390, 844))
    judge(tablets, board, skill)
    sign_everything(tablets, accounts, office, skill)
    desk.open_publicity(office, CODE)
    desk.advance(office, CODE, "公示")
    number = desk.publish(office, CODE)
    expect(board.locator("[data-state=final]").first).to_be_visible()
    expect(row_of(board, "凤鸣")).to_contain_text("100.00")
    assert board.evaluate("window.sameDocument")
    bureau.fill_grade(hold, "柏舟")
    bureau.check_list(hold)
    second = desk.sign_in(person_at(), "he", PASSWORD)
    path = bureau.export(hold, number, tmp_path, approver=second, secret=PASSWORD)
    rows = roster_rows(path)
    assert rows == ROSTER
    assert_same_rows(house, number, tmp_path)
    certificates = bureau.certificates(hold, number, tmp_path)
    check_certificates(certificates, person_at(390, 844))
    assert house.answer("recompute", "--check") == {"results": 4, "differences": 0}
    assert house.answer("verify_ledger")["broken"] == []


def set_up(office: Page, files: dict[str, Path]) -> int:
    """Competition, skill, scheme, entries: up to preparation."""
    desk.create_competition(office, CODE)
    desk.name_hosts(office, CODE)
    skill = desk.create_skill(office, CODE)
    desk.upload(office, f"/organize/skills/{skill}/scheme/", files["scheme"])
    expect(office.get_by_text("100.00").first).to_be_visible()
    desk.press(office, "导入为本赛项的评分方案")
    desk.advance(office, CODE, "备案")
    desk.advance(office, CODE, "报名")
    desk.upload(office, f"/organize/{CODE}/roster/", files["roster"])
    desk.press(office, "全部导入")
    office.goto(f"/organize/{CODE}/entries/")
    desk.press(office, "通过全部无异议的参赛")
    desk.advance(office, CODE, "筹备")
    return skill


def staff(office: Page, skill: int) -> dict[str, dict[str, str]]:
    """Appoint everybody; a judge from a competitor's unit is refused."""
    for name, role, unit in material.OFFICIALS:
        wide = role in ("supervisor", "results-officer")
        desk.appoint(office, CODE, name, role, skill=None if wide else skill, unit=unit)
    desk.appoint(
        office, CODE, "硕鼠", "judge", skill=skill, unit=material.COMPETITORS[1][2]
    )
    expect(office.get_by_role("alert")).to_contain_text("利益回避")
    return {
        name: desk.open_account(office, CODE, name) for name, _, _ in material.OFFICIALS
    }


def open_the_hall(office: Page, clerk: Page, skill: int) -> None:
    """Document submitted and confirmed, codes, sheets, competing."""
    desk.submit_document(office, CODE, material.DOCUMENT)
    desk.confirm_document(clerk)
    office.goto(f"/organize/skills/{skill}/draw/")
    office.get_by_role("button", name="编工位号").click()
    office.goto(f"/organize/skills/{skill}/results/")
    desk.press(office, "生成评分表")
    desk.advance(office, CODE, "竞赛")


def watch(board: Page) -> Page:
    """The public board on a phone, from the home page."""
    board.goto("/")
    board.get_by_role("link", name="电气装置").first.click()
    board.evaluate("window.sameDocument = true")
    return board


def row_of(board: Page, code: str) -> Locator:
    return board.locator("tbody tr", has_text=f"{code}").first


def judge(tablets: dict[str, Page], board: Page, skill: int) -> None:
    """One sheet by finger, a conflict talked over, the rest in batches."""
    first, second, third = (tablets[name] for name in ("采薇", "木瓜", "静女"))
    sheets = hall.sheets_of(first, skill)

    first.goto(f"/judge/sheets/{sheets['A1', '01']}/")
    hall.say_yes(first, 1)
    hall.wait_saved(first, 1)
    expect(row_of(board, "01")).to_contain_text("10.00")
    hall.count_to(first, 2, "9")
    hall.wait_saved(first, 2)
    expect(row_of(board, "01")).to_contain_text("28.00")
    assert board.evaluate("window.sameDocument")

    disputed = f"/judge/sheets/{sheets['A2', '01']}/"
    for tablet, level in ((first, 2), (second, 0), (third, 3)):
        tablet.goto(disputed)
        hall.give_level(tablet, 1, level)
        hall.wait_saved(tablet, 1)
    expect(third.locator("#a1 [data-conflict]")).to_be_visible()
    second.goto(disputed)
    expect(second.locator("#a1 [data-conflict]")).to_be_visible()
    second.locator("#a1 [data-do=again]").click()
    hall.give_level(second, 1, 2)
    hall.say_why(second, "看清焊缝后重评")
    expect(second.locator("#a1 [data-conflict]")).to_be_hidden()
    expect(row_of(board, "01")).to_contain_text("51.33")

    for tablet, own in ((first, 0), (second, 1), (third, 2)):
        marks = [
            (sheets[sub, code], aspect, values[own])
            for (sub, code, aspect), values in BATCHES.items()
            if values[own]
        ]
        answers = hall.send(tablet, skill, marks)
        assert {answer["status"] for answer in answers} == {"accepted"}
    expect(row_of(board, "02")).to_contain_text("100.00")
    expect(row_of(board, "01")).to_contain_text("91.33")


# (sub, code, aspect): what each of the three judges enters; group marks by the first.
BATCHES = {
    ("B1", "01", "B1.M1"): ("1", "", ""),
    ("B1", "01", "B1.M2"): ("1", "", ""),
    ("A1", "02", "A1.M1"): ("1", "", ""),
    ("A1", "02", "A1.M2"): ("10", "", ""),
    ("A2", "02", "A2.J1"): ("3", "3", "3"),
    ("B1", "02", "B1.M1"): ("1", "", ""),
    ("B1", "02", "B1.M2"): ("1", "", ""),
    ("A1", "03", "A1.M1"): ("1", "", ""),
    ("A1", "03", "A1.M2"): ("8", "", ""),
    ("A2", "03", "A2.J1"): ("2", "2", "2"),
    ("B1", "03", "B1.M1"): ("1", "", ""),
    ("B1", "03", "B1.M2"): ("0", "", ""),
    ("A1", "04", "A1.M1"): ("0", "", ""),
    ("A1", "04", "A1.M2"): ("5", "", ""),
    ("A2", "04", "A2.J1"): ("1", "1", "1"),
    ("B1", "04", "B1.M1"): ("0", "", ""),
    ("B1", "04", "B1.M2"): ("0", "", ""),
}


def sign_everything(
    tablets: dict[str, Page],
    accounts: dict[str, dict[str, str]],
    office: Page,
    skill: int,
) -> None:
    """Judges, chief judge, supervisor, then the check by the results officer."""
    for name in ("采薇", "木瓜", "静女"):
        words = hall.sign(
            tablets[name], f"/judge/review/{skill}/", accounts[name]["pin"]
        )
        assert "收到" in words
    for name in ("甘棠", "北风"):  # the chief judge, then the supervisor
        desk_page = tablets[name]
        desk_page.goto(f"/judge/chief/{skill}/")
        desk_page.get_by_role("button", name="逐项看过再签名").click()
        desk_page.wait_for_load_state()
        hall.sign(desk_page, desk_page.url, accounts[name]["pin"])
    desk.advance(office, CODE, "复核")
    officer = tablets["式微"]
    desk.check_by_hand(officer, skill, accounts["式微"]["password"])
    officer.goto(f"/judge/verify/{skill}/")
    officer.locator("[name=note]").fill("全部复核，未发现差错")
    officer.locator("[name=password]").fill(accounts["式微"]["password"])
    desk.press(officer, "确认复核")
    expect(officer.get_by_text("已复核").first).to_be_visible()


HEADINGS = (
    "序号", "姓名", "性别", "证件类型", "证件号码", "民族", "出生日期", "学历",
    "身份(职工/教师/学生)", "工作单位(学校)", "所属地区(行政区划代码)", "联系电话",
    "竞赛名称", "竞赛级别类别", "主办文件文号", "赛项", "组别", "参赛形式(单/双/三人)",
    "职业(工种)", "职业编码", "名次", "奖项", "理论成绩", "实操成绩", "总成绩", "原等级",
    "原证书编号", "晋升等级", "依据条款", "备注",
)  # fmt: skip

ANSWERED = (
    "办理编号", "行校验", "答复(核准/不予核准)", "批复文件", "答复日期", "理由",
)  # fmt: skip


def line(number: int, name: str, unit: str, region: str, *result: object) -> tuple:
    """One expected roster line: place, award, points, grades, certificate."""
    place, award, points, held, certificate, target = result
    return (
        number, name, "男", "居民身份证", material.number_of(name), None,
        datetime.combine(material.BORN, time()), None, "职工", unit, region, None,
        "云桥杯职业技能竞赛", "省级一类", "云桥赛〔2026〕7号", "电气装置", "职工组", "单人",
        "电工", "6-31-01-03", place, award, None, None, points, held,
        certificate, target, "《云桥杯职业技能竞赛奖励办法【虚构】》第二条", None,
    )  # fmt: skip


ROSTER = {
    "高级技师": [
        line(
            1, "凤鸣", "德阳云桥电装有限公司", "四川省德阳市(510600)",
            1, "金牌", 100, "技师", "S000151000902212000902", "高级技师",
        ),
    ],
    "技师": [
        line(
            1, "钟毓", "成都云桥电装有限公司", "四川省成都市(510100)",
            2, "银牌", 91.33, "高级工", "S000151000901213000901", "技师",
        ),
        line(
            2, "柏舟", "绵阳云桥电装有限公司", "四川省绵阳市(510700)",
            3, "铜牌", 71, "高级工", "S000151000903213000903", "技师",
        ),
    ],
}  # fmt: skip


def roster_rows(path: Path) -> dict[str, list[tuple]]:
    """The lines by target grade; headings and text-typed numbers are checked here."""
    found = {}
    for sheet in load_workbook(path).worksheets[1:]:
        _, _, headings, *rows = sheet.iter_rows(values_only=True)
        own = len(HEADINGS)
        assert headings[:own] == HEADINGS
        assert headings[own:] == ANSWERED
        for column in ("E", "AA"):
            cells = [cell for cell in sheet[column][3:] if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
        assert sheet.freeze_panes == "A4"
        assert sheet.page_setup.orientation == "landscape"
        found[sheet.title] = [row[:own] for row in rows if row[1] is not None]
    return found


def assert_same_rows(house: House, number: str, folder: Path) -> None:
    """The command writes what the page wrote."""
    path = folder / "by-command.xlsx"
    house.manage(
        "export_roster", "--release", number, "--out", str(path), "--by", "wang"
    )
    assert roster_rows(path) == ROSTER


def check_certificates(path: Path, phone: Page) -> None:
    """Three certificates with name, award and number; each verifies by its QR code."""
    texts = [page.extract_text() for page in PdfReader(path).pages]
    found = [
        (name, award, number)
        for text, (name, award, number) in zip(texts, CERTIFICATES, strict=True)
        if all(word in text for word in (name, award, number, "获奖证书"))
    ]
    assert found == CERTIFICATES

    phone.goto("/verify/")
    phone.locator("[name=number]").fill(CERTIFICATES[0][2])
    phone.locator("[name=name]").fill(CERTIFICATES[0][0])
    phone.locator("form:has([name=name]) button[type=submit]").click()
    phone.wait_for_load_state()
    expect(phone.locator("main")).to_contain_text("有效")
    expect(phone.locator("main")).to_contain_text("金牌")


CERTIFICATES = [
    ("凤鸣", "金牌", "YUNQIAO-2026-07-Z-0001"),
    ("钟毓", "银牌", "YUNQIAO-2026-07-Z-0002"),
    ("柏舟", "铜牌", "YUNQIAO-2026-07-Z-0003"),
]
