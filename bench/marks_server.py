"""The whole application with one address more: a bare authenticated, durable insert."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = "bench.marks_urls"

from config.asgi import application  # noqa: E402, F401 - served from here
