"""The record to look at; nothing can be added, changed or deleted here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from ledger.models import Chain, Event


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Chain)
class ChainAdmin(ReadOnly):
    list_display = ("kind", "ref", "seq", "head", "opened_at")


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ("chain", "seq", "type", "actor", "server_time")
    list_select_related = ("chain",)
