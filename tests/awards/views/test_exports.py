"""The pages of exports: preview, request, approval, one-time link, download log."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from awards.actions import exports
from awards.actions.exports import Order, export_at_console, start_export, take_export
from awards.enums import ExportState
from awards.models import ExportBatch, ExportLink, ExportTaking
from jobs import progress
from jobs.enums import JobState
from jobs.models import Job
from tests.awards import desk

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRET = "correct horse battery"
ROSTER = "promotion-roster"


def signed_in(user):
    user.set_password(SECRET)
    user.save(update_fields=["password"])
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def page(officer):
    return signed_in(officer)


@pytest.fixture
def second(bureau):
    return signed_in(desk.make_officer(bureau, "li", approves=True))


@pytest.fixture
def stranger():
    elsewhere = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    return signed_in(desk.make_officer(elsewhere, "he", approves=True))


@pytest.fixture
def release():
    people = [desk.make_person(f"选手{n:03d}", n) for n in (1, 2)]
    release, skill, entries = desk.make_final(people)
    for person, entry in zip(people, entries, strict=True):
        desk.make_entitlement(desk.make_decision(release, skill, entry, person))
    return release


def address(**choice) -> str:
    query = "&".join(f"{name}={value}" for name, value in choice.items())
    return f"/bureau/exports/new/?list={ROSTER}&{query}"


def link_in(answer) -> str:
    found = re.search(r'href="(/bureau/exports/files/[^"]+)"', answer.content.decode())
    return found[1] if found else ""


def masked_batch(release, officer, **changes) -> ExportBatch:
    values = {"purpose": "上报", "release": release, **changes}
    order = Order(kind=ROSTER, bureau=officer.memberships.get().organization, **values)
    return start_export(order, by=officer, at=timezone.now())


def test_preview_shows_people_and_what_a_masked_list_does_with_each_column(
    page, release
):
    shown = page.get(address(form="masked")).content.decode()

    assert "<dt>人数</dt><dd><b>2</b>" in shown
    assert "证件号码 <span" in shown
    assert "部分隐去" in shown
    assert '出生日期 <span class="badge">不列入' in shown
    assert "须由另一位审批人同意" not in shown
    assert desk.number_for(1) not in shown


def test_filters_of_the_work_list_carry_over(page, release):
    shown = page.get(address(q="选手002", kind="grade")).content.decode()

    assert "<dt>人数</dt><dd><b>1</b>" in shown
    assert '<input type="hidden" name="q" value="选手002">' in shown


def test_masked_list_is_made_and_taken_by_a_link_that_works_once(page, release):
    made = page.post(
        address(form="masked", release=release.number), {"purpose": "核对"}
    )
    batch = ExportBatch.objects.get()
    offered = page.post(f"/bureau/exports/{batch.pk}/link/")
    link = link_in(offered)
    taken, again = page.get(link), page.get(link)

    assert made["Location"] == f"/bureau/exports/{batch.pk}/"
    assert taken["Content-Disposition"].startswith("attachment")
    assert taken["Cache-Control"].count("no-store")
    book = openpyxl.load_workbook(io.BytesIO(taken.content))
    assert book.sheetnames == ["封面", "高级技师"]
    assert again.status_code == 410
    assert "用过" in again.content.decode()
    assert ExportTaking.objects.count() == 1
    listed = page.get("/bureau/exports/").content.decode()
    assert batch.digest in listed


def test_full_list_goes_through_another_person_and_asks_who_takes_it(
    page, second, release
):
    missing = page.post(address(form="full"), {"purpose": "上报"})
    page.post(address(form="full"), {"purpose": "上报", "document": "1 号"})
    batch = ExportBatch.objects.get()
    url = f"/bureau/exports/{batch.pk}/"
    own = page.post(f"{url}approve/", {"secret": SECRET})
    waiting = second.get("/bureau/exports/").content.decode()
    wrong = second.post(f"{url}approve/", {"secret": "x"}, follow=True)
    right = second.post(f"{url}approve/", {"secret": SECRET}, follow=True)
    refused = page.post(f"{url}link/", {"secret": "x"})
    offered = page.post(f"{url}link/", {"secret": SECRET})

    assert "form-error" in missing.content.decode()
    assert own.status_code == 403
    assert "等待审批" in waiting
    assert "PIN 或口令不对" in wrong.content.decode()
    assert "可取走" in right.content.decode()
    assert "PIN 或口令不对" in refused.content.decode()
    assert page.get(link_in(offered)).content[:2] == b"PK"


def test_expired_link_says_so(page, officer, release):
    batch = masked_batch(release, officer)
    link = link_in(page.post(f"/bureau/exports/{batch.pk}/link/"))
    ExportLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    late = page.get(link)

    assert late.status_code == 410
    assert "已过期" in late.content.decode()


def test_link_is_for_the_account_that_asked_for_it(
    page, second, stranger, officer, release
):
    batch = masked_batch(release, officer)
    link = link_in(page.post(f"/bureau/exports/{batch.pk}/link/"))

    assert second.get(link).status_code == 404
    assert stranger.get(link).status_code == 404
    assert page.get(link).status_code == 200


def test_nothing_of_an_export_is_there_for_another_bureau(stranger, officer, release):
    batch = masked_batch(release, officer)
    take_export(batch, by=officer, at=timezone.now())
    url = f"/bureau/exports/{batch.pk}/"

    posts = [stranger.post(f"{url}{step}/") for step in ("approve", "decline", "link")]
    asked = stranger.post(address(form="masked"), {"purpose": "看看"})
    foreign = stranger.get(address(form="masked", release=release.number))

    assert [answer.status_code for answer in posts] == [404, 404, 404]
    assert stranger.get(url).status_code == 404
    assert "没有可列入名单的人" in asked.content.decode()
    assert "<dt>人数</dt>" not in foreign.content.decode()
    for listed in ("/bureau/exports/", "/bureau/exports/log/"):
        assert batch.number not in stranger.get(listed).content.decode()
    assert batch.number not in stranger.get("/bureau/exports/log.csv").content.decode()
    assert ExportBatch.objects.count() == 1


def test_declined_list_says_why(page, second, release):
    page.post(address(form="full"), {"purpose": "上报", "document": "1 号"})
    url = f"/bureau/exports/{ExportBatch.objects.get().pk}/"

    nothing = second.post(f"{url}decline/", {"reason": " "}, follow=True)
    second.post(f"{url}decline/", {"reason": "范围过大"})

    assert "请写明理由" in nothing.content.decode()
    assert "范围过大" in page.get(url).content.decode()


def test_list_in_the_making_shows_how_far_it_is_and_looks_again(
    page, officer, release, monkeypatch
):
    monkeypatch.setattr(exports.making, "AT_ONCE", 1)
    batch = masked_batch(release, officer)
    Job.objects.update(state=JobState.RUNNING)
    told = progress.Progress(1, 2, "读取名单", timezone.now())
    progress.write(batch.job_id, told)

    shown = page.get(f"/bureau/exports/{batch.pk}/")
    Job.objects.update(state=JobState.FAILED, error="后台进程中断，请重新提交")
    dead = page.get(f"/bureau/exports/{batch.pk}/")
    monkeypatch.setattr(exports.making, "AT_ONCE", 200)
    page.post(f"/bureau/exports/{batch.pk}/again/")

    assert shown["Refresh"] == "3"
    assert "1 / 2" in shown.content.decode()
    assert "Refresh" not in dead
    assert "后台进程中断" in dead.content.decode()
    assert ExportBatch.objects.get().state == ExportState.READY


def test_log_is_narrowed_and_exported_as_it_is_shown(page, officer, release):
    batch = masked_batch(release, officer, purpose="=cmd")
    other = masked_batch(release, officer)
    take_export(batch, by=officer, at=desk.AT)
    take_export(other, by=officer, at=desk.AT + timedelta(days=3))
    narrow = "q=wang&list=promotion-roster&since=2026-11-20&until=2026-11-20"

    shown = page.get(f"/bureau/exports/log/?{narrow}").content.decode()
    answer = page.get(f"/bureau/exports/log.csv?{narrow}")
    none = page.get("/bureau/exports/log/?q=nobody").content.decode()

    assert batch.number in shown
    assert other.number not in shown
    _heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert [(row[2], row[6]) for row in rows] == [(batch.number, "'=cmd")]
    assert "没有这样的下载" in none


def test_lists_ask_as_often_for_many_as_for_one(
    page, officer, release, django_assert_max_num_queries
):
    def make():
        take_export(masked_batch(release, officer), by=officer, at=timezone.now())

    make()
    seen = {}
    for url in ("/bureau/exports/", "/bureau/exports/log/"):
        page.get(url)
        with django_assert_max_num_queries(60) as few:
            page.get(url)
        seen[url] = len(few)
    make()
    make()

    for url, few in seen.items():
        with django_assert_max_num_queries(few):
            page.get(url)


def test_csv_is_offered_and_has_no_cover(page, release):
    page.post(address(form="masked", format="csv"), {"purpose": "核对"})
    batch = ExportBatch.objects.get()

    taken = page.get(link_in(page.post(f"/bureau/exports/{batch.pk}/link/")))

    assert batch.file_name.endswith(".csv")
    heading, *rows = csv.reader(io.StringIO(taken.content.decode("utf-8-sig")))
    assert heading[:3] == ["名单", "序号", "姓名"]
    assert [row[:3] for row in rows] == [
        ["高级技师", "1", "选手001"],
        ["高级技师", "2", "选手002"],
    ]


def test_person_in_full_is_in_no_page_of_an_export(page, officer, release):
    order = Order(
        kind=ROSTER,
        bureau=officer.memberships.get().organization,
        purpose="上报",
        is_masked=False,
    )
    batch = export_at_console(order, by=officer, approved_by=None, at=timezone.now())

    pages = ["/bureau/exports/", f"/bureau/exports/{batch.pk}/", address(form="full")]

    for url in pages:
        shown = page.get(url).content.decode()
        assert desk.number_for(1) not in shown, url
        assert "13800000001" not in shown, url
