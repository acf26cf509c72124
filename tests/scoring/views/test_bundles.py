"""Files on the release page: bundle and program for those who see it, names for few."""

import pytest

from ledger.models import Event
from scoring.shadow.verify_bundle import check_names, verify
from tests.factories import make_member, make_organization
from tests.scoring.releases import make_release

pytestmark = pytest.mark.django_db


def test_bundle_program_and_names_belong_together(client):
    contest, release = make_release()
    client.force_login(contest.organizer)
    base = f"/organize/releases/{release.number}"

    page = client.get(f"{base}/").content.decode()
    archive = client.get(f"{base}/bundle.zip").content
    program = client.get(f"{base}/verify_bundle.py").content.decode()
    names = client.post(f"{base}/names.json").content

    assert all(f"{base}/{name}" in page for name in ("bundle.zip", "names.json"))
    assert check_names(verify(archive), names) == 2
    assert "import django" not in program
    assert Event.objects.filter(type="export").count() == 1


def test_names_are_the_organizers(client):
    contest, release = make_release()
    client.force_login(contest.officer)
    base = f"/organize/releases/{release.number}"
    assert client.get(f"{base}/bundle.zip").status_code == 200
    assert client.post(f"{base}/names.json").status_code in (403, 404)
    stranger = make_member(make_organization(kinds=["organizer"]), "organizer")
    client.force_login(stranger)
    for name in ("bundle.zip", "verify_bundle.py"):
        assert client.get(f"{base}/{name}").status_code == 404
    assert client.post(f"{base}/names.json").status_code == 404
    assert Event.objects.filter(type="export").count() == 0
