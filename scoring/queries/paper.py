"""Papers: a form with its sheets, what it lacks today, and the signatures it showed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from competitions.models import Skill
from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.core.dual import SECOND
from scoring.models import (
    Mark,
    PanelSeat,
    PaperForm,
    PaperFormSheet,
    PaperKeying,
    Sheet,
)
from scoring.models import Signature as SignatureRow

DEVICE = "paper:"  # with the code: the device of a mark keyed in from paper


@dataclass(frozen=True, slots=True)
class Given:
    """A signature that stood on every sheet of a form when it was printed."""

    role: str
    signer: int
    name: str
    seq: int
    at: object


def forms_with_rows(forms: QuerySet[PaperForm]) -> list[PaperForm]:
    """Forms with everything a page or a print needs; a fixed number of queries."""
    rows = forms.select_related(
        "skill__competition", "sub_criterion__criterion__scheme", "printed_by"
    )
    related = ("rows__sheet__entry", "rows__sheet__sub_criterion")
    return list(rows.prefetch_related(*related).order_by("pk"))


def forms_of(ids: Collection[int]) -> list[PaperForm]:
    """The named forms, as :func:`forms_with_rows`."""
    return forms_with_rows(PaperForm.objects.filter(pk__in=ids))


def marks_on(sheets: Collection[Sheet]) -> list[Mark]:
    """The marks that stand on sheets now; one query."""
    return list(Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets]))


def sheets_on(form: PaperForm) -> list[Sheet]:
    """The sheets of a form in the order of its columns, as they are now."""
    rows = Sheet.objects.filter(paper_rows__form=form)
    related = ("entry", "sub_criterion__criterion", "skill__competition")
    return list(rows.select_related(*related).order_by("paper_rows__position"))


def outdated(form: PaperForm) -> list[PaperFormSheet]:
    """The sheets of the form whose version has moved on since it was printed."""
    rows = PaperFormSheet.objects.filter(form=form).select_related("sheet__entry")
    return [row for row in rows if row.sheet.version != row.version]


def given_on(forms: Sequence[PaperForm]) -> dict[int, list[Given]]:
    """By form: who had signed all of its sheets when it was printed; one query."""
    sheets = {form.pk: {row.sheet_id for row in form.rows.all()} for form in forms}
    wanted = {pk for ids in sheets.values() for pk in ids}
    links = SignatureRow.sheets.through.objects.filter(
        sheet__in=wanted, signature__on_paper__isnull=True
    )
    signed: dict[int, set[int]] = defaultdict(set)
    signatures: dict[int, SignatureRow] = {}
    for link in links.select_related("signature__signer"):
        signed[link.signature_id].add(link.sheet_id)
        signatures[link.signature_id] = link.signature
    return {
        form.pk: [
            Given(row.role, row.signer_id, str(row.signer), row.seq, row.signed_at)
            for pk, row in sorted(signatures.items())
            if row.seq <= form.seq
            and (row.void_at is None or row.void_at > form.printed_at)
            and sheets[form.pk] <= signed[pk]
        ]
        for form in forms
    }


def keyings_of(form: PaperForm) -> list[PaperKeying]:
    """What people keyed in from this form that has not become marks."""
    rows = PaperKeying.objects.filter(form=form, entered_at__isnull=True)
    return list(rows.select_related("keyed_by").order_by("keyed_at", "pk"))


def papers_of(skill: Skill) -> list[PaperForm]:
    """The papers of a skill, newest first, with how many sheets each has."""
    rows = PaperForm.objects.filter(skill=skill).annotate(sheets=Count("rows"))
    related = rows.select_related("sub_criterion", "printed_by")
    return list(related.order_by("-pk")[:200])


def paper_behind(device: str) -> str:
    """The code of the paper a mark was keyed in from, by its event's device.

    >>> paper_behind("paper:7F3A92M4"), paper_behind("T-01")
    ('7F3A92M4', '')
    """
    return device.removeprefix(DEVICE) if device.startswith(DEVICE) else ""


def keyed_from(skill: Skill, sheets: Collection[Sheet]) -> dict[int, set[str]]:
    """By sheet: the codes of the papers its current marks were keyed in from.

    A mark that was made on a tablet stands there as an empty code.
    """
    marks = Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets])
    at = {seq: sheet for sheet, seq in marks.values_list("sheet_id", "seq")}
    found: dict[int, set[str]] = {sheet.pk: set() for sheet in sheets}
    for event in events_of(skill_chain(skill.pk)).filter(seq__in=list(at)):
        found[at[event.seq]].add(paper_behind(event.device))
    return found


def judges_on(sheets: Collection[Sheet]) -> dict[tuple[int, int], int]:
    """Whose seat each (sheet, seat) is: the stand-in's, the holder's, the last one's."""
    skills = {sheet.skill_id for sheet in sheets}
    rows = PanelSeat.objects.filter(skill__in=skills, entry__isnull=True)
    held: dict[tuple[str, int], int] = {}
    for row in rows.order_by(F("left_at").asc(nulls_last=True), "pk"):
        held[row.panel, row.number] = row.judge_id
    found = {}
    for sheet in sheets:
        sub = sheet.sub_criterion
        for seat in sheet.seats:
            letter = sub.second_panel if seat >= SECOND else sub.panel
            judge = sheet.stand_ins.get(str(seat)) or held.get((letter, seat % SECOND))
            if judge is not None:
                found[sheet.pk, seat] = judge
    return found
