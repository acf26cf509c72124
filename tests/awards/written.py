"""A small document of one rule with its three cases, as an officer would write it."""

IDENTIFIER = "sichuan-2026-trial"
TEXT = """# 试写
[document]
title = "四川省竞赛奖励办法（试写）"
issuer = "四川省人力资源和社会保障厅"
status = "in-force"
region = "510000"
in_force_from = 2026-01-01
seen = "text"
source = "试写"

[[rule]]
id = "W-1"
clause = "第一条"
quote = "前三名晋升技师"
[rule.when]
tier = "provincial"
rank = 3
[[rule.grant]]
kind = "grade"
operator = "to-or-up"
grade = "技师"
authority = "四川省人力资源和社会保障厅"
"""
CASES = """rulebook = "sichuan-2026-trial"
[base]
on = 2026-11-12
tier = "provincial"
region = "510000"
year = 2026
[base.facts]
rank = 3
grade_held = "高级工"
[[case]]
name = "第三名"
rule = "W-1"
expect = "entitled"
value = "技师"
[[case]]
name = "第四名"
rule = "W-1"
facts = { rank = 4 }
expect = "refused"
[[case]]
name = "国家级"
rule = "W-1"
tier = "national"
expect = "out-of-scope"
"""
