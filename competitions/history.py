"""What the events of a competition's chain mean, in words.

Events of upper apps are named by their type alone: a word here knows nothing of them.
"""

from django.utils.translation import gettext_lazy as _

from competitions.enums import EntryState, EventRole, Phase

WORDS = {
    "competition-created": _("建立赛事"),
    "competition-changed": _("修改赛事设置"),
    "hosts-set": _("设置主办、承办、协办"),
    "skill-created": _("建立赛项"),
    "delegation-added": _("加入代表队"),
    "tier-role-set": _("按文件设置层级作用"),
    "entry-conditions-set": _("按文件设置参赛条件"),
    "minimum-field-set": _("按文件设置最少参赛数"),
    "prize-scale-set": _("按文件设置奖项"),
    "entry-registered": _("登记参赛"),
    "entry-changed": _("更换参赛人员"),
    "entry-moved": _("参赛状态变更"),
    "appointed": _("聘任"),
    "appointment-withdrawn": _("解聘"),
    "seal": _("抽签封存"),
    "codes-assigned": _("编工位号"),
    "seal-printed": _("打印封存单"),
    "tie-declared": _("裁判申报回避"),
    "tie-withdrawn": _("撤回回避申报"),
    "draw-officer-proposed": _("提出更换加密裁判"),
    "draw-officer-replaced": _("更换加密裁判"),
    "draw-officer-refused": _("不同意更换加密裁判"),
    "unseal-asked": _("提出解密"),
    "unseal-level": _("逐级解密"),
    "unseal": _("全部解密"),
    "phase-advanced": _("阶段推进"),
    "publicity-opened": _("发起公示"),
    "publicity-closed": _("结束公示"),
    "publicity-voided": _("中止公示"),
    "skill-ended": _("记录赛项结束"),
    "appeal-lodged": _("提出申诉"),
    "appeal-ruled": _("裁定申诉"),
    "appeal-answered": _("领队答复裁定"),
    "appeal-withdrawn": _("撤回申诉"),
    "appeal-remedied": _("落实裁定"),
    "objection-entered": _("登记公示异议"),
    "objection-answered": _("答复公示异议"),
    "objection-remedied": _("落实公示异议"),
    "verification-rule-set": _("定抽样复核的规则"),
    "sample-drawn": _("抽样复核：抽样"),
    "sample-escalated": _("抽样复核：转为全部复核"),
    "sample-signed": _("抽样复核：签名"),
    "release": _("发布成绩版本"),
    "device-policy": _("规定哪些设备可以评分"),
    "device-enrolled": _("登记平板"),
    "device-revoked": _("停用平板"),
    "pin-slips": _("打印 PIN 密封条"),
    "best-chosen": _("选定代表队最佳选手"),
    "publish": _("发布成绩版本"),
    "roster-imported": _("导入名册"),
    "scheme-imported": _("导入评分方案"),
    "prize-scale": _("按文件设置奖项"),
    "edition-document-submitted": _("提交本届奖励办法"),
    "edition-document-confirmed": _("确认本届奖励办法"),
    "awards-derived": _("判定待遇"),
    "certificates-issued": _("签发证书"),
    "certificates-superseded": _("证书被新版本取代"),
    "certificate-revoked": _("撤销证书"),
}


def all_words() -> dict[str, str]:
    """Return the words of every type of event, of roles, phases and states.

    A value that means different things in different events is named ``type:value``.
    """
    stored = {**dict(EventRole.choices), **dict(Phase.choices)}
    states = {f"entry-moved:{key}": text for key, text in EntryState.choices}
    return {str(key): str(text) for key, text in (stored | states | WORDS).items()}
