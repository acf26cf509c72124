"""The command against published tables and its own small ones."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

TABLES = {
    "WSC2015": "wsc2015_skills_01-03.csv",
    "WSC2017": "wsc2017_skills_01-03.csv",
    "WSC2019": "wsc2019_skills_01-03.csv",
    "WSC2024": "wsc2024_skills_01-29.csv",
    "WSC2026": "wsc2026_skills_01-10.csv",
}


def medals(path, edition, *, code=0):
    out = StringIO()
    arguments = ["medals", str(path), "--edition", edition, "--json"]
    if code:
        with pytest.raises(SystemExit) as left:
            call_command(*arguments, stdout=out)
        assert left.value.code == code
    else:
        call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("edition", TABLES)
def test_published_tables_are_reproduced_place_and_medal(edition, real_data):
    path = real_data / "results" / TABLES[edition]
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = [
            {
                "skill_number": row["skill_number"],
                "member_code": row["member_code"],
                "position": int(row["position"]),
                "medal": row["medal"],
            }
            for row in csv.DictReader(file)
        ]

    assert medals(path, edition) == expected


def test_a_table_is_read_with_or_without_a_byte_order_mark(tmp_path):
    text = (
        "member_code,scale_score,skill_number,x\nCN,743,07,\nKR,743,07,\nFR,742,07,\n"
    )
    plain, marked = tmp_path / "plain.csv", tmp_path / "marked.csv"
    plain.write_text(text, encoding="utf-8")
    marked.write_text(text, encoding="utf-8-sig")

    expected = [
        {"skill_number": "07", "member_code": "CN", "position": 1, "medal": "Gold"},
        {"skill_number": "07", "member_code": "KR", "position": 1, "medal": "Gold"},
        {"skill_number": "07", "member_code": "FR", "position": 3, "medal": "Silver"},
    ]
    assert medals(plain, "WSC2026") == medals(marked, "WSC2026") == expected


@pytest.mark.parametrize(
    ("text", "row", "column", "code"),
    [
        ("skill_number,member_code\n01,CN\n", 1, "scale_score", "no-column"),
        (
            "skill_number,member_code,scale_score\n01,CN,7o0\n",
            2,
            "scale_score",
            "not-a-number",
        ),
        ("", 1, "scale_score", "no-column"),
    ],
)
def test_a_bad_table_is_an_input_error_with_its_place(
    tmp_path, text, row, column, code
):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")

    problem = medals(path, "WSC2024", code=1)["problems"][0]

    assert (problem["row"], problem["column"], problem["code"]) == (row, column, code)


def test_a_missing_file_is_wrong_usage(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("medals", str(tmp_path / "none.csv"), "--edition", "WSC2024")
    assert refused.value.returncode == 2
