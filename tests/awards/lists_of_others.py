"""Lists as other bodies send them, and people they are about."""

from people.actions.persons import identity_hash
from people.spreadsheets import Column, SheetPlan, write_workbook
from tests.awards import desk

GRADE_HEADINGS = ("姓名", "证件号码", "职业", "等级", "证书编号", "发证日期")
INSURANCE_HEADINGS = (
    "姓名",
    "证件号码",
    "参保单位",
    "参保状态",
    "参保起始",
    "参保终止",
)
# Grade 3 (高级工) and 2 (技师) in the 20th character's place, made up but well formed.
SENIOR = "S000051000001253000117"
TECHNICIAN = "S000051000001252000217"


def workbook(headings, *rows):
    """A list with these headings."""
    columns = [Column(str(n), heading) for n, heading in enumerate(headings)]
    lines = [{str(n): cell for n, cell in enumerate(row)} for row in rows]
    return write_workbook([SheetPlan("名单", columns, lines)])


def make_waiting(name, serial, *, region="510100", unit=""):
    """A person of the bureau, found by document, whose decision waits for a grade."""
    person = desk.make_person(name, serial, region=region, unit=unit)
    person.identity_hash = identity_hash("resident-id", person.identity_number)
    person.save()
    competition = desk.Competition.objects.first() or desk.make_competition()
    skill = desk.make_skill(competition, f"{serial:02d}")
    entry = desk.make_entry(skill, [person], f"{serial:02d}")
    release = desk.publish(skill, [(entry, 1, "金牌")], by="system:test")
    desk.make_decision(
        release, skill, entry, person, state="open", missing=["grade_held"]
    )
    return person
