"""Lists of people: every cell of a line, the sheets, who is on them and who is not."""

from datetime import date
from decimal import Decimal

import pytest

from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.listings.base import Privacy
from awards.listings.registry import LISTINGS
from tests.awards import desk
from tests.awards.listings import lists

pytestmark = pytest.mark.django_db
DOCUMENT = "四川省人民政府关于实施技能四川行动的意见"


@pytest.fixture
def bureau():
    return desk.make_bureau()


def test_roster_line_says_everything_in_the_order_bureaus_work_with(bureau):
    release, people = lists.final(1)
    desk.make_grade(people[0], 4, "S000051000001262000217")
    entitlement = people[0].entitlements.get()

    (line,) = lists.lines("promotion-roster", bureau)

    assert (line.sheet, line.entitlement, line.person, line.release) == (
        "高级技师",
        entitlement.pk,
        people[0].pk,
        release.number,
    )
    keys = [each.column.key for each in LISTINGS["promotion-roster"].columns]
    shown = {key: line.cells.get(key) for key in keys}
    citation = shown.pop("citation")
    assert citation.startswith("《") and citation.endswith("》第五条")
    assert shown == {
        "number": None,
        "name": "选手001",
        "sex": "男",
        "identity_kind": "居民身份证",
        "identity_number": desk.number_for(1),
        "ethnicity": "汉族",
        "birth_on": date(1991, 4, 7),
        "education": "大学专科",
        "employment": "职工",
        "unit": "蜀山重型机械有限公司",
        "region": "四川省成都市(510100)",
        "phone": "13800000001",
        "competition": "2026 年四川工匠杯职业技能大赛",
        "tier": "省级一类",
        "document_number": "川工匠杯〔2026〕1 号",
        "skill": "焊接",
        "group": "职工组",
        "team": "单人",
        "occupation": "焊工",
        "occupation_code": "6-18-02-04",
        "place": Decimal(1),
        "award": "金牌",
        "theory": Decimal("26.55"),
        "practice": Decimal("63.88"),
        "total": Decimal("90.43"),
        "grade_held": "技师",
        "certificate_number": "S000051000001262000217",
        "value": "高级技师",
        "note": "",
    }


def test_sheets_go_down_the_ladder_and_places_up_within_each(bureau):
    release, people = lists.final(3, value="高级工")
    skill = release.skills.get().skill
    extra = desk.make_person("后来", 50)
    entry = desk.make_entry(skill, [extra], "99")
    desk.make_entitlement(desk.make_decision(release, skill, entry, extra))

    found = lists.lines("promotion-roster", bureau)

    assert [(line.sheet, line.cells["name"]) for line in found] == [
        ("高级技师", "后来"),
        ("高级工", "选手001"),
        ("高级工", "选手002"),
        ("高级工", "选手003"),
    ]


def test_lost_and_open_ones_are_left_out_and_the_open_counted(bureau):
    release, (first, second) = lists.final(2)
    first.entitlements.update(state=EntitlementState.REVOKED)
    skill = release.skills.get().skill
    entry = skill.entries.first()
    desk.make_decision(
        release, skill, entry, first, state=DecisionState.OPEN, rule="other"
    )

    found = lists.lines("promotion-roster", bureau)

    assert [line.person for line in found] == [second.pk]
    assert LISTINGS["promotion-roster"].left_open(lists.selection(bureau)) == 1
    assert LISTINGS["promotion-roster"].people(lists.selection(bureau)) == 1


def test_one_under_way_stays_although_its_basis_has_changed(bureau):
    _release, (person,) = lists.final(1)
    person.entitlements.update(state=EntitlementState.FILED, basis_changed=True)

    (line,) = lists.lines("promotion-roster", bureau)

    assert line.cells["note"] == "依据已变化，待复核"


def test_another_province_is_on_no_list(bureau):
    release, _people = lists.final(1)
    skill = release.skills.get().skill
    guest = desk.make_person("外省选手", 9, region="440100")
    entry = desk.make_entry(skill, [guest], "99")
    desk.make_entitlement(desk.make_decision(release, skill, entry, guest))

    names = [line.cells["name"] for line in lists.lines("promotion-roster", bureau)]

    assert names == ["选手001"]


