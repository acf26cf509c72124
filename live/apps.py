"""The app's label and what it enters into the registers."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"
    verbose_name = "实时"

    def ready(self) -> None:
        from live import receivers  # noqa: F401  # app ready
        from live.permissions import PERMISSIONS  # app ready
        from people.register import permissions  # app ready

        permissions.add(*PERMISSIONS)
