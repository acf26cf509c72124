"""The reader's mistakes in the language of who reads them.

The rulebook reader speaks English, for logs and for authors' tools; its sentences are
patterns here, each with the same sentence in Chinese.  A sentence without a pattern is
shown as it is, never hidden.
"""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from awards.core.cases import CASES_PER_RULE, OUT_OF_SCOPE, Difference
from awards.core.drafting import CASES, Finding

_PLACES = {
    "document": "文件信息",
    "rule": "条款",
    "when": "条件",
    "grant": "给予",
    "prize": "奖项",
    "entry": "参赛条件",
    "constraint": "限制",
    "gap": "留白",
    "title": "称号",
    "target": "目标",
    "tier_role": "赛事体系",
    "equivalence": "比照",
    "case": "案例",
}
# Tried in order; a group of a pattern stands in the Chinese by its number.
_SENTENCES = (
    (r"is missing\. Begin the file with \[document\]\.", "缺少。文件请以 [document] 开头。"),
    (r"is missing\. Write it as text, for example (.*)\.", "缺少。请写成文字，例如 \\1。"),
    (r"is missing\. Add \[\[rule\.grant\]\].*", "缺少。请加 [[rule.grant]]，写明给予什么。"),
    (r"is missing\. Name the grade, for example (.*)\.", "缺少。请写明等级，例如 \\1。"),
    (r"is missing\. Name the competition's code\.", "缺少。请写赛事代码。"),
    (r"is missing\. Say what is given\.", "缺少。请写明给予什么。"),
    (r"is missing\. Write the smallest field.*", "缺少。请写最少参赛数，例如 15。"),
    (r"is missing\. Write how many may be named.*", "缺少。请写最多多少名，例如 3。"),
    (r"is missing\. List the titles, (.*)\.", "缺少。请列出称号：\\1。"),
    (r"is missing\. Write skip .*", "缺少。请写 skip（名次顺延）或 no-repeat（不重复授予）。"),
    (r"is missing\. Write it in the case or in \[base\]\.", "缺少。请写在案例里或 [base] 里。"),
    (r"is missing\. Write one of (.*)\.", "缺少。请写其中之一：\\1。"),
    (r"is missing\. Write (?:for example )?(.*)\.", "缺少。请写 \\1。"),
    (r"names gap (.*), which no \[\[gap\]\] declares.*", "用到留白 \\1，但没有 [[gap]] 声明它。请补上。"),
    (r"names (.*), which no \[\[gap\]\] declares.*", "用到留白 \\1，但没有 [[gap]] 声明它。请补上。"),
    (r"names gap (.*), which fills (.*)\.", "用到留白 \\1，但它的 fills 是 \\2，填不到这里。"),
    (r"names (.*), which fills (.*), not (.*)\.", "用到留白 \\1，它的 fills 是 \\2，这里应为 \\3。"),
    (r"is above 高级技师.*", "高于高级技师。特级、首席技师请用 kind = \"priority-application\"。"),
    (r"is no place and no award \((.*)\)\.", "不是名次，也不是奖项。奖项可写：\\1。"),
    (r"is no GB/T 2260 code.*", "不是 GB/T 2260 行政区划代码。请写六位数字，例如 510000。"),
    (r"is before in_force_from.*", "早于 in_force_from。请改正其中之一。"),
    (r"stands only with kind grade or bonus.*", "只能用于 grade 或 bonus。其他的请放在 when 里问。"),
    (r"stands beside what it should leave open.*", "与它留白的内容同时出现。请只保留一个。"),
    (r"stands with earlier_editions.*", "要与 earlier_editions 一起写。"),
    (r"is used twice.*", "用了两次。每一条请用自己的 id。"),
    (r"is a gap no rule asks for.*", "是没有条款用到的留白。请在某个条件里写上它。"),
    (r"is not known here\. Known keys: (.*)\.", "不认识。这里可写的有：\\1。"),
    (r"is not a list of tables\. Write (\S+) before each\.", "不是一组表。请在每一条之前写 \\1。"),
    (r"is (.*), which is not a text\. Write it in quotes\.", "的值 \\1 不是文字。请加引号。"),
    (r"is (.*), which is not a date\..*", "的值 \\1 不是日期。请写成 2022-06-02 的样子，不加引号。"),
    (r"is (.*), which is not a sum\..*", "的值 \\1 不是金额。请把元数写成文字，例如 \"5000\"。"),
    (r"is (.*), which is no rule\. Correct it\.", "写的 \\1 不是这份文件的条款。请改正。"),
    (r"is (.*)\. Write a list of texts, (.*)\.", "的值 \\1 不对。请写一组文字：\\2。"),
    (r"is (.*)\. Write a whole number of at least 1\.", "的值 \\1 不对。请写不小于 1 的整数。"),
    (r"is (.*)\. Write a list of numbers, (.*)\.", "的值 \\1 不对。请写一组数：\\2。"),
    (r"is (.*)\. Write true or false without quotes\.", "的值 \\1 不对。请写 true 或 false，不加引号。"),
    (r"is (.*)\. Write a table, (.*)\.", "的值 \\1 不对。请写成表：\\2。"),
    (r"is (.*)\. Write one of (.*)\.", "的值 \\1 不对。请写其中之一：\\2。"),
    (r"is (.*)\. Write (.*)\.", "的值 \\1 不对。请写 \\2。"),
    (r"is (.*): write (?:the share|the value|it) as text, for example (.*)\.", "的值 \\1 不对。请写成文字，例如 \\2。"),
    (r"is (.*): write places by team size, (.*)\.", "的值 \\1 不对。请按队伍人数写名次：\\2。"),
    (r"is (.*): write a place such as 3, or (.*)\.", "的值 \\1 不对。请写名次，例如 3，或 \\2。"),
    (r"is (.*): write the rounding: floor, ceil or half-up\.", "的值 \\1 不对。取整请写 floor（舍去）、ceil（进一）或 half-up（四舍五入）。"),
    (r"is (.*): write a grade, for example (.*)\.", "的值 \\1 不对。请写等级，例如 \\2。"),
    (r"is (.*): (?:'(.*)' is not a fact; )write one of (.*)\.", "的值 \\1 不对：\\2 不是可用的事实。请写其中之一：\\3。"),
    (r"is (.*): write one of (.*)\.", "的值 \\1 不对。请写其中之一：\\2。"),
    (r"is (.*): write (?:a list of texts|a list of team sizes), for example (.*)\.", "的值 \\1 不对。请写成一组，例如 \\2。"),
    (r"is (.*): write true or leave the key out\.", "的值 \\1 不对。请写 true，或不写这个键。"),
    (r"is (.*): write a whole number of at least 1\.", "的值 \\1 不对。请写不小于 1 的整数。"),
    (r"is (.*): write a text\.", "的值 \\1 不对。请写文字。"),
    (r"is (.*): write (?:for example )?(.*)\.", "的值 \\1 不对。请写 \\2。"),
    (r"is longer than (\d+) characters.*", "超过 \\1 个字符。请拆成几份文件。"),
    (r"has more than (\d+) tables.*", "超过 \\1 条。请拆成几份文件。"),
    (r"are more than (\d+)\..*", "超过 \\1 个。请只留能证明什么的。"),
    (r"are too many to run \((\d+)\).*", "共 \\1 个，条款又多，边写边跑太慢。请拆成几份文件。"),
    (r"holds (U\+\S+), which is no text.*", "含有不是文字的字符 \\1。请删去。"),
    (r"holds too much .*", "一行写得太多或嵌套太深。请分成几个表来写。"),
    (r"is not TOML: (.*)", "不合 TOML 语法：\\1"),
    (r"cannot be read: maximum recursion.*", "嵌套太深。请分成几个表来写。"),
    (r"cannot be read: (.*): not a fact\.", "读不出来：\\1 不是可用的事实。"),
    (r"cannot be read: (.*)", "读不出来：\\1"),
)  # fmt: skip
_TOML = (
    ("Expected ']' at the end of a table declaration", "表头缺少 ]"),
    ("Expected ']]' at the end of an array declaration", "表头缺少 ]]"),
    ("Expected '=' after a key in a key/value pair", "键后面缺少 ="),
    ("Expected newline or end of document after a statement", "一行里多写了内容"),
    ("Cannot overwrite a value", "同一个键写了两次"),
    ("Cannot declare", "同一个表声明了两次："),
    ("Invalid statement", "这一行不是键、表头或注释"),
    ("Invalid value", "值写得不对"),
    ("Illegal character", "有不允许的字符"),
    ("Unterminated string", "引号没有配对"),
    ("Unescaped '\\' in a string", "引号内的反斜杠要写两个"),
    ("Unclosed array", "数组缺少 ]"),
    ("Unclosed inline table", "表缺少 }"),
    ("Expected initial character for a key part", "这里应写键名"),
)
_POSITION = re.compile(r" ?\((?:at line \d+, column (\d+)|at end of document)\)")
_PATTERNS = tuple((re.compile(f"(?s){rx}"), words) for rx, words in _SENTENCES)
NEEDED = {
    "cases": lambda: _("案例不足 %(n)s 个") % {"n": CASES_PER_RULE},
    "entitled": lambda: _("缺一个符合的案例"),
    "refused": lambda: _("缺一个差一点、不符合的案例"),
    OUT_OF_SCOPE: lambda: _("缺一个不在适用范围的案例"),
}
STATES = {
    "entitled": lambda: _("符合"),
    "open": lambda: _("待补"),
    "refused": lambda: _("不符合"),
    "preview": lambda: _("草案"),
    OUT_OF_SCOPE: lambda: _("不适用"),
}
COMPARED = {
    "decision": lambda: _("结论"),
    "value": lambda: _("待遇"),
    "missing": lambda: _("缺的事实"),
}


