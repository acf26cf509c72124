"""A bureau's afternoon: from two results to delivered, and one that is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.stories import clerk, desk
from tests.stories.conftest import House

PASSWORD = "leitai-demo-2026"
LOSER, CERTIFICATE = "牟青松", "SCGJ-2026-02-Z-0002"
WAIVED = "申报材料由各市州另行收齐，纸质存档"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """What came by mail: the announced results and a filled facts file."""
    paths = {
        "results": tmp_path / "成绩.csv",
        "facts": tmp_path / "facts.xlsx",
        "roster": tmp_path / "roster.xlsx",
        "answered": tmp_path / "answered.xlsx",
    }
    paths["results"].write_bytes(clerk.national_results())
    paths["facts"].write_bytes(clerk.facts_workbook())
    return paths


@pytest.mark.demonstration("final")
def test_a_bureau_goes_from_results_to_answers_and_takes_one_back(
    house: House,
    person_at: Callable[..., Page],
    files: dict[str, Path],
    tmp_path: Path,
) -> None:
    officer = desk.sign_in(person_at(), "bureau", PASSWORD)
    approver = desk.sign_in(person_at(), "approver", PASSWORD)
    public = person_at(390, 844)

    take_in(officer, files)
    file_everything(officer)
    roster = full_roster(officer, approver, files)
    answers_in(officer, roster, files["answered"])
    paper = clerk.fetch_certificates(officer, tmp_path)
    assert LOSER in text_of(paper)
    check(public, "这张证书有效")
    assert LOSER not in public.content()

    release = house.manage(
        "shell", "-v0", "-c",
        f"from tests.stories.corrected import run; run('{LOSER}')",
    ).strip()  # fmt: skip

    check(public, "这张证书已撤销")
    expect(public.get_by_text(f"由成绩版本 {release} 更正，不再获奖")).to_be_visible()
    take_back(officer, approver)
    house.manage("verify_ledger")


def take_in(page: Page, files: dict[str, Path]) -> None:
    """The national result is open for both until the facts file says their grades."""
    clerk.take_results(page, files["results"])
    query = f"kind=grade&q={'祝长庚'}"
    expect(clerk.row_of(page, "祝长庚", query)).to_contain_text("缺")
    clerk.fill_facts(page, files["facts"])
    row = clerk.row_of(page, "祝长庚", query)
    expect(row).to_contain_text("高级工 → 技师")
    expect(row).to_contain_text("拟定")
    expect(clerk.row_of(page, "钱三江", "kind=grade&q=qsj")).to_contain_text(
        "技师 → 高级技师"
    )
    other = clerk.row_of(page, "陆一鸣", "kind=grade&q=陆一鸣&region=320000")
    expect(other).to_contain_text("缺")  # of another region: nobody here fills it


def file_everything(page: Page) -> None:
    """All promotions take two steps together; materials are waived with the reason."""
    proposed = "kind=grade&state=proposed"
    clerk.step_all(page, proposed, "material-complete", reason=WAIVED)
    ready = "kind=grade&state=material-complete"
    clerk.step_all(page, ready, "filed", reason="川人社职鉴〔2026〕21号")
    expect(clerk.row_of(page, "祝长庚", "kind=grade&q=祝长庚")).to_contain_text(
        "已上报"
    )


def full_roster(officer: Page, approver: Page, files: dict[str, Path]) -> Path:
    """Asked for by one, agreed to by another, taken away once."""
    address = clerk.ask_for_roster(officer)
    clerk.approve(approver, address, PASSWORD)
    return clerk.take_away(officer, address, PASSWORD, files["roster"])


def answers_in(page: Page, roster: Path, answered: Path) -> None:
    """One refused, the others granted; the same file again changes nothing."""
    lines = clerk.answer_roster(roster, answered, refused="钱三江")
    clerk.bring_back(page, answered)
    page.get_by_role("button", name=f"登记 {lines} 项答复").click()
    page.wait_for_load_state()
    expect(clerk.row_of(page, "祝长庚", "kind=grade&q=祝长庚")).to_contain_text(
        "已核准"
    )
    refused = clerk.row_of(page, "钱三江", "kind=grade&q=钱三江")
    expect(refused).to_contain_text("不予核准")
    expect(clerk.row_of(page, LOSER, f"kind=grade&q={LOSER}")).to_contain_text("已核准")
    clerk.bring_back(page, answered)
    expect(page.get_by_text("没有新的答复，不用登记")).to_be_visible()


def check(page: Page, verdict: str) -> None:
    """Anybody asks for the certificate by its number and name."""
    page.goto("/verify/")
    page.locator("#number").fill(CERTIFICATE)
    page.locator("#name").fill(LOSER)
    page.get_by_role("button", name="查证书").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(verdict)


def take_back(officer: Page, approver: Page) -> None:
    """What was granted is not lost in silence: one asks, the other agrees."""
    clerk.ask_to_revoke(officer, LOSER, "成绩已更正，不再获奖")
    row = clerk.row_of(officer, LOSER, f"kind=grade&q={LOSER}")
    expect(row).to_contain_text("已核准")
    clerk.agree_to_revoke(approver, LOSER, PASSWORD)
    row = clerk.row_of(officer, LOSER, f"kind=grade&state=revoked&q={LOSER}")
    expect(row).to_contain_text("已撤销")


def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)
