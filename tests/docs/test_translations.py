"""English is complete and compiled, and pages say nothing that is not in the catalogue."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from awards.spoken import spoken
from tests.architecture.sources import named, templates
from tests.docs import catalogue
from tests.docs.catalogue import Message
from tests.factories import (
    make_competition,
    make_delegation,
    make_entry,
    make_member,
    make_organization,
    make_person,
    make_skill,
)

HAN = re.compile("[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w+\}")
# The name of the house and of the other language; statutory names stand in brackets.
OWN_WORDS = ("擂台", "中文", "电工")
BRACKETED = re.compile(r"\([^()]*\)")
TAGS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# Printed in Chinese for everybody; the button that leads to Chinese; titles in 《》.
CHINESE_TEMPLATES = (  # papers for authorities and winners, and the switch itself
    "awards/certificate.html",
    "awards/certificate_sheet.html",
    "awards/print/application.html",
    "awards/print/report.html",
    "awards/print/staff.html",
    "components/language_switch.html",
)


def without_own_words(text: str) -> str:
    for word in OWN_WORDS:
        text = text.replace(word, "")
    return BRACKETED.sub("", text)


def test_message_of_the_sources_is_translated():
    asked = [*catalogue.said_in_modules(), *catalogue.said_in_templates()]
    known = catalogue.translations()

    assert len(asked) > 1000
    missing = {
        f"{named(path)}: {message.context} {message.text}"
        for path, message in asked
        if message not in known
    }
    assert sorted(missing) == []


def test_catalogue_holds_nothing_nobody_says():
    asked = [*catalogue.said_in_modules(), *catalogue.said_in_templates()]
    said = {message for _path, message in asked}

    stale = {message.text for message in catalogue.translations()} - {
        message.text for message in said
    }
    assert sorted(stale) == []


def test_translation_is_filled_in_and_reviewed():
    unfinished = [
        message.text
        for message, entry in catalogue.translations().items()
        if entry.is_fuzzy or not entry.forms or not all(entry.forms)
    ]

    assert unfinished == []


def test_translation_keeps_the_placeholders():
    differing = [
        (message.text, form)
        for message, entry in catalogue.translations().items()
        for form in entry.forms
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(message.text))
    ]

    assert differing == []


def test_translation_is_english():
    chinese = [
        form
        for message, entry in catalogue.translations().items()
        for form in entry.forms
        if HAN.search(without_own_words(form)) and " / " not in message.text
    ]

    assert chinese == []


def test_compiled_catalogue_is_that_of_the_source():
    expected = {
        (message, number): form
        for message, entry in catalogue.translations().items()
        for number, form in enumerate(entry.forms)
    }

    assert catalogue.compiled() == expected, "run msgfmt and commit the .mo"


def test_template_says_nothing_outside_the_catalogue():
    spoken_out = {}
    for path in templates():
        source = path.read_text(encoding="utf-8")
        bare = TAGS.sub("", catalogue.BLOCK.sub("", source))
        left = HAN.findall(re.sub("[《》]", "", bare))
        if left and not named(path).endswith(CHINESE_TEMPLATES):
            spoken_out[named(path)] = "".join(left)

    assert spoken_out == {}


def test_script_has_its_words_from_the_page():
    found = {}
    for path in sorted((settings.ROOT / "static" / "js").rglob("*.js")):
        code = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        lines = [line for line in code.splitlines() if "PAUSES = " not in line]
        if left := HAN.findall("".join(lines)):
            found[path.name] = "".join(left)

    assert found == {}


@pytest.mark.parametrize(
    "stored, said",
    [
        ("第 2 名，银牌", "Place 2, Silver medal"),
        ("第 4 名或以后", "Place 4 or lower"),
        ("职工或教师", "Worker or Teacher"),
        ("现持职业技能等级 高级工", "Grade held Senior worker"),
        ("成绩版本 R-2026-0001-DC5E", "Release R-2026-0001-DC5E"),
        ("晋升技师；已持技师的晋升一级",
         "Promotion to Technician; holders of Technician rise by one grade"),
        ("由省厅另行通知", "由省厅另行通知"),
    ],
)  # fmt: skip
def test_stored_words_of_the_engine_are_said_in_english(stored, said):
    with override("en"):
        assert spoken(stored) == said
    with override("zh-hans"):
        assert spoken(stored) == stored


@pytest.fixture
def desk(client):
    """An organizer who reads English, and a competition whose data are English."""
    owner = make_organization("Committee", kinds=["organizer"], region="510000")
    competition = make_competition(
        owner, name="Skills Cup", document_number="No. 1", code="cup-2026"
    )
    skill = make_skill(
        competition, name="Welding", occupation_name="Welder", draw_levels=0
    )
    make_entry(
        skill,
        delegation=make_delegation(competition, "Delegation"),
        members=[make_person("Smith")],
        is_accepted=False,
    )
    client.force_login(make_member(owner, "organizer", "reader"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client, competition, skill


PAGES = (
    "organize_home",
    "organize_competition",
    "organize_all_entries",
    "organize_appointments",
    "organize_publicity",
    "organize_history",
    "organize_release",
    "organize_roster",
)
SKILL_PAGES = (
    "organize_skill",
    "organize_entries",
    "organize_draw",
    "organize_scheme",
    "organize_results",
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "live_boards", "verify_find", "sign_in"])
def test_public_page_in_english_shows_no_chinese(client, name):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert HAN.findall(without_own_words(page.content.decode())) == []


@pytest.mark.django_db
def test_office_page_in_english_shows_no_chinese_but_data(desk):
    client, competition, skill = desk
    addresses = [
        reverse(name, args=[competition.code] if name != "organize_home" else [])
        for name in PAGES
    ] + [reverse(name, args=[skill.pk]) for name in SKILL_PAGES]

    left = {}
    for address in [*addresses, reverse("me")]:
        page = client.get(address)
        assert page.status_code == 200, address
        found = HAN.findall(without_own_words(page.content.decode()))
        if found:
            left[address] = "".join(found)

    assert left == {}


def test_language_of_messages_is_the_one_of_the_ids():
    with override(settings.LANGUAGE_CODE):
        assert spoken("不分组") == "不分组"
    assert Message("赛项") in catalogue.translations()
