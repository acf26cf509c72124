"""Reference data only: organizations by name; people and roles go through actions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from people.models import Organization


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    """Organizations to look up; they are registered by actions."""

    list_display = ("name", "short_name", "region")
    search_fields = ("name", "short_name", "sort_key")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
