"""Who sits behind a socket, asked of the database again, not of the handshake.

Channels never looks twice: without this, signing out would leave sockets open.
"""

from importlib import import_module
from typing import Any

from channels.auth import get_user
from django.conf import settings
from django.contrib.auth.models import AnonymousUser


async def current_user(scope: dict[str, Any]) -> Any:
    """Return the user that the socket's session stands for at this moment."""
    session = scope.get("session")
    key = getattr(session, "session_key", None)
    if key is None:
        return AnonymousUser()
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = await get_user({"session": store})
    return user if user.is_active else AnonymousUser()
