"""评分表 on paper as PDF: upright or across, one competitor or many, blank or filled.

Everything printed comes from the form row (its code, versions, values, place in the
ledger) and from the scheme; of the competitor nothing but the workstation code.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.actions import Result
from people.pdf import missing_characters, render_pdfs
from people.qr import qr_address
from scoring.actions.printing import COLUMNS
from scoring.core import paper_codes
from scoring.core.dual import SECOND, groups_of
from scoring.core.marking import is_per_judge, largest_value
from scoring.core.rounding import plain_text
from scoring.core.scheme import Aspect, MarkKind, SubCriterion
from scoring.enums import FormLayout, SignerRole
from scoring.errors import PaperRefused
from scoring.models import PaperForm
from scoring.queries.paper import Given, forms_of, given_on, judges_on
from scoring.queries.schemes import plan_by_digest
from scoring.views import aspect_words
from scoring.views.sheet_parts import control_of, points_text, value_text

ROOMY = 4  # characters
GROUPS = 12  # of four hex digits of the ledger head, as printed
Cells = dict[tuple[str, str, int], tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Box:
    """One place to write in, or what stands there."""

    text: str = ""
    choices: tuple[str, ...] = ()  # to be circled or ticked
    suffix: str = ""
    span: int = 1
    is_void: bool = False  # this seat stands aside for this competitor

    @property
    def is_long(self) -> bool:
        """More than a narrow column holds in full size."""
        return len(self.text) > ROOMY


@dataclass(frozen=True, slots=True)
class Line:
    """One row of boxes of an aspect; ``label`` is the seat where seats have rows."""

    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect on paper."""

    number: int
    title: str
    details: tuple[str, ...]
    levels: tuple[tuple[int, str], ...]
    options: tuple[tuple[str, str], ...]
    kind: str
    maximum: str
    lines: tuple[Line, ...]
    wants_remark: bool


def paper_pdf(
    forms: Sequence[PaperForm],
    *,
    origin: str,
    report: Callable[[int, int], None] | None = None,
) -> bytes:
    """Return the papers as one PDF, in order; each counts its own pages.

    ``origin`` is the address of this server, for the QR codes.  Raises PaperRefused
    naming characters that no font has.
    """
    return render_pdfs(_markups(forms, origin, report), "paper_sheet.css")


def work(report: Any, *, forms: list[int], origin: str, name: str) -> Result:
    """The job that draws many papers."""
    rows = forms_of(forms)

    def told(done: int, total: int) -> None:
        report(done, total, _("排版第 %(done)d 份") % {"done": done})

    return Result(name, paper_pdf(rows, origin=origin, report=told))


def _markups(
    forms: Sequence[PaperForm],
    origin: str,
    report: Callable[[int, int], None] | None,
) -> Iterable[str]:
    given = given_on(forms)
    judges = judges_on([row.sheet for form in forms for row in form.rows.all()])
    for done, form in enumerate(forms, start=1):
        context = form_context(form, given[form.pk], origin, judges)
        if unknown := missing_characters(_printed(context)):
            text = _("这些字没有字形，评分表印不出来：%(characters)s。")
            raise PaperRefused(text % {"characters": "、".join(unknown)}, "no-glyph")
        if report is not None:
            report(done, len(forms))
        yield render_to_string("scoring/paper_sheet.html", context)


