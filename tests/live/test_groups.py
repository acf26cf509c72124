"""Rings from threads: nobody waits, and many at once are one."""

import asyncio
import json

from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer

from live import groups
from live.groups import Bells


async def heard(channel):
    return await asyncio.wait_for(get_channel_layer().receive(channel), 2)


async def joined(group):
    layer = get_channel_layer()
    channel = await layer.new_channel("test")
    await layer.group_add(group, channel)
    return channel


async def test_rings_that_follow_each_other_are_one_nudge():
    channel, bells = await joined(groups.judges_of(7)), Bells()
    bells.loop = asyncio.get_running_loop()

    def mark():
        for sheet in (72, 70, 71, 70):
            bells.ring(7, [sheet])

    await asyncio.to_thread(mark)

    message = await heard(channel)
    assert json.loads(message["text"])["sheets"] == [70, 71, 72]
    bells.ring(7, [99])
    assert json.loads((await heard(channel))["text"])["sheets"] == [99]


async def test_doorbell_and_nudges_do_not_mix():
    door, tablets = await joined(groups.DOORBELL), await joined(groups.judges_of(7))
    bells = Bells()
    bells.loop = asyncio.get_running_loop()

    bells.ring()
    bells.ring(7, [70])

    assert await heard(door) == {"type": groups.CHANGED}
    assert (await heard(tablets))["type"] == "sheets.changed"


async def test_without_boards_in_the_process_other_processes_hear_it_at_once(
    monkeypatch,
):
    sent = []

    class Shared:
        async def group_send(self, group, message):
            sent.append((group, message))

    monkeypatch.setattr(groups, "get_channel_layer", Shared)

    await sync_to_async(Bells().ring)()

    assert sent == [(groups.DOORBELL, {"type": groups.CHANGED})]


def test_without_boards_a_layer_in_memory_is_left_alone(monkeypatch):
    async def group_send(self, group, message):
        raise AssertionError("nobody can hear this")

    monkeypatch.setattr(type(get_channel_layer()), "group_send", group_send)

    Bells().ring(7, [70])
