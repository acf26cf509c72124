"""The project package as an app, so that its commands and checks are found."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = _("擂台")

    def ready(self) -> None:
        from config.databases import prepare_connection  # app ready
        from config.permissions import PERMISSIONS  # app ready
        from people.register import permissions  # app ready

        permissions.add(*PERMISSIONS)
        connection_created.connect(prepare_connection, dispatch_uid="config.databases")