def is_english() -> bool:
    """Whether the reader's own sentences are the user's language."""
    return (get_language() or "").startswith("en")


def sentence(message: str) -> str:
    """What is wrong and the remedy, in the user's language.

    >>> sentence("is used twice. Give every rule an id of its own.")
    '用了两次。每一条请用自己的 id。'
    """
    if is_english():
        return message
    for pattern, words in _PATTERNS:
        found = pattern.fullmatch(message)
        if found:
            return _toml(found.expand(words)).replace(" or ", " 或 ")
    return message


def _toml(words: str) -> str:
    if "TOML" not in words:
        return words
    for english, chinese in _TOML:
        words = words.replace(english, chinese)
    return _POSITION.sub(
        lambda at: f"（第 {at[1]} 列）" if at[1] else "（文末）", words
    )


def place(text: str) -> str:
    """Where a mistake stands: 条款 SC-6，给予 1，条件."""
    if is_english() or not text:
        return text
    steps = []
    for step in text.split(", "):
        name, _space, ident = step.partition(" ")
        steps.append(" ".join(filter(None, (_PLACES.get(name, name), ident))))
    return "，".join(steps)


def in_words(finding: Finding) -> dict[str, object]:
    """A finding as the page shows it."""
    return {
        "source": finding.source,
        "text": _("案例") if finding.source == CASES else _("文件"),
        "line": finding.line,
        "place": place(finding.place),
        "key": finding.key,
        "message": sentence(finding.message),
    }


def difference(one: Difference) -> dict[str, str]:
    """What was found and what was expected, in words."""
    return {
        "what": str(COMPARED[one.what]()),
        "found": state(one.found),
        "expected": state(one.expected),
    }


def state(word: str) -> str:
    """A decision in words; any other value as it is."""
    return str(STATES[word]()) if word in STATES else word or "—"
