"""Words the database stores about competitions, with their statutory labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tier(TextChoices):
    """赛事层级 (china-rules.md 2.0); class (一类, 二类) is a field of its own."""

    WORLD = "world", _("世界技能大赛")
    INTERNATIONAL = "international", _("国际赛事")
    NATIONAL = "national", _("全国职业技能大赛")
    NATIONAL_INDUSTRY = "national-industry", _("全国行业职业技能竞赛")
    PROVINCIAL = "provincial", _("省级")
    MUNICIPAL = "municipal", _("市级")
    COUNTY = "county", _("区县级")
    ENTERPRISE = "enterprise", _("企业")
    SCHOOL = "school", _("院校")


class CompetitionClass(TextChoices):
    """类别: set at filing, never derived."""

    NONE = "none", _("不分类")
    CLASS_1 = "class-1", _("一类")
    CLASS_2 = "class-2", _("二类")


class CompetitionKind(TextChoices):
    """赛事性质."""

    COMPREHENSIVE = "comprehensive", _("综合")
    INDUSTRY = "industry", _("行业")
    SPECIAL = "special", _("专项")
    RURAL = "rural", _("乡村振兴")
    POST_TRAINING = "post-training", _("岗位练兵")
    SKILL_CONTEST = "skill-contest", _("技能比武")
    FIVE_SMALL = "five-small", _("五小")
    STARTUP = "startup", _("创业创新")


class Phase(TextChoices):
    """赛事阶段, in order; cancelled stands apart."""

    DRAFT = "draft", _("草拟")
    FILED = "filed", _("备案")
    ENTRY = "entry", _("报名")
    PREPARATION = "preparation", _("筹备")
    COMPETING = "competing", _("竞赛")
    VERIFICATION = "verification", _("复核")
    PUBLICITY = "publicity", _("公示")
    FINAL = "final", _("最终")
    ARCHIVED = "archived", _("归档")
    CANCELLED = "cancelled", _("取消")


class Origin(TextChoices):
    """Run here, or taken in from a published table."""

    OWN = "own", _("本平台举办")
    EXTERNAL = "external", _("外部成绩")


class Group(TextChoices):
    """组别."""

    WORKER = "worker", _("职工组")
    STUDENT = "student", _("学生组")
    TEACHER = "teacher", _("教师组")
    OPEN = "open", _("不分组")
    UNKNOWN = "unknown", _("组别未知")


class Track(TextChoices):
    """赛项类别 of national events."""

    NONE = "none", _("不区分")
    SELECTION = "selection", _("世赛选拔")
    NATIONAL_CHOICE = "national-choice", _("国赛精选")


class EntryState(TextChoices):
    """参赛状态."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    FIRST_REVIEW = "first-review", _("初审")
    SECOND_REVIEW = "second-review", _("复审")
    ACCEPTED = "accepted", _("通过")
    RETURNED = "returned", _("退回")
    REJECTED = "rejected", _("不通过")
    COMPETING = "competing", pgettext_lazy("entry state", "参赛")
    ABSENT = "absent", _("缺赛")
    FINISHED = "finished", _("完赛")
    CANCELLED = "cancelled", _("取消")


class EventRole(TextChoices):
    """Roles a person holds in a competition or a skill."""

    CHIEF_JUDGE = "chief-judge", _("裁判长")
    JUDGE = "judge", _("裁判员")
    RESERVE = "reserve", _("替补裁判")
    TRAINEE = "trainee", _("见习裁判")
    FLOOR_JUDGE = "floor-judge", _("现场裁判")
    DRAW_OFFICER = "draw-officer", _("加密裁判")
    SUPERVISOR = "supervisor", _("监督仲裁")
    RESULTS_OFFICER = "results-officer", _("成绩管理")
    DISPLAY_OPERATOR = "display-operator", _("大屏操作")
    LEADER = "leader", _("领队")
    COACH = "coach", _("教练")


class PublicFrom(TextChoices):
    """From which moment a mark counts on public boards."""

    ON_ENTRY = "on-entry", _("录入即显示")
    SHEET_COMPLETE = "sheet-complete", _("评分表评完")
    JUDGE_SIGNED = "judge-signed", _("裁判签名后")
    CHIEF_SIGNED = "chief-signed", _("裁判长签名后")


class BoardNaming(TextChoices):
    """What a public board calls an entry before decode."""

    CODES = "codes", _("工位号")
    ALIASES = "aliases", _("代号")
    PROGRESS = "progress", _("只显示进度")
    NAMES = "names", _("姓名")


class HostRole(TextChoices):
    """主办, 承办, 协办."""

    HOST = "host", _("主办")
    ORGANIZER = "organizer", _("承办")
    SUPPORTER = "supporter", _("协办")


class AppealState(TextChoices):
    """申诉的状态: two levels, the second is the last."""

    LODGED = "lodged", _("待裁定")
    RULED = "ruled", _("已裁定，待答复")
    CARRIED = "carried", _("再申诉，待裁定")
    CLOSED = "closed", _("已终结")
    WITHDRAWN = "withdrawn", _("已撤回")


class ObjectionSource(TextChoices):
    """How an objection 异议 came in."""

    LETTER = "letter", _("来信")
    PHONE = "phone", _("电话")
    VISIT = "visit", _("来访")
    LEADER = "leader", _("领队提交")
