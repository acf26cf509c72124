"""What the pages of awards let people do."""

from people.register import PUBLIC, SIGNED_IN, Permission

_BUREAU = ("hr-officer", "hr-approver")

PERMISSIONS = (
    Permission("awards.bureau", _BUREAU, "看本地区的待遇、说明和人员"),
    Permission(
        "awards.fill_facts",
        _BUREAU,
        "登记、更正人员的事实和诚信记录，成批导入，重新判定",
    ),
    Permission(
        "awards.advance",
        _BUREAU,
        "推进待遇的办理：材料、公示、上报、登记答复和发放，提请撤销",
    ),
    Permission(
        "awards.agree_withdrawal",
        ("hr-approver",),
        "复核并同意别人提请的待遇撤销和替代",
    ),
    Permission("awards.documents", _BUREAU, "看规则文件，凭文件填写留白"),
    Permission("awards.confirm_documents", _BUREAU, "确认赛事自己的奖励办法"),
    Permission("awards.workshop", _BUREAU, "在文件工坊撰写本地区的规则文件，提请发布"),
    Permission(
        "awards.publish_documents",
        ("hr-approver",),
        "复核后发布或退回别人写的规则文件，预览并重新判定",
    ),
    Permission("awards.import_results", _BUREAU, "导入外部成绩"),
    Permission("awards.export", _BUREAU, "导出花名册和汇总表，下载留痕"),
    Permission(
        "awards.approve_export",
        ("hr-approver",),
        "审批别人申请的完整名单和超过 200 人的名单",
    ),
    Permission(
        "awards.certificates",
        ("organizer", *_BUREAU),
        "为最终成绩制作和下载获奖证书",
    ),
    Permission("awards.simulate", _BUREAU, "用不同的文件模拟以往成绩，只算不存"),
    Permission(
        "awards.calculate",
        ("organizer", *_BUREAU),
        "赛前测算奖项、称号和晋升的名额",
    ),
    Permission("awards.indicators", _BUREAU, "看目标的完成情况，填写统计数字"),
    Permission(
        "awards.reports", _BUREAU, "给一个期间的数字定稿，对照今天的数字，核对证明"
    ),
    Permission("awards.edition_document", ("organizer",), "提交赛事自己的奖励办法"),
    Permission(
        "awards.merge_people",
        ("hr-approver",),
        "把同一个人的两份档案合并为一份，不能撤销",
    ),
    Permission("awards.verify", (PUBLIC,), "核验获奖证书"),
    Permission(
        "awards.own_result",
        (PUBLIC,),
        "凭查询码看本人的成绩、证书和待遇办到哪一步",
    ),
    Permission("awards.result_codes", ("organizer",), "给选手打印查询条，停用查询条"),
    Permission(
        "awards.delegation_codes",
        ("leader",),
        "给本代表队的选手打印查询条，停用查询条",
    ),
    Permission("awards.bureau_codes", _BUREAU, "给本地区的选手打印查询条，停用查询条"),
    Permission("awards.talent", _BUREAU, "看人才库，办理入库、退出和年度复核"),
    Permission("awards.pools", _BUREAU, "凭文件设立、停用人才库，写入库条件"),
    Permission("awards.lifetime", _BUREAU, "看本地区人员的终身档案，下载留痕"),
    Permission(
        "awards.lifetime_full",
        ("hr-approver",),
        "写明用途，下载带完整证件号码的终身档案",
    ),
    Permission("awards.own_file", (SIGNED_IN,), "看和下载本人的终身档案"),
    Permission(
        "awards.agree_certificates",
        ("organizer", "hr-approver"),
        "复核别人提出的获奖证书撤销",
    ),
)
