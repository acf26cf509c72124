"""Answers from the workbook: entered all together, twice is once, every fault by name."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from awards.actions import answers as module
from awards.actions.answers import papers_of, take_answers
from awards.actions.entitlements import record_answer
from awards.enums import EntitlementState
from awards.exporting.answers import ANSWER_COLUMNS
from awards.listings.registry import LISTINGS
from awards.models import AnswerFile, Entitlement, EntitlementStep, ExportBatch
from ledger.models import Event
from people.models import GradeHeld
from people.spreadsheets import read_workbook
from tests.awards import answered, desk
from tests.awards.answered import ANSWERED_ON, PAPER, Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


def taken(officer, content, *, at=desk.AT, is_dry_run=False):
    return take_answers(
        content, filename="答复.xlsx", by=officer, at=at, is_dry_run=is_dry_run
    )


def faults(outcome):
    return sorted({(p.row, p.code) for p in outcome.problems}, key=str)


def states():
    return list(Entitlement.objects.order_by("pk").values_list("state", flat=True))


def nothing_stored():
    answers = EntitlementStep.objects.filter(after__in=("granted", "refused"))
    return not AnswerFile.objects.exists() and not answers.exists()


def test_the_answers_of_an_exported_roster_are_entered_together(officer, bureau):
    (one, two, three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    paper.answer(two, "不予核准", why="工作年限不足")

    outcome = taken(officer, paper.content)

    assert outcome.problems == []
    assert states() == ["granted", "refused", "filed"]
    step = EntitlementStep.objects.get(entitlement=one, after="granted")
    assert (step.document, step.on, step.source) == (PAPER, ANSWERED_ON, "workbook")
    assert GradeHeld.objects.filter(person=one.person).exists()
    file = AnswerFile.objects.get()
    assert (file.export, file.lines, file.granted, file.refused, file.unanswered) == (
        batch, 3, 1, 1, 1,
    )  # fmt: skip
    assert [(row["entitlement"], row["outcome"]) for row in file.rows] == [
        (one.pk, "accepted"),
        (two.pk, "accepted"),
        (three.pk, "unanswered"),
    ]
    event = Event.objects.get(type="answers-taken")
    assert batch.number in event.body


def test_a_dry_run_says_the_same_and_stores_nothing(officer, bureau):
    (one, *_rest), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)

    outcome = taken(officer, paper.content, is_dry_run=True)

    assert outcome.can_be_taken
    assert outcome.counts == {
        "granted": 1, "refused": 0, "unchanged": 0, "unanswered": 2, "wrong": 0,
    }  # fmt: skip
    assert nothing_stored()


def test_the_same_file_again_changes_nothing_and_says_so(officer, bureau):
    (one, *_rest), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    content = paper.content
    taken(officer, content)
    steps, events = EntitlementStep.objects.count(), Event.objects.count()

    again = taken(officer, content)

    assert again.problems == []
    assert (again.is_done, again.counts["unchanged"]) == (False, 1)
    after = (EntitlementStep.objects.count(), Event.objects.count())
    assert after == (steps, events)
    assert AnswerFile.objects.count() == 1


def test_one_wrong_line_keeps_the_whole_file_out(officer, bureau):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    paper.answer(two, "同意")

    outcome = taken(officer, paper.content)

    assert faults(outcome) == [(paper.row_of(two), "unknown-verdict")]
    assert nothing_stored()


def test_sorted_lines_and_an_answer_already_given_on_screen_are_fine(officer, bureau):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    told = {"document": PAPER, "answered_on": ANSWERED_ON, "by": officer, "at": desk.AT}
    record_answer(one, verdict="granted", **told)
    paper = Paper(batch)
    paper.answer(one)
    paper.answer(two)
    first, second = paper.row_of(one), paper.row_of(two)
    for column in range(1, paper.sheet.max_column + 1):
        upper, lower = paper.sheet.cell(first, column), paper.sheet.cell(second, column)
        upper.value, lower.value = lower.value, upper.value

    outcome = taken(officer, paper.content)

    assert outcome.problems == []
    assert (outcome.counts["unchanged"], outcome.file.granted) == (1, 1)


def rewritten(paper, entitlement):
    paper.put(entitlement, "姓名", "别人")


def doubled(paper, entitlement):
    cells = [cell.value for cell in paper.sheet[paper.row_of(entitlement)]]
    paper.sheet.append(cells)


def gone(paper, entitlement):
    paper.sheet.delete_rows(paper.row_of(entitlement))


def formula(paper, entitlement):
    paper.put(entitlement, answered.DOCUMENT, '=HYPERLINK("http://x","点")')


def moved(paper, _entitlement):
    paper.sheet.insert_cols(2)


def renamed(paper, _entitlement):
    paper.sheet.cell(paper.head, paper.columns["姓名"]).value = "名字"


def cover(paper, _entitlement):
    paper.book.worksheets[0]["B4"] = "另一个"


def added(paper, _entitlement):
    paper.book.create_sheet("备忘")["A1"] = "x"


def checked(paper, entitlement):
    paper.put(entitlement, "行校验", "0" * 16)


def later(paper, entitlement):
    paper.answer(entitlement, day=date(2026, 11, 21))


def earlier(paper, entitlement):
    paper.answer(entitlement, day=answered.FILED_ON - timedelta(days=1))


CHANGES = {
    "changed": (rewritten, cover, checked),
    "doubled": (doubled,),
    "row-deleted": (gone,),
    "formula": (formula,),
    "column-added": (renamed,),
    "column-moved": (moved,),
    "sheet-added": (added,),
    "date-in-future": (later,),
    "date-before-filing": (earlier,),
}


@pytest.mark.parametrize(
    ("code", "change"), [(code, each) for code in CHANGES for each in CHANGES[code]]
)
def test_a_change_is_refused_by_name_and_nothing_is_stored(
    officer, bureau, code, change
):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    change(paper, two)

    outcome = taken(officer, paper.content)

    assert code in {problem.code for problem in outcome.problems}
    assert nothing_stored()


def test_once_the_file_is_cleared_the_checks_still_hold(officer, bureau):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper, wrong = Paper(batch), Paper(batch)
    for each in (paper, wrong):
        each.answer(one)
    wrong.put(two, "姓名", "别人")
    ExportBatch.objects.update(file="")

    assert faults(taken(officer, wrong.content)) == [(wrong.row_of(two), "changed")]
    assert taken(officer, paper.content).is_done


def test_a_file_of_another_bureau_is_as_unknown_as_none(officer, bureau):
    (one, *_rest), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    other = desk.make_officer(desk.make_bureau("440000", "广东省人社厅"), "li")

    assert faults(taken(other, paper.content)) == [(None, "export-unknown")]
    assert nothing_stored()


def test_what_is_not_filed_cannot_be_answered(officer, bureau):
    (one, *_rest), batch = answered.make_filed(officer, bureau, files=False)
    paper = Paper(batch)
    paper.answer(one)
    assert faults(taken(officer, paper.content)) == [(paper.row_of(one), "not-filed")]


def test_another_answer_than_the_one_on_record_is_refused(officer, bureau):
    (one, *_rest), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    taken(officer, paper.content)
    paper.answer(one, "不予核准", why="年限")
    assert faults(taken(officer, paper.content)) == [(paper.row_of(one), "answered")]
    assert states()[0] == EntitlementState.GRANTED


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "empty-file"),
        ("导出编号,E-1\n".encode(), "a.csv", "export-unknown"),
        ("姓名\n王\n".encode(), "a.csv", "export-number-missing"),
        (b"PK\x03\x04 broken", "a.xlsx", "not-a-workbook"),
    ],
)
def test_a_file_that_is_no_export_is_refused(officer, content, name, code):
    outcome = take_answers(content, filename=name, by=officer, at=desk.AT)
    assert [problem.code for problem in outcome.problems] == [code]


def test_queries_do_not_grow_with_the_lines(
    officer, bureau, django_assert_max_num_queries
):
    (one, two, three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    content = paper.content
    for each in (two, three):
        paper.answer(each)
    for checked_file in (content, paper.content):
        with django_assert_max_num_queries(14):
            taken(officer, checked_file, is_dry_run=True)


ASKING = sorted(name for name, each in LISTINGS.items() if each.takes_answers)


@pytest.mark.parametrize("name", ASKING)
def test_no_heading_of_a_list_that_asks_answers_stands_twice(name):
    own = [each.column.heading for each in LISTINGS[name].columns]
    headings = [*own, *(column.heading for column in ANSWER_COLUMNS)]
    assert len(headings) == len(set(headings))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_a_file_saved_again_by_libreoffice_is_taken(officer, bureau, tmp_path):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    paper.answer(two, "不予核准", why="工作年限不足")
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "a.xlsx"
    source.write_bytes(paper.content)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(source)],
        check=True,
        capture_output=True,
        timeout=240,
    )

    outcome = taken(officer, (tmp_path / "a.xlsx").read_bytes())

    assert outcome.problems == []
    assert states() == ["granted", "refused", "filed"]


@pytest.fixture
def in_memory(officer, bureau, monkeypatch):
    """The exported workbook read once; mutated copies are taken without a process."""
    rows, batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(rows[0])
    book = read_workbook(paper.content, filename="a.xlsx", with_formulas=True)
    papers, shown = papers_of(batch), [book]
    monkeypatch.setattr(module, "papers_of", lambda _batch: papers)
    monkeypatch.setattr(module, "read_workbook", lambda *_a, **_k: shown[0])
    return shown, book


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_mutation_outside_the_answers_stores_nothing(officer, in_memory, data):
    shown, book = in_memory
    kind = data.draw(st.sampled_from(["cell", "drop", "double", "swap", "formula"]))
    place = data.draw(st.integers(0, len(book.sheets) - 1))
    sheet = book.sheets[place]
    row = data.draw(st.integers(0, len(sheet.rows) - 1))
    rows = list(sheet.rows)
    if kind == "cell":
        cells = list(rows[row])
        assume(cells)
        free = range(len(cells) - 4, len(cells)) if place and len(cells) > 20 else ()
        column = data.draw(st.integers(0, len(cells) - 1))
        assume(column not in free)
        cells[column] = f"{cells[column] or ''}x"
        rows[row] = tuple(cells)
    elif kind == "drop":
        assume(any(rows[row]) and place)
        del rows[row]
    elif kind == "double":
        assume(any(rows[row]) and place)
        rows.append(rows[row])
    elif kind == "swap":
        cells = list(rows[row])
        assume(len(set(map(str, cells[:5]))) > 1)
        cells[0], cells[1] = cells[1], cells[0]
        assume(tuple(cells) != rows[row])
        rows[row] = tuple(cells)
    mutated = replace(sheet, rows=tuple(rows))
    formulas = ((sheet.name, "A1"),) if kind == "formula" else ()
    sheets = (*book.sheets[:place], mutated, *book.sheets[place + 1 :])
    shown[0] = replace(book, sheets=sheets, formulas=formulas)

    outcome = taken(officer, b"x")

    assert outcome.problems
    assert all(problem.message for problem in outcome.problems)
    assert nothing_stored()


def test_the_unchanged_workbook_of_the_mutations_is_taken(officer, in_memory):
    assert taken(officer, b"x", at=desk.AT + timedelta(hours=1)).is_done
