"""Words the database stores about marking and results, with their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SheetState(TextChoices):
    """评分表状态 (domain.md, States)."""

    OPEN = "open", _("评分中")
    COMPLETE = "complete", _("评完")
    JUDGE_SIGNED = "judge-signed", _("裁判已签")
    CHIEF_SIGNED = "chief-signed", _("裁判长已签")
    SUPERVISED = "supervised", _("监督已签")
    LOCKED = "locked", _("锁定")


class MarkState(TextChoices):
    """What stands in a cell; *not scored* is the absence of a row."""

    VALUE = "value", _("已评")
    ABSENT = "absent", _("缺考")
    UNFINISHED = "unfinished", _("未完成")
    DISQUALIFIED = "disqualified", _("取消")
    NOT_APPLICABLE = "not-applicable", _("不适用")


class ResultState(TextChoices):
    """A skill's result from first mark to final (domain.md, States)."""

    PROVISIONAL = "provisional", _("实时（非最终）")
    VERIFIED = "verified", _("已复核")
    DECODED = "decoded", _("已解密")
    PUBLICITY = "publicity", _("公示中")
    FINAL = "final", _("最终")


class SignerRole(TextChoices):
    """In whose role a set of sheets is signed."""

    JUDGE = "judge", _("裁判员")
    CHIEF_JUDGE = "chief-judge", _("裁判长")
    SUPERVISOR = "supervisor", _("监督仲裁")


class FormLayout(TextChoices):
    """How sheets are printed: paper upright or across, one competitor or many."""

    TALL = "tall", _("竖版，一人一张")
    WIDE = "wide", _("横版，一人一张")
    TALL_MANY = "tall-many", _("竖版，一张 6 人")
    WIDE_MANY = "wide-many", _("横版，一张 12 人")


class Standing(TextChoices):
    """Where an entry stands: ranked, or listed apart."""

    RANKED = "ranked", _("有名次")
    NOT_SCORED = "not-scored", _("未评")
    ABSENT = "absent", _("缺考")
    UNFINISHED = "unfinished", _("未完成")
    DISQUALIFIED = "disqualified", _("取消成绩")
    GUEST = "guest", _("不计名次")


class Overridden(TextChoices):
    """What of a result a recorded override (更正) may set."""

    PLACE = "place", _("名次")
    AWARD = "award", _("奖项")


class Audience(TextChoices):
    """Who looks at a board."""

    PUBLIC = "public", _("公众")
    HALL = "hall", _("大屏")
    JUDGES = "judges", _("裁判")
    ORGANIZERS = "organizers", _("赛务")


class CheckOutcome(TextChoices):
    """What the hand check of one sheet found."""

    RIGHT = "right", _("无误")
    WRONG = "wrong", _("评分有误")
    REMARK = "remark", _("只有记录问题")


class ChangeReason(TextChoices):
    """Why a signed mark is to be changed."""

    ENTRY = "entry", _("录入错误")
    STANDARD = "standard", _("评分标准理解有误")
    MEASUREMENT = "measurement", _("测量或计数有误")
    FACT = "fact", _("补充了评分时没有的事实")
    FINDING = "finding", _("成绩复核发现")
    RULING = "ruling", _("申诉裁定")
    OTHER = "other", _("其他")


class RequestRole(TextChoices):
    """In whose role a change of a signed mark is asked for or decided."""

    JUDGE = "judge", _("裁判员")
    CHIEF_JUDGE = "chief-judge", _("裁判长")
    SUPERVISOR = "supervisor", _("监督仲裁")
    RESULTS_OFFICER = "results-officer", _("成绩管理")


class Decision(TextChoices):
    """What became of a change request that was decided."""

    APPROVED = "approved", _("批准")
    REJECTED = "rejected", _("不批准")
