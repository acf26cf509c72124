"""The app's label and what it enters into the registers."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "live"
    verbose_name = "实时"
