"""Competitions' own documents and the gaps of all documents."""

from datetime import date

import pytest

from awards.actions.decisions import derive_awards
from awards.actions.documents import (
    confirm_edition_document,
    fill_gap,
    submit_edition_document,
    withdraw_filling,
)
from awards.errors import DocumentRefused, FillingRefused
from awards.models import Decision, EditionDocument, GapFilling
from awards.queries import rulebook, rulebook_text, rulebooks
from awards.shelf import demonstration_files
from people.actions import record_title
from scoring.models import PrizeScale
from tests.awards.results import (
    AT,
    entry_text,
    make_bureau,
    make_competition,
    make_entry,
    make_officer,
    make_person,
    make_release,
    make_skill,
    skill_text,
)

pytestmark = pytest.mark.django_db
TEXT = demonstration_files()[0].read_text(encoding="utf-8")
BY = "system:test"


def _submit(competition, text=TEXT, by=BY):
    return submit_edition_document(competition, text=text, by=by, at=AT)


def test_submitted_document_waits_for_its_confirmation():
    competition = make_competition()

    row = _submit(competition)

    assert (row.identifier, row.confirmed_at) == ("scgj-2026", None)
    assert not rulebook("scgj-2026").confirmed
    assert rulebook_text("scgj-2026") == TEXT
    assert _submit(competition) == row


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("rank = 3", "ranks = 3", "unreadable", "'ranks' is not known here"),
        ('"edition-only"', '"in-force"', "status", "edition-only"),
        ('competition = "scgj-2026"', 'competition = "x"', "competition", "“x”"),
    ],
)
def test_document_with_mistakes_is_refused_and_names_them(old, new, code, words):
    with pytest.raises(DocumentRefused) as refused:
        _submit(make_competition(), TEXT.replace(old, new))

    assert refused.value.code == code
    assert words in refused.value.message
    assert EditionDocument.objects.count() == 0


def test_confirmed_document_is_handed_down_with_citations():
    competition = make_competition()
    officer = make_officer(make_bureau())

    confirm_edition_document(_submit(competition), by=officer, at=AT)

    competition.refresh_from_db()
    title = "《天府杯2026四川省职业技能大赛（演示）奖励办法【虚构演示文件】》"
    number = "（川演示技〔2026〕1号（虚构））"
    assert competition.tier_role == {
        "role": "龙头", "citation": f"{title}{number}第二条"
    }  # fmt: skip
    assert competition.minimum_field == {
        "entries": 5, "otherwise": "不授予奖励", "citation": f"{title}{number}第五条"
    }  # fmt: skip
    conditions = competition.entry_conditions
    assert [(c["id"], c["age_at_least"], c["groups"]) for c in conditions] == [
        ("TF-3", 16, ["worker", "student"])
    ]
    steps = PrizeScale.objects.get().steps
    assert [step["award"] for step in steps] == ["金牌", "银牌", "铜牌", "优胜奖"]
    assert steps[0]["citation"] == f"{title}{number}第四条（一）"


def test_nobody_confirms_what_they_wrote():
    officer = make_officer(make_bureau())
    row = _submit(make_competition(), by=officer)

    with pytest.raises(DocumentRefused) as refused:
        confirm_edition_document(row, by=officer, at=AT)

    assert refused.value.code == "own"


def test_newer_document_is_previewed_beside_the_confirmed_one():
    competition = make_competition()
    confirm_edition_document(
        _submit(competition), by=make_officer(make_bureau()), at=AT
    )

    newer = _submit(competition, TEXT + "# 修订\n")

    own = [b for b in rulebooks(competition) if b.document.competition]
    assert newer.identifier == "scgj-2026-2"
    assert [(b.document.id, b.confirmed) for b in own] == [
        ("scgj-2026-2", False), ("scgj-2026", True)
    ]  # fmt: skip


@pytest.fixture
def holder():
    """A holder of 全国技术能手 whose application waits for 按规定."""
    competition = make_competition("other")
    skill = make_skill(competition)
    person = make_person("甲")
    record_title(person, title="全国技术能手", evidence="文件", by=BY, at=AT)
    entry = make_entry(skill, "1", [person])
    release = make_release(competition, [skill_text(skill, [entry_text(entry, 9)])])
    derive_awards(release, by=BY, at=AT)
    return person


def _application(person):
    return Decision.objects.get(person=person, rule="SC-6", is_current=True)


