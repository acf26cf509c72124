"""Sockets: who is let in, what they hear, when they are shown out."""

import asyncio
import json

import pytest
from asgiref.sync import sync_to_async
from channels.auth import AuthMiddlewareStack
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.test import Client
from django.utils import timezone

from live import actions, consumers, groups, protocol
from live.consumers import Doors
from live.hub import Hub
from live.models import Snapshot
from live.receivers import nudge_tablets
from live.routing import public_websocket_urlpatterns, websocket_urlpatterns
from live.running import Boards
from tests.live import cast
from tests.live.boards import content, row

pytestmark = pytest.mark.django_db(transaction=True)

EVERYTHING = AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
SPECTATORS = URLRouter(public_websocket_urlpatterns)


@pytest.fixture
def boards(monkeypatch):
    """The hub of a process whose looks are called by the test."""
    running = Boards(EVERYTHING, publishes=False)
    running.hub = Hub(in_thread)
    monkeypatch.setattr(Boards, "current", running)
    monkeypatch.setattr(consumers, "doors", Doors())
    monkeypatch.setattr(consumers, "CHECK_SECONDS", 0.05)
    return running


async def in_thread(function, *args):
    return await sync_to_async(function)(*args)


@sync_to_async
def publish(points, audience="public", built_from=None):
    number = built_from or Snapshot.objects.count() + int(float(points) * 100)
    shown = content(row(1, 1, points), audience=audience) if points else None
    at = timezone.now() + timezone.timedelta(seconds=number)
    actions.publish_snapshots("k3v9", {audience: shown}, built_from=number, at=at)


@sync_to_async
def signed_in(user):
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    return client, [(b"cookie", f"sessionid={cookie}".encode())]


def socket(path, application=EVERYTHING, headers=()):
    return WebsocketCommunicator(application, path, headers=list(headers))


async def hears(communicator):
    return json.loads(await communicator.receive_from(timeout=3))


async def code_of(communicator):
    message = await communicator.receive_output(timeout=3)
    return message["type"], message.get("code")


async def test_spectator_gets_the_snapshot_and_what_comes_after(boards):
    await publish("9.00")
    spectator = socket("/ws/live/k3v9/", SPECTATORS)
    assert await spectator.connect() == (True, None)
    first, beat = await hears(spectator), await hears(spectator)

    await publish("9.25")
    await boards.hub.look()
    delta = await hears(spectator)

    assert (first["type"], beat["type"], delta["type"]) == (
        "snapshot",
        "heartbeat",
        "delta",
    )
    after = await sync_to_async(Snapshot.objects.get)(board="k3v9")
    assert protocol.apply(first, delta) == json.loads(after.text)
    await spectator.disconnect()


async def test_since_spares_the_snapshot(boards):
    await publish("9.00")
    spectator = socket("/ws/live/k3v9/?since=1", SPECTATORS)
    await spectator.connect()

    assert (await hears(spectator))["type"] == "heartbeat"
    await spectator.disconnect()


@pytest.mark.parametrize(
    "path",
    [
        "/ws/live/nothing/",
        "/ws/live/k3v9/?audience=organizers",
        "/ws/live/k3v9/?audience=judges",
        "/ws/live/k3v9/?audience=hall",
        "/ws/live/k3v9/?audience=everything",
    ],
)
async def test_spectator_is_refused_before_the_door_opens(boards, path):
    await publish("9.00")
    await publish("9.00", audience="organizers")
    await sync_to_async(cast.skill)()

    assert (await socket(path, SPECTATORS).connect())[0] is False


async def test_board_not_yet_public_is_refused(boards):
    await publish("", built_from=1)

    assert (await socket("/ws/live/k3v9/", SPECTATORS).connect())[0] is False


async def test_another_organizers_board_is_refused(boards):
    await sync_to_async(cast.skill)()
    theirs = await sync_to_async(cast.organization)("别的单位")
    stranger = await sync_to_async(cast.user)("别家", organizes=theirs)
    _, headers = await signed_in(stranger)
    await publish("9.00", audience="organizers")

    caller = socket("/ws/live/k3v9/?audience=organizers", headers=headers)

    assert (await caller.connect())[0] is False


async def test_public_socket_hears_no_figure_of_the_organizers(boards):
    await publish("1.25")
    await publish("8.88", audience="organizers")
    spectator = socket("/ws/live/k3v9/", SPECTATORS)
    await spectator.connect()
    first = await spectator.receive_from()
    await spectator.receive_from()

    await publish("9.99", audience="organizers")
    await boards.hub.look()

    assert "8.88" not in first
    assert await spectator.receive_nothing(0.1)
    await spectator.disconnect()


