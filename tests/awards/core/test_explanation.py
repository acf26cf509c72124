"""Sentences a clerk can check, and their storing."""

from awards.core.explanation import (
    Answer,
    Phrase,
    from_plain,
    missing_label,
    reasons,
    sentence,
    to_plain,
)
from awards.core.vocabulary import Verdict

ASKED = Phrase("前 {worst} 名", {"worst": "3"})
NO = Answer("名次", ASKED, "名次 第 4 名", "成绩版本 R-2026-0001-abcd", Verdict.NO)
OPEN = Answer("名次", ASKED, "", "", Verdict.UNKNOWN, ("rank", "gap:X-1", "quota:能手"))


def test_sentence_names_what_was_asked_and_found():
    assert sentence(NO) == (
        "名次：要求前 3 名；实际为名次 第 4 名（成绩版本 R-2026-0001-abcd）。不满足。"
    )


def test_sentence_names_what_is_missing():
    assert sentence(OPEN) == (
        "名次：要求前 3 名；现有未知。待补：名次、政策文件待明确的参数 X-1、名额 能手。"
    )


def test_answer_survives_storing():
    assert [from_plain(to_plain(answer)) for answer in (NO, OPEN)] == [NO, OPEN]


def test_reasons_come_in_the_readers_language():
    english = {"须{approval}。": "Needs {approval}.", "经核准": "approval"}

    def translate(text):
        return english.get(text, text)

    notes = [Phrase("须{approval}。", {"approval": "经核准"})]
    assert reasons([], notes, translate) == ["Needs approval."]


def test_unknown_code_is_shown_as_it_is():
    assert missing_label("other") == "other"
