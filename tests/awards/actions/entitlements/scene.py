"""Two winners with what they are entitled to, and four people of one bureau."""

from dataclasses import dataclass

from awards.models import Entitlement
from people.models import Organization, User
from tests.awards import desk

WAIVED = "纸质材料已在窗口核验"
DAY = desk.AT.date()


@dataclass
class Scene:
    """A promotion and a title, with the bureau whose they are."""

    bureau: Organization
    officer: User
    clerk: User
    approver: User
    deputy: User
    grade: Entitlement
    title: Entitlement

    @property
    def rows(self):
        return [self.grade, self.title]


def make_scene() -> Scene:
    bureau = desk.make_bureau()
    people = [desk.make_person(f"人{n}", n) for n in (1, 2)]
    release, skill, entries = desk.make_final(people)
    grade = desk.make_decision(release, skill, entries[0], people[0])
    title = desk.make_decision(
        release, skill, entries[1], people[1], kind="title", value="四川省技术能手",
        rule="sc-6",
    )  # fmt: skip
    made = [
        desk.make_entitlement(decision, authority="四川省人社厅", due_on=DAY)
        for decision in (grade, title)
    ]
    return Scene(
        bureau=bureau,
        officer=desk.make_officer(bureau, "officer"),
        clerk=desk.make_officer(bureau, "clerk"),
        approver=desk.make_officer(bureau, "approver", approves=True),
        deputy=desk.make_officer(bureau, "deputy", approves=True),
        grade=made[0],
        title=made[1],
    )