def form_context(
    form: PaperForm,
    given: Sequence[Given],
    origin: str,
    judges: Mapping[tuple[int, int], int],
) -> dict[str, Any]:
    """What the paper of one form says; ``judges`` holds each sheet's seats."""
    columns: list[dict[str, Any]] = [
        {"code": row.sheet.entry.code, "version": row.version, "sheet": row.sheet}
        for row in form.rows.all()
    ]
    versions = sorted({column["version"] for column in columns})
    many = COLUMNS[FormLayout(form.layout)] > 1
    sub = _sub(form)
    seats = sorted({seat for column in columns for seat in column["sheet"].seats})
    shown = seats if form.seat is None else [form.seat]
    path = reverse("paper_form", args=[form.code])
    words = "–".join(str(version) for version in (versions[:1] + versions[1:][-1:]))
    return {
        "form": form,
        "competition": form.skill.competition,
        "skill": form.skill,
        "sub": sub,
        "criterion": form.sub_criterion.criterion,
        "many": many,
        "columns": columns,
        "empty": range(COLUMNS[FormLayout(form.layout)] - len(columns)) if many else (),
        "seats": [] if is_group(form.seat) else [seat_label(seat) for seat in shown],
        "whose": _whose(form),
        "rows": rows_of(form, sub, shown),
        "notes": _notes(form, sub.aspects, columns) if form.is_filled else [],
        "signers": _signers(form, seats, given, judges),
        "code": paper_codes.shown(form.code),
        "versions": words,
        "mixed": len(versions) > 1,
        "supersedes": versions[-1] - 1,
        "qr": qr_address(f"{origin.rstrip('/')}{path}?v={words.replace('–', '-')}"),
        "groups": _groups(form.event_hash, GROUPS),
        "digest": _groups(form.digest, 4),
    }


def rows_of(form: PaperForm, sub: SubCriterion, seats: Sequence[int]) -> list[Row]:
    """The aspects that this form asks about, with their boxes."""
    cells: Cells = {
        (sheet, code, seat): (state, value, remark)
        for sheet, values in form.cells.items()
        for code, seat, state, value, remark in values
    }
    found = []
    for number, aspect in enumerate(sub.aspects, start=1):
        own = _asked(form, sub, aspect, seats)
        if own:
            found.append(_row(form, number, aspect, own, cells))
    return found


def asked_of(
    form: PaperForm, sheets: Iterable[Any]
) -> list[tuple[int, Aspect, tuple[int, ...]]]:
    """What a form asks: number, aspect and the seats whose cells are on it."""
    sub = _sub(form)
    seats = sorted({seat for sheet in sheets for seat in sheet.seats})
    shown = seats if form.seat is None else [form.seat]
    every = [
        (number, aspect, _asked(form, sub, aspect, shown))
        for number, aspect in enumerate(sub.aspects, start=1)
    ]
    return [asked for asked in every if asked[2]]


def _asked(
    form: PaperForm, sub: SubCriterion, aspect: Aspect, seats: Sequence[int]
) -> tuple[int, ...]:
    """The seats whose cells of an aspect are on this form."""
    every = groups_of(sub, aspect)
    if is_per_judge(aspect.kind):
        every = tuple(seat for seat in seats if not is_group(seat))
    return every if form.seat is None else tuple(s for s in every if s == form.seat)


def _row(
    form: PaperForm, number: int, aspect: Aspect, own: Sequence[int], cells: Cells
) -> Row:
    many = COLUMNS[FormLayout(form.layout)] > 1
    sheets = [row.sheet for row in form.rows.all()]
    if many:
        has_label = form.seat is None and len(own) > 1
        lines = tuple(
            Line(
                seat_label(seat) if has_label else "",
                tuple(_box(form, aspect, sheet, seat, cells) for sheet in sheets),
            )
            for seat in own
        )
    else:
        boxes = tuple(
            _box(form, aspect, sheets[0], seat, cells, _span(form, sheets[0], seat))
            for seat in own
        )
        lines = (Line("", boxes),)
    return Row(
        number=number,
        title=aspect.description,
        details=aspect_words.details(aspect),
        levels=tuple(enumerate(aspect.descriptors)),
        options=_options(aspect),
        kind=aspect_words.kind_label(aspect.kind),
        maximum=points_text(aspect.maximum) if aspect.maximum else "—",
        lines=lines,
        wants_remark=aspect.kind is MarkKind.DEDUCTION,
    )


def _span(form: PaperForm, sheet: Any, seat: int) -> int:
    """A team's one value stands under all of its seats."""
    if form.seat is not None or not is_group(seat):
        return 1
    return max(len([each for each in sheet.seats if each - each % SECOND == seat]), 1)


