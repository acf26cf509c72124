"""Every group name of the channel layer, and the two ways to ring it.

The layer is a doorbell only: losing a ring loses no change, because boards are read by
revision (publisher.py, hub.py) and tablets ask over HTTP.
"""

import asyncio
import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

DOORBELL = "boards"
CHANGED = "boards.changed"  # marks moved: publishers, compare your revisions
POSTED = "boards.posted"  # snapshots were stored: hubs, look

logger = logging.getLogger(__name__)


def judges_of(skill_id: int) -> str:
    """Return the group of the tablets that mark a skill."""
    return f"judges.{skill_id}"


class Bells:
    """Rings from any thread; where the boards run, nobody waits for the layer."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None

    def ring(self, group: str, message: dict[str, Any]) -> None:
        """Send to a group; a broken layer is logged, never raised."""
        if self.loop is not None and self.loop.is_running():
            asyncio.run_coroutine_threadsafe(self._send(group, message), self.loop)
        else:
            async_to_sync(self._send)(group, message)

    async def _send(self, group: str, message: dict[str, Any]) -> None:
        try:
            await get_channel_layer().group_send(group, message)
        except Exception:  # a doorbell must not stop a mark, whatever broke it
            logger.warning("the doorbell is out of order: %s", group, exc_info=True)


bells = Bells()


def ring(group: str, message: dict[str, Any]) -> None:
    """Send to a group from synchronous code; losing it loses nothing."""
    bells.ring(group, message)
