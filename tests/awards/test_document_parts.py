"""What documents set besides rules, as the page of a document says it."""

import pytest

from awards.document_parts import parts_of
from awards.queries import rulebook
from awards.shelf import demonstration_files, read, rulebooks


def _texts(name, kind):
    return [part.text for part in parts_of(_book(name)) if part.kind == kind]


def _book(name):
    return next(book for book in rulebooks() if book.document.id == name)


def test_every_part_of_every_document_is_said_in_words():
    for book in (*rulebooks(), *map(read, demonstration_files())):
        parts = parts_of(book)
        kinds = ("tier_roles", "prizes", "entries", "constraints", "titles", "targets")
        counted = sum(len(getattr(book, kind)) for kind in kinds)
        assert len(parts) == counted + len(book.equivalences)
        assert all(part.text and part.clause for part in parts)


def test_limits_and_prizes_of_shanxi_are_said():
    assert _texts("shanxi-2023-provincial", "限制") == [
        "中华技能大奖、全国技术能手、三晋技术能手：只参加选拔，名次顺延"
    ]
    assert _texts("shanxi-2023-provincial", "奖项") == [
        "一等奖：第 1 至 3 名",
        "二等奖：第 4 至 8 名",
        "三等奖：第 9 至 18 名",
        "优胜奖：实际参赛数的 2/3（向下取整）",
    ]
    assert _texts("shanxi-2023-provincial", "参赛条件") == [
        "满 16 周岁，未达法定退休年龄"
    ]


def test_targets_are_said_exactly_and_with_their_denominator():
    plan = _texts("shanxi-2024-skilled-workforce", "目标")
    training = _texts("shanxi-2022-training", "目标")

    assert plan == [
        "2024 年 技能人才占比 33.5%，占就业人员",
        "2024 年 高技能人才占比 31.5%，占技能人才",
        "2025 年 技能人才占比 35%，占就业人员",
        "2025 年 高技能人才占比 1/3，占技能人才",
    ]
    assert training[0] == "2025 年 技能人才占比 37%，占从业人员"


@pytest.mark.django_db
def test_quotas_tier_roles_and_equivalences_are_said():
    assert "四川省技术能手，四川省人力资源和社会保障厅，塔身，十四五 250 名" in _texts(
        "sichuan-2023-skills-action", "称号"
    )
    assert _texts("shandong-2015-skilled-title", "限制") == [
        "山东省技术能手不超过 3 名"
    ]
    assert _texts("guangdong-undated-draft-opinion", "赛事体系")[1] == (
        "龙头：全国职业技能大赛"
    )
    assert _texts("xinjiang-2025-measures", "比照")[0] == (
        "特级技师 → 本单位正高级职称人员；落实相关待遇"
    )
    assert rulebook("xinjiang-2025-measures").is_preview
