"""The whole talent file of a bureau as a list: a sheet per pool, a line per person.

Reads the bureau's own pools only, a thousand entries at a time.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import override

from awards import talent_words
from awards.enums import PoolBasis
from awards.listings import cells
from awards.listings.base import Listing, ListLine, ListOption, Selection
from awards.listings.cells import shown
from awards.models import Pool, PoolEntry, PoolReview
from awards.queries import talent
from people.core import grades
from people.enums import IdentityKind, Sex
from people.models import GradeHeld
from people.spreadsheets import Cell

CHUNK = 1000
IN, LEFT, ALL = "in", "left", "all"
STATES = ((IN, "在库"), (LEFT, "已退出"), (ALL, "在库和已退出"))
COLUMNS = (
    cells.NUMBER,
    cells.NAME,
    cells.SEX,
    cells.IDENTITY_KIND,
    cells.IDENTITY,
    cells.UNIT,
    shown("region", "所属地区(行政区划代码)", 18, wraps=True),
    cells.PHONE,
    shown("occupation", "职业(工种)", 14, wraps=True),
    shown("grade_held", "技能等级", 10),
    shown("titles", "已获称号", 18, wraps=True),
    shown("entered_on", "入库日期", 12, "date"),
    shown("document", "入库文件", 26, wraps=True),
    shown("basis", "凭什么入库", 24, wraps=True),
    shown("evidence", "事由和证据", 30, wraps=True),
    shown("review", "最近年度复核", 14, wraps=True),
    shown("left_on", "退出日期", 12, "date"),
    shown("left_reason", "退出理由", 22, wraps=True),
    cells.NOTE,
)


def entries_on(selection: Selection) -> QuerySet[PoolEntry]:
    """Return the entries the list prints, pool by pool, by pinyin."""
    rows = PoolEntry.objects.filter(
        pool__bureau=selection.bureau, undone_at__isnull=True
    )
    state = selection.options.get("state", "") or IN
    if state != ALL:
        rows = rows.filter(left_at__isnull=state == IN)
    if pool := selection.options.get("pool", ""):
        rows = rows.filter(pool=int(pool)) if pool.isdecimal() else rows.none()
    if selection.filters.region or selection.filters.q:
        found = talent.TalentFilters(
            region=selection.filters.region, q=selection.filters.q
        )
        rows = talent.matching(rows, found)
    return rows.order_by("pool_id", "person__sort_key", "person_id", "pk")


def lines(selection: Selection) -> Iterator[ListLine]:
    """Yield a line per entry."""
    today = timezone.localdate(selection.at)
    standing = PoolReview.objects.filter(undone_at__isnull=True).order_by("year", "at")
    rows = entries_on(selection).select_related(
        "pool", "person__organization", "entitlement", "criterion"
    )
    rows = rows.prefetch_related(Prefetch("reviews", standing, to_attr="standing"))
    changed = talent.changed_entries(entries_on(selection).order_by(), today)
    sanctioned = set(
        entries_on(selection)
        .filter(talent.sanctioned(today))
        .order_by()
        .values_list("pk", flat=True)
    )
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        people = [row.person for row in chunk]
        held = talent.grades_by_person(people)
        titles = talent.titles_by_person(people)
        for row in chunk:
            notes = []
            if row.pk in changed:
                notes.append("依据已变化")
            if row.pk in sanctioned:
                notes.append("有诚信记录")
            yield ListLine(
                row.pool.name,
                _cells(row, held.get(row.person_id), titles, notes),
                person=row.person_id,
                document=row.pool.document,
            )


def _cells(
    row: PoolEntry,
    held: GradeHeld | None,
    titles: dict[int, list[str]],
    notes: Iterable[str],
) -> dict[str, Cell]:
    person = row.person
    unit = person.organization
    with override(settings.LANGUAGE_CODE):
        basis = talent_words.basis_words(row)
    return {
        "name": person.name,
        "sex": cells.word(Sex, person.sex) if person.sex in "12" else "",
        "identity_kind": cells.word(IdentityKind, person.identity_kind),
        "identity_number": person.identity_number,
        "unit": unit.name if unit else "",
        "region": cells.region_of(person.home_region or (unit.region if unit else "")),
        "phone": person.phone,
        "occupation": (held.occupation_name or held.occupation_code) if held else "",
        "grade_held": grades.LABELS[grades.Grade(held.grade)] if held else "",
        "titles": "、".join(titles.get(person.pk, [])),
        "entered_on": row.entered_on,
        "document": row.document,
        "basis": basis,
        "evidence": row.evidence if row.basis != PoolBasis.ENTITLEMENT else "",
        "review": _reviewed(row),
        "left_on": row.left_on or "",
        "left_reason": row.left_reason,
        "note": "；".join(notes),
    }


def _reviewed(row: PoolEntry) -> str:
    reviews: list[PoolReview] = row.standing  # type: ignore[attr-defined]
    if not reviews:
        return ""
    last = reviews[-1]
    with override(settings.LANGUAGE_CODE):
        return f"{last.year} 年{last.get_outcome_display()}"


def _left_open(_selection: Selection) -> int:
    """Nobody is left out: the list is who is in the pools."""
    return 0


def _people(selection: Selection) -> int:
    rows = entries_on(selection).order_by()
    return rows.values("person").distinct().count()


def _pools(selection: Selection) -> list[tuple[str, str]]:
    rows = Pool.objects.filter(bureau=selection.bureau).order_by("closed_at", "pk")
    return [(str(row.pk), row.name) for row in rows]


def _states(_selection: Selection) -> tuple[tuple[str, str], ...]:
    return STATES


TALENT = Listing(
    name="talent-file",
    title="人才库名册",
    columns=COLUMNS,
    lines=lines,
    left_open=_left_open,
    people=_people,
    options=(
        ListOption("pool", "人才库（不选为全部）", _pools, is_required=False),
        ListOption("state", "状态（不选为在库）", _states, is_required=False),
    ),
)
