"""Words the database stores about people, with their statutory labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IdentityKind(TextChoices):
    """Kinds of identity document (china-rules.md 4.3)."""

    RESIDENT = "resident-id", _("居民身份证")
    HMT_RESIDENCE = "hmt-residence", _("港澳台居民居住证")
    HM_PERMIT = "hm-permit", _("港澳居民来往内地通行证")
    TW_PERMIT = "tw-permit", _("台湾居民来往大陆通行证")
    FOREIGN_RESIDENCE = "foreign-residence", _("外国人永久居留身份证")
    PASSPORT = "passport", _("护照")
    OFFICER = "officer", _("军官证")


class Sex(TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
    UNSTATED = "9", _("未说明")


class EmploymentKind(TextChoices):
    """身份: what a person is at work or school."""

    WORKER = "worker", _("职工")
    STUDENT = "student", _("学生")
    TEACHER = "teacher", _("教师")
    APPRENTICE = "apprentice", _("学徒")
    RETIRED = "retired", _("退休")


class OrganizationKind(TextChoices):
    """What an organization is; several at once."""

    MINISTRY = "ministry", _("部委")
    BUREAU = "bureau", _("人社局")
    UNION = "union", _("工会")
    ASSOCIATION = "association", _("协会")
    ALLIANCE = "alliance", _("竞赛联盟")
    RESEARCH_CENTRE = "research-centre", _("研究中心")
    ENTERPRISE = "enterprise", _("企业")
    SCHOOL = "school", _("院校")
    BASE = "base", _("基地")
    ISSUER_Y = "issuer-y", _("用人单位评价机构")
    ISSUER_S = "issuer-s", _("社会评价组织")
    ORGANIZER = "organizer", _("组委会")


class OrganizationRole(TextChoices):
    """A role a user holds in an organization, independent of any competition."""

    ORGANIZER = "organizer", _("赛务")
    HR_OFFICER = "hr-officer", _("待遇经办")
    HR_APPROVER = "hr-approver", _("待遇审批")
    LEADER = "leader", _("领队")
    SYSTEM_ADMINISTRATOR = "system-administrator", _("系统管理员")
    SECURITY_ADMINISTRATOR = "security-administrator", _("安全管理员")
    AUDIT_ADMINISTRATOR = "audit-administrator", _("审计管理员")


class TitleRoute(TextChoices):
    """How a title was won."""

    COMPETITION = "competition", _("竞赛")
    EVALUATION = "evaluation", _("评选")


class HolderKind(TextChoices):
    """Facts that give rights by being held."""

    STATE_ALLOWANCE = "state-allowance", _("国务院特殊津贴专家")
    NATIONAL_STUDIO = "national-studio", _("国家级技能大师工作室领办人")
    PROVINCIAL_STUDIO = "provincial-studio", _("省级技能大师工作室领办人")


class GradeIssuerKind(TextChoices):
    """First letter of a grade certificate's number."""

    EMPLOYER = "Y", _("用人单位")
    SOCIETY = "S", _("社会培训评价组织")


class TitleLevel(TextChoices):
    """Levels of professional titles (职称)."""

    ELEMENTARY = "elementary", _("员级")
    ASSISTANT = "assistant", _("助理级")
    INTERMEDIATE = "intermediate", _("中级")
    ASSOCIATE = "associate", _("副高级")
    FULL = "full", _("正高级")


class StatedField(TextChoices):
    """Values of a person's file that are stated on a document."""

    EMPLOYMENT = "employment_kind", _("身份")
    EDUCATION = "education", _("学历")
    BIRTH = "birth_on", _("出生日期")
    SEX = "sex", _("性别")
    SOCIAL_CARD = "social_card_number", _("社会保障卡号")


class EquivalenceLadder(TextChoices):
    """The ladder on the other side of a grade."""

    PROFESSIONAL_TITLE = "professional-title", _("职称")
    EDUCATION = "education", _("学历")


# 文化程度 as the examination offices write it.
EDUCATIONS = (
    "研究生",
    "大学本科",
    "大学专科",
    "中等专业学校",
    "技工学校",
    "高中",
    "初中",
    "小学",
    "文盲或半文盲",
)
# What an integrity record is about; what each bars: people/core/integrity.py.
SANCTION_SCOPES = ("竞赛", "执裁", "技能评价", "推荐和表彰")
