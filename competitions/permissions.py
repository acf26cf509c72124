"""What the pages of competitions let people do."""

from people.register import SIGNED_IN, Permission

APPEALS = ("organizer", "supervisor", "results-officer")
VIEWERS = ("organizer", "results-officer", "draw-officer", "supervisor")

PERMISSIONS = (
    Permission("competitions.first_page", (SIGNED_IN,), "登录后去本角色的首页"),
    Permission(
        "competitions.organize",
        VIEWERS,
        "看自己主办或协办的赛事：就绪清单、参赛、人员、公示、留痕",
    ),
    Permission("competitions.edit", ("organizer",), "新建赛事和赛项，改设置，推进阶段"),
    Permission("competitions.review_entries", ("organizer",), "审核参赛"),
    Permission("competitions.appoint", ("organizer",), "聘任和解聘裁判等赛事人员"),
    Permission(
        "competitions.draw",
        ("draw-officer", "organizer"),
        "抽签加密、打印封存单、编工位号、提出解密（抽签和解密只限加密裁判）",
    ),
    Permission(
        "competitions.witness_decode", ("supervisor",), "在场监督，逐级确认解密"
    ),
    Permission(
        "competitions.propose_officer",
        ("organizer", "supervisor"),
        "提出由谁接替不在的加密裁判；另一名监督仲裁确认",
    ),
    Permission("competitions.publicity", ("organizer",), "发起、中止和结束公示"),
    Permission(
        "competitions.objections",
        ("organizer",),
        "登记、答复公示异议，看提出人的联系方式",
    ),
    Permission(
        "competitions.see_appeals", APPEALS, "看申诉和裁定；监督仲裁裁定，赛务记录落实"
    ),
    Permission("competitions.rule_appeals", ("supervisor",), "裁定申诉，用 PIN 确认"),
    Permission("competitions.end_skill", ("organizer", "supervisor"), "记录赛项结束"),
    Permission("competitions.remedy", ("organizer",), "记录裁定和异议如何落实"),
    Permission(
        "competitions.appeal", ("leader",), "提出、答复、撤回申诉，提交公示异议"
    ),
    Permission("competitions.delegation", ("leader",), "看本代表队的参赛和审核结果"),
)
