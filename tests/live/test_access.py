"""Who belongs to which audience of a board; everybody else finds nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from live import access
from tests.live import cast

pytestmark = pytest.mark.django_db

ROLES = {
    "organizer": {"public", "hall", "judges", "organizers"},
    "judge": {"public", "judges"},
    "chief-judge": {"public", "judges"},
    "results-officer": {"public", "organizers"},
    "display-operator": {"public", "hall"},
    "nobody": {"public"},
}


def audiences(user):
    found = set()
    for audience in ("public", "hall", "judges", "organizers", "everything"):
        try:
            access.check_audience(user, "k3v9", audience)
        except Http404:
            continue
        found.add(audience)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_role_opens_exactly_its_audiences(role):
    skill = cast.skill()
    ours = cast.organization() if role == "organizer" else None
    user = cast.user("林组织", organizes=ours)
    if role not in ("organizer", "nobody"):
        cast.appoint(user, skill, role)

    assert audiences(user) == ROLES[role]


def test_another_organizers_board_is_not_found():
    cast.skill()
    stranger = cast.user("别家", organizes=cast.organization("别的单位"))

    assert audiences(stranger) == {"public"}


def test_judge_of_another_skill_is_a_spectator_here():
    cast.skill()
    other = cast.skill("other")
    user = cast.user("孙裁判")
    cast.appoint(user, other, "judge")

    assert audiences(user) == {"public"}


def test_visitor_and_disabled_account_are_spectators():
    cast.skill()
    user = cast.user("停用", organizes=cast.organization())
    user.is_active = False

    assert audiences(AnonymousUser()) == {"public"}
    assert audiences(None) == {"public"}
    assert audiences(user) == {"public"}


def test_unpublished_board_is_not_found():
    cast.skill()

    with pytest.raises(Http404):
        access.board_for(AnonymousUser(), "k3v9", "public")
