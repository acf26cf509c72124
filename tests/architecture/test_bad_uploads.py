"""Bad workbooks through the pages: named in two languages, nothing half imported."""

import re

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from competitions.rosters import roster_template
from people.spreadsheets import SpreadsheetRefused, Workbook, read_workbook
from tests.architecture.addresses import client_of
from tests.competitions.test_rosters import ROWS, person
from tests.scoring.test_workbooks import GOOD, JUDGED, MEASURED, SUB, scheme_file
from tests.workbooks import bad_files, workbook_of

pytestmark = pytest.mark.django_db

NO_MARK = (*MEASURED[:10], None)
PAGES = {
    "organize_scheme": ("organizer", "new skill"),
    "organize_roster": ("organizer", "code"),
    "bureau_results": ("hr-officer", ""),
    "bureau_facts_file": ("hr-officer", ""),
    "bureau_answers": ("hr-officer", ""),
    "bureau_comparisons": ("hr-officer", ""),
}
# What a page asks beside the file.
BESIDE = {
    "bureau_comparisons": {
        "kind": "grade-list",
        "whom": "all",
        "source": "名单",
        "source_on": "2026-11-01",
    }
}
# Files that are read but are wrong: (page, content, the row that is named).
WRONG = {
    "judgement without levels": ("organize_scheme", scheme_file(SUB, JUDGED), "5"),
    "aspect without a mark": ("organize_scheme", scheme_file(SUB, NO_MARK), "5"),
    "scheme without a header": ("organize_scheme", workbook_of([["a"], ["1"]]), ""),
    "roster without a header": ("organize_roster", workbook_of([["a"], ["1"]]), ""),
    "second row of an unknown skill": (
        "organize_roster",
        roster_template((ROWS[0], person(9, skill="77"))),
        "3",
    ),
    "results without persons": (
        "bureau_results",
        "competition,tier,year,event,rank,award\n大赛,省级,2023,焊接,1,金牌\n".encode(),
        "",
    ),
    "answers without an export": (
        "bureau_answers",
        workbook_of([["姓名", "答复"], ["王", "核准"]]),
        "",
    ),
    "grade list without documents": (
        "bureau_comparisons",
        workbook_of([["姓名", "等级"], ["王", "技师"]]),
        "",
    ),
    "results in no encoding": ("bureau_results", b"\xff\xfe\xfa" * 50, ""),
}


def counted():
    """How many rows every table of ours has."""
    ours = (model for model in apps.get_models() if not _is_foreign(model))
    return {model._meta.label: model._default_manager.count() for model in ours}


def _is_foreign(model):
    return model._meta.app_label in ("axes", "sessions", "auth", "contenttypes")


def posted(tenant, name, file):
    role, kind = PAGES[name]
    url = reverse(name, args=[tenant.value(kind, role)] if kind else [])
    before = counted()
    with transaction.atomic():
        answer = client_of(tenant, role).post(
            url, {**BESIDE.get(name, {}), "file": file}
        )
        after = counted()
        transaction.set_rollback(True)
    return answer, before == after


def problems_in(answer):
    """Severity, sheet, row, column and message of each finding on the page."""
    rows = re.findall(
        r'<tr data-severity="(\w+)">(.*?)</tr>', answer.content.decode(), re.DOTALL
    )
    return [
        (severity, *(re.sub(r"<[^>]+>", "", c).strip() for c in _cells(row)))
        for severity, row in rows
    ]


def _cells(row):
    return re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)[1:]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", bad_files())
def test_a_file_that_is_not_opened_is_named_and_nothing_is_kept(world, page, code):
    name, content = bad_files()[code]
    answer, is_unchanged = posted(world[0], page, SimpleUploadedFile(name, content))

    assert answer.status_code in (200, 422)
    assert is_unchanged
    assert "token" not in answer.context
    if content:
        (message,) = {row[-1] for row in problems_in(answer) if row[0] == "error"}
        chinese, english = message.split(" / ")
        assert not chinese.isascii() and english.isascii()
    else:
        assert "form-error" in answer.content.decode()


@pytest.mark.parametrize("case", WRONG)
def test_a_file_that_is_wrong_is_named_by_row_and_nothing_is_kept(world, case):
    page, content, row = WRONG[case]
    name = "a.csv" if page == "bureau_results" else "a.xlsx"
    answer, is_unchanged = posted(world[0], page, SimpleUploadedFile(name, content))

    errors = [found for found in problems_in(answer) if found[0] == "error"]
    assert (answer.status_code, is_unchanged) == (200, True)
    assert "token" not in answer.context
    assert errors
    assert all(" / " in found[-1] for found in errors)
    if row:
        assert row in {found[2] for found in errors}
        assert all(found[3] for found in errors if found[2] == row)


def test_bad_files_are_bad():
    """The control: the good scheme is read, so the others fail for their own fault."""
    assert isinstance(read_workbook(scheme_file(*GOOD), filename="a.xlsx"), Workbook)
    with pytest.raises(SpreadsheetRefused):
        read_workbook(*reversed(bad_files()["macros"][1:]), filename="a.xlsm")
