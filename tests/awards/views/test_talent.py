"""The pages of the talent file: list, pools, candidates, review, figures."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.models import Pool, PoolCriterion, PoolDecline, PoolEntry, PoolReview
from tests import factories
from tests.awards import desk, pools

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def client(officer):
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def stranger():
    other = desk.make_bureau("320000", "江苏省人力资源和社会保障厅")
    client = Client()
    client.force_login(desk.make_officer(other, "zhao"))
    return client


@pytest.fixture
def pool(bureau, officer):
    return pools.make_pool(bureau, officer)


def post(client, address, *args, **values):
    return client.post(reverse(address, args=args), values, follow=True)


def test_an_empty_file_says_what_to_do_first(client):
    page = client.get(reverse("bureau_talent")).content.decode()

    assert "还没有设立人才库" in page
    assert reverse("bureau_pools") in page


def test_a_pool_is_opened_filled_by_a_criterion_and_undone(client, officer):
    person = desk.make_person("王芳", 1, unit="成都一厂")
    desk.make_grade(person, 4)
    assert (
        "本局设立，须附本局的文件"
        in client.get(reverse("bureau_pools")).content.decode()
    )
    refused = post(
        client, "bureau_pool_open", kind="skilled", name="高技能人才库", document=""
    )
    assert refused.status_code == 422

    post(
        client,
        "bureau_pool_open",
        catalogue="own-skilled",
        kind="skilled",
        name="高技能人才库",
        document=pools.PAPER,
        waits_for_grant="on",
    )
    pool = Pool.objects.get()
    typed = {"criterion-grade": "4", "criterion-document": pools.PAPER}
    page = post(client, "bureau_pool_criterion", pool.pk, **typed).content.decode()
    assert "技师（二级）及以上" in page
    assert "候选，1 人" in page
    admitted = post(
        client,
        "bureau_pool_admit",
        pool.pk,
        act="admit",
        person=str(person.pk),
        **{"admit-document": pools.PAPER, "admit-entered_on": TODAY},
    ).content.decode()

    entry = PoolEntry.objects.get()
    assert (entry.person, entry.evidence) == (person, "焊工 技师（二级）（证书已核）")
    assert "已入库 1 人" in admitted
    assert reverse("bureau_talent_undo", args=[entry.batch]) in admitted
    post(client, "bureau_talent_undo", entry.batch)
    assert PoolEntry.objects.filter(undone_at__isnull=True).count() == 0


def test_a_candidate_is_declined_with_a_reason_only(client, officer, pool):
    person = desk.make_person("王芳", 1)
    desk.make_grade(person, 4)
    criterion = pools.make_criterion(pool, officer, grade=4)
    chosen = {"act": "decline", "person": str(person.pk)}

    without = post(client, "bureau_pool_admit", pool.pk, **chosen)
    post(client, "bureau_pool_admit", pool.pk, **chosen, **{"decline-reason": "不愿意"})

    assert without.status_code == 422
    assert PoolDecline.objects.get().reason == "不愿意"
    post(client, "bureau_criterion_withdraw", criterion.pk)
    assert PoolCriterion.objects.get().withdrawn_at is not None


def test_somebody_is_found_and_entered_by_hand_then_leaves(client, pool):
    person = desk.make_person("張龍", 1)
    found = client.get(reverse("bureau_pool", args=[pool.pk]), {"who": "zhanglong"})
    where = reverse("bureau_pool_enter", args=[pool.pk, person.pk])
    assert where in found.content.decode()

    post(
        client,
        "bureau_pool_enter",
        pool.pk,
        person.pk,
        reason="领衔工作室",
        document=pools.PAPER,
        entered_on=TODAY,
    )
    entry = PoolEntry.objects.get()
    refused = post(client, "bureau_pool_entry", entry.pk, reason="", left_on="")
    post(
        client,
        "bureau_pool_entry",
        entry.pk,
        reason="调离",
        document="",
        left_on=TODAY,
    )

    entry.refresh_from_db()
    assert refused.status_code == 422
    assert entry.left_on.isoformat() == TODAY
    listed = client.get(reverse("bureau_talent"), {"state": "left"}).content.decode()
    assert f"{TODAY} 退出" in listed


def test_a_number_leads_to_its_person_and_stands_in_no_address(client, pool):
    person = factories.make_person("王芳", home_region="510100")
    far = factories.make_person("孙丽", home_region="320100")
    find = reverse("bureau_talent_find")

    def asked(**values):
        return client.post(find, values)["Location"]

    assert asked(q=person.identity_number) == reverse(
        "bureau_lifetime", args=[person.pk]
    )
    assert asked(q=person.identity_number, pool=pool.pk) == reverse(
        "bureau_pool_enter", args=[pool.pk, person.pk]
    )
    assert asked(q=far.identity_number) == reverse("bureau_talent")
    assert asked(q="wang fang").endswith("?q=wang+fang")
    assert asked(q="王", pool=pool.pk).startswith(
        reverse("bureau_pool", args=[pool.pk])
    )


def test_a_criterion_form_names_what_is_wrong(client, pool):
    empty = post(
        client, "bureau_pool_criterion", pool.pk, **{"criterion-document": "文"}
    )
    unknown = post(
        client,
        "bureau_pool_criterion",
        pool.pk,
        **{
            "criterion-document": "文",
            "criterion-grade": "4",
            "criterion-occupation": "没有的职业",
        },
    )

    assert (empty.status_code, unknown.status_code) == (422, 422)
    assert "至少要写一项条件" in empty.content.decode()
    assert "没有这个职业" in unknown.content.decode()


def test_several_are_reviewed_at_once(client, officer, pool):
    entries = [
        pools.enter(pool, desk.make_person(f"王芳{n}", n), officer) for n in range(3)
    ]
    where = reverse("bureau_talent_review") + f"?year={TODAY[:4]}"

    client.post(
        where, {"entry": [e.pk for e in entries[:2]], "outcome": "keep", "note": ""}
    )
    refused = client.post(where, {"entry": [entries[2].pk], "outcome": "leave"})

    assert PoolReview.objects.count() == 2
    assert refused.status_code == 422
    page = client.get(where).content.decode()
    assert "还有 1 人次没有复核" in page
    assert page.count("撤回这一批") == 2


def test_a_revoked_entitlement_and_a_sanction_show_on_the_list(client, officer, pool):
    person = desk.make_person("王芳", 1)
    right = pools.make_proposal(person)
    post(
        client,
        "bureau_pool_admit",
        pool.pk,
        act="admit",
        everybody="1",
        **{"admit-document": pools.PAPER, "admit-entered_on": TODAY},
    )
    right.state = "revoked"
    right.save()
    pools.make_sanction(person)

    page = client.get(reverse("bureau_talent")).content.decode()
    entry = client.get(
        reverse("bureau_pool_entry", args=[PoolEntry.objects.get().pk])
    ).content.decode()

    assert "依据已变化</span>" in page
    assert "有诚信记录</span>" in page
    assert "入库所凭的待遇已撤销" in entry


def test_figures_are_drawn_and_told(client, officer, pool):
    person = desk.make_person("王芳", 1)
    desk.make_grade(person, 5)
    pools.enter(pool, person, officer)

    page = client.get(reverse("bureau_talent_figures")).content.decode()
    plain = client.get(reverse("bureau_talent_figures_json")).json()

    assert 'role="img" aria-label="高级技师：1 人"' in page
    assert plain["by_region"] == [{"key": "510100", "label": "四川省成都市", "n": 1}]
    assert plain["years"] == [{"year": 2025, "entered": 1, "left": 0}]


def test_another_bureau_finds_nothing_of_it(client, stranger, officer, pool):
    person = desk.make_person("王芳", 1)
    entry = pools.enter(pool, person, officer)
    criterion = pools.make_criterion(pool, officer, grade=4)
    addresses = [
        ("bureau_pool", [pool.pk], "get"),
        ("bureau_pool_entry", [entry.pk], "get"),
        ("bureau_pool_entry", [entry.pk], "post"),
        ("bureau_pool_enter", [pool.pk, person.pk], "get"),
        ("bureau_pool_admit", [pool.pk], "post"),
        ("bureau_pool_close", [pool.pk], "post"),
        ("bureau_pool_criterion", [pool.pk], "post"),
        ("bureau_criterion_withdraw", [criterion.pk], "post"),
        ("bureau_talent_undo", [entry.batch], "post"),
        ("bureau_lifetime", [person.pk], "get"),
        ("bureau_lifetime_pdf", [person.pk], "get"),
        ("bureau_lifetime_json", [person.pk], "get"),
        ("bureau_lifetime_full", [person.pk], "get"),
    ]
    for name, args, method in addresses:
        answer = getattr(stranger, method)(reverse(name, args=args))
        expected = 403 if name == "bureau_lifetime_full" else 404
        assert (name, answer.status_code) == (name, expected)
    for name in ("bureau_talent", "bureau_talent_review", "bureau_talent_figures_json"):
        assert "王芳" not in stranger.get(reverse(name)).content.decode()
    assert "王芳" in client.get(reverse("bureau_talent")).content.decode()


@pytest.mark.parametrize(
    "name", ["bureau_talent", "bureau_talent_review", "bureau_talent_figures"]
)
def test_a_page_takes_as_many_queries_for_three_as_for_one(client, officer, pool, name):
    def queries(serial):
        person = desk.make_person(f"王芳{serial}", serial, unit=f"单位{serial}")
        desk.make_grade(person, 4)
        pools.enter(pool, person, officer)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(name)).status_code == 200
        return len(captured)

    first, _second, third = queries(1), queries(2), queries(3)

    assert first == third


def test_a_pool_page_takes_as_many_queries_for_three_as_for_one(client, officer, pool):
    pools.make_criterion(pool, officer, grade=4)

    def queries(serial):
        desk.make_grade(desk.make_person(f"王芳{serial}", serial), 4)
        where = reverse("bureau_pool", args=[pool.pk])
        client.get(where)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(where).status_code == 200
        return len(captured)

    first, _second, third = queries(1), queries(2), queries(3)

    assert first == third
