"""What every bureau page has around it: navigation, role, and refusals as messages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.errors import AwardsError
from people.models import Organization
from people.policy import roles_of

NAVIGATION = (
    ("bureau_list", lambda: _("待办")),
    ("bureau_progress", lambda: _("办理")),
    ("bureau_exports", lambda: _("名单与导出")),
    ("bureau_certificates", lambda: _("证书")),
    ("bureau_talent", lambda: _("人才库")),
    ("bureau_documents", lambda: _("规则文件")),
    ("bureau_results", lambda: _("外部成绩")),
    ("bureau_simulator", lambda: _("模拟与指标")),
)


def page(
    request: HttpRequest,
    template: str,
    *,
    bureau: Organization,
    current: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a bureau page inside its navigation."""
    nav = [
        {"label": label(), "url": reverse(name), "current": name == current}
        for name, label in NAVIGATION
    ]
    frame = {"nav": nav, "bureau": bureau, "role_label": _role_label(request, bureau)}
    return render(request, f"awards/{template}", {**frame, **context}, status=status)


def attempt(request: HttpRequest, act: Callable[[], Any]) -> Any:
    """Do ``act``; a refusal becomes a message on the next page and None."""
    try:
        return act()
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return None


def _role_label(request: HttpRequest, bureau: Organization) -> str:
    approves = "hr-approver" in roles_of(request.user)
    role = _("待遇审批") if approves else _("待遇经办")
    return _("%(role)s，%(bureau)s") % {"role": role, "bureau": bureau.name}
