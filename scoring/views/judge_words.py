"""The words a tablet's script says, in the judge's language, and the addresses it calls."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from scoring.enums import MarkState


def words() -> dict[str, object]:
    """Return every text that scripts put on a judge's page."""
    return {
        "connected": _("已连接"),
        "sending": _("正在传，%s 条"),
        "offline": _("离线"),
        "offlineWaiting": _("离线，%s 条待传"),
        "restored": _("已恢复，%s 条已收"),
        "restoredPlain": _("已恢复"),
        "othersWaiting": _("这台平板上还有别的裁判的 %s 条待传，请他登录后上传。"),
        "saved": _("已保存 %s"),
        "keptHere": _("待传，已存在本机 %s"),
        "by": _("，%s 录入"),
        "earns": _("得"),
        "deducts": _("扣"),
        "tapToEnter": _("点这里输入"),
        "judge": _("裁判 %s"),
        "said": _("%j：%s"),
        "because": _("，事由：%s"),
        "remarkWanted": _("写事由"),
        "refused": _("%t 录入的“%v”没有收：%s"),
        "notYourSkill": _("这个赛项不归你评，请找裁判长。"),
        "unreadable": _("服务器读不懂这一条，请重新录入；还不行请报告问题。"),
        "noServer": _("连不上服务器，评分留在本机，恢复后再登录。"),
        "helpOffline": _("现在离线，送不出去。请当面找裁判长。"),
        "indexLabel": _("第 %n 项，%s"),
        "progress": _("已评 %d 项，共 %n 项"),
        "next": _("下一项：%n，%s"),
        "review": pgettext("judge", "复核"),
        "reviewMissing": _("复核，还差 %s 项"),
        "reviewAndSign": _("复核并签名"),
        **_keypad_words(),
        "statesFor": _("第 %n 项不打分，原因是"),
        "askAbout": _("第 %n 项分差，请裁定"),
        "pinTyped": _("已输入 %s 位，共 6 位"),
        "signWaiting": _("还有 %s 条待传，到齐后才能签名。"),
        "against": _(
            "两台设备录入得不一样：%d %n 在 %t 录入“%a”，后来到的“%b”替换了它。哪个算数？"
        ),
        "thisDevice": _("另一台设备"),
        "keepIt": _("就是 %s"),
        "takeIt": _("改为 %s"),
        "group": _("正在录入：%s"),
        "why": _("分差重评的事由"),
        "idleLocked": _("五分钟没有动，已锁屏。输入 PIN 继续，评分都在。"),
        "help": {"call": _("呼叫裁判长"), "problem": _("报告问题")},
        "marks": _marks(),
        "states": {str(state.value): str(state.label) for state in MarkState},
    }


def _keypad_words() -> dict[str, str]:
    """What the keypad and the list of faults say."""
    return {
        "keyFor": _("第 %n 项，%s"),
        "keyRange": _("可输入 0–%s"),
        "keyClock": _("按 分秒 依次输入"),
        "keySeconds": _("秒数要小于 60"),
        "faultNumber": _("第 %s 次"),
        "faultFor": _("第 %n 项，第 %s 次扣分的事由"),
        "remark": _("事由"),
        "editFault": _("改第 %s 次的事由"),
        "keyEmpty": _("先输入数值"),
        "keyStep": _("按 %s 取值"),
        "keyLargest": _("最大 %s"),
    }


def _marks() -> dict[str, str]:
    return {
        "empty": _("未评"),
        "value": _("已评"),
        "queued": _("待传"),
        "conflict": _("分差待议"),
        "refused": _("没有收"),
        "void": _("不打分"),
    }


def addresses(**more: str) -> dict[str, str]:
    """Return the addresses every judge's page calls, and ``more`` of this page."""
    return {
        "icons": static("icons.svg"),
        "home": reverse("judge_home"),
        "scope": reverse("judge_home"),
        "marks": reverse("judge_marks"),
        "resume": reverse("judge_resume"),
        "resumeByPin": reverse("judge_resume_by_pin"),
        "lock": reverse("judge_lock"),
        "here": reverse("judge_here"),
        "gone": reverse("judge_gone"),
        "worker": reverse("judge_worker"),
        "alive": "/healthz",
        **more,
    }
