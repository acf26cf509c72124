"""Documents a bureau writes: saved for good, two people, in force from their day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards import shelf
from awards.actions.decisions import derive_awards
from awards.actions.workshop import (
    decide_anew,
    propose_version,
    publish_version,
    return_version,
    save_version,
)
from awards.core.drafting import LONGEST
from awards.errors import DocumentRefused
from awards.models import Decision, DocumentStep, DocumentVersion
from awards.queries import documents as stored
from awards.queries.workshop import changes_of
from ledger.models import Event
from people.models import Organization
from tests.awards import desk
from tests.awards.written import CASES, IDENTIFIER, TEXT

pytestmark = pytest.mark.django_db
SHELF = "sichuan-2017-agriculture"


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def approver(bureau):
    return desk.make_officer(bureau, "li", approves=True)


def saved(officer, text=TEXT, cases=CASES, identifier=IDENTIFIER):
    return save_version(identifier, text=text, cases=cases, by=officer, at=desk.AT)


def published(officer, approver, text=TEXT, cases=CASES, identifier=IDENTIFIER):
    version = saved(officer, text, cases, identifier)
    propose_version(version, reason="新办法", by=officer, at=desk.AT)
    publish_version(version, by=approver, at=desk.AT)
    return version


def refused(act):
    with pytest.raises(DocumentRefused) as refusal:
        act()
    return refusal.value.code


def test_every_save_is_a_version_of_its_own_and_the_same_text_is_the_same(officer):
    first, again = saved(officer), saved(officer)
    second = saved(officer, TEXT + "# 修订\n")

    assert first == again
    assert [row.number for row in DocumentVersion.objects.order_by("pk")] == [1, 2]
    assert DocumentVersion.objects.get(pk=first.pk).text == TEXT
    assert (first.region, second.title) == ("510000", "四川省竞赛奖励办法（试写）")


def test_draft_and_proposal_act_on_nothing(officer):
    version = saved(officer)
    propose_version(version, reason="新办法", by=officer, at=desk.AT)

    assert stored.rulebook(IDENTIFIER) is None
    assert stored.rulebook_text(IDENTIFIER) == ""


def test_published_version_is_a_document_and_comes_out_byte_for_byte(officer, approver):
    published(officer, approver)

    assert stored.rulebook_text(IDENTIFIER) == TEXT
    assert stored.rulebook(IDENTIFIER).rules[0].id == "W-1"
    assert IDENTIFIER in {book.document.id for book in stored.rulebooks()}


def test_ledger_of_the_bureau_has_every_step(officer, approver, bureau):
    published(officer, approver)

    kinds = Event.objects.filter(chain__kind="bureau").order_by("seq")
    assert list(kinds.values_list("type", flat=True)) == [
        "document-version-saved",
        "document-version-proposed",
        "document-version-published",
    ]


@pytest.mark.parametrize(
    ("text", "cases", "words"),
    [
        (TEXT.replace("rank = 3", "ranks = 3"), CASES, "错误"),
        (TEXT, "", "W-1"),
        (TEXT, CASES.replace("rank = 4", "rank = 2"), "预期不同"),
        (TEXT.replace("510000", "320000"), CASES.replace("510000", "320000"), "510000"),
        (TEXT.replace("in_force_from = 2026-01-01\n", ""), CASES, "in_force_from"),
    ],
)
def test_unsound_version_is_kept_but_not_proposed(officer, text, cases, words):
    version = saved(officer, text, cases)

    with pytest.raises(DocumentRefused) as refusal:
        propose_version(version, reason="新办法", by=officer, at=desk.AT)

    assert refusal.value.code == "unsound"
    assert words in refusal.value.message
    assert DocumentStep.objects.count() == 0


def test_nobody_publishes_what_they_wrote_or_proposed(bureau, officer, approver):
    second = desk.make_officer(bureau, "zhao", approves=True)
    own = saved(approver)
    propose_version(own, reason="新办法", by=officer, at=desk.AT)
    proposed = saved(officer, TEXT + "#\n")
    propose_version(proposed, reason="新办法", by=approver, at=desk.AT)

    for version in (own, proposed):
        act = lambda row=version: publish_version(row, by=approver, at=desk.AT)  # noqa: E731
        assert refused(act) == "own"

    assert publish_version(own, by=second, at=desk.AT).step == "published"


def test_steps_come_in_turn_and_once(officer, approver):
    version = saved(officer)

    def propose():
        return propose_version(version, reason="新办法", by=officer, at=desk.AT)

    def publish():
        return publish_version(version, by=approver, at=desk.AT)

    assert refused(publish) == "step"
    propose()
    assert refused(propose) == "step"
    return_version(version, reason="第一条写错", by=approver, at=desk.AT)
    assert refused(publish) == "step"
    assert refused(propose) == "step"


@pytest.mark.parametrize("reason", ["", "  "])
def test_proposal_and_return_need_a_reason(officer, reason):
    version = saved(officer)

    for act in (propose_version, return_version):
        with pytest.raises(DocumentRefused) as refusal:
            act(version, reason=reason, by=officer, at=desk.AT)
        assert refusal.value.code == "reason"


@pytest.mark.parametrize(
    ("identifier", "code"),
    [
        ("national-2023-comprehensive", "taken"),
        ("shanxi-2023-provincial", "taken"),
        ("Sichuan 2026", "identifier"),
        ("x" * 90, "identifier"),
        ("../etc", "identifier"),
    ],
)
def test_bureau_writes_on_documents_of_its_region_only(officer, identifier, code):
    assert refused(lambda: saved(officer, identifier=identifier)) == code


def test_national_documents_are_nobodys_to_write(officer):
    Organization.objects.update(region="000000")

    assert refused(lambda: saved(officer)) == "national"


@pytest.mark.parametrize("text", ["a = '\0'", "\ud800", "#" * (LONGEST + 1)])
def test_text_that_cannot_be_stored_is_refused(officer, text):
    assert refused(lambda: saved(officer, text)) in {"text", "long"}


def shelf_from(day):
    """The shelf's document as a version that acts from ``day``."""
    text = shelf.text_of(SHELF).replace(
        'region = "510000"\n', f'region = "510000"\nin_force_from = {day}\n'
    )
    return text, shelf.cases_of(SHELF)


