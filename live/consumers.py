"""Sockets: boards to spectators, nudges to tablets; permission before the door opens.

Boards are plain ASGI (a thousand of them share one encoded message, so nothing may cost
per socket).  A board's client has nothing to say; a mark never travels here.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.http import Http404
from django.utils import timezone

from live import access, groups, protocol
from live.hub import Hub
from live.running import Boards
from live.sessions import current_user
from people.policy import allows, policy
from scoring.enums import Audience

CHECK_SECONDS = 3.0
MESSAGES_FROM_CLIENT = 20

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Doors:
    """How many sockets are open, in all and per address."""

    def __init__(self) -> None:
        self.open: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count a socket in, or refuse it because there are too many."""
        full = self.open.total() >= settings.BOARD_SOCKETS
        if full or self.open[address] >= settings.BOARD_SOCKETS_PER_ADDRESS:
            return False
        self.open[address] += 1
        return True

    def leave(self, address: str) -> None:
        self.open[address] -= 1
        if self.open[address] <= 0:
            del self.open[address]


doors = Doors()


@policy("live.watch_board")
class BoardConsumer:
    """One socket on one board: snapshot or missing deltas first, then what comes."""

    policy_name: str

    def __init__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        query = parse_qs(scope.get("query_string", b"").decode("latin1"))
        self.scope, self.receive, self.send = scope, receive, send
        self.board: str = scope["url_route"]["kwargs"]["board"]
        self.audience = query.get("audience", [Audience.PUBLIC.value])[0]
        since = query.get("since", [""])[0]
        self.since = int(since) if since.isdecimal() and len(since) < 16 else None
        self.closed = False

    @classmethod
    def as_asgi(cls) -> Callable[..., Awaitable[None]]:
        async def application(scope: Any, receive: Receive, send: Send) -> None:
            await cls(scope, receive, send).run()

        application.consumer_class = cls  # type: ignore[attr-defined]
        return application

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    async def run(self) -> None:
        """Let the socket in if it may, feed it until it goes or must go."""
        await self.receive()
        address = (self.scope.get("client") or ["unknown"])[0]
        if not await self.may_watch() or not doors.enter(address):
            await self.send({"type": "websocket.close", "code": protocol.CLOSE_REVOKED})
            return
        hub, key = running_hub(), (self.board, self.audience)
        try:
            if not await hub.knows(key):
                await self.send({"type": "websocket.close"})
                return
            await self.send({"type": "websocket.accept"})
            if await hub.join(key, self, self.since):
                await self.listen()
        finally:
            hub.leave(key, self)
            doors.leave(address)

    async def may_watch(self) -> bool:
        """Ask, now, whether this socket may have this audience's board."""
        if self.is_public:
            return True
        user = await current_user(self.scope)
        if not await sync_to_async(allows)(user, self.policy_name):
            return False
        try:
            await database_sync_to_async(access.check_audience)(
                user, self.board, self.audience
            )
        except Http404:
            return False
        return True

    async def listen(self) -> None:
        """Wait for the end; a client that talks is shown out."""
        heard = 0
        while not self.closed:
            patience = None if self.is_public else CHECK_SECONDS
            try:
                message = await asyncio.wait_for(self.receive(), patience)
            except TimeoutError:
                if not await self.may_watch():
                    await self.close(protocol.CLOSE_REVOKED)
                continue
            if message["type"] == "websocket.disconnect":
                return
            heard += 1
            if heard > MESSAGES_FROM_CLIENT:
                await self.close(protocol.CLOSE_TALKATIVE)

    async def close(self, code: int) -> None:
        self.closed = True
        await self.send({"type": "websocket.close", "code": code})


@policy("live.judge_socket")
class JudgeConsumer(AsyncWebsocketConsumer):
    """Nudges to one tablet: these sheets changed.  Asked again every few seconds."""

    policy_name: str

    async def connect(self) -> None:
        skills = await self.skills()
        if not skills:
            await self.close()
            return
        self.joined = skills
        for skill_id in skills:
            await self.channel_layer.group_add(
                groups.judges_of(skill_id), self.channel_name
            )
        await self.accept()
        self.checking = asyncio.ensure_future(self.check())

    async def disconnect(self, code: int) -> None:
        if hasattr(self, "checking"):
            self.checking.cancel()
        for skill_id in getattr(self, "joined", ()):
            await self.channel_layer.group_discard(
                groups.judges_of(skill_id), self.channel_name
            )

    async def receive(self, text_data: str = "", bytes_data: bytes = b"") -> None:
        """A tablet has nothing to say here: marks go over HTTP."""

    async def sheets_changed(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])

    async def skills(self) -> set[int]:
        user = await current_user(self.scope)
        if not await sync_to_async(allows)(user, self.policy_name):
            return set()
        return set(
            await database_sync_to_async(access.marked_skill_ids)(user, timezone.now())
        )

    async def check(self) -> None:
        """Close when the tasks are no longer the ones at the door: the tablet asks anew."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            if await self.skills() != self.joined:
                await self.close(code=protocol.CLOSE_REVOKED)
                return


def running_hub() -> Hub:
    """Return the hub of this process (tests put one of their own there)."""
    if Boards.current is None:
        raise RuntimeError("the application is not wrapped in live.running.Boards")
    return Boards.current.hub
