"""Layout of the bureau's lists (django-tables2 lives here only)."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from awards.models import (
    Certificate,
    Decision,
    ExportBatch,
    ExportTaking,
    PoolEntry,
)


class WorkTable(tables.Table):
    """The work list; rows are drawn by its own template, grouped while unsorted."""

    person = tables.Column(
        verbose_name=_("姓名"), order_by=("person__sort_key", "unit__sort_key")
    )
    unit = tables.Column(
        verbose_name=_("单位"), accessor="pk", order_by="person__organization__name"
    )
    skill = tables.Column(verbose_name=_("赛项与成绩"), order_by="skill__number")
    value = tables.Column(verbose_name=_("待遇"))
    state = tables.Column(verbose_name=_("办到哪一步"), order_by="entitlements__state")
    due = tables.Column(
        verbose_name=_("期限"), accessor="pk", order_by="entitlements__due_on"
    )

    class Meta:
        model = Decision
        fields = ("person", "unit", "skill", "value", "state", "due")
        template_name = "awards/worklist_table.html"
        per_page = 50


class CertificateTable(tables.Table):
    """Certificates of a release."""

    number = tables.Column(verbose_name=_("编号"))
    person = tables.Column(verbose_name=_("姓名"), order_by="person__sort_key")
    skill = tables.Column(verbose_name=_("赛项"), order_by="skill__number")
    award = tables.Column(verbose_name=_("奖项"), accessor="pk", orderable=False)
    state = tables.Column(verbose_name=_("状态"))

    class Meta:
        model = Certificate
        fields = ("number", "person", "skill", "award", "state")
        template_name = "awards/certificate_table.html"
        per_page = 50


class ExportTable(tables.Table):
    """Files that were made, newest first."""

    class Meta:
        model = ExportBatch
        fields = ("number", "kind", "rows", "purpose", "asked_by", "state")
        template_name = "awards/export_table.html"
        per_page = 25


class TakingTable(tables.Table):
    """Who took which file away, newest first."""

    class Meta:
        model = ExportTaking
        fields = ("at", "by", "batch")
        template_name = "awards/taking_table.html"
        per_page = 50


class TalentTable(tables.Table):
    """People in the pools of a bureau; rows are drawn by its own template."""

    person = tables.Column(verbose_name=_("姓名"), order_by="person__sort_key")
    unit = tables.Column(
        verbose_name=_("单位"), accessor="person", order_by="person__organization__name"
    )
    grade = tables.Column(
        verbose_name=_("技能等级和称号"), accessor="pk", orderable=False
    )
    pool = tables.Column(verbose_name=_("人才库"), order_by="pool__name")
    entered_on = tables.Column(verbose_name=_("入库"))
    basis = tables.Column(verbose_name=_("凭什么入库"))

    class Meta:
        model = PoolEntry
        fields = ("person", "unit", "grade", "pool", "entered_on", "basis")
        template_name = "awards/talent_table.html"
        per_page = 50
