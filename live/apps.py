"""The app's label and what it enters into the registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "live"
    verbose_name = _("实时")

    def ready(self) -> None:
        from live import receivers  # noqa: F401  # app ready
        from live.permissions import PERMISSIONS  # app ready
        from people.register import permissions  # app ready

        permissions.add(*PERMISSIONS)
