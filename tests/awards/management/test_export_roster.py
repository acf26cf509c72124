"""The command writes the same file as the page, or says why not."""

import hashlib
import json

import openpyxl
import pytest
from django.core.management import call_command

from people.commands import UsageError
from tests.awards import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def release():
    person = desk.make_person("周𠮷安", 1, unit="蜀山重型机械有限公司")
    release, skill, entries = desk.make_final([person])
    desk.make_entitlement(desk.make_decision(release, skill, entries[0], person))
    return release


def test_roster_lands_in_the_file_with_its_digest(release, tmp_path, capsys):
    desk.make_officer(desk.make_bureau())
    out = tmp_path / "roster.xlsx"

    call_command("export_roster", release=release.number, out=out, by="wang", json=True)

    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "release": release.number,
        "export": "E-2026-000001",
        "rows": 1,
        "out": str(out),
        "digest": hashlib.sha256(out.read_bytes()).hexdigest(),
        "problems": [],
    }
    assert openpyxl.load_workbook(out).sheetnames == ["封面", "高级技师"]


@pytest.mark.parametrize(
    ("who", "number", "code"),
    [("lin", None, "not-a-bureau"), ("wang", "R-2026-9999-0000", "unknown-release")],
)
def test_refusal_is_a_problem_and_exit_code_one(
    release, tmp_path, capsys, who, number, code
):
    desk.make_officer(desk.make_bureau())
    desk.make_user("lin", release.competition.owner, "organizer")
    out = tmp_path / "roster.xlsx"

    with pytest.raises(SystemExit) as ended:
        call_command(
            "export_roster",
            release=number or release.number,
            out=out,
            by=who,
            json=True,
        )

    assert ended.value.code == 1
    answer = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in answer["problems"]] == [code]
    assert not out.exists()


def test_unknown_account_is_wrong_usage(release, tmp_path):
    with pytest.raises(UsageError):
        call_command(
            "export_roster", release=release.number, out=tmp_path / "x", by="nobody"
        )
