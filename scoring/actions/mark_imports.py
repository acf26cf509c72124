"""Entering a checked file of theory or machine marks: all rows or none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Skill
from people.models import User
from scoring.actions.marks import BATCH, enter_marks
from scoring.errors import MarkingRefused
from scoring.mark_files import MarkFile
from scoring.marking_events import Answer

DEVICE = "import"
TAKEN = (Answer.ACCEPTED, Answer.REPLAYED)


@transaction.atomic
def import_marks(
    skill: Skill, *, file: MarkFile, by: User, at: datetime, device: str = DEVICE
) -> int:
    """Enter every row of a clean file as marks of a results officer; return how many.

    ``device`` stands in the ledger as where they came from.  One mark that is refused undoes all of them, and the refusal names its row.
    """
    if not file.is_clean:
        raise MarkingRefused(_("文件还有错误，先改好再导入。"), "file-errors")
    for start in range(0, len(file.events), BATCH):
        batch = file.events[start : start + BATCH]
        answers = enter_marks(
            skill, events=batch, by=by, device=device, at=at, is_import=True
        )
        for row, answer in zip(file.rows[start:], answers, strict=False):
            if answer.status not in TAKEN:
                raise MarkingRefused(
                    _("第 %(row)d 行（工位 %(code)s）：%(message)s")
                    % {"row": row.number, "code": row.code, "message": answer.message},
                    answer.code,
                )
    return len(file.events)
