"""Nothing of one bureau is reached by another: by address, search, export or job.

Ours is looked at before the other side has anything, and again when it has everything a
bureau can have: not a character of our pages may change.
"""

from dataclasses import dataclass
from difflib import unified_diff
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from awards.actions.exports import opened
from awards.errors import ExportRefused
from awards.exporting.makers import kinds
from awards.listings.base import Listing
from ledger.queries import heads as heads_of
from people.register import PUBLIC
from scoring.models import Release
from tests.architecture.addresses import addresses, asked, client_of, is_open
from tests.architecture.tenants import BUREAU_ROLES, Tenant
from tests.awards import desk
from tests.awards.isolation import scene, walking
from tests.awards.isolation.reading import lasting, words_of

pytestmark = pytest.mark.django_db
FIGURES = {"periodic-report"}  # numbers alone, of no person
STUDENTS = {"further-study"}  # our person is no student
ALONE = "all"
# Lists that are narrowed by one id at a time; the others are asked with all at once.
FILTERED = {"bureau_list", "bureau_talent", "bureau_export_new", "bureau_simulator"}


@dataclass
class World:
    ours: Tenant
    theirs: Tenant
    joint: Release
    before: dict[str, dict[str, str]]
    canaries: list[str]

    def told(self, text: str, *, typed: str = "") -> list[str]:
        """What of the other side stands in a text, besides what was typed."""
        shown = text.replace(typed, "") if typed else text
        return [word for word in self.canaries if word in shown]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        joint = scene.make_joint()
        ours = scene.make_side(scene.OURS, joint)
        before = {
            role: walking.looked_at(client_of(ours, role), ours, role)
            for role in BUREAU_ROLES
        }
        theirs = scene.make_side(scene.THEIRS, joint)
        canaries = [scene.THEIRS, scene.PINYIN, *scene.numbers_of(scene.THEIRS)]
        yield World(ours, theirs, joint, before, canaries)
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", BUREAU_ROLES)
def test_no_address_finds_an_object_of_the_other_bureau(world, role):
    client, walked, leaks = client_of(world.ours, role), 0, {}
    for address in addresses():
        if PUBLIC in address.roles or not address.has_object:
            continue
        for url in walking.foreign_urls(address, world.ours, world.theirs, role):
            for method in ("GET", "POST"):
                status, body, _ = asked(client, method, url)
                walked += 1
                if status not in walking.closed_to(address, role) or world.told(body):
                    leaks[address.name, method, url] = (status, world.told(body))

    assert leaks == {}
    assert walked > (300 if role == "hr-officer" else 200)


@pytest.mark.parametrize("role", BUREAU_ROLES)
def test_no_page_changes_by_a_character_for_what_the_other_bureau_has(world, role):
    after = walking.looked_at(client_of(world.ours, role), world.ours, role)
    before = world.before[role]

    changed = {
        name: difference(lasting(before.get(name, "")), lasting(body))
        for name, body in after.items()
        if lasting(body) != lasting(before.get(name, ""))
    }
    assert changed == {}
    assert {name for name, body in after.items() if world.told(body)} == set()
    assert len(after) > 30


def difference(before: str, after: str) -> list[str]:
    """The first lines that differ, for whoever reads the failure."""
    return list(unified_diff(before.splitlines(), after.splitlines(), n=0))[2:8]


def queries(world):
    """What can be typed or pasted to find somebody or something of the other side."""
    theirs, person = world.theirs.objects, world.theirs.objects["craftsman"]
    typed = [person.name, scene.PINYIN, person.identity_number, theirs["unit"].name]
    ids = {
        "person": person.pk,
        "unit": theirs["unit"].pk,
        "release": theirs["release"],
        "competition": theirs["code"],
        "pool": theirs["pool"],
        "comparison": theirs["comparison"],
        "employer": theirs["unit"].pk,
        "report": theirs["report"],
        "export": theirs["export"],
        "row": theirs["entitlement"],
        "batch": theirs["batch"],
        "who": person.pk,
        "region": "510100",
    }
    yield from ({"q": text, "who": text} for text in typed)
    yield {name: str(value) for name, value in ids.items()}
    yield from ({name: str(value), "kind": ALONE} for name, value in ids.items())


def test_no_search_and_no_filter_finds_the_other_bureau(world):
    client, leaks = client_of(world.ours, "hr-officer"), {}
    for address in walking.lists("hr-officer"):
        url = address.url(world.ours, "hr-officer")
        for query in queries(world):
            if address.name not in FILTERED and query.get("kind") == ALONE:
                continue
            asked_for = f"{url}?{urlencode(query)}"
            status, body, _ = asked(client, "GET", asked_for)
            typed = query.get("q", "")
            if status >= 500 or world.told(body, typed=typed):
                leaks[address.name, *query.items()] = (status, world.told(body))

    assert leaks == {}


