"""Public boards only: the process that spectators reach.

It serves the addresses below and the public sockets, knows no sign-in page, and needs
no more of the database than the published snapshots.  Started by
``python -m config.server --application config.spectators:application``.
"""

import os

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = "config.spectators"
http_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - apps ready
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import include, path  # noqa: E402

from config import health  # noqa: E402
from live import urls as live_urls  # noqa: E402
from live.routing import public_websocket_urlpatterns  # noqa: E402

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("live/", include(live_urls.spectators)),
]

application = ProtocolTypeRouter(
    {
        "http": http_application,
        "websocket": AllowedHostsOriginValidator(
            URLRouter(public_websocket_urlpatterns)
        ),
    }
)
