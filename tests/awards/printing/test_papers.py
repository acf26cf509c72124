"""Papers that go with lists: what is printed, what is left blank, what is refused."""

import io
from datetime import date

import pypdf
import pytest

from awards.actions.exports import Order, export_at_console, opened
from awards.enums import DecisionState, OutcomeKind
from awards.errors import ExportRefused
from awards.models import StaffCertificate
from awards.printing import application, staff
from awards.printing.paper import digest_of
from people.models import Person
from tests.awards import desk
from tests.awards.listings import lists

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


def made(kind, bureau, officer, **changes):
    order = Order(
        kind=kind,
        bureau=bureau,
        purpose="上报",
        document="川人社函〔2026〕1 号",
        **{"is_masked": False, **changes},
    )
    return export_at_console(order, by=officer, approved_by=None, at=desk.AT)


def pages(content: bytes) -> list[str]:
    found = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    return ["".join(text.split()) for text in found]


def test_one_form_per_matter_with_fields_and_reasons(bureau, officer):
    _release, people = lists.final(2)
    desk.make_grade(people[0], 4, "S000051000001262000217")

    batch = made("application-forms", bureau, officer)

    first, second = pages(opened(batch))
    assert batch.rows == 2
    assert "待遇申报材料（平台打印件）" in first
    for words in (
        "选手001",
        desk.number_for(1),
        "S000051000001262000217",
        "第五条",
        "获奖选手晋升职业技能等级",
        "前3名",
        "以其表式为准",
        "第1页，共1页",
        batch.number,
    ):
        assert words in first, words
    assert "选手002" in second and "选手001" not in second


def test_unknown_values_are_blank_never_guessed(bureau, officer):
    _release, (person,) = lists.final(1, detail={})
    Person.objects.filter(pk=person.pk).update(
        birth_on=None, education="", ethnicity="", sex="0", employment_kind=""
    )
    selection = lists.selection(bureau)
    (line,) = application.forms_on(selection)

    markup = application.form_markup(line, "")

    for label in ("性别", "民族", "出生日期", "学历", "原证书编号"):
        after = markup.split(f"<th>{label}</th>")[1].split("</td>")[0]
        assert after.endswith(">　"), label


def test_bonus_and_open_decisions_get_no_form(bureau, officer):
    release, (person,) = lists.final(1, OutcomeKind.BONUS, detail={})
    skill = release.skills.get().skill
    desk.make_decision(
        release,
        skill,
        skill.entries.first(),
        person,
        state=DecisionState.OPEN,
        rule="other",
    )

    with pytest.raises(ExportRefused) as refusal:
        made("application-forms", bureau, officer)

    assert refusal.value.code == "nothing-to-export"


def test_character_without_a_glyph_is_refused_by_name(bureau):
    _release, (person,) = lists.final(1)
    Person.objects.filter(pk=person.pk).update(name="周\U0001f600安")
    (line,) = application.forms_on(lists.selection(bureau))

    with pytest.raises(ExportRefused) as refusal:
        application.refuse_missing([(line.row.subject_name, line.row.subject_name)])

    assert refusal.value.code == "no-glyph"
    assert "U+1F600" in refusal.value.message


def test_staff_certificate_lists_what_is_registered_and_keeps_its_hash(bureau, officer):
    first, second, third = lists.people(3)
    desk.make_grade(first, 5, "S000051000001261000217")
    desk.make_grade(second, 3)
    desk.make_grade(third, 2)

    batch = made("staff-certificates", bureau, officer)

    (page,) = pages(opened(batch))
    kept = StaffCertificate.objects.get()
    number = f"{batch.number}-001"
    lines = [
        ["选手001", "焊工", "高级技师（一级）", "S000051000001261000217", ""],
        ["选手002", "焊工", "高级工（三级）", "", ""],
    ]
    digest = digest_of([number, "蜀山重型机械有限公司", "2026-11-20", lines])
    assert (kept.number, kept.people, kept.digest) == (number, 2, digest)
    assert "选手003" not in page
    assert "共2人" in page and "未登记" in page
    assert digest in page and desk.number_for(1) in page


def test_masked_staff_certificate_shows_no_number_and_has_the_same_lines(
    bureau, officer
):
    (first,) = lists.people(1)
    desk.make_grade(first, 5)

    batch = made("staff-certificates", bureau, officer, is_masked=True)

    (page,) = pages(opened(batch))
    assert desk.number_for(1) not in page
    assert "519***********0010"[:6] in page


def test_staff_of_another_province_or_a_later_certificate_do_not_count(bureau):
    here, guest = lists.people(1), lists.people(1, first=9, region="440100")
    desk.make_grade(guest[0], 5)
    later = desk.make_grade(here[0], 5)
    later.issued_on = date(2026, 12, 1)
    later.save()

    assert list(staff.grades_on(lists.selection(bureau))) == []