def _fill(bureau, **changes):
    values = {
        "value": "省职称破格评审办法", "document": "川人社发〔2026〕9号(试验)",
        "authority": bureau, "by": make_officer(bureau), "at": AT,
    }  # fmt: skip
    names = {"rulebook_id": "sichuan-2023-skills-action", "gap_id": "SC-6-procedure"}
    return fill_gap(**names, **{**values, **changes})


def test_filled_gap_entitles_and_is_cited(holder):
    assert _application(holder).missing == ["gap:SC-6-procedure"]

    filling = _fill(make_bureau())

    decision = _application(holder)
    assert (decision.state, decision.missing) == ("entitled", [])
    sources = [row["source"] for row in decision.conditions]
    assert "川人社发〔2026〕9号(试验)" in sources

    withdraw_filling(filling, reason="文件废止", by=filling.filled_by, at=AT)
    assert _application(holder).state == "open"


@pytest.mark.parametrize(
    ("value", "state", "shown"),
    [
        (None, "open", "奖金"),
        (8000, "entitled", "8000.00 元"),
        ({"gold": "10000", "silver": "5000"}, "entitled", "5000.00 元"),
    ],
)
def test_sum_a_document_leaves_open_is_what_the_authority_writes(value, state, shown):
    bureau = make_bureau("650000", "自治区人社厅(试验)")
    competition = make_competition(
        "xj-2024", region="650000", starts_on=date(2024, 10, 1),
        ends_on=date(2024, 10, 3),
    )  # fmt: skip
    skill = make_skill(competition)
    entry = make_entry(skill, "1", [make_person("甲", "650100")])
    release = make_release(
        competition, [skill_text(skill, [entry_text(entry, 2, "银牌")])]
    )
    derive_awards(release, by=BY, at=AT)
    who = {"authority": bureau, "by": make_officer(bureau), "at": AT}
    book, paper = "xinjiang-2024-second", "奖励办法第六条"

    fill_gap(book, "XJ-3-prizes", value="三等奖", document=paper, **who)
    if value is not None:
        fill_gap(book, "XJ-3-amount", value=value, document=paper, **who)

    decision = Decision.objects.get(rule="XJ-3", kind="bonus", is_current=True)
    assert (decision.state, decision.value) == (state, shown)
    if value is not None:
        assert decision.conditions[-1]["source"] == paper


def test_prizes_by_scale_points_are_left_to_the_medal_rule():
    competition = make_competition()
    prize = 'award = "merit"\nlabel = "优胜奖"\nrank_from = 4\nshare = "1/2"'
    points = 'award = "merit"\nlabel = "优胜奖"\npoints_at_least = 700'
    text = TEXT.replace(prize, points).replace('rounding = "floor"\n', "")

    with pytest.raises(DocumentRefused) as refused:
        confirm_edition_document(
            _submit(competition, text), by=make_officer(make_bureau()), at=AT
        )

    assert refused.value.code == "prizes"
    assert "名次规则" in refused.value.message


@pytest.mark.parametrize(
    ("narrowed", "role"),
    [
        ('kind = ["comprehensive"]', "龙头"),
        ('kind = ["industry"]', ""),
        ('named = ["川渝"]', ""),
    ],
)
def test_tier_role_is_handed_down_to_the_competitions_it_names(narrowed, role):
    competition = make_competition()
    text = TEXT.replace('tiers = ["provincial"]', f'tiers = ["provincial"]\n{narrowed}')

    confirm_edition_document(
        _submit(competition, text), by=make_officer(make_bureau()), at=AT
    )

    competition.refresh_from_db()
    assert (competition.tier_role or {}).get("role", "") == role


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"gap_id": "nonsense"}, "gap"),
        ({"document": " "}, "document"),
        ({"value": 3}, "value"),
        ({"gap_id": "SC-8-enterprise", "value": "三"}, "value"),
    ],
)
def test_gap_is_not_filled_without_what_it_needs(changes, code):
    bureau = make_bureau()
    changed = {"rulebook_id": "sichuan-2023-skills-action", **changes}
    gap = changed.pop("gap_id", "SC-6-procedure")
    values = {
        "value": "办法", "document": "文件", "authority": bureau,
        "by": make_officer(bureau), "at": AT,
    }  # fmt: skip
    book = changed.pop("rulebook_id")

    with pytest.raises(FillingRefused) as refused:
        fill_gap(book, gap, **{**values, **changed})

    assert refused.value.code == code
    assert GapFilling.objects.count() == 0
