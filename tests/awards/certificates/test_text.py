"""What a certificate says: awards in words, stored content, English phrases."""

import dataclasses
from datetime import date

import pytest

from awards import certificates
from awards.certificates import CertificateText

WELDER = CertificateText(
    number="SCGJ-2026-01-Z-0002",
    event="2026 年四川工匠杯职业技能大赛",
    name="周𠮷安",
    skill="焊接",
    award="银牌",
    issuer="四川工匠杯组织委员会",
    issued_on=date(2026, 11, 19),
    release="R-2026-0003-7F3A",
    place=2,
    latin_name="ZHOU Ji’an",
    design="provincial",
    design_digest="0" * 64,
    replaces="SCGJ-2026-01-Z-0001",
)


@pytest.mark.parametrize(
    ("award", "label"),
    [
        ("金牌", "金牌"),
        ("Gold", "金牌"),
        ("一等奖", "一等奖"),
        ("Medallion for Excellence", "优胜奖"),
        ("最佳选手", "最佳选手"),
    ],
)
def test_award_is_printed_in_chinese_whatever_the_release_writes(award, label):
    assert certificates.award_label(award) == label


def test_text_survives_as_stored_content():
    content = WELDER.as_content()

    assert CertificateText.of_content(content) == WELDER


@pytest.mark.parametrize(
    ("award", "place", "english"),
    [
        ("银牌", 2, ("the Silver Medal", "second")),
        ("三等奖", 11, ("the Third Prize", "11th")),
        ("优胜奖", 22, ("the Medallion for Excellence", "22nd")),
        ("最佳选手", None, ('"最佳选手"', "")),
    ],
)
def test_awards_and_places_are_said_in_english(award, place, english):
    values = dataclasses.replace(WELDER, award=award, place=place).values()

    assert (values["award_en"], values["place_en"]) == english


def test_check_code_is_the_head_of_the_digest():
    assert certificates.check_code("7f3aa91d" + "0" * 56) == "7F3A-A91D"
