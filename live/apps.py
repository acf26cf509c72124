"""The app's label and what it enters into the registers."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"
    verbose_name = "实时"

    def ready(self) -> None:
        from live import receivers  # noqa: F401 - connects them
        from live.permissions import PERMISSIONS
        from people.register import permissions

        permissions.add(*PERMISSIONS)
