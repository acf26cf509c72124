"""What sign-ins may do with marks and results; docs/permissions.md prints the notes."""

from people.register import PUBLIC, Permission

PERMISSIONS = (
    Permission(
        "scoring.judge_desk",
        (
            "judge",
            "reserve",
            "trainee",
            "chief-judge",
            "supervisor",
            "results-officer",
        ),
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
    Permission(
        "scoring.print_sheets",
        ("organizer", "results-officer", "chief-judge", "supervisor"),
        "打印评分表：空白或已填值，横版竖版",
    ),
    Permission(
        "scoring.key_papers",
        ("judge", "results-officer", "chief-judge", "supervisor"),
        "按编号打开纸质评分表；裁判录入自己的格，成绩管理员录入各席位的格",
    ),
    Permission(
        "scoring.choose_keying", ("results-officer",), "定纸面补录是一人还是两人比对"
    ),
    Permission(
        "scoring.take_paper",
        ("chief-judge",),
        "与成绩管理员一起确认裁判已在纸上签名",
    ),
    Permission(
        "scoring.sheet_history",
        ("organizer", "results-officer", "chief-judge", "supervisor", "judge"),
        "看一张评分表的全部留痕；本组裁判在全组评完之后",
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
    Permission("scoring.set_verification", ("organizer",), "定抽样复核的比例"),
    Permission(
        "scoring.correct_appeal", ("results-officer",), "按支持申诉的裁定提出更改评分"
    ),
    Permission(
        "scoring.view_results",
        ("organizer", "results-officer"),
        "看赛项的名次、签名与进度",
    ),
    Permission("scoring.import_scheme", ("organizer",), "检查、导入和下载评分方案"),
    Permission(
        "scoring.see_versions",
        ("organizer", "results-officer", "chief-judge", "supervisor"),
        "看评分方案的各个版本，预览待确认的新版本",
    ),
    Permission(
        "scoring.confirm_version",
        ("organizer", "results-officer", "chief-judge"),
        "裁判长或成绩管理员确认方案新版本；赛务撤回",
    ),
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
    Permission(
        "scoring.request_change",
        ("judge", "chief-judge", "supervisor", "results-officer"),
        "申请更改签名后的一格，批准或拒绝别人的申请，录入批准的值",
    ),
    Permission(
        "scoring.see_change",
        ("judge", "chief-judge", "supervisor", "results-officer", "organizer"),
        "看一项签名后更改：原值、新值、影响、办理经过",
    ),
    Permission(
        "scoring.change_log",
        ("chief-judge", "supervisor", "results-officer", "organizer"),
        "看一个赛项的更改记录，并下载",
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
    Permission(
        "scoring.see_statistics",
        ("chief-judge", "supervisor", "results-officer", "organizer"),
        "看裁判统计，裁判匿名；赛务在成绩发布之后",
    ),
    Permission(
        "scoring.open_statistics",
        ("supervisor",),
        "写明理由，打开裁判统计背后的姓名，留痕",
    ),
    Permission("scoring.resume_session", (PUBLIC,), "登录失效后在原页面重新登录"),
    Permission("scoring.tablet_shell", (PUBLIC,), "取平板页面的离线外壳，不含数据"),
    Permission(
        "scoring.manage_devices",
        ("organizer", "chief-judge"),
        "看赛事的平板，登记、确认、停用平板，选评分组的录入方式",
    ),
    Permission(
        "scoring.watch_devices",
        (
            "organizer",
            "chief-judge",
            "supervisor",
            "results-officer",
            "draw-officer",
        ),
        "看赛事的平板墙：谁在用、待传几条",
    ),
    Permission("scoring.set_device_policy", ("organizer",), "规定只用登记过的平板评分"),
    Permission("scoring.issue_pins", ("organizer",), "发放、重置 PIN，打印密封条"),
    Permission(
        "scoring.release_pin",
        ("organizer", "chief-judge", "supervisor"),
        "两人一起提前解除被锁的 PIN",
    ),
    Permission(
        "scoring.report_tablet",
        ("judge", "chief-judge", "supervisor", "results-officer"),
        "平板上报待传条数、打开的评分表和时钟",
    ),
    Permission(
        "scoring.enter_tablet",
        (PUBLIC,),
        "用登记码登记平板，在登记过的平板上用 PIN 登录",
    ),
    Permission(
        "scoring.watch_teams",
        ("organizer", "chief-judge", "supervisor"),
        "看评分组：谁在哪天评什么，谁须回避，见习裁判的差距",
    ),
    Permission(
        "scoring.arrange_teams",
        ("organizer", "chief-judge"),
        "安排评分组的席位、评分日和组长，重新核对回避",
    ),
    Permission(
        "scoring.seat_reserve",
        ("chief-judge",),
        "请替补裁判上场，作补评许可",
    ),
    Permission("scoring.practise", ("trainee",), "见习评分，不计入成绩"),
)
