"""A social-insurance list: where somebody is insured, and whether on the list's day.

What a status word means is taken from the short list here; any other word is shown and
decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from awards.comparing.lines import (
    CONFLICT,
    MATCH,
    MISSING_HERE,
    RECORD,
    Difference,
    Taking,
)
from people.core import social_cards
from people.core.masking import Audience, ValueKind, mask
from people.enums import EmploymentKind
from people.models import Person
from people.spreadsheets import (
    Field,
    Problem,
    Row,
    SpreadsheetRefused,
    as_date,
    as_text,
    fold,
    read_table,
    read_workbook,
)
from people.spreadsheets.problems import WARNING

FIELDS = (
    Field("name", ("姓名",), longest=80),
    Field(
        "identity", ("证件号码", "身份证号", "身份证号码"), is_required=True, longest=30
    ),
    Field("unit", ("参保单位", "单位名称", "缴费单位"), is_required=True, longest=120),
    Field("status", ("参保状态", "状态", "缴费状态"), longest=30),
    Field("starts", ("参保起始", "起始日期", "开始日期", "参保日期"), longest=30),
    Field("ends", ("参保终止", "终止日期", "截止日期"), longest=30),
    Field("card", ("社会保障卡号", "社保卡号"), longest=40),
)
ACTIVE = frozenset({"参保", "正常", "正常参保", "参保缴费", "正常缴费", "在保", "缴费"})
ENDED = frozenset(
    {"停保", "中断", "暂停", "暂停缴费", "终止", "注销", "退保", "已停保"}
)


@dataclass(frozen=True, slots=True)
class Insured:
    """One row of the list; ``is_insured`` None: the list does not say."""

    row: Row
    name: str
    identity: str
    unit: str
    status: str
    period: str
    is_insured: bool | None
    card: str


@dataclass(frozen=True, slots=True)
class InsuranceReading:
    """The rows of a list, and what was odd about them."""

    rows: tuple[Insured, ...]
    problems: tuple[Problem, ...]


def read_insurance(content: bytes, *, filename: str, on: date) -> InsuranceReading:
    """Return what a social-insurance list says as of the day ``on``."""
    try:
        workbook = read_workbook(content, filename=filename)
    except SpreadsheetRefused as refusal:
        return InsuranceReading((), (refusal.problem,))
    table = read_table(workbook, FIELDS)
    problems = list(table.problems)
    rows = tuple(_insured(row, on, problems) for row in table.rows)
    return InsuranceReading(rows, tuple(problems))


def _insured(row: Row, on: date, problems: list[Problem]) -> Insured:
    texts = {key: as_text(cell) for key, cell in row.cells.items()}
    if not texts["identity"]:
        problems.append(
            row.problem(
                "identity", "empty-cell",
                "“证件号码”不能为空。 / This cell must not be empty.",
            )
        )  # fmt: skip
    starts, ends = (_day(row, key, problems) for key in ("starts", "ends"))
    return Insured(
        row=row,
        name=texts["name"],
        identity=texts["identity"],
        unit=texts["unit"],
        status=texts["status"],
        period="—".join((texts["starts"], texts["ends"])).strip("—"),
        is_insured=_is_insured(row, texts["status"], starts, ends, on, problems),
        card=social_cards.normalize(texts["card"]),
    )


def _day(row: Row, key: str, problems: list[Problem]) -> date | None:
    day, text = as_date(row.cells[key]), as_text(row.cells[key])
    if text and day is None:
        problems.append(
            row.problem(
                key, "date-unknown",
                f"“{text}”不是日期，没有采用。 / “{text}” is not a date and is not used.",
                severity=WARNING,
            )
        )  # fmt: skip
    return day


def _is_insured(
    row: Row,
    status: str,
    starts: date | None,
    ends: date | None,
    on: date,
    problems: list[Problem],
) -> bool | None:
    """Whether somebody is insured on the day; a period outweighs no status word."""
    if status and status not in ACTIVE | ENDED:
        problems.append(
            row.problem(
                "status", "status-unknown",
                f"参保状态“{status}”未收录，不作判断。 / The status “{status}” is not "
                "known and decides nothing.",
                severity=WARNING,
            )
        )  # fmt: skip
        return None
    if status in ENDED or (ends and ends < on) or (starts and starts > on):
        return False
    return True if status or starts else None


def compare_insured(
    row: Insured, person: Person, others: Sequence[Insured]
) -> tuple[str, list[Difference], Taking | None, list[str]]:
    """Return the outcome of one row about a known person.

    ``others`` are the person's further rows: one with the unit on file settles it.
    """
    unit = person.organization.name if person.organization else ""
    notes: list[str] = []
    found: list[Difference] = []
    if not _same(unit, row.unit):
        if any(
            _same(unit, each.unit) and each.is_insured is not False for each in others
        ):
            notes.append(_("名单另有一行与档案单位相符。"))
        else:
            found.append(Difference(_("单位"), unit or "—", row.unit))
    if row.is_insured is False and not any(each.is_insured for each in others):
        ours = str(person.get_employment_kind_display()) or "—"
        theirs = " ".join(filter(None, (row.status, row.period)))
        found.append(Difference(_("参保状态"), ours, theirs))
    taking, lacking = _taking(row, person, found)
    if found:
        return CONFLICT, found, taking, notes
    if lacking:
        return MISSING_HERE, lacking, taking, notes
    return MATCH, [], None, notes


def _taking(
    row: Insured, person: Person, found: list[Difference]
) -> tuple[Taking | None, list[Difference]]:
    """What the file lacks and the list says; a card that differs is a conflict."""
    values: dict[str, str] = {}
    lacking: list[Difference] = []
    if row.card and person.social_card_number != row.card:
        ours, theirs = _card(person.social_card_number), _card(row.card)
        told = Difference(_("社会保障卡号"), ours or "—", theirs)
        (found if person.social_card_number else lacking).append(told)
        if not person.social_card_number:
            values["social_card_number"] = row.card
    if row.is_insured and not person.employment_kind:
        word = str(EmploymentKind.WORKER.label)
        lacking.append(Difference(_("身份"), "—", word))
        values["employment_kind"] = EmploymentKind.WORKER.value
    taking = Taking(RECORD, "value", "employment", values) if values else None
    return taking, lacking


def _card(number: str) -> str:
    """A card's number as it may stand in a stored line."""
    return mask(ValueKind.SOCIAL_CARD, number, Audience.INTERNAL)


def _same(ours: str, theirs: str) -> bool:
    """Whether two unit names are one but for width, brackets and spaces."""
    return bool(ours) and _plain(ours) == _plain(theirs)


def _plain(name: str) -> str:
    return fold(name).replace(" ", "")
