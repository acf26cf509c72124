"""What runs beside the requests of one process: publisher, hub, doorbell.

``Boards`` wraps the ASGI application.  It starts its tasks on the server's own event loop
with the first scope that arrives and ends them in ``stop()``.  A spectators' process
passes ``publishes=False`` and only reads snapshots.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.layers import get_channel_layer
from django.db import close_old_connections, connections
from django.utils import timezone

from live import groups
from live.hub import Hub
from live.publisher import Publisher

# Between two checks at least; a hub without a ring looks this often, a publisher without
# a ring only every second time.
GAP_SECONDS = 0.25
IDLE_SECONDS = 0.5
# The publisher rests at least this many times as long as it worked.
REST = 9.0
AFTER_ERROR_SECONDS = 2.0

logger = logging.getLogger(__name__)


class Thread:
    """One thread of one's own for blocking reads and writes, with clean connections."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)

    async def run(self, function: Callable[..., Any], *args: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._clean, function, *args)

    def end(self) -> None:
        self._pool.submit(connections.close_all)
        self._pool.shutdown(wait=True)

    @staticmethod
    def _clean(function: Callable[..., Any], *args: Any) -> Any:
        close_old_connections()
        try:
            return function(*args)
        finally:
            close_old_connections()


class Boards:
    """The ASGI application with the boards' tasks around it."""

    current: "Boards | None" = None

    def __init__(self, application: Any, *, publishes: bool) -> None:
        self.application = application
        self.publishes = publishes
        self.publisher = Publisher()
        self.reading, self.writing = Thread("boards-read"), Thread("boards-write")
        self.hub = Hub(self.reading.run)
        self.tasks: list[asyncio.Task[None]] = []
        self.rung, self.posted = asyncio.Event(), asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        self.start()
        await self.application(scope, receive, send)

    def start(self) -> None:
        """Start the tasks on the running loop; again and again is once."""
        if self.tasks:
            return
        Boards.current = self
        groups.bells.loop = asyncio.get_running_loop()
        works = [self._read(), self._listen()]
        if self.publishes:
            works.append(self._publish())
        self.tasks = [asyncio.ensure_future(work) for work in works]

    async def stop(self) -> None:
        """Send the sockets away, first: what else has to end may take its time."""
        for task in self.tasks:
            task.cancel()
        await self.hub.end()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.tasks = []
        # Not on the loop: it has farewells to send while a thread is still at work.
        await asyncio.to_thread(self.reading.end)
        await asyncio.to_thread(self.writing.end)

    async def _publish(self) -> None:
        while True:
            began = time.monotonic()
            try:
                if await self.writing.run(self._tick):
                    await self._announce()
            except Exception:  # whatever broke, boards must come back by themselves
                logger.exception("boards could not be published")
                await asyncio.sleep(AFTER_ERROR_SECONDS)
            worked = time.monotonic() - began
            rest = max(GAP_SECONDS - worked, REST * worked)
            await _pause(self.rung, rest, max(IDLE_SECONDS, rest))

    async def _read(self) -> None:
        while True:
            try:
                await self.hub.look()
            except Exception:  # the same for reading
                logger.exception("boards could not be read")
                await asyncio.sleep(AFTER_ERROR_SECONDS)
            await _pause(self.posted, 0.02, GAP_SECONDS)

    async def _listen(self) -> None:
        """Wake publisher and hub when somebody rings; without a layer, polling does."""
        while True:
            try:
                layer = get_channel_layer()
                channel = await layer.new_channel("boards")
                await layer.group_add(groups.DOORBELL, channel)
                while True:
                    ring = await layer.receive(channel)
                    bell = self.posted if ring["type"] == groups.POSTED else self.rung
                    bell.set()
            except Exception:  # Redis away: boards go on by polling
                logger.warning("no doorbell for now", exc_info=True)
                await asyncio.sleep(AFTER_ERROR_SECONDS)

    async def _announce(self) -> None:
        """Tell every process that snapshots were stored; losing this costs 250 ms."""
        self.posted.set()
        try:
            layer = get_channel_layer()
            await layer.group_send(groups.DOORBELL, {"type": groups.POSTED})
        except Exception:  # they poll
            logger.warning("no doorbell for now", exc_info=True)

    def _tick(self) -> bool:
        return self.publisher.tick(timezone.now())

    async def _lifespan(self, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


async def _pause(bell: asyncio.Event, least: float, most: float) -> None:
    """Rest for ``least`` seconds, then until the bell rings or ``most`` have passed."""
    await asyncio.sleep(least)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), max(most - least, 0.001))
    bell.clear()