def test_the_same_search_finds_them_at_home(world):
    client = client_of(world.theirs, "hr-officer")
    found = {}
    for query in queries(world):
        if query.get("q") and not query["q"].isdecimal():
            url = f"/bureau/?{urlencode({'q': query['q'], 'kind': 'all'})}"
            body = asked(client, "GET", url)[1]
            found[query["q"]] = f"<b>{scene.THEIRS}" in body or "号机械厂" in body

    assert [text for text, is_found in found.items() if not is_found] == []


@pytest.mark.parametrize("role", BUREAU_ROLES)
def test_posting_their_ids_to_our_pages_does_nothing(world, role):
    client, theirs = client_of(world.ours, role), world.theirs
    posted = next(query for query in queries(world) if "row" in query)
    posted |= {
        "rows": posted["row"],
        "entitlement": posted["row"],
        "decision": theirs.objects["decision"],
        "filing": theirs.objects["filing"],
        "withdrawal": theirs.objects["withdrawal"],
        "q": theirs.objects["craftsman"].name,
        "number": theirs.objects["release"],
        "reason": "理由",
        "to": "material-complete",
        "document": "文件",
    }

    def heads():
        chains = heads_of("skill", "competition", "bureau")
        return [chains.get(chain) for chain in theirs.chains]

    before, leaks = heads(), {}
    for address in addresses():
        if not is_open(address, role) or PUBLIC in address.roles:
            continue
        url = address.url(world.ours, role)
        status, body, after = asked(client, "POST", url, posted, look=heads)
        told = world.told(body, typed=posted["q"])
        if status >= 500 or told or after != before:
            leaks[address.name] = (status, told)

    assert leaks == {}


def files(world):
    """Every kind of file: full and masked, as workbook and CSV, of the joint release."""
    for name, kind in kinds().items():
        yield name, {"is_masked": False, "release": world.joint}
        if isinstance(kind, Listing):
            yield name, {"is_masked": False}
            yield name, {"form": "csv"}
            yield name, {"form": "csv", "release": world.joint}


def test_no_file_of_ours_holds_a_word_of_theirs(world):
    leaks, made = {}, set()
    for name, values in files(world):
        order = scene.order_of(name, world.ours, **values)
        try:
            content = opened(scene.make_file(order, world.ours))
        except ExportRefused:
            continue
        text = words_of(content)
        if scene.OURS in text:
            made.add(name)
        if world.told(text):
            leaks[name, *values] = world.told(text)

    assert leaks == {}
    assert set(kinds()) - made <= FIGURES | STUDENTS


def test_their_release_and_their_choices_make_no_file_of_ours(world):
    client, leaks = client_of(world.ours, "hr-officer"), {}
    for name in kinds():
        options = scene.options_of(name, world.theirs)
        for more in ({"release": world.theirs.objects["release"]}, options):
            query = urlencode({"list": name, "form": "masked", **more})
            url = f"/bureau/exports/new/?{query}"
            for data in (None, {"purpose": "用途", "document": "依据"}):
                told = world.told(asked(client, "GET", url, data)[1])
                if told:
                    leaks[name, *more, data is None] = told
        order = scene.order_of(name, world.ours, is_masked=False, options=options)
        try:
            text = words_of(opened(scene.make_file(order, world.ours)))
        except ExportRefused as refusal:
            text = refusal.message
        if world.told(text):
            leaks[name, *options] = world.told(text)

    assert leaks == {}


def test_a_province_sees_its_cities_and_a_city_itself_alone(world):
    city = desk.make_bureau(scene.CITIES[scene.THEIRS], "市局")
    officer = desk.make_officer(city, "city-officer")
    other = desk.make_bureau("510300", "另一市局")
    stranger = desk.make_officer(other, "other-officer")
    theirs = world.theirs
    own_export = theirs.objects["export"]
    pages = {
        "their person": f"/bureau/people/{theirs.objects['craftsman'].pk}/",
        "the province's export": f"/bureau/exports/{own_export}/",
        "the province's pool": f"/bureau/talent/pools/{theirs.objects['pool']}/",
        "the province's round": f"/bureau/publicity/{theirs.objects['round']}/",
    }

    def open_to(user):
        client = Client()
        client.force_login(user)
        return {
            name for name, url in pages.items() if client.get(url).status_code == 200
        }

    assert open_to(theirs.users["hr-officer"]) == set(pages)
    assert open_to(officer) == {"their person"}
    assert open_to(stranger) == set()
