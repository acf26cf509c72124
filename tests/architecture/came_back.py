"""What came back to a tenant's bureau: an answered workbook, a list it was compared with."""

from datetime import date
from typing import Any

from awards.comparing.lines import CONFLICT, Difference, Line, to_text
from awards.models import AnswerFile, Comparison, ExportBatch
from people.models import User
from tests.awards import desk


def came_back(word: str, bureau: Any, person: Any, officer: User) -> dict[str, int]:
    """An answer file of the bureau's export and a comparison with one conflict."""
    export = ExportBatch.objects.filter(bureau=bureau).order_by("pk").first()
    file = AnswerFile.objects.create(
        bureau=bureau,
        export=export,
        file_name=f"{word}答复.xlsx",
        digest="0" * 64,
        lines=0,
        granted=0,
        refused=0,
        unchanged=0,
        unanswered=0,
        taken_by=officer,
        taken_at=desk.AT,
    )
    told = (Difference("单位", f"{word}一厂", f"{word}二厂"),)
    line = Line(CONFLICT, name=person.name, person=person.pk, row=2, differences=told)
    comparison = Comparison.objects.create(
        bureau=bureau,
        kind="social-insurance",
        whom="all",
        source=f"{word}参保名单",
        source_on=date(2026, 11, 1),
        file_name=f"{word}名单.xlsx",
        digest="0" * 64,
        lines=1,
        counts={CONFLICT: 1},
        rows=to_text([line]),
        made_by=officer,
        made_at=desk.AT,
    )
    return {"answer file": file.pk, "comparison": comparison.pk}
