"""Every page and every socket says what it lets people do."""

import inspect

from django.urls import URLPattern, get_resolver

from people.register import permissions
from tests.architecture.sources import LAYERS

# Classes only where Django gives real behaviour: signing in and out.
HOMES = (*(f"{app}." for app in LAYERS), "django.contrib.auth.")


def patterns(resolver, prefix=""):
    for item in resolver.url_patterns:
        where = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            yield where, item.callback
        elif item.app_name != "admin":  # Django's own, for its own administrators
            yield from patterns(item, where)


def pages():
    return dict(patterns(get_resolver()))


def sockets():
    from live.routing import websocket_urlpatterns

    return {str(item.pattern): item.callback for item in websocket_urlpatterns}


def policy_of(callback):
    """The declared name, on the view itself or on the class behind it."""
    for holder in (
        callback,
        getattr(callback, "view_class", None),
        getattr(callback, "consumer_class", None),
    ):
        if holder is not None and hasattr(holder, "policy_name"):
            return holder.policy_name
    return None


def test_every_page_declares_a_known_permission():
    undeclared = {
        where: policy_of(callback)
        for where, callback in pages().items()
        if policy_of(callback) not in permissions
    }

    assert undeclared == {}


def test_every_socket_declares_a_known_permission():
    undeclared = {
        where: policy_of(callback)
        for where, callback in sockets().items()
        if policy_of(callback) not in permissions
    }

    assert undeclared == {}


def test_every_permission_is_used_by_a_page_or_a_socket():
    used = {
        policy_of(callback) for callback in [*pages().values(), *sockets().values()]
    }

    unused = [
        permission.name for permission in permissions if permission.name not in used
    ]

    assert unused == []


def test_page_is_a_plain_function_of_ours():
    strangers = [
        where
        for where, callback in pages().items()
        if not inspect.isfunction(inspect.unwrap(callback))
        or not inspect.unwrap(callback).__module__.startswith(HOMES)
    ]

    assert strangers == []


def test_permission_is_named_after_its_app():
    strangers = [
        permission.name
        for permission in permissions
        if permission.name.split(".")[0] not in LAYERS
    ]

    assert strangers == []
