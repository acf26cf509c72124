"""What the pages of competitions let people do."""

from people.register import SIGNED_IN, Permission

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
        "抽签加密、编工位号、解密（抽签只限加密裁判）",
    ),
    Permission("competitions.publicity", ("organizer",), "发起和结束公示"),
    Permission("competitions.delegation", ("leader",), "看本代表队的参赛和审核结果"),
)
