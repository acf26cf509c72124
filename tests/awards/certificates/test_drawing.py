"""Certificates as PDF: the text on them, the fonts behind it, what they may not read."""

import base64
import dataclasses
import http.server
import io
import threading
from datetime import date

import pypdf
import pypdfium2
import pytest

from awards import certificates
from awards.certificates import CertificateText, Printing
from awards.errors import CertificatesRefused
from people.pdf import render_pdf
from people.qr import qr_address

ADDRESS = "https://leitai.example.org/verify/0123456789abcdef0123456789abcdef/"
DIGEST = "7f3aa91d" + "0" * 56
WELDER = CertificateText(
    number="SCGJ-2026-01-Z-0002",
    event="2026 年四川工匠杯职业技能大赛",
    name="周𠮷安",
    skill="焊接",
    award="银牌",
    issuer="四川工匠杯组织委员会",
    issued_on=date(2026, 11, 19),
    release="R-2026-0003-7F3A",
    place=2,
    group="职工组",
    unit="蜀山重型机械有限公司",
    event_en="2026 Sichuan Craftsman Cup",
    skill_en="Welding",
    group_en="workers",
    latin_name="ZHOU Ji’an",
)


def pages_of(pdf: bytes) -> list[list[str]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [page.extract_text().splitlines() for page in reader.pages]


def test_certificate_prints_its_text_and_it_can_be_read_back():
    pdf = certificates.render_certificates([Printing(WELDER, DIGEST, ADDRESS)])

    assert pages_of(pdf) == [
        [
            "2026 年四川工匠杯职业技能大赛",
            "获奖证书",
            "周𠮷安",
            "蜀山重型机械有限公司",
            "在焊接赛项（职工组）中取得第 2 名，荣获",
            "银牌",
            "编号 SCGJ-2026-01-Z-0002",
            "校验码 7F3A-A91D",
            "成绩 R-2026-0003-7F3A",
            "扫码核对，以 leitai.example.org 的核验页为准",
            "四川工匠杯组织委员会",
            "2026 年 11 月 19 日",
        ]
    ]


def test_bilingual_certificate_adds_the_english_lines():
    pdf = certificates.render_certificates([Printing(WELDER, DIGEST, ADDRESS, True)])

    text = "\n".join(pages_of(pdf)[0])
    for line in (
        "2026 Sichuan Craftsman Cup",
        "Certificate of Award",
        "ZHOU Ji'an",
        "is awarded the Silver Medal for second place in Welding (workers)",
    ):
        assert line in text


def test_batch_is_one_document_of_a4_landscape_pages():
    other = dataclasses.replace(WELDER, name="䶮喆㛃", number="SCGJ-2026-01-Z-0003")
    printings = [Printing(text, DIGEST, ADDRESS) for text in (WELDER, other)]

    document = pypdfium2.PdfDocument(certificates.render_certificates(printings))
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()

    assert sizes == [(842, 595), (842, 595)]


def test_name_with_a_character_no_font_has_is_refused_by_that_character():
    rare = dataclasses.replace(WELDER, name="周\U00031350安")

    with pytest.raises(CertificatesRefused) as refusal:
        certificates.render_certificates([Printing(rare, DIGEST, ADDRESS)])

    assert refusal.value.code == "missing-character"
    assert "周\U00031350安：“\U00031350”(U+31350)" in refusal.value.message


def test_qr_code_is_one_path_and_nothing_else():
    uri = qr_address(ADDRESS)

    assert uri.startswith("data:image/svg+xml")
    assert uri.count("path") == 1


PAYLOADS = [
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="{listener}a.css">',
    "<style>@import url('{listener}b.css');</style>",
    "<style>@font-face {{ font-family: x; src: url('file:///etc/passwd') }}</style>",
    '<img src="file:///etc/passwd">',
    '<img src="{listener}c.png">',
    '<object data="{listener}d"></object>',
    '<img src="data:image/svg+xml;base64,{svg}">',
    "{% include 'manage.py' %}",
    "{{ settings.SECRET_KEY }}",
]


@pytest.fixture
def listener():
    """A server on this machine that counts what is asked of it."""
    hits = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 - the library's name
            hits.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments):
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.hits = hits
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_gateway_reads_no_file_and_calls_no_host(payload, listener):
    base = f"http://127.0.0.1:{listener.server_port}/"
    image = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{base}s"/></svg>'
    svg = base64.b64encode(image.encode()).decode()
    if "{{ " not in payload and "{%" not in payload:
        payload = payload.format(listener=base, svg=svg)

    drawn = render_pdf(f"<p>{payload}</p>", "certificate.css")
    named = dataclasses.replace(WELDER, name="甲", unit=payload)
    printed = certificates.render_certificates([Printing(named, DIGEST, ADDRESS)])

    assert listener.hits == []
    for pdf in (drawn, printed):
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        assert list(reader.attachments) == []
        assert "root:" not in "".join(page.extract_text() for page in reader.pages)
    assert payload.split()[0] in pypdf.PdfReader(io.BytesIO(printed)).pages[
        0
    ].extract_text().replace("\n", "")


