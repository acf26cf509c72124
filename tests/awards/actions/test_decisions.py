"""From a release to decisions and entitlements, and again when facts change."""

from datetime import date, timedelta

import pytest

from awards.actions.decisions import (
    derive_awards,
    refresh_decisions,
)
from awards.actions.documents import confirm_edition_document, submit_edition_document
from awards.models import Decision, Entitlement
from awards.queries import is_stale, lines_of
from awards.shelf import demonstration_files
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from people.actions import confirm_no_grade, record_grade, record_title
from people.core.grades import Grade
from tests.awards.results import (
    AT,
    WELDER,
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

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
BY = "system:test"
LATER = AT + timedelta(days=1)


def _grade(person, grade, issued_on=None):
    record_grade(
        person,
        occupation_code=WELDER,
        grade=int(grade),
        evidence="证书",
        issued_on=issued_on,
        by=BY,
        at=AT,
    )


@pytest.fixture
def confirmed():
    competition = make_competition()
    officer = make_officer(make_bureau())
    text = demonstration_files()[0].read_text(encoding="utf-8")
    row = submit_edition_document(competition, text=text, by=BY, at=AT)
    confirm_edition_document(row, by=officer, at=AT)
    return competition


@pytest.fixture
def welding(confirmed):
    """Wu first without a recorded grade, Zheng second 技师, Zhou fifth with no grade."""
    skill = make_skill(confirmed)
    people = [make_person(name) for name in ("吴", "郑", "周")]
    entries = [make_entry(skill, p.name, [p]) for p in people]
    _grade(people[1], Grade.TECHNICIAN)
    confirm_no_grade(people[2], occupation_code=WELDER, evidence="本人", by=BY, at=AT)
    places = [(1, "金牌"), (2, "银牌"), (5, "优胜奖")]
    texts = [
        entry_text(entry, place, award)
        for entry, (place, award) in zip(entries, places, strict=True)
    ]
    return make_release(confirmed, [skill_text(skill, texts)]), people


def _states(release):
    return {
        (line["person"], line["rule"]): (line["decision"], line["value"])
        for line in lines_of(release)
        if line["decision"] != "refused"
    }


def test_release_is_decided_by_the_competitions_own_document(welding):
    release, _people = welding

    derive_awards(release, by=BY, at=AT)

    promotion = "晋升技师；已持技师的晋升一级"
    assert _states(release) == {
        ("吴", "TF-6"): ("open", promotion),
        ("吴", "TF-8"): ("entitled", "四川省技术能手"),
        ("吴", "TF-9"): ("entitled", "5000.00 元"),
        ("吴", "TF-12"): ("entitled", "省高技能人才库"),
        ("郑", "TF-6"): ("entitled", "高级技师"),
        ("郑", "TF-9"): ("entitled", "3000.00 元"),
        ("郑", "TF-12"): ("entitled", "省高技能人才库"),
        ("周", "TF-7"): ("entitled", "高级工"),
    }
    assert Entitlement.objects.count() == 7
    assert {e.region for e in Entitlement.objects.all()} == {"510100"}


def test_missing_grade_is_named_and_its_recording_entitles(welding):
    release, (wu, _zheng, _zhou) = welding
    derive_awards(release, by=BY, at=AT)
    waiting = Decision.objects.get(person=wu, rule="TF-6", is_current=True)
    assert waiting.missing == ["grade_held"]
    assert not is_stale(waiting)

    _grade(wu, Grade.SENIOR)
    assert is_stale(waiting)
    refresh_decisions(wu, by=BY, at=LATER)

    decided = Decision.objects.get(person=wu, rule="TF-6", is_current=True)
    assert (decided.state, decided.value, decided.detail["from"]) == (
        "entitled", "技师", "高级工"
    )  # fmt: skip
    entitlement = decided.entitlements.get()
    assert (entitlement.state, entitlement.value) == ("proposed", "技师")
    waiting.refresh_from_db()
    assert not waiting.is_current


def test_same_facts_write_nothing_again(welding):
    release, _people = welding
    derive_awards(release, by=BY, at=AT)
    before = (Decision.objects.count(), Entitlement.objects.count())
    events = events_of(competition_chain(release.competition_id)).count()

    derive_awards(release, by=BY, at=LATER)

    assert (Decision.objects.count(), Entitlement.objects.count()) == before
    assert events_of(competition_chain(release.competition_id)).count() == events


def test_grade_won_by_the_promotion_itself_does_not_count_as_held(welding):
    release, (wu, _zheng, _zhou) = welding
    _grade(wu, Grade.SENIOR)
    derive_awards(release, by=BY, at=AT)

    _grade(wu, Grade.TECHNICIAN, issued_on=date(2026, 11, 1))
    refresh_decisions(wu, by=BY, at=LATER)

    decided = Decision.objects.get(person=wu, rule="TF-6", is_current=True)
    assert decided.value == "技师"


def test_holder_of_the_title_is_refused_with_the_reason(welding):
    release, (wu, _zheng, _zhou) = welding
    record_title(
        wu, title="四川省技术能手", evidence="文件", awarded_on=date(2022, 3, 1),
        by=BY, at=AT,
    )  # fmt: skip

    derive_awards(release, by=BY, at=AT)

    refused = Decision.objects.get(person=wu, rule="TF-8", is_current=True)
    assert refused.state == "refused"
    assert refused.reasons[-1] == "此前已获四川省技术能手（称号档案），不重复授予。"
    gaps = Decision.objects.filter(person=wu, rule="SC-6", is_current=True)
    assert [row.state for row in gaps] == ["open"]
    assert "gap:SC-6-procedure" in gaps[0].missing


def test_document_not_confirmed_is_previewed():
    competition = make_competition()
    text = demonstration_files()[0].read_text(encoding="utf-8")
    submit_edition_document(competition, text=text, by=BY, at=AT)
    skill = make_skill(competition)
    entry = make_entry(skill, "吴", [make_person("吴")])
    release = make_release(
        competition, [skill_text(skill, [entry_text(entry, 1, "金牌")])]
    )

    derive_awards(release, by=BY, at=AT)

    assert {state for state, _value in _states(release).values()} == {"preview"}
    assert Entitlement.objects.count() == 0


def test_correction_moves_what_stands_and_supersedes_what_does_not(welding):
    release, (wu, zheng, _zhou) = welding
    derive_awards(release, by=BY, at=AT)
    skill = release.competition.skills.get()
    granted = Entitlement.objects.get(person=zheng, kind="grade")
    granted.state = "granted"
    granted.save()
    entries = {entry.key: entry for entry in skill.entries.all()}
    texts = [
        entry_text(entries["郑"], 1, "金牌"),
        entry_text(entries["吴"], 2, "银牌"),
        entry_text(entries["周"], 5, "优胜奖"),
    ]
    later = make_release(release.competition, [skill_text(skill, texts)], serial=2)

    derive_awards(later, by=BY, at=LATER)

    granted.refresh_from_db()
    assert (granted.state, granted.release_id) == ("granted", later.pk)
    assert not Decision.objects.filter(release=release, is_current=True).exists()
    title = Entitlement.objects.get(person=wu, kind="title")
    assert (title.state, title.state_reason) == ("superseded", "依据已变化")
    assert Entitlement.objects.get(person=zheng, kind="title").state == "proposed"


def test_derivation_is_in_the_ledger_without_personal_data(welding):
    release, _people = welding

    derive_awards(release, by=BY, at=AT)

    event = events_of(competition_chain(release.competition_id)).order_by("seq").last()
    body = body_of(event)
    assert event.type == "awards-derived"
    assert (body["release"], body["states"]["entitled"]) == (release.number, 7)
    assert set(body) == {
        "release", "made", "replaced", "states", "digest", "superseded", "held"
    }  # fmt: skip


def test_pair_shares_its_bonus_and_each_member_is_decided(confirmed):
    skill = make_skill(confirmed, "03", team_size=2, group="student")
    people = [make_person(name) for name in ("柳", "彭")]
    entry = make_entry(skill, "03-01", people)
    coach = make_person("简")
    text = skill_text(skill, [entry_text(entry, 1, "金牌", coaches=[coach])], field=8)
    release = make_release(confirmed, [text])

    derive_awards(release, by=BY, at=AT)

    found = _states(release)
    assert found["柳", "TF-9"] == found["彭", "TF-9"] == ("entitled", "2500.00 元")
    assert found["简", "TF-10"] == ("entitled", "优秀教练")
    assert found["柳", "TF-6-student"][0] == "open"


def test_absent_and_disqualified_entries_are_not_evaluated(confirmed):
    skill = make_skill(confirmed)
    entry = make_entry(skill, "吴", [make_person("吴")])
    text = entry_text(entry, standing="disqualified")
    release = make_release(confirmed, [skill_text(skill, [text])])

    assert derive_awards(release, by=BY, at=AT) == []


def test_rehearsal_entitles_nobody():
    competition = make_competition(tier="national", is_rehearsal=True)
    skill = make_skill(competition)
    entry = make_entry(skill, "吴", [make_person("吴")])
    text = skill_text(skill, [entry_text(entry, 1, "金牌")])

    assert derive_awards(make_release(competition, [text]), by=BY, at=AT) == []


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_people(
    confirmed, count, django_assert_max_num_queries
):
    skill = make_skill(confirmed)
    entries = [make_entry(skill, str(n), [make_person(f"人{n}")]) for n in range(count)]
    texts = [entry_text(entry, n + 1, "金牌") for n, entry in enumerate(entries)]
    release = make_release(confirmed, [skill_text(skill, texts)])

    with django_assert_max_num_queries(32):
        derive_awards(release, by=BY, at=AT)
