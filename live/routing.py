"""Addresses of sockets: everything, and what a spectators' process offers."""

from django.urls import path

from live.consumers import BoardConsumer, JudgeConsumer

public_websocket_urlpatterns = [
    path("ws/live/<slug:board>/", BoardConsumer.as_asgi()),
]
websocket_urlpatterns = [
    *public_websocket_urlpatterns,
    path("ws/judge/", JudgeConsumer.as_asgi()),
]
