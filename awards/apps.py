"""The app's label and what it enters into the registers."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "待遇"

    def ready(self) -> None:
        from awards import checks  # noqa: F401  # app ready
        from awards.permissions import PERMISSIONS  # app ready
        from people.register import permissions  # app ready

        permissions.add(*PERMISSIONS)
