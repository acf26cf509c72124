"""A file of theory marks: its findings, all or nothing, sent twice."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from people.spreadsheets.uploads import Upload
from scoring.actions.mark_imports import import_marks
from scoring.errors import MarkingRefused
from scoring.mark_files import read_marks
from scoring.models import Mark, Result
from scoring.queries.rebuilding import differences
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import chinese_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest(chinese_type(), entries=3)


def codes(contest):
    for entry in contest.entries:
        entry.refresh_from_db()
    return [entry.code for entry in contest.entries]


def upload(*rows):
    text = "\n".join(",".join(row) for row in [("工位", "评分点", "分值"), *rows])
    return Upload("理论.csv", text.encode("utf-8-sig"))


def whole(contest, *values):
    return upload(
        *((c, "A1.I1", v) for c, v in zip(codes(contest), values, strict=True))
    )


def enter(contest, file, by=None):
    found = read_marks(contest.skill, file)
    by = by or contest.officer
    return import_marks(contest.skill, file=found, by=by, at=contest.now())


def marks():
    return sorted(Mark.objects.values_list("code", "seat", "state", "value"))


def test_a_clean_file_is_entered_and_counts(contest):
    assert enter(contest, whole(contest, "88.5", "70", "缺考")) == 3
    assert marks() == [
        ("A1.I1", 0, "absent", ""),
        ("A1.I1", 0, "value", "70"),
        ("A1.I1", 0, "value", "88.5"),
    ]
    first = Result.objects.get(entry=contest.entries[0])
    assert first.points_scaled == 26_550_000
    assert differences(contest.skill) == []


def test_the_same_file_again_changes_nothing_and_a_new_value_replaces(contest):
    enter(contest, whole(contest, "88.5", "70", "60"))
    again = read_marks(contest.skill, whole(contest, "88.5", "70", "60"))
    assert (again.rows, again.same) == ([], 3)
    assert enter(contest, whole(contest, "88.5", "71", "60")) == 1
    assert ("A1.I1", 0, "value", "71") in marks()


def test_every_fault_is_named_with_its_row_and_nothing_is_entered(contest):
    one, two, _three = codes(contest)
    found = read_marks(
        contest.skill,
        upload(
            (one, "A1.I1", "101"),
            (two, "A1.I1", "八十"),
            ("Z99", "A1.I1", "1"),
            (one, "B1.P1", "1"),
            (one, "X9", "1"),
            (one, "A1.I1", "50"),
            (two, "A1.I1", ""),
        ),
    )
    assert [(p.row, p.column, p.code) for p in found.problems] == [
        (2, "C", "out-of-range"),
        (3, "C", "not-a-number"),
        (4, "A", "unknown-entry"),
        (5, "B", "not-imported"),
        (6, "B", "unknown-aspect"),
        (7, "A", "duplicate-row"),
        (8, "A", "duplicate-row"),
    ]
    with pytest.raises(MarkingRefused):
        import_marks(contest.skill, file=found, by=contest.officer, at=contest.now())
    assert marks() == []


def test_an_empty_cell_is_said_and_never_a_nought(contest):
    found = read_marks(contest.skill, whole(contest, "88.5", "", "60"))
    assert [(p.code, p.severity) for p in found.problems] == [("empty", "warning")]
    assert enter(contest, whole(contest, "88.5", "", "60")) == 2
    assert len(marks()) == 2


def test_only_a_results_officer_imports(contest):
    with pytest.raises(MarkingRefused) as refused:
        enter(contest, whole(contest, "88.5", "70", "60"), by=contest.judges[0])
    assert refused.value.code == "not-results-officer"
    assert marks() == []


def test_a_sheet_that_is_signed_stops_the_whole_file(contest):
    enter(contest, whole(contest, "80", "70", "60"))
    for entry in range(3):
        contest.judged(entry, "B1.P1", "80", "81", "82")
    contest.sign_all()
    found = read_marks(contest.skill, whole(contest, "80", "99", "60"))
    assert [(p.row, p.code) for p in found.problems] == [(3, "sheet-signed")]


def test_the_command_checks_then_enters(contest, tmp_path):
    path = tmp_path / "theory.csv"
    path.write_bytes(whole(contest, "88.5", "70", "60").content)

    def run(*more):
        out = StringIO()
        named = ["--skill", str(contest.skill.pk), "--by", contest.officer.username]
        call_command("import_marks", str(path), *named, *more, "--json", stdout=out)
        return json.loads(out.getvalue())

    expected = {"marks": 3, "same": 0, "empty": 0, "problems": []}
    assert run("--dry-run") == expected | {"entered": 0}
    assert marks() == []
    assert run() == expected | {"entered": 3}


def test_the_page_shows_what_would_change_and_enters_it(client, contest):
    client.force_login(contest.officer)
    url = reverse("import_marks", args=[contest.skill.pk])
    file = whole(contest, "88.5", "70", "60")
    from django.core.files.uploadedfile import SimpleUploadedFile

    shown = client.post(url, {"file": SimpleUploadedFile(file.name, file.content)})
    assert shown.status_code == 200
    assert marks() == []
    done = client.post(url, {"token": shown.context["token"]})
    assert (done.status_code, len(marks())) == (302, 3)


def test_the_page_is_the_officers_alone(client, contest):
    client.force_login(contest.chief)
    url = reverse("import_marks", args=[contest.skill.pk])
    assert client.get(url).status_code in (403, 404)
