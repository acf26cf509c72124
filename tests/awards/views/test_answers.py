"""Answers through the pages: checked line by line, entered once, kept with their file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards import answer_job
from awards.errors import AnswersRefused
from awards.models import AnswerFile, Entitlement
from awards.views import answers as view
from jobs.models import Job
from people.spreadsheets.uploads import Upload, keep_upload
from tests.awards import answered, desk
from tests.awards.answered import Paper
from tests.awards.views.test_pages import BACKEND

pytestmark = pytest.mark.django_db
PAGE = "/bureau/answers/"
PAYLOADS = ("=cmd|' /C calc'!A0", "+1", "@x", "<script>alert(1)</script>")


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


def upload(paper):
    return {"file": SimpleUploadedFile("答复.xlsx", paper.content)}


def text(answer):
    return answer.content.decode()


def states():
    return list(Entitlement.objects.order_by("pk").values_list("state", flat=True))


def test_the_empty_page_says_where_to_begin(page):
    answer = page.get(PAGE)
    assert "还没有导入过答复" in text(answer)
    assert reverse("bureau_exports") in text(answer)


def test_a_checked_file_is_entered_and_kept_with_links(page, officer, bureau):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    paper.answer(two, "不予核准", why="年限不足")

    checked = page.post(PAGE, upload(paper))
    assert states() == ["filed", "filed", "filed"]
    assert checked.context["counts"]["granted"] == 1
    assert f"R-{one.pk}" in text(checked)

    told = {"token": checked.context["token"], "lines": "2"}
    done = page.post(PAGE, told)
    file = AnswerFile.objects.get()
    assert done.url == reverse("bureau_answer_file", args=[file.pk])
    assert states() == ["granted", "refused", "filed"]
    shown = text(page.get(done.url))
    assert "王铁生" in shown
    assert reverse("bureau_explain", args=[one.decision_id]) in shown
    assert "答复.xlsx" in text(page.get(PAGE))

    again = page.post(PAGE, upload(paper))
    assert "这些答复都已经登记过" in text(again)
    assert "token" not in again.context


def test_a_refused_file_names_its_lines_and_offers_nothing(page, officer, bureau):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    paper.put(two, "姓名", "别人")

    answer = page.post(PAGE, upload(paper))

    assert "“姓名”与导出时不同" in text(answer)
    assert "token" not in answer.context
    assert states() == ["filed", "filed", "filed"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_echoed_as_text(page, officer, bureau, payload):
    (one, *_rest), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    for heading in (answered.VERDICT, answered.DOCUMENT):
        paper.put(one, heading, payload)
        column = paper.columns[heading]
        paper.sheet.cell(paper.row_of(one), column).data_type = "s"

    answer = page.post(PAGE, upload(paper))

    assert "应为 核准 或 不予核准" in text(answer)
    assert "<script>alert(1)" not in text(answer)
    assert states()[0] == "filed"


def test_a_file_of_another_bureau_is_not_found(page, officer, bureau):
    (one, *_rest), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    paper.answer(one)
    checked = page.post(PAGE, upload(paper))
    page.post(PAGE, {"token": checked.context["token"], "lines": "1"})
    other = Client()
    stranger = desk.make_officer(desk.make_bureau("440000", "广东省人社厅"), "li")
    other.force_login(stranger, backend=BACKEND)

    assert "本单位没有导出过编号" in text(other.post(PAGE, upload(paper)))
    url = reverse("bureau_answer_file", args=[AnswerFile.objects.get().pk])
    assert other.get(url).status_code == 404


def test_a_token_of_nothing_leads_back(page):
    assert page.post(PAGE, {"token": "x"}).url == PAGE


def test_a_long_file_is_left_to_a_job(page, officer, bureau, monkeypatch):
    monkeypatch.setattr(view, "AT_ONCE", 1)
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    for each in (one, two):
        paper.answer(each)
    checked = page.post(PAGE, upload(paper))

    answer = page.post(PAGE, {"token": checked.context["token"], "lines": "2"})

    assert answer.url == reverse("my_jobs")
    assert Job.objects.get().total == 2
    told = []
    purpose = f"answers:{bureau.pk}"
    arguments = {"token": checked.context["token"], "purpose": purpose}
    answer_job.run_job(
        lambda *values: told.append(values), user=officer.pk, **arguments
    )
    assert states() == ["granted", "granted", "filed"]
    assert told[-1][:2] == (2, 2)
    with pytest.raises(AnswersRefused):
        answer_job.run_job(lambda *_v: None, user=officer.pk, **arguments)


def test_a_job_whose_lines_are_refused_meanwhile_writes_nothing(officer, bureau):
    (one, two, _three), batch = answered.make_filed(officer, bureau)
    paper = Paper(batch)
    for each in (one, two):
        paper.answer(each)
    purpose = f"answers:{bureau.pk}"
    kept = Upload("答复.xlsx", paper.content)
    token = keep_upload(kept, user=officer, purpose=purpose)
    Entitlement.objects.filter(pk=two.pk).update(state="publicity")

    with pytest.raises(AnswersRefused):
        answer_job.run_job(
            lambda *_v: None, user=officer.pk, token=token, purpose=purpose
        )
    assert states()[0] == "filed"
