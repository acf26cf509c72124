"""Every address x every role x own and foreign object x GET and POST: one small rule.

* Who is nobody is asked to sign in (401 for a script), unless the permission is public.
* Who holds a role the permission names gets the own object and never the foreign one:
  that is not found.
* Everybody else is refused, and cannot tell an own object from a foreign one.
* No answer is an error of ours, and none holds a word of the other tenant.

What a permission's roles are is said once, by the apps (docs/permissions.md).
"""

from unittest.mock import patch

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.contrib.auth.models import AnonymousUser
from django.urls import get_resolver

from ledger.queries import heads as heads_of
from live.consumers import BoardConsumer, JudgeConsumer
from people.register import PUBLIC
from scoring.enums import Audience
from tests.architecture.addresses import (
    KEYS,
    NOBODY,
    OBJECTS,
    addresses,
    asked,
    client_of,
    is_open,
)
from tests.architecture.tenants import OURS, ROLES, THEIRS

pytestmark = pytest.mark.django_db


SHAPED = {
    "judge_here",
    "judge_gone",
    "judge_marks",
}  # the shape of its body is asked first, its skill stands in it
# Lists that show what one has; whoever has nothing there finds them empty.
LISTS = {"organize_home", "judge_home", "delegation_home", "paper_find"}
REFUSED = {403, 404}


def wrong(address, role, own, foreign):
    """Say what is wrong with two answers (status of the own, of the foreign object)."""
    if max(own, foreign) >= 500:
        return "an error of ours"
    if own == 405 and foreign == 405:
        return ""
    if PUBLIC in address.roles:
        return "a public page is refused" if 403 in (own, foreign) else ""
    if role == NOBODY:
        return "" if (own, foreign) == (302, 302) else "sign-in is not asked for"
    if not is_open(address, role) and address.name in LISTS:
        return "" if own in {200, 403, 405} else "an odd answer"
    if not is_open(address, role):
        closed = REFUSED | {400, 415} if address.name in SHAPED else REFUSED
        return "" if own in closed and own == foreign else "open to a wrong role"
    if own in REFUSED:
        return "the own object is refused"
    if address.has_object and foreign != 404:
        return "the foreign object is not 'not found'"
    return ""


def test_every_argument_of_every_address_has_an_object():
    unknown = [
        (address.name, argument)
        for address in addresses()
        for argument in address.arguments
        if argument not in OBJECTS
        and address.word(argument) is None
        and not (argument == "pk" and address.name in KEYS)
    ]

    assert unknown == []


def test_only_what_knows_no_sign_in_is_exempt_from_the_check_of_its_origin():
    exempt = [
        item.name
        for item in get_resolver().url_patterns
        if getattr(getattr(item, "callback", None), "csrf_exempt", False)
    ]

    # A machine's key stands in a header that no other site's form can set.
    assert exempt == ["hand_in_marks"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_answers_follow_the_rule(world, role, method):
    ours, theirs = world
    client = client_of(ours, role)
    found = {}
    for address in addresses():
        own, own_body, _ = asked(client, method, address.url(ours, role))
        foreign, body, _ = asked(client, method, address.url(theirs, role))
        reason = wrong(address, role, own, foreign)
        if not reason and PUBLIC not in address.roles and THEIRS in own_body + body:
            reason = "a word of the other tenant"
        if not is_open(address, role) and f"{OURS}大赛" in own_body:
            reason = "a word of the own tenant"
        if reason:
            found[address.name] = (reason, own, foreign)

    assert found == {}


def test_nobody_gets_a_page_before_signing_in_not_even_a_script(world):
    ours, _ = world
    client = client_of(ours, NOBODY)
    answers = {
        address.name: asked(
            client, "GET", address.url(ours, NOBODY), HTTP_ACCEPT="application/json"
        )[0]
        for address in addresses()
        if PUBLIC not in address.roles
    }

    assert {name: s for name, s in answers.items() if s not in (401, 405)} == {}


@pytest.mark.parametrize("role", ROLES)
def test_ids_of_the_other_tenant_in_a_form_bring_nothing_of_it(world, role):
    ours, theirs = world
    client = client_of(ours, role)
    theirs_ids = {
        "skill": theirs.skill.pk,
        "skills": theirs.skill.pk,
        "sheet": theirs.objects["sheet"],
        "person": theirs.objects["person"],
        "who": f"{THEIRS}选手0",
        "delegation": theirs.objects["entries"][0].delegation_id,
        "entry": theirs.objects["entry"],
        "release": theirs.objects["release"],
        "owner": theirs.competition.owner_id,
        "kind": "promotion-roster",
        "form": "full",
        "purpose": "上报",
        "role": "judge",
        "pin": "271828",
        "working_days": "5",
        "reason": "理由",
        "token": "x",
    }

    def heads():
        chains = heads_of("skill", "competition", "bureau")
        return [chains.get(chain) for chain in theirs.chains]

    before, leaks = heads(), {}
    for address in addresses():
        if not is_open(address, role) or PUBLIC in address.roles:
            continue
        url = address.url(ours, role)
        for method in ("GET", "POST"):
            data = theirs_ids if method == "POST" else None
            query = "&".join(f"{k}={v}" for k, v in theirs_ids.items())
            where = url if data else f"{url}?{query}"
            status, body, after = asked(client, method, where, data, look=heads)
            typed = body.replace(theirs_ids["who"], "")
            if status >= 500 or THEIRS in typed or after != before:
                leaks[address.name, method] = status

    assert leaks == {}


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_administration_is_for_administrators(world, role):
    client = client_of(world[0], role)

    status = asked(client, "GET", "/admin/")[0]

    assert status == (200 if role == "administrator" else 302)


def boards_open_to(user, tenant):
    """The audiences of a tenant's board that a socket of ``user`` may watch."""

    async def watch(audience):
        scope = {
            "query_string": f"audience={audience}".encode(),
            "url_route": {"kwargs": {"board": tenant.skill.public_id}},
        }
        return await BoardConsumer(scope, None, None).may_watch()

    with as_(user or AnonymousUser()):
        return {word for word in Audience.values if async_to_sync(watch)(word)}


WATCHES = {
    "organizer": {"public", "hall", "judges", "organizers"},
    "judge": {"public", "judges"},
    "chief-judge": {"public", "judges"},
    "supervisor": {"public", "judges"},
    "results-officer": {"public", "organizers"},
    "display-operator": {"public", "hall"},
}


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_sockets_open_the_own_audiences_only(world, role):
    ours, theirs = world
    user = None if role == NOBODY else ours.users[role]

    assert boards_open_to(user, ours) == WATCHES.get(role, {"public"})
    assert boards_open_to(user, theirs) == {"public"}


def test_nudges_go_to_whose_desk_shows_that_skill(world):
    ours, theirs = world
    nudged = {}
    for role in ROLES:
        consumer = JudgeConsumer()
        consumer.scope = {}
        with as_(ours.users[role]):
            nudged[role] = async_to_sync(consumer.skills)()
    own = {ours.skill.pk}
    assert theirs.skill.pk not in set().union(*nudged.values())
    assert {role for role, skills in nudged.items() if skills == own} == {
        "judge",
        "chief-judge",
        "supervisor",
        "results-officer",
        "reserve",
        "trainee",
    }


def as_(user):
    """Let a consumer ask in the test's own transaction, on behalf of ``user``."""

    async def current(scope):
        return user

    return patch.multiple(
        "live.consumers", current_user=current, database_sync_to_async=sync_to_async
    )