@pytest.mark.parametrize(
    ("name", "kind", "value"),
    [
        ("title-candidates", OutcomeKind.TITLE, "四川省技术能手"),
        ("pool-entries", OutcomeKind.POOL, "省高技能人才库"),
        ("squad-list", OutcomeKind.SQUAD, "自治区集训队"),
        ("honour-recommendations", OutcomeKind.LABOUR_MEDAL, "四川省五一劳动奖章"),
        ("technical-certificates", OutcomeKind.CERTIFICATE, "专业技术等级证书"),
        ("title-applications", OutcomeKind.TITLE_APPLICATION, "正高级职称"),
        ("priority-applications", OutcomeKind.PRIORITY_APPLICATION, "特级技师"),
    ],
)
def test_each_kind_is_on_its_own_list_with_its_own_sheet(bureau, name, kind, value):
    lists.final(2, kind, value=value)

    found = lists.lines(name, bureau)

    assert [(line.sheet, line.cells["place"]) for line in found] == [
        (value, Decimal(1)),
        (value, Decimal(2)),
    ]
    assert lists.lines("promotion-roster", bureau) == []


def test_direct_application_on_a_prize_names_it_and_its_day(bureau):
    lists.final(1, OutcomeKind.TITLE_APPLICATION, value="正高级职称")

    (line,) = lists.lines("title-applications", bureau)

    assert (line.cells["ground"], line.cells["acquired"]) == (
        "2026 年四川工匠杯职业技能大赛 焊接 第 1 名，金牌",
        "2026-11-12",
    )


def test_direct_application_on_a_title_names_the_title_and_its_day(bureau):
    _release, (person,) = lists.final(
        1,
        OutcomeKind.TITLE_APPLICATION,
        value="正高级职称",
        conditions=[
            {
                "name": "已获荣誉",
                "asked": {
                    "template": "具备其一：{honours}",
                    "values": {"honours": "中华技能大奖、全国技术能手"},
                },
                "found": "已获称号 全国技术能手、成都市技术能手",
                "source": "称号档案",
                "verdict": "yes",
                "missing": [],
                "gap": "",
            }
        ],
    )
    for title, day in (("全国技术能手", date(2024, 5, 6)), ("成都市技术能手", None)):
        person.titlehelds.create(
            title=title, awarded_on=day, recorded_by="user:1", recorded_at=desk.AT
        )

    (line,) = lists.lines("title-applications", bureau)

    assert (line.cells["ground"], line.cells["acquired"]) == (
        "全国技术能手",
        "2024-05-06",
    )


def test_document_never_seen_in_the_original_is_marked(bureau):
    lists.final(1, OutcomeKind.POOL, value="人才库", detail={"seen": "report"})

    (line,) = lists.lines("pool-entries", bureau)

    assert line.cells["citation"].endswith("第五条（原文未见）")


def test_no_list_shows_sex_or_birth_beside_a_mask():
    for listing in LISTINGS.values():
        for each in listing.columns:
            if each.column.key in ("sex", "birth_on", "birth_month"):
                assert each.privacy is Privacy.HIDDEN, (listing.name, each.column.key)
            if each.column.key == "identity_number":
                assert each.privacy is Privacy.IDENTITY, listing.name
            if each.column.key == "phone":
                assert each.privacy is Privacy.PHONE, listing.name


def test_an_answered_list_has_one_line_per_entitlement(bureau):
    lists.final(3, OutcomeKind.COACH, value="优秀教练")

    for listing in LISTINGS.values():
        found = [line.entitlement for line in lists.lines(listing.name, bureau)]
        stands = [pk for pk in found if pk]
        assert not listing.takes_answers or len(stands) == len(set(stands))


@pytest.mark.parametrize("name", sorted(set(LISTINGS) - {"periodic-report"}))
def test_queries_do_not_grow_with_people(bureau, name, django_assert_max_num_queries):
    listing = LISTINGS[name]
    kinds = list(OutcomeKind)
    release, people = lists.final(1)
    skill = release.skills.get().skill
    everything(release, skill, people, kinds)
    chosen = lists.selection(bureau)
    list(listing.lines(chosen))
    with django_assert_max_num_queries(80) as few:
        list(listing.lines(chosen))
    more = [
        desk.make_person(f"后来{n}", 60 + n, unit="蜀山重型机械有限公司")
        for n in range(4)
    ]
    everything(release, skill, more, kinds)

    with django_assert_max_num_queries(len(few)):
        list(listing.lines(chosen))


def everything(release, skill, people, kinds):
    for number, person in enumerate(people):
        entry = desk.make_entry(skill, [person], f"z{person.pk}-{number}")
        for kind in kinds:
            decision = desk.make_decision(
                release, skill, entry, person, kind=kind, rule=f"r-{kind}"
            )
            desk.make_entitlement(decision)
