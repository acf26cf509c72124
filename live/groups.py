"""Every group name of the channel layer, and the one way to ring it from a thread.

The layer is a doorbell only: losing a ring loses no change, because boards are read by
revision (publisher.py, hub.py) and tablets ask over HTTP.
"""

import asyncio
import logging
import threading
from collections.abc import Iterable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import InMemoryChannelLayer, get_channel_layer

from live import protocol

DOORBELL = "boards"
CHANGED = "boards.changed"  # marks moved: publishers, compare your revisions
POSTED = "boards.posted"  # snapshots were stored: hubs, look
TOGETHER_SECONDS = 0.05

logger = logging.getLogger(__name__)


def judges_of(skill_id: int) -> str:
    """Return the group of the tablets that mark a skill."""
    return f"judges.{skill_id}"


class Bells:
    """Rings from any thread.  Where boards run nobody waits, and rings that follow each
    other within a moment are one."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()
        self._waiting: dict[int | None, set[int]] = {}

    def ring(self, skill_id: int | None = None, sheet_ids: Iterable[int] = ()) -> None:
        """Ring for the boards, or (with a skill) for its tablets; never raises."""
        loop = self.loop
        if loop is None or not loop.is_running():
            if not isinstance(get_channel_layer(), InMemoryChannelLayer):
                async_to_sync(self._send)(skill_id, set(sheet_ids))
            return  # a layer in memory ends with this process: nobody is there to hear
        with self._lock:
            waits = skill_id in self._waiting
            self._waiting.setdefault(skill_id, set()).update(sheet_ids)
        if not waits:
            loop.call_soon_threadsafe(
                loop.call_later, TOGETHER_SECONDS, self._flush, skill_id
            )

    def _flush(self, skill_id: int | None) -> None:
        with self._lock:
            sheets = self._waiting.pop(skill_id, set())
        task = asyncio.ensure_future(self._send(skill_id, sheets))
        task.add_done_callback(lambda done: done.exception())

    async def _send(self, skill_id: int | None, sheets: set[int]) -> None:
        group, message = DOORBELL, {"type": CHANGED}
        if skill_id is not None:
            group, message = judges_of(skill_id), _nudge(skill_id, sheets)
        try:
            await get_channel_layer().group_send(group, message)
        except Exception:  # a doorbell must not stop a mark, whatever broke it
            logger.warning("the doorbell is out of order: %s", group, exc_info=True)


def _nudge(skill_id: int, sheets: set[int]) -> dict[str, Any]:
    text = protocol.encode(protocol.nudge(skill_id, sorted(sheets)))
    return {"type": "sheets.changed", "text": text}


bells = Bells()