def test_machine_without_pango_is_told_the_command(monkeypatch):
    def refuse(*arguments):
        raise OSError("cannot load library")

    monkeypatch.setattr("awards.checks.ctypes.CDLL", refuse)
    from awards import checks

    (warning,) = checks.check_pdf_libraries()

    assert warning.id == "awards.W001"
    assert "libpango-1.0-0" in warning.hint


@pytest.mark.parametrize("name", certificates.shipped_designs())
def test_every_design_prints_all_it_was_given_in_both_languages(name):
    design = certificates.shipped_designs()[name]
    text = dataclasses.replace(WELDER, replaces="SCGJ-2026-01-Z-0001")
    printing = Printing(text, DIGEST, ADDRESS, True, design)

    (lines,) = pages_of(certificates.render_certificates([printing]))

    page = "\n".join(lines)
    for words in (
        "2026 年四川工匠杯职业技能大赛",
        design.heading,
        "周𠮷安",
        "蜀山重型机械有限公司",
        "在焊接赛项（职工组）中取得第 2 名，荣获",
        "银牌",
        "编号 SCGJ-2026-01-Z-0002",
        "代替 SCGJ-2026-01-Z-0001，原证作废",
        "四川工匠杯组织委员会",
        "ZHOU Ji'an",
        design.heading_en,
        *design.signatures,
    ):
        assert words in page
    assert "样张" not in page
    assert "盖章处" not in page


def test_specimen_says_that_it_is_one_and_shows_where_seals_go():
    text = certificates.specimen_text(
        event="演示赛", issuer="演示组委会", issued_on=date(2026, 11, 19)
    )
    printing = Printing(text, "0" * 64, ADDRESS, is_specimen=True)

    page = "\n".join(pages_of(certificates.render_certificates([printing]))[0])

    assert "盖章处" in page
    assert page.count("样张") >= 4


def test_batch_comes_in_chunks_that_join_into_one_document(monkeypatch):
    monkeypatch.setattr("awards.certificates.drawing.CHUNK", 2)
    told = []
    printings = [
        Printing(dataclasses.replace(WELDER, number=f"N-{n}"), DIGEST, ADDRESS)
        for n in range(3)
    ]

    parts = list(
        certificates.render_batch(printings, lambda *words: told.append(words))
    )
    joined = io.BytesIO()
    pages = certificates.join_pdfs(parts, joined, title="获奖证书")

    assert len(parts) == 2
    assert told == [(2, 3, ""), (3, 3, "")]
    assert pages == 3
    reader = pypdf.PdfReader(joined, strict=True)
    assert [
        f"编号 N-{n}" in page.extract_text() for n, page in enumerate(reader.pages)
    ] == [True] * 3
    assert reader.metadata.title == "获奖证书"


def test_single_files_come_one_by_one():
    printings = [
        Printing(dataclasses.replace(WELDER, number=f"N-{n}"), DIGEST, ADDRESS)
        for n in range(2)
    ]

    made = list(certificates.render_each(printings, lambda *_: None))

    assert [printing for printing, _pdf in made] == printings
    assert [len(pages_of(pdf)) for _printing, pdf in made] == [1, 1]
