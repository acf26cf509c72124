"""HTTP to Django, WebSocket to live.routing, nothing more."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
http_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402 - apps must be ready first
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from config import urls  # noqa: E402, F401 - a wrong address stops the start
from live.routing import websocket_urlpatterns  # noqa: E402
from live.running import Boards  # noqa: E402

application = Boards(
    ProtocolTypeRouter(
        {
            "http": http_application,
            "websocket": AllowedHostsOriginValidator(
                AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
            ),
        }
    ),
    publishes=True,
)
