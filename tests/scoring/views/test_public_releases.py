"""A release for everybody: found when public, without names, checked by its program."""

import pytest

from competitions.models import Competition
from scoring.shadow.verify_bundle import verify
from tests.scoring.releases import make_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    contest, release = make_release()
    show(contest, is_listed=True)
    return contest, release


def show(contest, **values):
    rows = Competition.objects.filter(pk=contest.skill.competition_id)
    rows.update(**{"phase": "final", "is_rehearsal": False} | values)


def test_anybody_finds_number_digest_and_files_and_no_name(client, published):
    contest, release = published
    page = client.get(f"/verify/releases/{release.number}/").content.decode()

    assert release.number in page
    assert release.digest[:4].upper() in page
    assert f"/verify/releases/{release.number}/bundle.zip" in page
    people = [m.person.name for e in contest.entries for m in e.members.all()]
    assert people
    assert not [name for name in people if name in page]


def test_the_bundle_is_the_same_file_each_time_and_holds(client, published):
    _contest, release = published
    url = f"/verify/releases/{release.number}/bundle.zip"
    first, second = (b"".join(client.get(url).streaming_content) for _ in range(2))

    assert first == second
    assert verify(first)
    program = client.get("/verify/verify_bundle.py").content.decode()
    assert "import django" not in program


@pytest.mark.parametrize("hidden", [{"is_listed": False}, {"is_rehearsal": True}])
def test_what_is_not_public_is_not_found(client, published, hidden):
    contest, release = published
    show(contest, **({"is_listed": True} | hidden))

    for name in ("", "bundle.zip"):
        url = f"/verify/releases/{release.number}/{name}"
        assert client.get(url).status_code == 404


def test_an_unknown_number_is_not_found(client, published):
    assert client.get("/verify/releases/R-2026-9999-0000/").status_code == 404