def _box(
    form: PaperForm,
    aspect: Aspect,
    sheet: Any,
    seat: int,
    cells: Cells,
    span: int = 1,
) -> Box:
    if not is_group(seat) and seat not in sheet.seats:
        return Box(span=span, is_void=True)
    if form.is_filled:
        state, value, _remark = cells.get((str(sheet.pk), aspect.code, seat), ("",) * 3)
        text = value_text(aspect, state, value) if state else "—"
        return Box(text=text, span=span)
    control = control_of(aspect)
    many = COLUMNS[FormLayout(form.layout)] > 1
    if control == "level":
        return Box(choices=() if many else ("0", "1", "2", "3"), span=span)
    if control == "yes-no":
        return Box(choices=() if many else (_("是"), _("否")), span=span)
    largest = largest_value(aspect)
    if many or control == "choice":
        suffix = ""
    elif control == "faults":
        suffix = _("次")
    elif control == "count" and largest is not None:
        suffix = f"/ {plain_text(largest)}"
    elif control == "time":
        suffix = _("分:秒")
    else:
        suffix = ""
    return Box(suffix=suffix, span=span)


def _options(aspect: Aspect) -> tuple[tuple[str, str], ...]:
    """What a number stands for where one of several answers is chosen."""
    if control_of(aspect) != "choice":
        return ()
    parts = (str(n) for n in range(1, int(largest_value(aspect) or Decimal(0)) + 1))
    return tuple((value, value_text(aspect, "value", value)) for value in parts)


def _notes(
    form: PaperForm, aspects: Sequence[Aspect], columns: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    numbers = {aspect.code: number for number, aspect in enumerate(aspects, start=1)}
    codes = {str(column["sheet"].pk): column["code"] for column in columns}
    return [
        {"code": codes[sheet], "number": numbers[code], "seat": seat, "text": remark}
        for sheet, values in form.cells.items()
        for code, seat, _state, _value, remark in values
        if remark and code in numbers
    ]


def _signers(
    form: PaperForm,
    seats: Sequence[int],
    given: Sequence[Given],
    judges: Mapping[tuple[int, int], int],
) -> list[dict[str, Any]]:
    """Who signs, in order; signatures given on a tablet are printed."""
    own = list(seats)
    if form.seat is not None and not is_group(form.seat):
        own = [form.seat]
    by_role: dict[str, list[Given]] = {}
    for row in given if form.is_filled else ():
        by_role.setdefault(row.role, []).append(row)
    signed = {row.signer: row for row in by_role.get(SignerRole.JUDGE, [])}
    sheet = next(iter(row.sheet_id for row in form.rows.all()), 0)
    lines: list[dict[str, Any]] = [
        {
            "role": _("裁判 %(seat)s") % {"seat": seat_label(seat)},
            "given": signed.get(judges.get((sheet, seat), 0)),
        }
        for seat in own
    ]
    for role, label in (
        (SignerRole.CHIEF_JUDGE, _("裁判长")),
        (SignerRole.SUPERVISOR, _("监督仲裁")),
    ):
        first = next(iter(by_role.get(role, [])), None)
        lines.append({"role": label, "given": first})
    return lines


def _whose(form: PaperForm) -> str:
    if form.seat is None:
        return ""
    if is_group(form.seat):
        return _("全组共评")
    return _("裁判 %(seat)s 用表") % {"seat": seat_label(form.seat)}


def seat_label(seat: int) -> str:
    """A seat's number on paper; the second team's begin anew, marked with a prime."""
    return f"{seat % SECOND}′" if seat > SECOND else str(seat)


def is_group(seat: int | None) -> bool:
    """Whether this seat stands for what a whole team agrees on."""
    return seat is not None and seat % SECOND == 0


def _sub(form: PaperForm) -> Any:
    """The sub-criterion as it was printed, in the version of its scheme."""
    scheme = form.sub_criterion.criterion.scheme
    return plan_by_digest(scheme.digest).subs[form.sub_criterion.code]


def _groups(digest: str, count: int) -> str:
    text = digest.upper()
    return " ".join(text[start : start + 4] for start in range(0, 4 * count, 4))


def _printed(context: Mapping[str, Any]) -> str:
    words = [context["competition"].name, context["skill"].name, context["sub"].name]
    for row in context["rows"]:
        words += [row.title, *row.details, *(text for _n, text in row.levels)]
        words += [text for _n, text in row.options]
        words += [box.text for line in row.lines for box in line.boxes]
    words += [note["text"] for note in context["notes"]]
    return "".join(words)
