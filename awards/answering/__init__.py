"""Answers of an authority: an exported workbook that came back, read and held to it."""

from awards.answering.files import export_number, read_answers
from awards.answering.values import AnswerRow, AnswersReading, Papers, Sent

__all__ = [
    "AnswerRow",
    "AnswersReading",
    "Papers",
    "Sent",
    "export_number",
    "read_answers",
]
