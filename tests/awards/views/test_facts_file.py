"""The facts file through the pages: prefilled, checked, taken in; the tables of grades."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.models import GradeAlias, GradeEquivalence, GradeHeld
from tests.awards import desk
from tests.awards.actions.test_facts_file import waiting
from tests.awards.views.test_pages import BACKEND

pytestmark = pytest.mark.django_db
PAGE = "/bureau/facts/"


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def page(bureau):
    client = Client()
    client.force_login(desk.make_officer(bureau), backend=BACKEND)
    return client


def text(answer):
    return answer.content.decode()


def filled(page, **cells) -> SimpleUploadedFile:
    """The prefilled workbook with cells written into its first row, by heading."""
    answer = page.get(f"{PAGE}template/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(2, headings[heading]).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("事实.xlsx", buffer.getvalue())


def test_the_template_names_the_missing_fact_of_each_person(page):
    person = waiting("甲", 1)
    waiting("丙", 3, region="320100")
    answer = page.get(f"{PAGE}template/")
    rows = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]

    assert [cell.value for cell in rows[2]][:6] == [
        f"P-{person.pk}",
        "甲",
        None,
        "现持职业技能等级",
        "6-18-02-04",
        None,
    ]
    assert rows["A3"].value is None


def test_a_file_is_checked_first_and_then_taken_in(page):
    waiting("甲", 1)
    file = filled(page, 现持等级="技师", 依据="证书原件")
    checked = page.post(PAGE, {"file": file})
    assert "检查通过，可以导入" in text(checked)
    assert not GradeHeld.objects.exists()

    page.post(PAGE, {"token": checked.context["token"]})

    assert GradeHeld.objects.get().evidence == "证书原件"


def test_a_fault_is_shown_and_nothing_can_be_taken_in(page):
    waiting("甲", 1)
    checked = page.post(PAGE, {"file": filled(page, 现持等级="大师", 依据="证书")})

    assert "不能导入" in text(checked)
    assert "is not a grade" in text(checked)
    assert "token" not in checked.context


def test_an_old_token_asks_for_the_file_again(page):
    answer = page.post(PAGE, {"token": "x"}, follow=True)

    assert "检查结果已过期" in text(answer)


def test_queries_of_the_page_do_not_grow_with_people(
    page, django_assert_max_num_queries
):
    waiting("甲", 1)
    page.get(PAGE)
    with django_assert_max_num_queries(40) as first:
        page.get(PAGE)
    for number in range(2, 5):
        waiting(f"乙{number}", number)
    with django_assert_max_num_queries(len(first)):
        page.get(PAGE)


def test_the_tables_of_grades_show_background_as_such(page):
    found = text(page.get("/bureau/grades/"))

    assert "背景参考，没有文件依据" in found
    assert "全日制高级工班" in found


def test_an_entered_row_takes_the_place_of_background_and_can_end(page):
    page.post(
        "/bureau/grades/",
        {
            "table": "equivalences",
            "grade": "4",
            "ladder": "professional-title",
            "counts_as": "工程师",
            "citation": "川人社规〔2026〕1 号",
        },
    )
    row = GradeEquivalence.objects.get()
    found = text(page.get("/bureau/grades/"))
    assert "川人社规〔2026〕1 号" in found
    assert found.count("背景参考，没有文件依据") == 2

    page.post(f"/bureau/grades/equivalences/{row.pk}/")

    assert text(page.get("/bureau/grades/")).count("背景参考，没有文件依据") == 3


def test_an_issuers_name_cannot_be_a_rung_of_the_ladder(page):
    row = {"issuer": "川机集团", "grade": "5", "citation": "文件", "table": "names"}
    refused = page.post("/bureau/grades/", {**row, "name": "技师"})
    assert refused.status_code == 422
    page.post("/bureau/grades/", {**row, "name": "金牌技工"})

    assert GradeAlias.objects.get().name == "金牌技工"


def test_rows_of_another_bureau_are_not_found(page):
    other = desk.make_bureau("320000", "江苏省人力资源和社会保障厅")
    row = GradeAlias.objects.create(
        bureau=other,
        issuer="苏机",
        name="大工匠",
        grade=5,
        citation="文",
        recorded_by="x",
        recorded_at=desk.AT,
    )

    assert page.post(f"/bureau/grades/names/{row.pk}/").status_code == 404
    assert "大工匠" not in text(page.get("/bureau/grades/"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("育婴员", "4-10-01-01"),
        ("6-18-02-04", "焊工"),
        ("星际航行员", "没有收录“星际航行员”"),
    ],
)
def test_occupations_are_looked_up_by_code_and_name(page, asked, shown):
    assert shown in text(page.get("/bureau/grades/", {"q": asked}))
