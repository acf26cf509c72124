"""What a file says of itself: cover, titles, marks on every page, properties.

Always in Chinese, as the authorities read it; the caller has set the language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from awards.exporting.selection import filters_in_words
from awards.listings.base import Listing, Selection
from awards.models import ExportBatch
from people.spreadsheets import Cover, Properties
from people.spreadsheets.streaming import Marks

COVER = "封面"
MASKED = "脱敏：证件号码、联系电话部分隐去，不含性别、出生日期等栏"
FULL = "完整，含个人信息，妥善保管"
NO_PERSONS = "不含需要隐去的个人信息"


@dataclass(frozen=True, slots=True)
class Facts:
    """A batch with what its listing and its selection say, at the moment of making."""

    batch: ExportBatch
    listing: Listing
    selection: Selection
    left_open: int
    at: datetime

    @property
    def moment(self) -> str:
        """The time of making as people read it."""
        return timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M:%S")

    @property
    def privacy(self) -> str:
        """How much of persons the file shows."""
        if not self.batch.is_personal:
            return NO_PERSONS
        return MASKED if self.batch.is_masked else FULL


@dataclass(frozen=True, slots=True)
class Contents:
    """What was written: people by sheet, what the lines cite, the digest of the rows."""

    sheets: Mapping[str, int]
    lines: int
    people: int
    documents: frozenset[str]
    releases: frozenset[str]
    rows_digest: str


def cover_of(facts: Facts, contents: Contents) -> Cover:
    """Return the cover sheet of a workbook."""
    batch, release = facts.batch, facts.batch.release
    releases = sorted(contents.releases | ({release.number} if release else set()))
    unit = "人" if contents.people else "行"
    items = [
        ("导出编号", batch.number),
        ("成绩版本", "\n".join(releases) or "无"),
        ("赛事", release.competition.name if release else "见各行"),
        ("依据文件", "\n".join(sorted(contents.documents)) or "无"),
        ("依据文号", batch.document or "未填"),
        ("导出单位", batch.bureau.name),
        ("经办人", batch.asked_by.name),
        ("审批人", _approved(batch)),
        ("用途", batch.purpose),
        ("筛选条件", filters_in_words(facts.selection, facts.listing.options)),
        ("个人信息", facts.privacy),
        *((sheet, f"{count} 行") for sheet, count in contents.sheets.items()),
        ("合计", f"{contents.people or contents.lines} {unit}"),
        ("另有待补，未列入", f"{facts.left_open} 人"),
        ("内容校验值 SHA-256", contents.rows_digest),
        ("导出时间", f"{facts.moment} (北京时间)"),
    ]
    return Cover(COVER, facts.listing.title, items)


def _approved(batch: ExportBatch) -> str:
    if batch.decided_by is None or batch.decided_at is None:
        return "由管理员在服务器上导出" if batch.is_full else "按规定无需审批"
    moment = timezone.localtime(batch.decided_at).strftime("%Y-%m-%d %H:%M")
    return f"{batch.decided_by.name}，{moment}"


def title_lines(facts: Facts, sheet: str, lines: int) -> tuple[str, str]:
    """Return the two lines above a sheet's heading."""
    words = {"title": facts.listing.title, "sheet": sheet}
    pattern = facts.listing.group_title or "%(title)s(%(sheet)s)"
    batch, parts = facts.batch, [facts.batch.bureau.name]
    if batch.release:
        parts += [batch.release.competition.name, f"成绩版本 {batch.release.number}"]
    parts += [f"{lines} 行", f"导出编号 {batch.number}"]
    if batch.is_personal:
        form = "脱敏件" if batch.is_masked else "完整件，含个人信息，妥善保管"
        parts.append(form)
    return (pattern % words, "　".join(parts))


def marks_of(facts: Facts) -> Marks:
    """Return who took the file away, when and under which number, for every page."""
    batch = facts.batch
    who = f"{batch.bureau.name} {batch.asked_by.name}"
    return Marks(f"{batch.number} {who} {facts.moment[:16]}", facts.privacy)


def properties_of(facts: Facts, rows_digest: str) -> Properties:
    """Return the document properties, those of our own included."""
    batch = facts.batch
    return Properties(
        title=facts.listing.title,
        subject=batch.release.number if batch.release else "",
        keywords=batch.number,
        description=f"SHA-256 {rows_digest}",
        created=facts.at,
        custom=(
            ("导出编号", batch.number),
            ("导出单位", batch.bureau.name),
            ("经办人", batch.asked_by.name),
            ("用途", batch.purpose),
            ("导出时间", facts.moment),
            ("内容校验值", rows_digest),
        ),
    )
