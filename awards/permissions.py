"""What the pages of awards let people do."""

from people.register import PUBLIC, Permission

_BUREAU = ("hr-officer", "hr-approver")

PERMISSIONS = (
    Permission("awards.bureau", _BUREAU, "看本地区的待遇、说明和人员"),
    Permission("awards.fill_facts", _BUREAU, "登记人员的等级、称号、身份，重新判定"),
    Permission("awards.advance", _BUREAU, "推进待遇的办理，登记主管部门的答复"),
    Permission("awards.documents", _BUREAU, "看规则文件，凭文件填写留白"),
    Permission("awards.confirm_documents", _BUREAU, "确认赛事自己的奖励办法"),
    Permission("awards.import_results", _BUREAU, "导入外部成绩"),
    Permission("awards.export", _BUREAU, "导出花名册和汇总表，下载留痕"),
    Permission(
        "awards.certificates",
        ("organizer", *_BUREAU),
        "为最终成绩制作和下载获奖证书",
    ),
    Permission("awards.edition_document", ("organizer",), "提交赛事自己的奖励办法"),
    Permission("awards.verify", (PUBLIC,), "核验获奖证书"),
)
