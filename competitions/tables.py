"""How lists of competitions look (django-tables2 is imported here only)."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from competitions.models import Entry
from people.templatetags.names import unit

PER_PAGE = 50
PLAIN = '<span class="text-nowrap">{}</span>'


class EntryTable(tables.Table):
    """Entries with members, unit, delegation and what review found."""

    key = tables.Column(verbose_name=_("编号"), attrs={"td": {"class": "text-nowrap"}})
    competitors = tables.Column(
        verbose_name=_("选手"),
        empty_values=(),
        order_by=("members__person__sort_key",),
    )
    unit = tables.Column(verbose_name=_("单位"), empty_values=(), orderable=False)
    delegation = tables.Column(
        verbose_name=_("代表队"),
        order_by=("delegation__region", "delegation__name"),
        attrs={"td": {"class": "text-nowrap"}},
    )
    skill = tables.Column(
        verbose_name=_("赛项"),
        order_by=("skill__number",),
        attrs={"td": {"class": "text-nowrap"}},
    )
    state = tables.Column(verbose_name=_("状态"))
    findings = tables.Column(
        verbose_name=_("审核发现"), empty_values=(), orderable=False
    )
    review = tables.TemplateColumn(
        verbose_name=_("办理"),
        template_name="competitions/entry_review_cell.html",
        orderable=False,
    )

    class Meta:
        template_name = "components/table.html"
        sequence = (
            "key",
            "competitors",
            "unit",
            "delegation",
            "skill",
            "state",
            "findings",
            "review",
        )

    def render_competitors(self, record: Entry) -> SafeString:
        names = ((member.person.name,) for member in record.members.all())
        return format_html_join(str(_("、")), PLAIN, names)

    def render_unit(self, record: Entry) -> SafeString:
        units = dict.fromkeys(
            str(member.organization or member.person.organization or "")
            for member in record.members.all()
        )
        return format_html_join(
            str(_("；")), "{}", ((unit(name),) for name in units if name)
        )

    def render_state(self, record: Entry) -> SafeString:
        if not record.state_reason:
            return format_html(PLAIN, record.get_state_display())
        state = record.get_state_display()
        return format_html(PLAIN + "<small>{}</small>", state, record.state_reason)

    def render_findings(self, record: Entry) -> SafeString:
        lines = (
            (
                "text-danger" if row["severity"] == "error" else "text-warning",
                row["message"],
                row.get("citation", ""),
            )
            for row in record.findings
        )
        form = '<div class="{}">{}<small>{}</small></div>'
        return format_html_join("", form, lines)


def entry_table(rows: Any, *, with_skill: bool, with_review: bool) -> EntryTable:
    """Return the table; one skill's page leaves the skill out."""
    left_out = [
        *(() if with_skill else ("skill",)),
        *(() if with_review else ("review",)),
    ]
    return EntryTable(
        rows,
        exclude=left_out,
        empty_text=_("没有符合条件的参赛。导入名册后，这里列出每个参赛和审核状态。"),
    )
