"""The real server with a real database: origins, changes, slow readers, the end."""

import asyncio
import json
import socket
import time

import pytest
import websockets
from asgiref.sync import sync_to_async

from live import protocol
from tests.live import cast

pytestmark = pytest.mark.django_db(transaction=True)

FOREIGN_ORIGINS = (
    "http://evil.example",
    "http://127.0.0.1.evil.example",
    "null",
    None,
)


def address(port):
    return f"ws://127.0.0.1:{port}/ws/live/k3v9/"


async def opened(port, seconds=10):
    """A socket on the board, as soon as the publisher has made one."""
    until = time.monotonic() + seconds
    while True:
        try:
            return await websockets.connect(
                address(port), origin=f"http://127.0.0.1:{port}"
            )
        except websockets.InvalidStatus:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)


@sync_to_async
def rename(skill, name):
    skill.competition.name = name
    skill.competition.save()
    cast.news(skill, name=name)


async def test_change_in_the_database_reaches_an_open_socket(serve):
    skill = await sync_to_async(cast.skill)()
    await sync_to_async(cast.news)(skill, n=1)
    _, port = await sync_to_async(serve)("config.asgi:application")

    async with await opened(port) as board:
        state = json.loads(await asyncio.wait_for(board.recv(), 5))
        await rename(skill, "改了名字的大赛")
        while state["competition"] != "改了名字的大赛":
            message = json.loads(await asyncio.wait_for(board.recv(), 10))
            if message["type"] == "delta":
                state = protocol.apply(state, message)

    assert state["seq"] == 2


async def test_socket_of_another_origin_is_refused(serve):
    skill = await sync_to_async(cast.skill)()
    await sync_to_async(cast.news)(skill, n=1)
    _, port = await sync_to_async(serve)("config.asgi:application")
    await (await opened(port)).close()

    codes = []
    for origin in FOREIGN_ORIGINS:
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(address(port), origin=origin)
        codes.append(refused.value.response.status_code)

    assert codes == [403] * len(FOREIGN_ORIGINS)


async def test_sigterm_sends_sockets_away_and_ends_the_process(serve):
    skill = await sync_to_async(cast.skill)()
    await sync_to_async(cast.news)(skill, n=1)
    process, port = await sync_to_async(serve)("config.asgi:application")
    board = await opened(port)

    process.terminate()
    with pytest.raises(websockets.ConnectionClosed) as closed:
        while True:
            await asyncio.wait_for(board.recv(), 5)

    assert closed.value.rcvd.code == protocol.CLOSE_ENDING
    assert await asyncio.to_thread(process.wait, 5) == 0


async def test_spectators_process_serves_what_others_publish(serve):
    skill = await sync_to_async(cast.skill)()
    await sync_to_async(cast.news)(skill, n=1)
    _, judging = await sync_to_async(serve)("config.asgi:application")
    await (await opened(judging)).close()
    _, port = await sync_to_async(serve)("config.spectators:application")

    async with await opened(port) as board:
        state = json.loads(await asyncio.wait_for(board.recv(), 5))
        await rename(skill, "改了名字的大赛")
        message = {"type": ""}
        while message["type"] != "delta":
            message = json.loads(await asyncio.wait_for(board.recv(), 10))

    assert protocol.apply(state, message)["competition"] == "改了名字的大赛"


async def test_reader_that_does_not_read_is_dropped(serve):
    _, port = await sync_to_async(serve)("endless:application")

    def stare():
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(
                f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
            )
            time.sleep(4)
            line.settimeout(5)
            received = 0
            try:
                while chunk := line.recv(65536):
                    received += len(chunk)
            except ConnectionResetError:
                pass
            return received

    received = await asyncio.to_thread(stare)

    assert received < 16_000_000
