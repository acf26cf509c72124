"""The lifetime file on paper: pages counted, digest printed, no empty boxes."""

import io

import pytest

from awards.errors import AwardsError
from awards.lifetime import Viewer, digest_of, lifetime_of, lifetime_pdf
from people.enums import OrganizationKind
from people.pdf import pdf_problem
from tests.awards import desk

pytestmark = pytest.mark.django_db


def read(person):
    bureau = desk.make_bureau()
    return lifetime_of(person, viewer=Viewer.BUREAU, bureau=bureau, at=desk.AT)


def test_a_paper_bears_its_digest_and_counts_its_pages():
    if problem := pdf_problem():
        pytest.skip(problem)
    pypdf = pytest.importorskip("pypdf")
    person = desk.make_person("王芳", 1, unit="成都一厂")
    for code in range(12):
        competition = desk.make_competition(
            code=f"c{code}",
            name=f"第{code}届大赛",
            owner=desk.make_organization(
                f"组委会{code}", "510000", OrganizationKind.ORGANIZER
            ),
        )
        desk.make_final([person], competition)
    file = read(person)

    pages = pypdf.PdfReader(io.BytesIO(lifetime_pdf(file))).pages

    text = "".join(page.extract_text() for page in pages)
    assert "职业技能终身档案" in text.replace(" ", "")
    assert digest_of(file)[:16].upper() in text
    assert f"共 {len(pages)} 页" in text
    assert person.identity_number not in text


def test_a_character_that_no_font_has_is_refused_by_name():
    person = desk.make_person("王芳", 1)
    person.name = "王\ue123"
    person.save()

    with pytest.raises(AwardsError, match="\ue123"):
        lifetime_pdf(read(person))
