"""The command import_scheme: counts, exit codes, findings."""

import json
import subprocess
import sys

import pytest
from django.core.management import call_command

from people.commands import UsageError
from tests.scoring.test_workbooks import GOOD, JUDGED, LEVELS, SUB, scheme_file
from tests.workbooks import bad_files


def run(tmp_path, capsys, content, *options, name="a.xlsx"):
    path = tmp_path / name
    path.write_bytes(content)
    code = 0
    try:
        call_command("import_scheme", str(path), "--dry-run", *options)
    except SystemExit as exit_:
        code = exit_.code
    return code, capsys.readouterr().out


def test_good_workbook_exits_0_with_its_counts(tmp_path, capsys):
    code, out = run(tmp_path, capsys, scheme_file(*GOOD), "--json")

    answer = json.loads(out)
    problems = answer.pop("problems")
    assert code == 0
    assert answer == {
        "total_mark": "100.00",
        "sub_criteria": 1,
        "aspects": 2,
        "measurement": 1,
        "judgement": 1,
        "untyped": 0,
    }
    assert [set(p) for p in problems] == [
        {"severity", "sheet", "row", "column", "code", "message"}
    ]


def test_judgement_without_descriptors_exits_1(tmp_path, capsys):
    content = scheme_file(SUB, JUDGED, *LEVELS[1:])

    code, out = run(tmp_path, capsys, content, "--json")

    assert code == 1
    assert json.loads(out)["problems"][0] == {
        "severity": "error",
        "sheet": "CIS Marking Scheme Import",
        "row": 5,
        "column": "G",
        "code": "judgement-descriptors",
        "message": "评价评分点缺少第 0 档的说明，0–3 四档都要写。 / This judgement "
        "aspect lacks the description of level 0: all four levels 0-3 are needed.",
    }


@pytest.mark.parametrize("case", sorted(bad_files()))
def test_refused_file_exits_1_with_json_all_the_same(case, tmp_path, capsys):
    filename, content = bad_files()[case]

    code, out = run(tmp_path, capsys, content, "--json", name=filename)

    assert code == 1
    assert [p["code"] for p in json.loads(out)["problems"]] == [case.split(" (")[0]]


def test_a_person_reads_counts_and_findings(tmp_path, capsys):
    code, out = run(tmp_path, capsys, scheme_file(SUB, JUDGED))

    assert code == 1
    assert "aspects=1" in out.splitlines()[0]
    assert out.splitlines()[1].startswith("✗ CIS Marking Scheme Import!G5: ")


def test_missing_file_is_wrong_usage():
    with pytest.raises(UsageError) as error:
        call_command("import_scheme", "no-such-file.xlsx", "--dry-run")

    assert error.value.returncode == 2


def test_unknown_option_exits_2(repository):
    done = subprocess.run(
        [sys.executable, "manage.py", "import_scheme", "--nonsense"],
        cwd=repository,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 2
