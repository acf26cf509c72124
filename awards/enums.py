"""Words the database stores about awards, with their labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DecisionState(TextChoices):
    """认定结论."""

    ENTITLED = "entitled", _("符合")
    OPEN = "open", _("待补")
    REFUSED = "refused", _("不符合")
    PREVIEW = "preview", _("草案")


class EntitlementState(TextChoices):
    """待遇办理状态; *granted* is the authority's answer, never ours."""

    PROPOSED = "proposed", _("拟定")
    MATERIAL_COMPLETE = "material-complete", _("材料齐")
    PUBLICITY = "publicity", _("公示中")
    FILED = "filed", _("已上报")
    GRANTED = "granted", _("已核准")
    REFUSED = "refused", _("不予核准")
    DELIVERED = "delivered", _("已发放")
    REVOKED = "revoked", _("已撤销")
    SUPERSEDED = "superseded", _("已被替代")


class OutcomeKind(TextChoices):
    """What an entitlement is (china-rules.md section 0, 1)."""

    GRADE = "grade", _("技能等级晋升")
    TITLE = "title", _("称号")
    TITLE_APPLICATION = "title-application", _("职称申报")
    PRIORITY_APPLICATION = "priority-application", _("优先申报")
    BONUS = "bonus", _("奖金")
    POOL = "pool", _("入库")
    SQUAD = "squad", _("集训队")
    LABOUR_MEDAL = "labour-medal", _("五一劳动奖章")
    HONOUR = "honour", _("其他荣誉")
    PRIZE = "prize", _("奖项")
    CERTIFICATE = "certificate", _("专业技术等级证书")
    COACH = "coach", _("教练奖励")
    UNIT = "unit", _("单位奖励")


class CertificateState(TextChoices):
    """Life of a certificate."""

    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已撤销")
    SUPERSEDED = "superseded", _("已被替代")


class VersionStep(TextChoices):
    """What happened to a version of a document; without any it is a draft."""

    PROPOSED = "proposed", _("待发布")
    RETURNED = "returned", _("已退回")
    PUBLISHED = "published", _("已发布")


class ReportPeriod(TextChoices):
    """How long the period of a periodic report is."""

    MONTH = "month", _("月报")
    QUARTER = "quarter", _("季报")
    HALF_YEAR = "half-year", _("半年报")
    YEAR = "year", _("年报")


class PoolKind(TextChoices):
    """人才库的类别."""

    SKILLED = "skilled", _("高技能人才库")
    LEADING = "leading", _("领军人才库")
    TEACHER = "teacher", _("师资库")
    OTHER = "other", _("其他人才库")


class PoolBasis(TextChoices):
    """On what a person is in a pool."""

    ENTITLEMENT = "entitlement", _("待遇")
    CRITERION = "criterion", _("入库条件")
    HAND = "hand", _("凭文件入库")


class ReviewOutcome(TextChoices):
    """年度复核的结论."""

    KEEP = "keep", _("保留")
    LEAVE = "leave", _("退出")
    DEFER = "defer", _("暂缓")


class ComparisonKind(TextChoices):
    """Which list of another body our facts are compared with."""

    INSURANCE = "social-insurance", _("社保参保名单")
    GRADES = "grade-list", _("技能等级名单")


class CertificateIssue(TextChoices):
    """Why a certificate was made out."""

    FIRST = "first", _("首次颁发")
    LOST = "lost", _("补发")
    CORRECTED = "corrected", _("换发")


class CertificateWithdrawalState(TextChoices):
    """How far a revocation of a certificate is."""

    ASKED = "asked", _("待复核")
    AGREED = "agreed", _("已撤销")
    DECLINED = "declined", _("未同意")
