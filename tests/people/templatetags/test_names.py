"""Official names break where a reader pauses; days are prose."""

from datetime import date

import pytest
from django.utils.translation import override

from people.templatetags.names import said, to_day, unit


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "德阳旌湖重型机械制造集团有限责任公司第二装配分公司",
            "德阳旌湖重型机械制造集团<wbr>有限责任公司<wbr>第二装配分公司",
        ),
        ("自贡盐井重型容器有限公司", "自贡盐井重型容器有限公司"),
        ("<b>集团</b>", "&lt;b&gt;集团<wbr>&lt;/b&gt;"),
        (None, ""),
    ],
)
def test_a_name_may_break_after_a_body(name, shown):
    assert unit(name) == (f'<span class="official">{shown}</span>' if name else "")


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 3, 9), date(2026, 3, 9), "2026 年 3 月 9 日"),
        (date(2026, 3, 9), date(2026, 3, 11), "2026 年 3 月 9–11 日"),
        (date(2026, 3, 30), date(2026, 4, 1), "2026 年 3 月 30 日至 4 月 1 日"),
    ],
)
def test_days_are_prose(first, last, shown):
    assert to_day(first, last) == shown


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("金牌", "Gold medal"),
        ("优胜奖", "Prize of excellence"),
        ("一个文件自定的奖", "一个文件自定的奖"),
        ("", ""),
        (None, ""),
    ],
)
def test_stored_label_is_said_in_the_readers_language(label, expected):
    with override("en"):
        assert said(label) == expected
    with override("zh-hans"):
        assert said(label) == (label or "")