def test_version_overrides_the_shelf_from_its_day_on(officer, approver):
    text, cases = shelf_from("2017-09-01")
    competition = desk.make_competition()
    published(officer, approver, text, cases, SHELF)

    acting = [b for b in stored.rulebooks(competition) if b.document.id == SHELF]
    days = (date(2017, 8, 31), date(2017, 9, 1))
    digests = [
        [book.digest for book in acting if book.document.is_in_force(day)]
        for day in days
    ]

    assert digests == [[shelf.read(shelf.RULEBOOKS / f"{SHELF}.toml").digest],
                       [stored.rulebook(SHELF).digest]]  # fmt: skip


def test_queries_do_not_grow_with_published_versions(officer, approver):
    competition = desk.make_competition()
    counts = []
    for number in range(3):
        published(officer, approver, f"{TEXT}# {number}\n")
        stored.rulebooks(competition)
        with CaptureQueriesContext(connection) as found:
            stored.rulebooks(competition)
        counts.append(len(found))

    assert counts[0] == counts[1] == counts[2]


def test_old_decisions_change_only_when_somebody_has_seen_how_many(officer, approver):
    people = [desk.make_person(f"选手{n}", n) for n in range(1, 3)]
    release, _skill, _entries = desk.make_final(people)
    derive_awards(release, by="system:test", at=desk.AT)
    before = set(Decision.objects.values_list("rulebook", flat=True))
    version = published(officer, approver)

    (changed,) = changes_of(version)
    untouched = set(Decision.objects.values_list("rulebook", flat=True))
    count = decide_anew(version, by=approver, at=desk.AT)

    assert (untouched, changed.count, count) == (before, 2, 2)
    assert Decision.objects.filter(rulebook=IDENTIFIER, is_current=True).count() == 2
    assert [change.count for change in changes_of(version)] == [0]
