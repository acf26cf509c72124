"""The results bundle: the same bytes each time, checked by one file, no byte free."""

import json
import subprocess
import sys
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command

from ledger.models import Event
from scoring.actions import publish_release
from scoring.actions.overrides import confirm_override, propose_override
from scoring.bundle import BundleRefused, bundle_of, names_of
from scoring.shadow.container import MANIFEST, Refused, manifest_of, pack, plain, unpack
from scoring.shadow.single_file import verifier
from scoring.shadow.verify_bundle import check_head, check_names, verify
from tests.scoring.releases import make_release

pytestmark = pytest.mark.django_db
CHANGES = 200


@pytest.fixture
def published():
    return make_release()


def repacked(files):
    return pack({**files, MANIFEST: manifest_of(files)})


def changed(archive, name, change):
    files = unpack(archive)
    files[name] = change(files[name])
    return repacked(files)


def test_a_release_is_recomputed_from_its_bundle(published):
    contest, release = published
    found = verify(bundle_of(release))
    told = {name: found[name] for name in ("release", "skills", "entries")}
    assert told == {"release": release.number, "skills": 1, "entries": 2}
    assert found["events"] == json.loads(release.text)["skills"][0]["chain"]["seq"]


def test_the_same_release_gives_the_same_bytes(published):
    contest, release = published
    before = bundle_of(release)
    assert bundle_of(release) == before
    assert names_of(release) == names_of(release)


def test_no_person_and_no_unit_is_in_it(published):
    contest, release = published
    text = bundle_of(release).decode(errors="replace")
    members = [entry.members.get() for entry in contest.entries]
    words = [member.person.name for member in members]
    words += [entry.delegation.name for entry in contest.entries]
    words += [judge.name for judge in contest.judges]
    assert [word for word in words if word in text] == []
    assert '"person"' not in text


def test_any_changed_byte_is_refused(published):
    contest, release = published
    archive = bundle_of(release)
    chance = Random(1)
    accepted = []
    for _change in range(CHANGES):
        at = chance.randrange(len(archive))
        other = bytearray(archive)
        other[at] ^= chance.randrange(1, 256)
        try:
            verify(bytes(other))
            accepted.append(at)
        except Refused:
            pass
    assert accepted == []


def test_a_truncated_or_prolonged_file_is_refused(published):
    contest, release = published
    archive = bundle_of(release)
    for other in (archive[:-1], archive + b"\0", archive[1:], b"", b"PK\3\4"):
        with pytest.raises(Refused):
            verify(other)


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("ranking.json", b'"place":1', b'"place":2', "重算不符"),
        ("ranking.json", "金牌".encode(), "银牌".encode(), "重算不符"),
        ("marks.ndjson", b'\\"value\\":\\"2\\"', b'\\"value\\":\\"3\\"', "哈希不符"),
        ("signoffs.ndjson", b'"role":"judge"', b'"role":"chief-judge"', "签名记录"),
        ("heads.json", b'"seq":', b'"seq":1', "链首不符"),
    ],
)
def test_a_change_with_hashes_made_to_fit_is_refused(published, name, old, new, reason):
    contest, release = published
    archive = bundle_of(release)
    other = changed(archive, name, lambda data: data.replace(old, new, 1))
    assert other != archive
    with pytest.raises(Refused, match=reason):
        verify(other)


def test_events_cut_off_at_the_end_are_missed(published):
    contest, release = published

    def cut(data):
        return b"\n".join(data.split(b"\n")[:-2]) + b"\n"

    with pytest.raises(Refused, match="链首不符"):
        verify(changed(bundle_of(release), "marks.ndjson", cut))


def test_a_head_on_paper_is_found_and_a_wrong_one_is_not(published):
    contest, release = published
    found = verify(bundle_of(release))
    event = Event.objects.filter(type="sign", chain__kind="skill").first()
    check_head(found, f"{event.seq}:{event.hash[:8].upper()}")
    check_head(found, f"{contest.skill.pk}:{event.seq}:{event.hash}")
    with pytest.raises(Refused):
        check_head(found, f"{event.seq}:{event.hash[::-1][:8]}")


def test_the_name_table_is_bound_row_by_row(published):
    contest, release = published
    found, names = verify(bundle_of(release)), names_of(release)
    assert check_names(found, names) == 2
    table = json.loads(names)
    first, second = table["rows"]
    first["members"], second["members"] = second["members"], first["members"]
    with pytest.raises(Refused, match="姓名表"):
        check_names(found, (plain(table) + "\n").encode())


def test_a_correction_changes_the_next_bundle_and_not_the_last(published):
    contest, release = published
    before = bundle_of(release)
    chosen = propose_override(
        contest.skill,
        entry=contest.entries[0].pk,
        name="award",
        value="金牌",
        reason="申诉裁决",
        by=contest.officer,
        at=contest.now(),
    )
    confirm_override(chosen, by=contest.organizer, at=contest.now())
    corrected = publish_release(
        contest.skill.competition,
        skills=[contest.skill],
        by=contest.organizer,
        at=contest.now(),
    )
    assert bundle_of(release) == before
    rows = verify(bundle_of(corrected))["ranking"]["skills"][0]["entries"]
    assert [row["award"] for row in rows] == ["金牌", "金牌"]


def test_results_from_outside_have_no_bundle(published):
    contest, release = published
    release.text = json.dumps({"skills": [{"skill": 1, "entries": []}]})
    with pytest.raises(BundleRefused):
        bundle_of(release)


def test_one_file_checks_it_without_the_project(published, tmp_path):
    contest, release = published
    out = StringIO()
    paths = {n: tmp_path / n for n in ("b.zip", "names.json", "verify_bundle.py")}
    call_command(
        "bundle",
        *("--release", release.number, "--by", contest.organizer.username, "--json"),
        *("--out", str(paths["b.zip"]), "--names", str(paths["names.json"])),
        *("--verifier", str(paths["verify_bundle.py"])),
        stdout=out,
    )
    assert json.loads(out.getvalue())["release"] == release.number
    command = [
        sys.executable,
        "-I",
        str(paths["verify_bundle.py"]),
        str(paths["b.zip"]),
    ]
    names = ["--names", str(paths["names.json"])]
    done = subprocess.run([*command, *names], capture_output=True, text=True, cwd="/")
    assert (done.returncode, done.stderr) == (0, "")
    assert "places recomputed: 2" in done.stdout
    paths["b.zip"].write_bytes(paths["b.zip"].read_bytes()[:-3])
    assert subprocess.run(command, capture_output=True).returncode == 1
    assert Event.objects.filter(type="export", chain__kind="competition").count() == 1


def test_parts_of_the_one_file_do_not_clash():
    defined = [
        line.split("(")[0].split("=")[0].split(":")[0].strip()
        for line in verifier().splitlines()
        if line[:1].strip() and line.split()[0] not in ("from", "import", "if", "@")
        if line.startswith(("def ", "class ")) or " = " in line
    ]
    assert sorted(set(defined)) == sorted(defined)
    assert "scoring" not in verifier()
