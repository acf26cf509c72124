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
IDS = """
import json
from datetime import timedelta
from awards.actions.result_codes import issue_result_codes
from awards.models import Certificate, Decision
from competitions.models import Competition, Skill
from django.utils import timezone
from people.models import User
from scoring.actions.printing import print_forms
from scoring.models import Release, Sheet
skill = Skill.objects.get(number="01")
sheets = Sheet.objects.filter(skill=skill, state="open").exclude(cells=0)
release = Release.objects.first()
lines = Decision.objects.filter(is_current=True, kind="grade", skill=skill)
entitled = lines.filter(state="entitled").first()
opened = lines.filter(state="open").first()
certificate = Certificate.objects.first()
entry = skill.entries.filter(state="competing").order_by("key").first()
first = sheets.filter(sub_criterion__code="C1").order_by("entry__code").first()
disputed = Sheet.objects.filter(skill=skill, conflicts__gt=0).first()
papers = print_forms(
    skill,
    sheets=list(Sheet.objects.filter(skill=skill, sub_criterion__code="C1")),
    layout="wide-many",
    is_filled=False,
    by=User.objects.get(username="chief"),
    at=timezone.now(),
)
issued = certificate and issue_result_codes(
    certificate.release.competition,
    [certificate.person],
    expires_at=timezone.now() + timedelta(days=90),
    by=User.objects.get(username="organizer"),
    at=timezone.now(),
)
print(json.dumps({
    "result_code": issued[0][1] if issued else "",
    "disputed": disputed.pk if disputed else 0,
    "paper": papers[0].code,
    "code": Competition.objects.get().code,
    "board": skill.public_id,
    "skill": skill.pk,
    "sheet": first.pk if first else 0,
    "release": release.number if release else "",
    "decision": entitled.pk if entitled else 0,
    "person": opened.person_id if opened else 0,
    "entry": entry.pk if entry else 0,
    "token": certificate.token if certificate else "",
}))
"""


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
        ids = json.loads(manage("shell", "-v", "0", "-c", IDS))
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


def take(shot: Shot, page: Page, ids: dict[str, object]) -> None:
    width, height = shot.window
    if shot.path.partition("?")[0].endswith(".pdf"):
        draw(shot, page.request.get(shot.path.format(**ids)).body())
        return
    page.set_viewport_size({"width": width, "height": height})
    page.goto(shot.path.format(**ids))
    page.wait_for_timeout(1500)
    full = shot.window in (DESK, PHONE)
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
