"""The app's label and what it enters into the registers."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "留痕"
