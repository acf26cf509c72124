"""Write docs/permissions.md from what the apps declare."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from people.register import PUBLIC, SIGNED_IN, permissions

HEAD = """# Permissions

Assembled from every app's `permissions.py` by `./run manage write_permissions`; a test
compares. A permission says what a sign-in may *try*; whether this sheet or that
competition is yours is asked by `access.py`, and a foreign object is not found.

| permission | who may try | what it is |
|---|---|---|
"""
WORDS = {PUBLIC: "everybody", SIGNED_IN: "whoever is signed in"}


class Command(BaseCommand):
    help = "Write docs/permissions.md from what the apps declare."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.ROOT / "docs" / "permissions.md"
        page.write_text(assembled(), encoding="utf-8")


def assembled() -> str:
    """The whole page, permissions in the order of their names."""
    rows = [
        f"| `{permission.name}` | {who(permission.roles)} | {permission.note} |\n"
        for permission in sorted(permissions, key=lambda entry: entry.name)
    ]
    return HEAD + "".join(rows)


def who(roles: tuple[str, ...]) -> str:
    return ", ".join(WORDS.get(role, role) for role in roles)