async def test_signing_out_closes_the_organizers_board(boards):
    await sync_to_async(cast.skill)()
    ours = await sync_to_async(cast.organization)()
    lin = await sync_to_async(cast.user)("林组织", organizes=ours)
    client, headers = await signed_in(lin)
    await publish("9.00", audience="organizers")
    organizer = socket("/ws/live/k3v9/?audience=organizers", headers=headers)
    assert (await organizer.connect())[0]
    assert (await hears(organizer))["audience"] == "organizers"
    await organizer.receive_from()

    await sync_to_async(client.logout)()

    assert await code_of(organizer) == ("websocket.close", protocol.CLOSE_REVOKED)
    await organizer.wait()


async def test_losing_the_role_closes_the_judges_board(boards):
    skill = await sync_to_async(cast.skill)()
    zhao = await sync_to_async(cast.user)("赵裁判")
    appointment = await sync_to_async(cast.appoint)(zhao, skill, "judge")
    _, headers = await signed_in(zhao)
    await publish("9.00", audience="judges")
    judge = socket("/ws/live/k3v9/?audience=judges", headers=headers)
    assert (await judge.connect())[0]
    await judge.receive_from()
    await judge.receive_from()

    appointment.withdrawn_at = timezone.now()
    await sync_to_async(appointment.save)()

    assert await code_of(judge) == ("websocket.close", protocol.CLOSE_REVOKED)
    await judge.wait()


async def test_talkative_spectator_is_shown_out(boards):
    await publish("9.00")
    spectator = socket("/ws/live/k3v9/", SPECTATORS)
    await spectator.connect()
    await spectator.receive_from()
    await spectator.receive_from()

    for _ in range(consumers.MESSAGES_FROM_CLIENT + 1):
        await spectator.send_to(text_data="hello")

    assert await code_of(spectator) == ("websocket.close", protocol.CLOSE_TALKATIVE)
    await spectator.wait()


@pytest.mark.parametrize("setting", ["BOARD_SOCKETS", "BOARD_SOCKETS_PER_ADDRESS"])
async def test_one_socket_too_many_is_refused_until_another_goes(
    boards, settings, setting
):
    setattr(settings, setting, 1)
    await publish("9.00")
    first = socket("/ws/live/k3v9/", SPECTATORS)
    await first.connect()

    refused = (await socket("/ws/live/k3v9/", SPECTATORS).connect())[0]
    await first.disconnect()
    second = socket("/ws/live/k3v9/", SPECTATORS)

    assert (refused, (await second.connect())[0]) == (False, True)
    await second.disconnect()


async def test_tablet_hears_of_changed_sheets_of_its_skills_only(boards, monkeypatch):
    monkeypatch.setattr(
        consumers.access, "marked_skill_ids", lambda user, at: [7] * user.is_active
    )
    zhao = await sync_to_async(cast.user)("赵裁判")
    _, headers = await signed_in(zhao)
    tablet = socket("/ws/judge/", headers=headers)
    assert (await tablet.connect())[0]
    monkeypatch.setattr(groups.bells, "loop", asyncio.get_running_loop())

    await sync_to_async(nudge_tablets)(skill_id=8, sheet_ids=[80])
    await sync_to_async(nudge_tablets)(skill_id=7, sheet_ids=[70, 71])

    assert await hears(tablet) == {
        "v": 1,
        "type": "sheets",
        "skill": 7,
        "sheets": [70, 71],
    }
    await tablet.disconnect()


async def test_spectator_gets_no_tablet_socket(boards):
    assert (await socket("/ws/judge/").connect())[0] is False


async def test_disabled_account_loses_its_tablet_socket(boards, monkeypatch):
    monkeypatch.setattr(
        consumers.access, "marked_skill_ids", lambda user, at: [7] * user.is_active
    )
    zhao = await sync_to_async(cast.user)("赵裁判")
    _, headers = await signed_in(zhao)
    tablet = socket("/ws/judge/", headers=headers)
    await tablet.connect()

    zhao.is_active = False
    await sync_to_async(zhao.save)()

    assert await code_of(tablet) == ("websocket.close", protocol.CLOSE_REVOKED)
    await tablet.wait()


async def test_ringing_a_broken_layer_raises_nothing(monkeypatch, caplog):
    class Broken:
        async def group_send(self, group, message):
            raise ConnectionError("no layer")

    monkeypatch.setattr(groups, "get_channel_layer", Broken)

    await sync_to_async(groups.Bells().ring)()

    assert "the doorbell is out of order" in caplog.text
    assert get_channel_layer()
