"""Public boards only: the process that spectators reach.

It serves the first page, boards, static files and health, and the public sockets;
everybody is nobody here.  It needs no more of the database than the published
snapshots.  Started by
``python -m config.server --application config.spectators:application``.
"""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application

SERVED = ("/live/", "/static/", "/healthz", "/readyz")
# Sessions and users are tables that this process has no right on.
SIGN_IN = (
    "django.contrib.sessions.",
    "django.contrib.auth.",
    "django.contrib.messages.",
    "axes.",
)


def without_sign_in(names: list[str]) -> list[str]:
    return [name for name in names if not name.startswith(SIGN_IN)]


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.MIDDLEWARE = [*without_sign_in(settings.MIDDLEWARE), "config.nobody.nobody"]
_options: Any = settings.TEMPLATES[0]["OPTIONS"]
_options["context_processors"] = without_sign_in(_options["context_processors"])
http_application: Any = get_asgi_application()

from config import urls  # noqa: E402, F401 - a wrong address stops the start
from live.routing import public_websocket_urlpatterns  # noqa: E402 - apps must be ready
from live.running import Boards  # noqa: E402


async def boards_only(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Django for what is served here, *not found* for all the rest."""
    if scope["path"] == "/" or scope["path"].startswith(SERVED):
        await http_application(scope, receive, send)
        return
    headers = [(b"content-type", b"text/plain")]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": b"not found\n"})


application = Boards(
    ProtocolTypeRouter(
        {
            "http": boards_only,
            "websocket": AllowedHostsOriginValidator(
                URLRouter(public_websocket_urlpatterns)
            ),
        }
    ),
    publishes=False,
)
