"""Every demanded clause is listed once, as written, and nothing named there is gone."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, reverse

from awards.coverage import PAGES, clauses, counts, coverage, rule_documents
from awards.listings.registry import LISTINGS
from awards.management.commands.write_coverage import assembled
from awards.queries.documents import rulebook
from people.enums import OrganizationKind, OrganizationRole
from tests.awards.desk import make_organization, make_user

ROW = re.compile(r"\| 00\d \|")


def demanded():
    """(seed, clause, quotation) of every row of the reference that is a must."""
    data = Path(os.environ.get("LEITAI_REAL_DATA", settings.ROOT / "../shared/data"))
    page = data.resolve().parent / "reference/seed-clauses.md"
    if not page.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{page} is not here")
        pytest.skip("the reference matrix is not here")
    lines = page.read_text("utf-8").splitlines()
    rows = [[c.strip() for c in line.strip("| ").split("|")] for line in lines
            if ROW.match(line)]  # fmt: skip
    return [tuple(row[:3]) for row in rows if row[-1] == "must"]


def seed_of(document):
    return rulebook(document).document.seed


@pytest.mark.django_db
def test_every_must_of_the_reference_is_there_once_and_in_order():
    listed = [(seed_of(c.document), c.clause, c.quote) for c in clauses()]

    assert listed == demanded()


@pytest.mark.django_db
def test_the_page_in_docs_is_what_the_file_says():
    page = (settings.ROOT / "docs" / "seed-coverage.md").read_text("utf-8")

    assert page == assembled(), "run: ./run manage write_coverage"
    assert sum(counts().values()) == len(clauses()) == 88


@pytest.mark.django_db
def test_no_page_rule_or_export_that_is_named_is_gone():
    names = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    rules, gone = rule_documents(), []
    for told in {told for clause in clauses() for told in clause.served_by}:
        kind, _, name = told.partition(":")
        there = {
            "page": name in names and name in PAGES,
            "rule": name in rules,
            "export": name in LISTINGS,
        }
        if not there[kind]:
            gone.append(told)

    assert gone == []


def test_what_is_not_served_says_why_in_both_languages():
    for clause in clauses():
        assert bool(clause.lacks) == bool(clause.lacks_en), clause
        assert clause.served_by or clause.lacks, clause


def test_the_way_to_a_page_needs_no_object():
    for name, (_label, start) in PAGES.items():
        try:
            reverse(start)
        except NoReverseMatch:
            pytest.fail(f"{name} starts at {start}")


@pytest.mark.django_db
def test_a_reader_gets_links_to_what_they_may_open_only(client):
    bureau = make_organization("人社厅", "510000", OrganizationKind.BUREAU)
    officer = make_user("经办", bureau, OrganizationRole.HR_OFFICER)
    client.force_login(officer)

    page = client.get("/bureau/coverage/").content.decode()
    servers = [
        server
        for document in coverage(officer)
        for line in document.lines
        for server in line.servers
    ]

    assert {server.url for server in servers if server.url} >= {
        "/bureau/documents/",
        "/bureau/",
    }
    for url in {server.url for server in servers} - {""}:
        assert client.get(url).status_code == 200, url
    assert "还没有" in page
