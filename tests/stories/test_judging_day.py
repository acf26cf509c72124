"""A marking day: a conflict, a reserve, a changed mark, an appeal, 公示, the release."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.stories import day, desk, hall, material
from tests.stories.conftest import House
from tests.stories.test_thin_path import (
    CODE,
    PASSWORD,
    open_first_accounts,
    watch,
)

OFFICIALS = (
    # name, role, unit
    ("甘棠", "chief-judge", "蜀岷评价研究会"),
    ("采薇", "judge", "蜀岷评价研究会"),
    ("木瓜", "judge", "沱江职业研究所"),
    ("静女", "judge", "沱江职业研究所"),
    ("子衿", "judge", "青衣江职业学校"),
    ("鹿鸣", "reserve", "青衣江职业学校"),
    ("北风", "supervisor", "赛务办公室"),
    ("河广", "draw-officer", "赛务办公室"),
    ("式微", "results-officer", "赛务办公室"),
    ("谷风", "leader", "成都云桥电装有限公司"),
)
JUDGES = ("采薇", "木瓜", "静女", "子衿")
SEATED = ("采薇", "木瓜", "静女", "鹿鸣")  # from the moment 子衿 leaves
CODES = ("01", "02", "03", "04")
LEVELS = {"02": "3", "03": "2", "04": "1"}  # of A2.J1, by every judge
# What the first judge enters for the whole team: passed or not, and a count.
GROUP = {
    "01": ("1", "9", "1", "1"),
    "02": ("1", "10", "1", "1"),
    "03": ("1", "8", "1", "0"),
    "04": ("0", "5", "0", "0"),
}
ASPECTS = ("A1.M1", "A1.M2", "B1.M1", "B1.M2")


class Day:
    """The people at their pages, with their slips."""

    def __init__(self, skill: int, shots: Callable[[Page, str], None]) -> None:
        self.skill = skill
        self.shot = shots
        self.pages: dict[str, Page] = {}
        self.slips: dict[str, dict[str, str]] = {}
        self.sheets: hall.Sheets = {}

    def __getitem__(self, name: str) -> Page:
        return self.pages[name]

    def pin(self, name: str) -> str:
        return self.slips[name]["pin"]

    def password(self, name: str) -> str:
        return self.slips[name]["password"]

    def sign_everything(self) -> None:
        day.sign_all(
            [(self[name], self.pin(name)) for name in SEATED],
            [(self[name], self.pin(name)) for name in ("甘棠", "北风")],
            self.skill,
        )


@pytest.fixture
def shot(tmp_path: Path) -> Callable[[Page, str], None]:
    """Pictures of the interesting moments, where ``LEITAI_SHOTS`` says."""
    folder = os.environ.get("LEITAI_SHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    return take


def test_a_marking_day_from_the_first_mark_to_the_release(
    house: House,
    person_at: Callable[..., Page],
    tmp_path: Path,
    shot: Callable[[Page, str], None],
) -> None:
    open_first_accounts(house)
    office = desk.sign_in(person_at(), "lin", PASSWORD)
    today = Day(set_up(office, tmp_path), shot)
    staff(today, office, person_at)
    open_the_hall(today, office)
    board = watch(person_at(390, 844))

    mark(today)
    replace_the_fourth(today)
    expect(board.get_by_text("评分表已交 100%")).to_be_visible()
    expect(board.locator("tbody tr")).to_have_count(0)  # sealed: no code, no points
    today.sign_everything()
    change_a_signed_mark(today)
    grant_an_appeal(today, office)
    conclude(today, office)
    expect(board.locator("[data-state=final]").first).to_be_visible()
    for points in ("100.00", "90.50", "86.00", "30.00"):
        expect(board.locator("tbody tr", has_text=points)).to_have_count(1)
    shot(board, "11-board")

    assert house.answer("recompute", "--check") == {"results": 4, "differences": 0}
    assert house.answer("shadow") == {"skills": 1, "results": 4, "differences": []}
    assert house.answer("verify_ledger")["broken"] == []


def set_up(office: Page, folder: Path) -> int:
    """As on the thin path, with one sealed draw."""
    files = {"scheme": material.scheme_workbook(), "roster": material.roster_workbook()}
    for name, content in files.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    desk.create_competition(office, CODE)
    desk.name_hosts(office, CODE)
    skill = desk.create_skill(office, CODE, draws=1)
    desk.upload(office, f"/organize/skills/{skill}/scheme/", folder / "scheme.xlsx")
    desk.press(office, "导入为本赛项的评分方案")
    desk.advance(office, CODE, "备案")
    desk.advance(office, CODE, "报名")
    desk.upload(office, f"/organize/{CODE}/roster/", folder / "roster.xlsx")
    desk.press(office, "全部导入")
    office.goto(f"/organize/{CODE}/entries/")
    desk.press(office, "通过全部无异议的参赛")
    desk.advance(office, CODE, "筹备")
    return skill


def staff(today: Day, office: Page, person_at: Callable[..., Page]) -> None:
    """Everybody is appointed, gets a slip and signs in."""
    for name, role, unit in OFFICIALS:
        is_wide = role in ("results-officer", "leader")
        team = material.COMPETITORS[0][1] if role == "leader" else ""
        where = None if is_wide else today.skill
        desk.appoint(office, CODE, name, role, skill=where, unit=unit, delegation=team)
    for name, role, _unit in OFFICIALS:
        slip = desk.open_account(office, CODE, name)
        size = (1440, 900) if role.endswith(("officer", "leader")) else (1024, 768)
        today.slips[name] = slip
        today.pages[name] = desk.sign_in(
            person_at(*size), slip["username"], slip["password"]
        )


def open_the_hall(today: Day, office: Page) -> None:
    """Codes drawn and sealed before the first mark."""
    day.draw_codes(today["河广"], today.skill, "云桥")
    today.shot(today["河广"], "01-draw")
    office.goto(f"/organize/skills/{today.skill}/results/")
    desk.press(office, "生成评分表")
    desk.advance(office, CODE, "竞赛")


def mark(today: Day) -> None:
    """Four judges; on one sheet they are more than one level apart, and settle it."""
    first, second = today["采薇"], today["木瓜"]
    today.sheets = hall.sheets_of(first, today.skill)
    disputed = f"/judge/sheets/{today.sheets['A2', '01']}/"
    for name, level in zip(JUDGES, (2, 0, 3, 2), strict=True):
        today[name].goto(disputed)
        hall.give_level(today[name], 1, level)
        hall.wait_saved(today[name], 1)
    expect(first.locator("#a1 [data-conflict]")).to_have_count(1)
    second.goto(disputed)
    expect(second.locator("#a1 [data-conflict]")).to_be_visible()
    today.shot(second, "02-conflict")
    second.locator("#a1 [data-do=again]").click()
    hall.give_level(second, 1, 2)
    hall.say_why(second, "看清转角后重评")
    expect(second.locator("#a1 [data-conflict]")).to_be_hidden()

    marks = [
        (today.sheets[aspect[:2], code], aspect, value)
        for code, values in GROUP.items()
        for aspect, value in zip(ASPECTS, values, strict=True)
    ]
    send(today, "采薇", marks)
    for name in JUDGES[:3]:
        send(today, name, [judged(today, code) for code in LEVELS])
    send(today, "子衿", [judged(today, "02")])


def judged(today: Day, code: str) -> tuple[int, str, str]:
    return today.sheets["A2", code], "A2.J1", LEVELS[code]


def send(today: Day, name: str, marks: list[tuple[int, str, str]]) -> None:
    answers = hall.send(today[name], today.skill, marks)
    assert [answer["status"] for answer in answers] == ["accepted"] * len(marks)


def replace_the_fourth(today: Day) -> None:
    """子衿 goes home; what they marked stands, the reserve marks the rest."""
    day.seat_reserve(today["甘棠"], today.skill, "A4", "身体不适，离场就医")
    today.shot(today["甘棠"], "03-reserve")
    left = f"/judge/sheets/{today.sheets['A2', '03']}/"
    answer = today["子衿"].goto(left)
    assert answer is not None
    assert answer.status == 404
    own = hall.sheets_of(today["鹿鸣"], today.skill)
    assert set(own) == set(today.sheets)
    reserve = today["鹿鸣"]
    reserve.goto(f"/judge/sheets/{today.sheets['A2', '03']}/")
    hall.give_level(reserve, 1, 2)
    hall.wait_saved(reserve, 1)
    today.shot(reserve, "04-reserve-marks")
    send(today, "鹿鸣", [judged(today, "04")])


def change_a_signed_mark(today: Day) -> None:
    """Asked by a judge, approved by the chief judge, entered, signed again."""
    first, chief = today["采薇"], today["甘棠"]
    sheet = today.sheets["B1", "03"]
    refused = hall.send(first, today.skill, [(sheet, "B1.M2", "1")])
    assert [answer["code"] for answer in refused] == ["sheet-signed"]

    first.goto(f"/judge/sheets/{sheet}/changes/")
    address = day.ask_change(
        first, "B1.M2", "1", reason="entry", text="急停有效，录入时按错",
        secret=today.pin("采薇"),
    )  # fmt: skip
    today.shot(first, "05-asked")
    expect(first.locator("form[action*='/approve/']")).to_have_count(0)
    chief.goto(address)
    expect(chief.get_by_text("86").first).to_be_visible()
    today.shot(chief, "06-preview")
    day.approve_change(chief, today.skill, today.pin("甘棠"))
    day.enter_approved(first, address)
    today.shot(first, "07-entered")
    first.goto(f"/judge/sheets/{sheet}/changes/")
    expect(first.get_by_text("第 2 版").first).to_be_visible()
    today.sign_everything()


def grant_an_appeal(today: Day, office: Page) -> None:
    """The leader appeals in time; the ruling leads to a change of one mark."""
    leader, supervisor, officer = today["谷风"], today["北风"], today["式微"]
    day.end_skill(office, CODE)
    day.lodge_appeal(leader, "接地线有照片为证，请复查该评分点")
    today.shot(leader, "08-appeal")
    address = day.grant_appeal(supervisor, CODE, today.pin("北风"))
    day.accept_ruling(leader)

    day.find_sheet(officer, address, "04", "A1")
    request = day.ask_change(
        officer, "A1.M1", "1", reason="ruling", text="第一级裁定支持申诉",
        secret=today.password("式微"),
    )  # fmt: skip
    day.approve_change(today["甘棠"], today.skill, today.pin("甘棠"))
    day.enter_approved(today["采薇"], request)
    today.sign_everything()
    day.record_remedy(office, address, "已按更改申请改正评分，重新签名")
    today.shot(office, "09-remedied")


def conclude(today: Day, office: Page) -> None:
    """复核 by sample, decode by two, 公示 with an objection, the release."""
    officer = today["式微"]
    desk.advance(office, CODE, "复核")
    desk.check_by_hand(officer, today.skill, today.password("式微"))
    day.verify(officer, today.skill, today.password("式微"))
    secrets = [today.pin("河广"), today.pin("北风")]
    day.decode(today["河广"], today["北风"], today.skill, secrets)
    today.shot(today["北风"], "10-decoded")
    day.open_publicity(office, CODE)
    day.object_to(today["谷风"], "请说明外观评分的尺度")
    office.goto(f"/organize/{CODE}/release/")
    expect(office.get_by_text("条公示异议没有了结").first).to_be_visible()
    day.answer_objection(office, CODE, "四名裁判独立评分，分差在规定以内")
    office.goto(f"/organize/{CODE}/publicity/")
    today.shot(office, "10-publicity")
    desk.press(office, "结束公示")
    desk.advance(office, CODE, "公示")
    desk.publish(office, CODE)
