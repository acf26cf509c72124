"""The command against the published pairs and its own small tables."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import call_command


def scale(path, column, *more):
    out = StringIO()
    call_command("scale", str(path), "--column", column, *more, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_all_published_pairs_are_reproduced(real_data):
    path = real_data / "results" / "lks_provincial_web_raw_and_scale.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = [int(row["scale_score"]) for row in csv.DictReader(file)]

    assert len(expected) == 32
    assert scale(path, "raw_mark_100") == expected


def test_skills_are_scaled_apart_and_answered_in_file_order(tmp_path):
    path = tmp_path / "totals.csv"
    path.write_text(
        "skill_number,total\n02,10\n01,50\n02,20\n01,50\n02,30\n", encoding="utf-8"
    )
    assert scale(path, "total") == [680, 700, 700, 700, 720]
    assert scale(path, "total", "--era", "500") == [463, 500, 500, 500, 537]


def test_a_missing_column_is_an_input_error(tmp_path):
    path = tmp_path / "totals.csv"
    path.write_text("total\n1\n", encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("scale", str(path), "--column", "mark", "--json", stdout=out)
    assert left.value.code == 1
    assert json.loads(out.getvalue())["problems"][0]["column"] == "mark"
