"""The app's label and what it enters into the registers."""

from django.apps import AppConfig


class CompetitionsConfig(AppConfig):
    name = "competitions"
    verbose_name = "赛事"
