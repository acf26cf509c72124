"""The app's label and what it enters into the registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("人员")

    def ready(self) -> None:
        from people.permissions import PERMISSIONS  # app ready
        from people.register import permissions, personal_data  # app ready
        from people.timeline import PERSONAL_DATA  # app ready

        permissions.add(*PERMISSIONS)
        personal_data.add(PERSONAL_DATA)
