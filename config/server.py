"""Our entry to Daphne: bounded at the protocol, quick to end.

A socket whose unread messages pile up is cut before they take memory, frames are small,
a silent peer is dropped, and SIGTERM ends the process within seconds.

    python -m config.server --port 8000 [--bind 127.0.0.1] [--application MODULE:NAME]
"""

from daphne.server import Server  # isort: skip - installs the reactor before all else

import argparse
import asyncio
import logging
import os
import threading
from importlib import import_module
from typing import Any

from daphne.endpoints import build_endpoint_description_strings
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from django.conf import settings
from twisted.internet import reactor
from twisted.internet.defer import Deferred

WAITING_MESSAGES = 50
FRAME_BYTES = 8 * 1024
UNREAD_BYTES = 256 * 1024
PING_SECONDS, PING_TIMEOUT_SECONDS = 20, 30
END_SECONDS = 3

logger = logging.getLogger(__name__)


class BoundedProtocol(WebSocketProtocol):
    """A socket with at most ``WAITING_MESSAGES`` messages its application has not read,
    and at most ``UNREAD_BYTES`` that its client has not."""

    def serverSend(self, content: str | bytes, binary: bool = False) -> None:  # noqa: N802
        """Send, or drop a client that has stopped reading."""
        waiting = len(getattr(self.transport, "dataBuffer", b""))
        waiting += getattr(self.transport, "_tempDataLen", 0)
        if waiting > UNREAD_BYTES:
            self.muted = True
            self.application_queue.put_nowait(
                {"type": "websocket.disconnect", "code": 1008}
            )
            self.dropConnection(abort=True)
            return
        super().serverSend(content, binary)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        if self.application_queue.qsize() >= WAITING_MESSAGES:
            self.muted = True
            self.application_queue.put_nowait(
                {"type": "websocket.disconnect", "code": 1008}
            )
            self.dropConnection(abort=True)
            return
        super().onMessage(payload, isBinary)


def serve(application: str, bind: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    WebSocketFactory.protocol = BoundedProtocol
    module, _, name = application.partition(":")
    loaded = getattr(import_module(module), name or "application")
    events: Any = reactor  # its stubs disagree with its documentation
    events.addSystemEventTrigger("before", "shutdown", _end_soon)
    if hasattr(loaded, "stop"):
        events.callLater(0, loaded.start)
        events.addSystemEventTrigger("before", "shutdown", _stopped, loaded)
    server = Server(
        loaded,
        endpoints=build_endpoint_description_strings(host=bind, port=port),
        http_timeout=120,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_TIMEOUT_SECONDS,
        websocket_max_message_size=FRAME_BYTES,
        websocket_max_frame_size=FRAME_BYTES,
        application_close_timeout=END_SECONDS,
        server_name="leitai",
        **_proxy_headers(),
    )
    server.run()
    # Not by taking the interpreter apart, which waits for threads and takes seconds.
    _leave(0 if server.listening_addresses else 1)


def _stopped(application: Any) -> Deferred[None]:
    """The application's own tasks end before the loop does, or are given up."""
    ending = asyncio.wait_for(application.stop(), END_SECONDS / 2)
    return Deferred.fromFuture(asyncio.ensure_future(ending)).addErrback(
        lambda failure: logger.error("tasks did not end: %s", failure.value)
    )


def _proxy_headers() -> dict[str, str]:
    """Believe forwarded addresses only when the settings say that a proxy sets them."""
    if not settings.BEHIND_PROXY:
        return {}
    return {
        "proxy_forwarded_address_header": "X-Forwarded-For",
        "proxy_forwarded_port_header": "X-Forwarded-Port",
        "proxy_forwarded_proto_header": "X-Forwarded-Proto",
    }


def _end_soon() -> None:
    """Let running requests be cancelled, but not for ever: nothing may hold us."""
    timer = threading.Timer(END_SECONDS, _leave, [0])
    timer.daemon = True
    timer.start()


def _leave(code: int) -> None:
    """End now.  A transaction that is cut is rolled back and was never acknowledged."""
    logging.shutdown()
    os._exit(code)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.server")
    parser.add_argument("--bind", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--application", default="config.asgi:application")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    serve(options.application, options.bind, options.port)


if __name__ == "__main__":
    main()
