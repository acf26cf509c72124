"""The sample of a verification, drawn anew offline from the head that was printed."""

import json
import subprocess
import sys
from hashlib import sha256

import pytest

from competitions.actions import close_publicity, open_publicity
from scoring.actions import publish_release, verify_results
from scoring.actions.verification import (
    Finding,
    check_sheet,
    draw_verification,
    sign_verification,
)
from scoring.bundle import bundle_of
from scoring.queries.verification import draw_of, worklist_of
from scoring.shadow.container import MANIFEST, Refused, manifest_of, pack, plain, unpack
from scoring.shadow.single_file import verifier
from scoring.shadow.verify_bundle import check_sample, verify
from tests.scoring.contest import PIN, make_contest

pytestmark = pytest.mark.django_db
LEVELS = ("333", "332", "322", "222", "211", "111", "100")


@pytest.fixture
def published():
    """A released skill of seven entries whose results were checked by sample."""
    contest = make_contest(entries=len(LEVELS), is_sampled=True)
    for number, levels in enumerate(LEVELS):
        contest.fill(number, levels=levels)
    contest.sign_all()
    officer = contest.officer
    draw = draw_verification(contest.skill, by=officer, at=contest.now())
    for line in worklist_of(draw).lines:
        check_sheet(
            draw, sheet=line.sheet, finding=Finding(), by=officer, at=contest.now()
        )
    sign_verification(draw, secret=PIN, note="", by=officer, at=contest.now())
    verify_results(contest.skill, note="", by=officer, at=contest.now())
    competition, organizer = contest.skill.competition, contest.organizer
    notice = open_publicity(
        competition, skills=[contest.skill], working_days=0, reason="演示",
        by=organizer, at=contest.now(),
    )  # fmt: skip
    close_publicity(notice, by=organizer, at=contest.now())
    release = publish_release(
        competition, skills=[contest.skill], by=organizer, at=contest.now()
    )
    return contest, draw_of(contest.skill), bundle_of(release)


def words(draw):
    codes = {str(entry.pk): entry.code for entry in draw.skill.entries.all()}
    return " ".join(f"{codes[entry]}({why})" for entry, why in draw.entries)


def test_the_printed_head_gives_the_same_sample(published):
    _contest, draw, archive = published
    found = verify(archive)
    printed = " ".join(draw.head[n : n + 4].upper() for n in range(0, 48, 4))
    (line,) = check_sample(found, f"{draw.seq}:{printed}")

    assert line.endswith(words(draw))
    assert check_sample(found, draw.head[:8]) == [line]
    assert check_sample(found, "") == [line]


@pytest.mark.parametrize("word", ["1:0000", "0:{head}", "{short}"])
def test_another_head_gives_none(published, word):
    _contest, draw, archive = published
    with pytest.raises(Refused, match="没有从此链首抽样"):
        check_sample(verify(archive), word.format(head=draw.head, short=draw.head[:3]))


def test_the_one_file_says_it(published, tmp_path):
    _contest, draw, archive = published
    tmp_path.joinpath("verify_bundle.py").write_text(verifier(), encoding="utf-8")
    tmp_path.joinpath("bundle.zip").write_bytes(archive)
    ran = subprocess.run(
        [
            sys.executable, "-I", "verify_bundle.py", "bundle.zip",
            "--sample", f"{draw.seq}:{draw.head[:12]}",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert words(draw) in ran.stdout


def forged(archive, change):
    """The bundle with a changed draw, every hash made to fit again."""
    files = unpack(archive)
    events = [json.loads(line) for line in files["marks.ndjson"].splitlines()]
    prev = ""
    for event in events:
        if event["type"] == "verification-drawn":
            event["body"] = plain(change(json.loads(event["body"])))
        event["prev"] = prev
        covered = {name: value for name, value in event.items() if name != "hash"}
        whole = plain(covered).encode()
        event["hash"] = sha256(b"%d:" % len(whole) + whole).hexdigest()
        prev = event["hash"]
    heads = json.loads(files["heads.json"])
    heads["skills"][0]["hash"] = prev
    files["heads.json"] = (plain(heads) + "\n").encode()
    files["marks.ndjson"] = "".join(f"{plain(e)}\n" for e in events).encode()
    return pack({**files, MANIFEST: manifest_of(files)})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda body: body, ""),
        (lambda body: body | {"entries": body["entries"][:-1]}, "抽样不符"),
        (
            lambda body: body | {"rules": body["rules"] | {"sample": "60"}},
            "抽样不符",
        ),
        (lambda body: body | {"head": "0" * 64}, "链首不符"),
        (lambda body: body | {"seq": body["seq"] - 1}, "链首不符"),
    ],
)
def test_a_forged_draw_is_refused_though_every_hash_fits(published, change, reason):
    _contest, _draw, archive = published
    other = forged(archive, change)
    if not reason:
        assert verify(other)["samples"]
    else:
        with pytest.raises(Refused, match=reason):
            verify(other)
