"""Choosing and adapting how certificates look, on screen."""

import io

import pypdf
import pytest
from django.test import Client

from awards.certificate_forms import DesignForm
from awards.certificates import shipped_designs
from awards.models import CertificateDesign
from tests.awards import desk

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ADDRESS = "/bureau/certificates/competitions/scgj-2026/"


@pytest.fixture
def competition():
    return desk.make_competition()


@pytest.fixture
def page(competition):
    client = Client()
    user = desk.make_user("lin", competition.owner, "organizer")
    client.force_login(user, backend=BACKEND)
    return client


def values(name="national", **changes):
    form = DesignForm.of(shipped_designs()[name])
    return {**form.initial, **changes}


def test_organizer_sees_every_design_and_adapts_one(page, competition):
    before = page.get(ADDRESS).content.decode()
    kept = page.post(ADDRESS, values(heading="荣誉状", seals="甲单位\n{issuer}"))

    for design in shipped_designs().values():
        assert design.title in before
    assert "还没有选定，按赛事层级用：省级：石青台阶" in before
    assert kept["Location"] == ADDRESS
    row = CertificateDesign.objects.get()
    assert (row.base, row.number, row.competition) == ("national", 1, competition)
    assert row.content["heading"] == "荣誉状"
    assert row.content["seals"] == ["甲单位", "{issuer}"]
    after = page.get(ADDRESS).content.decode()
    assert "在用：国家级：朱红双框，第 1 次确定" in after
    assert "荣誉状" in after


def test_preview_keeps_nothing(page):
    shown = page.post(ADDRESS, values(heading="荣誉状", do="preview"))

    assert shown.status_code == 200
    assert '<p class="cert-title">荣誉状</p>' in shown.content.decode()
    assert not CertificateDesign.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": "在{skil}中荣获"}, "没有占位符"),
        ({"heading": ""}, "必填"),
        ({"closing": "特发此证\U00031350"}, "U+31350"),
        ({"base": "mine"}, "没有这个样式"),
    ],
)
def test_what_cannot_be_printed_is_said_and_not_kept(page, changes, said):
    answer = page.post(ADDRESS, values(**changes), follow=True)

    assert said in answer.content.decode()
    assert not CertificateDesign.objects.exists()


def test_texts_are_shown_as_text(page):
    shown = page.post(ADDRESS, values(heading="<b>{event}</b>", do="preview"))

    assert "&lt;b&gt;" in shown.content.decode()
    assert "<b>2026" not in shown.content.decode()


def test_specimen_is_a_sheet_that_says_so(page):
    pdf = page.get(f"{ADDRESS}specimen.pdf?design=world")

    text = pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "样张" in text
    assert "盖章处" in text
    assert "Certificate of Award" in text


def test_competition_of_another_region_is_not_found(competition):
    foreign = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    client = Client()
    client.force_login(desk.make_officer(foreign, "he"), backend=BACKEND)

    for path in ("", "specimen.pdf"):
        assert client.get(ADDRESS + path).status_code == 404
    assert client.post(ADDRESS, values()).status_code == 404
