"""Every group name of the channel layer, and the two ways to ring it.

The layer is a doorbell only: losing a ring loses no change, because boards are read by
revision (publisher.py, hub.py) and tablets ask over HTTP.
"""

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


def ring(group: str, message: dict[str, Any]) -> None:
    """Send to a group from synchronous code; a broken layer is logged, never raised."""
    try:
        async_to_sync(get_channel_layer().group_send)(group, message)
    except Exception:  # a doorbell must not stop a mark, whatever broke it
        logger.warning("the doorbell is out of order: %s", group, exc_info=True)
