"""One hub per process: reads new snapshots, encodes each update once, feeds all sockets.

It lives on one event loop and is only ever touched from there; the database is read in a
thread that it is given.  It knows no permission: whoever joins was let in before.
"""

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils import timezone

from live import protocol, queries
from live.queries import Key

RING = 64
HEARTBEAT_SECONDS = 5.0
KEPT_SECONDS = 60.0
SOCKETS_PER_TURN = 250

logger = logging.getLogger(__name__)
Read = Callable[..., Awaitable[Any]]


class Socket(Protocol):
    """What the hub needs of a connection; ``send`` gets one ASGI message."""

    async def send(self, message: dict[str, Any], /) -> None: ...

    async def close(self, code: int, /) -> None: ...


@dataclass(slots=True)
class Feed:
    """One board for one audience in this process: last state, recent deltas, readers."""

    state: protocol.Message
    text: str
    deltas: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=RING))
    sockets: set[Socket] = field(default_factory=set)
    beat_at: float = 0.0
    left_at: float = 0.0

    @property
    def seq(self) -> int:
        return int(self.state["seq"])

    def since(self, seq: int) -> list[str] | None:
        """Return the deltas after ``seq``; None when they are not all at hand."""
        if seq == self.seq:
            return []
        texts = [text for prev, text in self.deltas if prev >= seq]
        known = any(prev == seq for prev, _ in self.deltas)
        return texts if known else None


class Hub:
    """The feeds of this process; ``read(function, *args)`` runs a query in a thread."""

    def __init__(self, read: Read, clock: Callable[[], float] = time.monotonic) -> None:
        self.read = read
        self.clock = clock
        self.feeds: dict[Key, Feed] = {}
        self.checked = ""
        self._opening: dict[Key, asyncio.Task[Feed | None]] = {}

    async def join(self, key: Key, socket: Socket, since: int | None) -> bool:
        """Let a socket in and bring it up to date; False when there is no such board."""
        feed = self.feeds.get(key) or await self._open(key)
        if feed is None:
            return False
        feed.sockets.add(socket)
        missing = feed.since(since) if since is not None else None
        if missing is None:
            await socket.send(_frame(feed.text))
        else:
            for text in missing:
                await socket.send(_frame(text))
        await socket.send(_frame(self._heartbeat(feed)))
        return True

    async def knows(self, key: Key) -> bool:
        """Return whether this audience has such a board."""
        return key in self.feeds or await self._open(key) is not None

    def leave(self, key: Key, socket: Socket) -> None:
        """Forget a socket; its feed stays a while for those who come back."""
        feed = self.feeds.get(key)
        if feed:
            feed.sockets.discard(socket)
            feed.left_at = self.clock()

    async def look(self) -> None:
        """Read what has been published since the last look and pass it on."""
        if not self.feeds:
            return
        seqs, checked = await self.read(queries.seqs_and_pulse, list(self.feeds))
        self.checked = checked.isoformat(timespec="milliseconds") if checked else ""
        moved = [
            key for key, feed in self.feeds.items() if seqs.get(key, 0) != feed.seq
        ]
        if moved:
            texts = await self.read(queries.texts_of, moved)
            for key in moved:
                await self.hand(key, texts.get(key, (0, ""))[1])
        await self._beat()
        self._tidy()

    async def hand(self, key: Key, text: str) -> None:
        """Take over a board's new snapshot: one delta, encoded once, to all sockets."""
        feed = self.feeds.get(key)
        if feed is None:
            return
        if not text:
            await self._close(key, protocol.CLOSE_GONE)
            return
        old, new = feed.state, json.loads(text)
        feed.state, feed.text = new, text
        if new["seq"] <= old["seq"]:
            feed.deltas.clear()
            await self._deliver(feed, self._heartbeat(feed))
            return
        update = protocol.encode(protocol.delta(old, new))
        if protocol.fits(update):
            feed.deltas.append((old["seq"], update))
            await self._deliver(feed, update)
        else:
            feed.deltas.clear()
            await self._deliver(feed, self._heartbeat(feed))

    async def end(self) -> None:
        """Send everybody away; they come back by themselves."""
        for key in list(self.feeds):
            await self._close(key, protocol.CLOSE_ENDING)

    @property
    def sockets(self) -> int:
        return sum(len(feed.sockets) for feed in self.feeds.values())

    async def _open(self, key: Key) -> Feed | None:
        """Load a board once, however many sockets arrive together."""
        task = self._opening.get(key)
        if task is None:
            task = asyncio.ensure_future(self._load(key))
            self._opening[key] = task
            task.add_done_callback(lambda _: self._opening.pop(key, None))
        return await asyncio.shield(task)

    async def _load(self, key: Key) -> Feed | None:
        found = await self.read(queries.texts_of, [key])
        _, text = found.get(key, (0, ""))
        if not text:
            return None
        if key not in self.feeds:
            now = self.clock()
            self.feeds[key] = Feed(json.loads(text), text, beat_at=now, left_at=now)
        return self.feeds[key]

    async def _deliver(self, feed: Feed, text: str) -> None:
        """Hand one message to every socket, letting others work in between."""
        feed.beat_at = self.clock()
        frame = _frame(text)
        for turn, socket in enumerate(list(feed.sockets), 1):
            try:
                await socket.send(frame)
            except Exception:  # a socket that broke tells its own consumer
                feed.sockets.discard(socket)
            if turn % SOCKETS_PER_TURN == 0:
                await asyncio.sleep(0)

    async def _beat(self) -> None:
        now = self.clock()
        for feed in list(self.feeds.values()):
            if feed.sockets and now - feed.beat_at >= HEARTBEAT_SECONDS:
                await self._deliver(feed, self._heartbeat(feed))

    async def _close(self, key: Key, code: int) -> None:
        feed = self.feeds.pop(key, None)
        for socket in list(feed.sockets) if feed else ():
            await socket.close(code)

    def _heartbeat(self, feed: Feed) -> str:
        message = protocol.heartbeat(
            feed.state, checked=self.checked, sent=timezone.now().isoformat()
        )
        return protocol.encode(message)

    def _tidy(self) -> None:
        now = self.clock()
        for key, feed in list(self.feeds.items()):
            if not feed.sockets and now - feed.left_at > KEPT_SECONDS:
                del self.feeds[key]


def _frame(text: str) -> dict[str, Any]:
    return {"type": "websocket.send", "text": text}
