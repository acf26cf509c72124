"""Choosing how certificates look: versions are kept, texts must be printable."""

from dataclasses import replace

import pytest

from awards.actions.certificates import choose_design, issue_certificates
from awards.certificates import design_digest, printings_of, shipped_designs
from awards.errors import CertificatesRefused
from awards.models import CertificateDesign
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


def test_a_new_design_is_a_new_version_and_printed_ones_keep_theirs(officer):
    release, _skill, _entries = desk.make_final([desk.make_person("周吉安", 1)])
    first = issue_certificates(release, by=officer, at=desk.AT)[0]
    before = printings_of([first])[0]
    wanted = replace(shipped_designs()["national"], heading="荣誉状")

    chosen = choose_design(release.competition, wanted, by=officer, at=desk.AT)
    again = choose_design(release.competition, wanted, by=officer, at=desk.AT)

    assert (chosen.number, again.pk) == (2, chosen.pk)
    assert chosen.digest == design_digest(wanted)
    first.refresh_from_db()
    assert printings_of([first])[0] == before
    assert before.design.heading == "获奖证书"
    events = events_of(competition_chain(release.competition_id)).order_by("seq")
    assert body_of(events.last()) == {
        "design": "national",
        "number": 2,
        "digest": chosen.digest,
    }


def test_text_with_a_character_no_font_has_is_refused_by_that_character(officer):
    competition = desk.make_competition()
    odd = replace(shipped_designs()["national"], closing="特发此证\U00031350")

    with pytest.raises(CertificatesRefused, match=r"U\+31350"):
        choose_design(competition, odd, by=officer, at=desk.AT)

    assert not CertificateDesign.objects.exists()


def test_design_of_unknown_origin_is_refused(officer):
    stranger = replace(shipped_designs()["national"], identifier="mine")

    with pytest.raises(CertificatesRefused) as refusal:
        choose_design(desk.make_competition(), stranger, by=officer, at=desk.AT)

    assert refusal.value.code == "unknown-design"
