"""Take the pictures of this folder from the demonstration, one installation per stage.

Run inside the environment: ``.venv/bin/python docs/screenshots/take.py [NAME ...]``.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PHONE, TABLET, UPRIGHT = (390, 844), (1024, 768), (768, 1024)
DESK, WALL = (1440, 900), (1920, 1080)
CHROMIUM = "/usr/bin/chromium"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks at what, in which window; ``{…}`` are ids of the stage."""

    name: str
    user: str
    window: tuple[int, int]
    path: str
    upload: str = ""  # a file of the scene that is handed to the page's check


SHOTS = {
    "registration": (
        Shot("entries", "organizer", DESK, "/organize/{code}/entries/"),
        Shot("editor", "organizer", DESK, "/organize/skills/{skill}/scheme/edit/"),
        Shot("place-rules", "organizer", DESK, "/organize/skills/{skill}/places/"),
    ),
    "marking": (
        Shot("home", "", DESK, "/"),
        Shot("home-phone", "", PHONE, "/"),
        Shot("board-phone", "", PHONE, "/live/{board}/"),
        Shot("wall", "", WALL, "/live/{board}/wall/"),
        Shot("first-organizer", "organizer", DESK, "/organize/"),
        Shot("competition", "organizer", DESK, "/organize/{code}/"),
        Shot("appointments", "organizer", DESK, "/organize/{code}/appointments/"),
        Shot("teams", "organizer", DESK, "/organize/skills/{skill}/teams/"),
        Shot("devices", "organizer", DESK, "/organize/{code}/devices/"),
        Shot("first-judge1", "judge1", TABLET, "/judge/"),
        Shot("first-judge2", "judge2", TABLET, "/judge/"),
        Shot("first-judge3", "judge3", TABLET, "/judge/"),
        Shot("first-judge4", "judge4", TABLET, "/judge/"),
        Shot("first-judge5", "judge5", TABLET, "/judge/"),
        Shot("tablet", "judge1", TABLET, "/judge/sheets/{sheet}/"),
        Shot("tablet-upright", "judge1", UPRIGHT, "/judge/sheets/{sheet}/"),
        Shot("review", "judge1", TABLET, "/judge/review/{skill}/"),
        Shot("first-chief", "chief", TABLET, "/judge/"),
        Shot("chief", "chief", TABLET, "/judge/chief/{skill}/"),
        Shot("judge-hints", "chief", TABLET, "/judge/statistics/{skill}/"),
        Shot("judge-report", "results", DESK, "/organize/skills/{skill}/judges/"),
        Shot("sheets-due", "chief", DESK, "/judge/signatures/{skill}/"),
        Shot("sheet-history", "chief", DESK, "/judge/sheets/{disputed}/history/"),
        Shot("paper", "chief", DESK, "/judge/paper/{paper}/print.pdf"),
        Shot("paper-keying", "results", DESK, "/judge/paper/{paper}/"),
        Shot("first-supervisor", "supervisor", TABLET, "/judge/"),
        Shot("first-results", "results", DESK, "/organize/"),
        Shot("first-leader", "leader", DESK, "/delegation/"),
        Shot("first-display", "display", DESK, "/live/"),
        Shot("first-admin", "admin", DESK, "/start/"),
    ),
    "publicity": (
        Shot("board-publicity", "", PHONE, "/live/{board}/"),
        Shot("publicity", "organizer", DESK, "/organize/{code}/publicity/"),
    ),
    "final": (
        Shot("wall-final", "", WALL, "/live/{board}/wall/"),
        Shot("release", "organizer", DESK, "/organize/releases/{release}/"),
        Shot("public-release", "", DESK, "/verify/releases/{release}/"),
        Shot("public-release-phone", "", PHONE, "/verify/releases/{release}/"),
        Shot("coverage", "bureau", DESK, "/bureau/coverage/"),
        Shot("first-bureau", "bureau", DESK, "/bureau/"),
        Shot("first-approver", "approver", DESK, "/bureau/"),
        Shot("explanation", "bureau", DESK, "/bureau/decisions/{decision}/"),
        Shot("person", "bureau", DESK, "/bureau/people/{person}/"),
        Shot("documents", "bureau", DESK, "/bureau/documents/"),
        Shot(
            "workshop",
            "bureau",
            DESK,
            "/bureau/workshop/documents/sichuan-2017-craftsman-cup/",
        ),
        Shot("exports", "bureau", DESK, "/bureau/exports/"),
        Shot(
            "simulator",
            "bureau",
            DESK,
            "/bureau/simulator/?a=in-force&b=in-force&b=xinjiang-2025-measures"
            "&b=guangdong-undated-draft-opinion&anywhere=1&r={release}",
        ),
        Shot(
            "calculator",
            "bureau",
            DESK,
            "/bureau/calculator/?tier=provincial&class=class-2&kind=industry"
            "&region=370000&on=2022-09-01&track=none"
            "&skill=焊工&group=worker&size=1&entries=28"
            "&skill=电工&group=worker&size=2&entries=40",
        ),
        Shot("indicators", "bureau", DESK, "/bureau/indicators/"),
        Shot("desk", "bureau", DESK, "/bureau/?kind=grade"),
        Shot("desk-wide", "bureau", WALL, "/bureau/"),
        Shot("desk-phone", "bureau", PHONE, "/bureau/?kind=pool"),
        Shot("person-phone", "bureau", PHONE, "/bureau/people/{person}/"),
        Shot("progress", "bureau", DESK, "/bureau/progress/"),
        Shot("filing", "bureau", DESK, "/bureau/filings/{filing}/"),
        Shot("publicity-round", "bureau", DESK, "/bureau/publicity/{round}/"),
        Shot("export-request", "bureau", DESK, "/bureau/exports/new/{full}"),
        Shot("export-approval", "approver", DESK, "/bureau/exports/{waiting}/"),
        Shot("answers", "bureau", DESK, "/bureau/answers/", upload="answered"),
        Shot("talent", "bureau", DESK, "/bureau/talent/"),
        Shot("talent-phone", "bureau", PHONE, "/bureau/talent/"),
        Shot("pool", "bureau", DESK, "/bureau/talent/pools/{pool}/"),
        Shot("lifetime", "bureau", DESK, "/bureau/people/{lifetime}/lifetime/"),
        Shot("roster", "", DESK, "{roster}"),
        Shot("application-form", "", DESK, "{forms}"),
        Shot("verify-revoked", "", PHONE, "/verify/{revoked}/"),
        Shot("verify-revoked-desk", "", DESK, "/verify/{revoked}/"),
        Shot("own-result-desk", "", DESK, "/delegation/result/#{result_code}"),
        Shot("verify", "", PHONE, "/verify/{token}/"),
        Shot("own-result", "", PHONE, "/delegation/result/#{result_code}"),
        Shot("result-codes", "organizer", DESK, "/organize/{code}/result-codes/"),
        Shot("audit", "results", DESK, "/organize/entries/{entry}/audit/"),
        Shot("comparison", "organizer", DESK, "/organize/{code}/comparison/"),
        Shot(
            "result-list",
            "organizer",
            DESK,
            "/organize/releases/{release}/{skill}/list.pdf",
        ),
        Shot(
            "certificate-design",
            "bureau",
            DESK,
            "/bureau/certificates/competitions/{code}/",
        ),
        Shot(
            "certificate-world",
            "bureau",
            DESK,
            "/bureau/certificates/competitions/{code}/specimen.pdf?design=world",
        ),
        Shot(
            "certificate-national",
            "bureau",
            DESK,
            "/bureau/certificates/competitions/{code}/specimen.pdf?design=national",
        ),
        Shot(
            "certificate-municipal",
            "bureau",
            DESK,
            "/bureau/certificates/competitions/{code}/specimen.pdf?design=municipal",
        ),
        Shot(
            "certificate-enterprise",
            "bureau",
            DESK,
            "/bureau/certificates/competitions/{code}/specimen.pdf?design=enterprise",
        ),
        Shot(
            "certificate", "bureau", DESK, "/bureau/certificates/releases/{release}.pdf"
        ),
    ),
}


