"""The job that takes a long answered workbook in; its rights were asked for before."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.answers import take_answers
from awards.errors import AnswersRefused
from people.models import User
from people.spreadsheets.uploads import drop_upload, kept_upload

AT_ONCE = 1000  # lines that are entered while the page waits
WORK = "awards.answer_job.run_job"


def run_job(
    report: Callable[[int, int, str], None], *, user: int, token: str, purpose: str
) -> None:
    """Enter the answers of a checked file; all of it or nothing.

    Raises AnswersRefused when the file is gone or a line is refused meanwhile.
    """
    by = User.objects.get(pk=user)
    upload = kept_upload(token, user=by, purpose=purpose)
    if upload is None:
        raise AnswersRefused("expired", _("检查结果已过期，请重新上传文件。"))
    outcome = take_answers(
        upload.content, filename=upload.name, by=by, at=timezone.now(), tell=report
    )
    if not outcome.is_done:
        text = _(
            "检查之后情况有变，%(count)d 处不能登记，什么都没有写入；请重新上传检查。"
        )
        raise AnswersRefused("refused", text % {"count": len(outcome.problems)})
    drop_upload(upload, user=by, purpose=purpose)
    done = outcome.counts["granted"] + outcome.counts["refused"]
    report(done, done, _("已登记 %(count)d 项答复。") % {"count": done})
