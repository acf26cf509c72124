"""The app's label and what it enters into the registers."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = "待遇"
