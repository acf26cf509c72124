"""What sign-ins may do with marks and results; docs/permissions.md prints the notes."""

from people.register import PUBLIC, Permission

PERMISSIONS = (
    Permission(
        "scoring.judge_desk",
        ("judge", "chief-judge", "supervisor", "results-officer"),
        "打开评分台，看自己要评、要签、要复核的赛项",
    ),
    Permission(
        "scoring.enter_marks",
        ("judge", "chief-judge"),
        "打开所在评分组的评分表并录入评分；裁判长只能看",
    ),
    Permission(
        "scoring.sign_sheets",
        ("judge", "chief-judge", "supervisor"),
        "以自己的身份用 PIN 签一组评分表",
    ),
    Permission("scoring.call_chief", ("judge",), "呼叫裁判长、报告问题"),
    Permission(
        "scoring.lead_judging",
        ("chief-judge", "supervisor"),
        "看全部评分表的进度、分差、呼叫；裁判长裁定同分名次",
    ),
    Permission(
        "scoring.see_penalties",
        ("chief-judge", "supervisor", "organizer", "results-officer"),
        "看一个赛项的违规处罚",
    ),
    Permission("scoring.impose_penalty", ("chief-judge",), "作出和撤回违规处罚"),
    Permission(
        "scoring.import_marks",
        ("results-officer",),
        "检查、导入理论和设备成绩文件；发放、停用设备的接口密钥",
    ),
    Permission(
        "scoring.verify_results",
        ("results-officer", "organizer"),
        "看核对表；由成绩管理员复核成绩",
    ),
    Permission(
        "scoring.view_results",
        ("organizer", "results-officer"),
        "看赛项的名次、签名与进度",
    ),
    Permission("scoring.import_scheme", ("organizer",), "检查、导入和下载评分方案"),
    Permission("scoring.open_marking", ("organizer",), "生成评分表，安排评分组席位"),
    Permission("scoring.freeze_board", ("organizer",), "封榜与解除封榜"),
    Permission("scoring.publish_release", ("organizer",), "发布编号的成绩版本"),
    Permission(
        "scoring.view_places",
        ("organizer", "results-officer", "chief-judge", "supervisor"),
        "看赛项的名次规则、同分排序和更正",
    ),
    Permission("scoring.choose_rules", ("organizer",), "选名次规则，按文件设置奖项"),
    Permission("scoring.choose_best", ("organizer",), "选定各代表队的最佳选手"),
    Permission(
        "scoring.override_results",
        ("organizer", "results-officer", "chief-judge", "supervisor"),
        "提出更正名次或奖项；确认别人提出的更正",
    ),
    Permission(
        "scoring.audit_result",
        ("organizer", "results-officer", "chief-judge"),
        "逐项查看一个成绩：评分、计算、取舍；裁判长在签名之后",
    ),
    Permission("scoring.take_names", ("organizer",), "下载成绩包的姓名表，下载留痕"),
    Permission(
        "scoring.hand_in_marks",
        (PUBLIC,),
        "考试系统、测量设备凭成绩管理员发的密钥送成绩；没有密钥什么也做不了",
    ),
    Permission(
        "scoring.public_results",
        (PUBLIC,),
        "读公开赛事的最终成绩（JSON），个人只有姓名；核对成绩版本，取成绩包",
    ),
    Permission("scoring.resume_session", (PUBLIC,), "登录失效后在原页面重新登录"),
    Permission("scoring.tablet_shell", (PUBLIC,), "取平板页面的离线外壳，不含数据"),
)