def wait_for(port: int, seconds: int = 90) -> None:
    """Return when the server listens; the boards are built a little later."""
    for _ in range(seconds):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(3)
                return
        time.sleep(1)
    raise TimeoutError(f"nothing listens on port {port}")


@contextmanager
def installation(stage: str) -> Iterator[tuple[str, dict[str, object], str]]:
    """An installation at ``stage``: its address, ids and password."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/shots.sqlite3",
            "LEITAI_VAR": folder,
            "DEBUG": "1",
            "LOG_LEVEL": "ERROR",
        }

        def manage(*words: str) -> str:
            return subprocess.run(  # noqa: S603 - our own command
                [sys.executable, "manage.py", *words],
                cwd=ROOT,
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            ).stdout

        printed = json.loads(manage("demo", "--stage", stage, "--json"))
        scene = (HERE / "scene.py").read_text(encoding="utf-8")
        ids = json.loads(manage("shell", "-v", "0", "-c", scene))
        server = subprocess.Popen(  # noqa: S603 - our own server
            [sys.executable, "-m", "config.server", "--port", str(port)],
            cwd=ROOT,
            env=environment,
        )
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}", ids, printed["sign_ins"][0]["password"]
        finally:
            server.terminate()
            server.wait(10)


def page_of(browser: Browser, base: str, user: str, password: str) -> Page:
    """A page in a context of its own, signed in if there is a user."""
    context = browser.new_context(
        base_url=base, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    if user:
        page.goto("/sign-in/")
        page.get_by_label("账号").fill(user)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def draw(shot: Shot, content: bytes) -> None:
    """The first page of a PDF as a picture."""
    picture = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil()
    picture.save(HERE / f"{shot.name}.png")


def draw_sheet(shot: Shot, workbook: Path) -> None:
    """The head of a printed list, close enough to be read."""
    page = pypdfium2.PdfDocument(printed(workbook))[0]
    picture = page.render(scale=6).to_pil()
    width, height = picture.size
    picture = picture.crop((0, 0, width, height // 6)).resize(
        (2880, 2880 * height // 6 // width)
    )
    picture.save(HERE / f"{shot.name}.png")


def printed(workbook: Path) -> bytes:
    """The sheet after the cover as LibreOffice prints it."""
    folder = workbook.parent
    profile = f"-env:UserInstallation=file://{folder}/office"
    words = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*words, folder, workbook], check=True, capture_output=True)  # noqa: S603
    sheets = pypdfium2.PdfDocument(workbook.with_suffix(".pdf"))
    sheet, content = pypdfium2.PdfDocument.new(), BytesIO()
    sheet.import_pages(sheets, [1])
    sheet.save(content)
    return content.getvalue()


def take(shot: Shot, page: Page, ids: dict[str, object]) -> None:
    width, height = shot.window
    kept = Path(shot.path.format(**ids))
    if kept.suffix in (".pdf", ".xlsx") and kept.is_file():
        if kept.suffix == ".xlsx":
            draw_sheet(shot, kept)
        else:
            draw(shot, kept.read_bytes())
        return
    if shot.path.partition("?")[0].endswith(".pdf"):
        draw(shot, page.request.get(shot.path.format(**ids)).body())
        return
    page.set_viewport_size({"width": width, "height": height})
    page.goto(shot.path.format(**ids))
    if shot.upload:
        page.locator("input[type=file]").set_input_files(str(ids[shot.upload]))
        page.get_by_role("button", name="检查").click()
    page.wait_for_timeout(1500)
    full = shot.window in (DESK, PHONE)
    if full:  # as tall as the page, so that what sticks to the bottom is at the bottom
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(tall, height)})
        page.wait_for_timeout(300)
    page.screenshot(path=HERE / f"{shot.name}.png", full_page=full)


def main(names: set[str]) -> None:
    fonts = str(ROOT / "static" / "fonts" / "fonts.conf")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            env={**os.environ, "FONTCONFIG_FILE": fonts},
        )
        for stage, shots in SHOTS.items():
            wanted = [shot for shot in shots if not names or shot.name in names]
            if not wanted:
                continue
            with installation(stage) as (base, ids, password):
                for shot in wanted:
                    page = page_of(browser, base, shot.user, password)
                    take(shot, page, ids)
                    page.context.close()


if __name__ == "__main__":
    main(set(sys.argv[1:]))
