"""待遇申报材料(平台打印件): one per entitlement, with the reasons it stands on.

The layout is ours and says so; an authority's own form comes first.  What the register
does not know is a blank line, never a guess.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from awards import wording
from awards.core.explanation import phrase_from_plain
from awards.enums import OutcomeKind
from awards.errors import ExportRefused
from awards.exporting.contract import Made, Maker, Report
from awards.exporting.selection import selection_of
from awards.listings import cells
from awards.listings.base import ListOption, Selection
from awards.listings.reading import (
    Told,
    by_target,
    entitlements_on,
    in_places,
    people_on,
    shelf,
    told,
)
from awards.models import ExportBatch
from awards.printing.paper import digest_of, draw, foot_of, refuse_missing

NAME = "application-forms"
TITLE = "待遇申报材料（平台打印件）"
MOST = 2000
MATTERS = {
    OutcomeKind.GRADE: "晋升职业技能等级",
    OutcomeKind.TITLE: "技术能手等称号",
    OutcomeKind.TITLE_APPLICATION: "职称直接申报",
    OutcomeKind.PRIORITY_APPLICATION: "优先申报",
    OutcomeKind.LABOUR_MEDAL: "五一劳动奖章",
    OutcomeKind.HONOUR: "其他荣誉",
}
PERSON = (
    (("姓名", "name"), ("性别", "sex"), ("民族", "ethnicity")),
    (("出生日期", "birth_on"), ("学历", "education"), ("身份", "employment")),
    (("证件类型", "identity_kind"), ("证件号码", "identity_number"), None),
    (("工作单位(学校)", "unit"), None, None),
    (("联系电话", "phone"), ("所属地区", "region"), None),
)
RESULT = (
    (("竞赛名称", "competition"), None, None),
    (("级别类别", "tier"), ("主办文号", "document_number"), None),
    (("赛项", "skill"), ("组别", "group"), ("参赛形式", "team")),
    (("职业(工种)", "occupation"), ("职业编码", "occupation_code"), ("名次", "place")),
    (("奖项", "award"), ("成绩文件", "result_document"), None),
    (("理论成绩", "theory"), ("实操成绩", "practice"), ("总成绩", "total")),
    (("原等级", "grade_held"), ("原证书编号", "certificate_number"), None),
    (("已获称号", "titles"), ("成绩版本", "release"), None),
)


def kinds_on(selection: Selection) -> tuple[OutcomeKind, ...]:
    """Return the kinds that were chosen, or every kind one applies for."""
    chosen = selection.options.get("matter", "")
    return (OutcomeKind(chosen),) if chosen in MATTERS else tuple(MATTERS)


def matters_on(selection: Selection) -> list[tuple[str, str]]:
    """Return what may be applied for, as (kind, words)."""
    return [(kind.value, words) for kind, words in MATTERS.items()]


def forms_on(selection: Selection) -> list[Told]:
    """Return the entitlements that get a form, by target and place."""
    kinds = kinds_on(selection)
    rows = entitlements_on(selection, kinds, with_conditions=True)
    rows = by_target(rows.filter(person__isnull=False))
    if rows.count() > MOST:
        text = _("一次最多制作 %(most)d 份申报材料，请按赛事、地区或事项缩小范围。")
        raise ExportRefused("too-many", text % {"most": MOST})
    return list(in_places(told(rows, shelf())))


def make_forms(report: Report, batch: ExportBatch, out: IO[bytes]) -> Made:
    """Write one PDF with a form per person and matter; pages are counted per form."""
    lines = forms_on(selection_of(batch))
    if not lines:
        text = _("没有可以制作申报材料的人：没有符合条件的待遇，或都还有待补的事实。")
        raise ExportRefused("nothing-to-export", text)
    refuse_missing((line.row.subject_name, _printed(line)) for line in lines)
    foot = foot_of(batch)

    def drawn() -> Iterator[str]:
        for number, line in enumerate(lines, start=1):
            report(number, len(lines), line.row.subject_name)
            yield form_markup(line, foot)

    out.write(draw(drawn()))
    rows = [[cells.reference(line.row), line.row.value] for line in lines]
    return Made(
        file_name=f"待遇申报材料-{batch.number}.pdf",
        people=len({line.row.person_id for line in lines}),
        lines=len(lines),
        rows_digest=digest_of(rows),
    )


def form_markup(line: Told, foot: str) -> str:
    """Return one form as the markup it is drawn from."""
    values = cells.all_cells(line)
    document = line.document
    context: dict[str, Any] = {
        "title": TITLE,
        "matter": MATTERS[OutcomeKind(line.row.kind)],
        "value": line.row.value,
        "person": table(PERSON, values),
        "result": table(RESULT, values),
        "line": line,
        "authority": values["authority"],
        "mode": values["mode"],
        "citation": values["citation"],
        "number": document.number if document else "",
        "quote": line.decision.quote,
        "conditions": wording.conditions_of(line.decision),
        "notes": [
            phrase_from_plain(note).text(str)
            for note in line.decision.detail.get("notes", [])
        ],
        "reference": values["reference"],
        "foot": foot,
    }
    return render_to_string("awards/print/application.html", context)


def table(
    rows: Sequence[Sequence[tuple[str, str] | None]], values: Mapping[str, Any]
) -> list[list[dict[str, str]]]:
    """Return label and words of every cell; a label without a neighbour spans both."""
    found = []
    for row in rows:
        named = [each for each in row if each is not None]
        written = [
            {"label": label, "text": written_as(values.get(key)), "span": "1"}
            for label, key in named
        ]
        written[-1]["span"] = str(1 + 2 * (len(row) - len(named)))
        found.append(written)
    return found


def written_as(value: object) -> str:
    """Return a value as a form prints it; "" leaves the line blank."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _printed(line: Told) -> str:
    values = cells.all_cells(line)
    words = [written_as(value) for value in values.values()]
    return "".join([*words, line.decision.quote])


def _people(selection: Selection) -> int:
    return people_on(selection, kinds_on(selection))


FORMS = Maker(
    name=NAME,
    title=TITLE,
    make=make_forms,
    people=_people,
    options=(
        ListOption("matter", "申报事项（不选为全部）", matters_on, is_required=False),
    ),
    at_once=20,
)
