"""The app's label and what it enters into the registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetitionsConfig(AppConfig):
    name = "competitions"
    verbose_name = _("赛事")

    def ready(self) -> None:
        from competitions.permissions import PERMISSIONS  # app ready
        from competitions.readiness import readiness as own_readiness  # app ready
        from competitions.register import readiness  # app ready
        from competitions.timeline import PERSONAL_DATA  # app ready
        from people.register import permissions, personal_data  # app ready

        permissions.add(*PERMISSIONS)
        readiness.add(own_readiness)
        personal_data.add(PERSONAL_DATA)
