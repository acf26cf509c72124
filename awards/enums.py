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


class ComparedPeople(TextChoices):
    """Whose absence from another body's list is worth saying."""

    OPEN = "open", _("正在办理待遇的人")
    WAITING = "waiting", _("等着补事实的人")
    ALL = "all", _("本单位待遇名单里的所有人")


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


class ExportFormat(TextChoices):
    """The form in which a list leaves."""

    XLSX = "xlsx", _("Excel 工作簿")
    CSV = "csv", _("CSV 文本")


class ExportState(TextChoices):
    """How far a file is."""

    WAITING = "waiting", _("待审批")
    DECLINED = "declined", _("未同意")
    MAKING = "making", _("生成中")
    READY = "ready", _("可取走")
    FAILED = "failed", _("未生成")
    CLEARED = "cleared", _("已清除")


class AnswerSource(TextChoices):
    """How an authority's answer came in."""

    SCREEN = "screen", _("在页面登记")
    WORKBOOK = "workbook", _("由答复表导入")


class MaterialState(TextChoices):
    """What was said about an item of a checklist."""

    PRESENT = "present", _("已齐")
    WAIVED = "waived", _("免交")


class WithdrawalKind(TextChoices):
    """What an entitlement becomes when it is withdrawn."""

    REVOKED = "revoked", _("撤销")
    SUPERSEDED = "superseded", _("替代")


class WithdrawalState(TextChoices):
    """How far a withdrawal of an entitlement is."""

    ASKED = "asked", _("待复核")
    AGREED = "agreed", _("已同意")
    DECLINED = "declined", _("未同意")


class BasisChoice(TextChoices):
    """What became of a changed basis."""

    KEPT = "kept", _("保留")
    WITHDRAWN = "withdrawn", _("已撤回")
    RESTORED = "restored", _("依据又恢复")


class LookPlace(TextChoices):
    """Where somebody looked at a person."""

    PERSON = "person", _("人员页")
    EXPLANATION = "explanation", _("认定说明")
    LIFETIME = "lifetime", _("终身档案")
    TALENT = "talent", _("人才库")
