"""From hand-over to the hub to the last of N sockets, against raw pre-framed writes.

    python -m bench.bench_live [--sockets 1000] [--rounds 40] [--limit 6]

Both kinds of update go out of the same process of the real server to the same client
process, in turns; what is compared is the median time until the last socket has it.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench.machine import machine, median, percentile, report

ROOT = Path(__file__).resolve().parents[1]
HTTP_PORT, RAW_PORT, CONTROL_PORT = 8177, 8178, 8179
HANDSHAKE = (
    "GET /ws/live/bench/?since=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Origin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Crowd:
    """All sockets of one kind; knows when the last of them has got an update."""

    def __init__(self) -> None:
        self.waiting = 0
        self.last = 0
        self.done = asyncio.Event()

    def expect(self, sockets: int) -> None:
        self.waiting = sockets
        self.done.clear()

    def got(self) -> None:
        self.waiting -= 1
        if self.waiting == 0:
            self.last = time.monotonic_ns()
            self.done.set()


class Spectator(asyncio.Protocol):
    """One socket: splits frames and counts the deltas among them."""

    def __init__(self, crowd: Crowd, greeting: bytes) -> None:
        self.crowd, self.greeting, self.buffer = crowd, greeting, b""
        self.ready = asyncio.get_running_loop().create_future()
        self.open = not greeting

    def connection_made(self, transport: Any) -> None:
        if self.greeting:
            transport.write(self.greeting)
        else:
            self.ready.set_result(True)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.open:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.ready.set_exception(ConnectionError(head.decode()))
                return
            self.open, self.buffer = True, rest
        while len(self.buffer) >= 4:
            size, start = self.buffer[1] & 0x7F, 2
            if size == 126:
                size, start = int.from_bytes(self.buffer[2:4], "big"), 4
            if len(self.buffer) < start + size:
                return
            payload = self.buffer[start : start + size]
            self.buffer = self.buffer[start + size :]
            if not self.ready.done():
                self.ready.set_result(True)
            if payload.startswith(b'{"v":1,"type":"delta"'):
                self.crowd.got()


async def connect(port: int, sockets: int, greeting: bytes) -> Crowd:
    crowd, loop = Crowd(), asyncio.get_running_loop()
    for start in range(0, sockets, 50):
        batch = [
            loop.create_connection(
                lambda: Spectator(crowd, greeting), "127.0.0.1", port
            )
            for _ in range(min(50, sockets - start))
        ]
        made = await asyncio.gather(*batch)
        await asyncio.gather(*(protocol.ready for _, protocol in made))
    return crowd


async def measure(sockets: int, rounds: int) -> dict[str, list[float]]:
    greeting = HANDSHAKE.format(port=HTTP_PORT).encode()
    crowds = {
        "raw": await connect(RAW_PORT, sockets, b""),
        "hub": await connect(HTTP_PORT, sockets, greeting),
    }
    reader, writer = await asyncio.open_connection("127.0.0.1", CONTROL_PORT)
    times: dict[str, list[float]] = {"raw": [], "hub": []}
    await asyncio.sleep(1)
    for turn in range(rounds + 3):
        for kind, crowd in crowds.items():
            crowd.expect(sockets)
            writer.write(kind.encode() + b"\n")
            answer = json.loads(await reader.readline())
            await asyncio.wait_for(crowd.done.wait(), 30)
            if turn >= 3:  # the first turns warm both up
                times[kind].append((crowd.last - answer["began"]) / 1e6)
            await asyncio.sleep(0.05)
    return times


def start() -> subprocess.Popen[bytes]:
    """The real server with the bench's application, when it answers."""
    env = os.environ | {
        "BENCH_RAW_PORT": str(RAW_PORT),
        "BENCH_CONTROL_PORT": str(CONTROL_PORT),
        "LOG_LEVEL": "ERROR",
        "LEITAI_BOARD_SOCKETS": "100000",
        "LEITAI_BOARD_SOCKETS_PER_ADDRESS": "100000",
    }
    command = [sys.executable, "-m", "config.server", "--port", str(HTTP_PORT)]
    command += ["--application", "bench.hub_server:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{HTTP_PORT}/", timeout=2)
            return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise SystemExit("the server did not start")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.bench_live")
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--limit", type=float, default=6.0)
    options = parser.parse_args()
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    where, server = machine(), start()
    try:
        times = asyncio.run(measure(options.sockets, options.rounds))
    finally:
        server.terminate()
        server.wait(10)
    floor, hub = median(times["raw"]), median(times["hub"])
    result = {
        "sockets": options.sockets,
        "rounds": options.rounds,
        "ratio": round(hub / floor, 2),
        "limit": options.limit,
        "hub_ms": round(hub, 2),
        "hub_p95_ms": round(percentile(times["hub"], 0.95), 2),
        "floor_ms": round(floor, 2),
        "floor_p95_ms": round(percentile(times["raw"], 0.95), 2),
        "machine": where,
    }
    return report("live", result, passed=hub <= options.limit * floor)


if __name__ == "__main__":
    raise SystemExit(main())
