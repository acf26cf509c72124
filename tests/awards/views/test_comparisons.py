"""Comparisons through the pages: checked, kept, narrowed, taken over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.actions.exports import Order, opened, start_export
from awards.models import Comparison
from people.models import GradeHeld
from people.spreadsheets import as_text, read_workbook
from tests.awards import desk
from tests.awards.lists_of_others import GRADE_HEADINGS, SENIOR, make_waiting, workbook
from tests.awards.views.test_pages import BACKEND

pytestmark = pytest.mark.django_db
PAGE = "/bureau/comparisons/"
TOLD = {
    "kind": "grade-list",
    "whom": "all",
    "source": "省鉴定中心名单",
    "source_on": "2026-11-01",
}


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def page(officer):
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


def text(answer):
    return answer.content.decode()


def listed(person, grade="高级工", number=SENIOR):
    return (person.name, person.identity_number, "焊工", grade, number, None)


def checked(page, *rows):
    file = SimpleUploadedFile("名单.xlsx", workbook(GRADE_HEADINGS, *rows))
    return page.post(PAGE, {**TOLD, "file": file})


def kept(page, *rows):
    token = checked(page, *rows).context["token"]
    return page.post(PAGE, {**TOLD, "token": token}).url


def test_the_empty_page_says_what_to_do(page):
    assert "还没有做过比对" in text(page.get(PAGE))


def test_a_check_shows_the_lines_and_keeps_nothing(page):
    person, _absent = make_waiting("王铁生", 1), make_waiting("李梅", 2)
    answer = checked(page, listed(person))
    assert "王铁生" in text(answer)
    assert "李梅" in text(answer)
    assert person.identity_number not in text(answer)
    assert not Comparison.objects.exists()


def test_a_kept_comparison_is_narrowed_and_taken_over(page):
    one, two = make_waiting("王铁生", 1), make_waiting("李梅", 2)
    desk.make_grade(two, 4)
    url = kept(page, listed(one), listed(two))

    assert [row["line"].name for row in page.get(url).context["rows"]] == [
        "王铁生",
        "李梅",
    ]
    only = page.get(f"{url}?outcome=conflict").context["rows"]
    assert [row["line"].name for row in only] == ["李梅"]
    assert page.get(f"{url}?field=等级&q=limei").context["can_take"] == 1

    answer = page.post(f"{url}take/" + "?q=王", {"all": "1"})
    assert answer.status_code == 302
    assert [held.person for held in GradeHeld.objects.filter(grade=3)] == [one]
    after = page.get(url)
    assert [row["is_taken"] for row in after.context["rows"]] == [True, False]
    assert "采纳记录" in text(after)


def test_nothing_chosen_and_what_changed_since_are_said(page):
    person = make_waiting("王铁生", 1)
    desk.make_grade(person, 3, "S000051000001253000999")
    url = kept(page, listed(person))
    take = reverse("bureau_comparison_take", args=[Comparison.objects.get().pk])

    assert "请先勾选" in text(page.post(take, {"line": "x"}, follow=True))
    GradeHeld.objects.update(withdrawn_at=desk.AT)
    refused = page.post(take, {"line": "1"})
    assert "请重新比对" in text(refused)
    assert page.get(url).status_code == 200


def test_a_list_that_cannot_be_read_offers_nothing(page):
    file = SimpleUploadedFile("名单.xlsx", workbook(("甲", "乙"), ("=1+1", "x")))
    answer = page.post(PAGE, {**TOLD, "file": file})
    assert "缺少列" in text(answer)
    assert "token" not in answer.context


def test_payloads_are_echoed_as_text(page):
    person = make_waiting("王铁生", 1)
    row = (
        "<script>alert(1)</script>",
        person.identity_number,
        "焊工",
        "=1+1",
        None,
        None,
    )
    answer = checked(page, row)
    assert "<script>alert(1)" not in text(answer)
    assert "=1+1" in text(answer)


def test_a_comparison_of_another_bureau_is_not_found(page):
    url = kept(page, listed(make_waiting("王铁生", 1)))
    other = Client()
    stranger = desk.make_officer(desk.make_bureau("440000", "广东省人社厅"), "li")
    other.force_login(stranger, backend=BACKEND)
    assert other.get(url).status_code == 404
    assert other.post(f"{url}take/", {"line": "1"}).status_code == 404


def test_the_lines_can_be_exported(page, officer, bureau):
    kept(page, listed(make_waiting("王铁生", 1)))
    options = {"comparison": str(Comparison.objects.get().pk)}
    order = Order("comparison", bureau, "核对", options=options)
    batch = start_export(order, by=officer, at=desk.AT)
    book = read_workbook(opened(batch), filename="a.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["封面", "名单有，档案缺"]
    cells = {as_text(cell) for row in book.sheets[1].rows for cell in row}
    assert {"王铁生", "焊工 高级工（三级）"} <= cells


@pytest.mark.parametrize("people", [1, 4])
def test_the_page_asks_as_often_for_many_lines(
    page, people, django_assert_max_num_queries
):
    url = kept(page, *(listed(make_waiting(f"人{n}", n)) for n in range(1, people + 1)))
    with django_assert_max_num_queries(25):
        page.get(url)
