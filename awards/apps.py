"""The app's label and what it enters into the registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("待遇")

    def ready(self) -> None:
        from awards import checks, receivers, signing  # app ready
        from awards.consequences import effects_of, readiness  # app ready
        from awards.permissions import PERMISSIONS  # app ready
        from awards.timeline import PERSONAL_DATA  # app ready
        from competitions.register import readiness as readiness_register  # app ready
        from people.register import permissions, personal_data  # app ready
        from scoring.register import effects  # app ready

        signing.check_signing_key()
        permissions.add(*PERMISSIONS)
        personal_data.add(PERSONAL_DATA)
        effects.add("awards", effects_of)
        readiness_register.add(readiness)
