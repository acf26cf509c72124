"""The server that bench_live measures: the real hub and consumer, boards from memory.

Beside Daphne's port it opens two plain ones on the same loop: ``raw``, whose clients get
pre-framed bytes (the floor), and ``control``, where each line starts one update.
"""

import asyncio
import json
import os
import time
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from live import protocol, queries  # noqa: E402
from live.routing import public_websocket_urlpatterns  # noqa: E402
from live.running import Boards  # noqa: E402

KEY = ("bench", "public")
RAW_PORT = int(os.environ["BENCH_RAW_PORT"])
CONTROL_PORT = int(os.environ["BENCH_CONTROL_PORT"])


def board(seq: int) -> protocol.Message:
    """A board of forty rows of which eight move with every state."""
    rows = [
        {
            "id": f"row{n:05d}",
            "place": n,
            "shared": False,
            "standing": "ranked",
            "label": f"{n:02d}",
            "unit": "",
            "delegation": "",
            "award": "",
            "medal": "",
            "points": f"{90 - n}.{(seq * n) % 100 if n <= 8 else 0:02d}",
            "modules": [2, 2, 1, 0, 0],
            "module_points": [],
            "move": 0,
        }
        for n in range(1, 41)
    ]
    content = dict.fromkeys(protocol.CONTENT, "") | {
        "rows": rows,
        "sheets_done": seq,
        "sheets_total": 5000,
    }
    return protocol.snapshot(
        content, board="bench", audience="public", seq=seq, at="2026-05-12T06:32:08Z"
    )


class Server:
    """What the control line starts: an update by the hub, or the same bytes raw."""

    def __init__(self, boards: Boards) -> None:
        self.boards = boards
        self.seq = 1
        self.writers: list[asyncio.StreamWriter] = []
        boards.hub.read = self.read
        self.opened = False

    async def read(self, function: Any, keys: list[Any]) -> Any:
        text = protocol.encode(board(self.seq))
        if function is queries.seqs_and_pulse:
            return {KEY: self.seq}, None
        return {KEY: (self.seq, text)}

    async def open(self) -> None:
        if not self.opened:
            self.opened = True
            await asyncio.start_server(self.raw, "127.0.0.1", RAW_PORT, backlog=4096)
            await asyncio.start_server(self.control, "127.0.0.1", CONTROL_PORT)

    async def raw(self, reader: Any, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)

    async def control(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while line := (await reader.readline()).strip():
            answer = await (self.by_hub() if line == b"hub" else self.by_raw())
            writer.write(json.dumps(answer).encode() + b"\n")

    async def by_hub(self) -> dict[str, int]:
        self.seq += 1
        text = protocol.encode(board(self.seq))
        began = time.monotonic_ns()
        await self.boards.hub.hand(KEY, text)
        return {"began": began, "ended": time.monotonic_ns()}

    async def by_raw(self) -> dict[str, int]:
        before, after = board(self.seq), board(self.seq + 1)
        payload = protocol.encode(protocol.delta(before, after)).encode()
        frame = b"\x81\x7e" + len(payload).to_bytes(2, "big") + payload
        began = time.monotonic_ns()
        for writer in self.writers:
            writer.write(frame)
        return {"began": began, "ended": time.monotonic_ns()}


boards = Boards(
    ProtocolTypeRouter(
        {
            "websocket": AllowedHostsOriginValidator(
                URLRouter(public_websocket_urlpatterns)
            )
        }
    ),
    publishes=False,
)
server = Server(boards)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Open the plain ports with the first scope, then be the boards' application."""
    await server.open()
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    await boards(scope, receive, send)
