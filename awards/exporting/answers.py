"""The columns an authority fills in, at the right end of a list that takes answers."""

from people.spreadsheets import Column

REFERENCE, CHECK, VERDICT = "reference", "check", "verdict"
GRANTED, REFUSED = "核准", "不予核准"
VERDICTS = (GRANTED, REFUSED)
ANSWER_COLUMNS = (
    Column(REFERENCE, "办理编号", 11),
    Column(CHECK, "行校验", 19),
    Column(VERDICT, "答复(核准/不予核准)", 13),
    Column("document", "批复文件", 20, wraps=True),
    Column("answered_on", "答复日期", 12, "date"),
    Column("reason", "理由", 20, wraps=True),
)
EXPLAINED = (
    "办理编号、行校验两栏用于核对，请勿改动；答复填“核准”或“不予核准”，"
    "并写明批复文件和答复日期，不予核准的写明理由。"
)
