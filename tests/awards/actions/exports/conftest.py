"""A bureau with an officer and an approver who have a password."""

import pytest

from tests.awards import desk
from tests.awards.actions.exports.scene import with_secret


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return with_secret(desk.make_officer(bureau))


@pytest.fixture
def approver(bureau):
    return with_secret(desk.make_officer(bureau, "li", approves=True))
