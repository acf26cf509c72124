"""The tasks around the boards: how they end."""

import asyncio
import threading

from live.running import Boards


async def nothing(*_args):
    """Stands in for an application that is never asked."""


def hub_that_tells(running, told):
    async def end():
        told.append("sockets")

    running.hub.end = end


async def test_sockets_are_sent_away_before_a_task_that_ends_slowly():
    running, told = Boards(nothing, publishes=False), []
    hub_that_tells(running, told)

    async def slow():
        try:
            await asyncio.Event().wait()
        finally:
            told.append("task")

    running.tasks = [asyncio.ensure_future(slow())]
    await asyncio.sleep(0)

    await running.stop()

    assert told == ["sockets", "task"]
    assert running.tasks == []


async def test_loop_goes_on_while_a_thread_is_still_at_work():
    running, told = Boards(nothing, publishes=False), []
    hub_that_tells(running, told)
    release = threading.Event()
    at_work = asyncio.ensure_future(running.reading.run(release.wait, 20))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(0.01, release.set)

    await running.stop()

    assert await at_work is True
