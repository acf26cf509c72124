"""A step for many lines: shown before it is taken, confirmed, taken back together."""

import re

import pytest

from awards.enums import EntitlementState
from awards.models import EntitlementStep
from tests.awards import desk
from tests.awards.views.test_desk import signed_in, text, winners

pytestmark = pytest.mark.django_db
State = EntitlementState


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def page(bureau):
    return signed_in(desk.make_officer(bureau))


def digest_of(answer):
    return re.search(r'name="digest" value="(\w{64})"', text(answer)).group(1)


def bulk(page, to, rows=(), **values):
    ids = [row.pk for row in rows]
    return page.post("/bureau/bulk/", {"to": to, "row": ids, **values})


def confirmed(page, to, rows=(), **values):
    """Preview, then confirm with what the preview printed."""
    asked = {"act": "preview", **values}
    digest = digest_of(bulk(page, to, rows, **asked))
    return bulk(page, to, rows, **values, act="confirm", digest=digest)


def states(rows):
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_the_preview_says_who_moves_and_who_does_not_and_why(page):
    rows = winners(["甲", "乙"])
    rows[0].state = State.FILED
    rows[0].save()

    shown = text(bulk(page, "granted", rows))

    assert "1 项会办理" in shown
    assert "确认办理 1 项" in shown
    assert "“拟定”之后不能直接转为“已核准”" in shown
    assert states(rows) == [State.FILED, State.PROPOSED]


def test_nothing_is_taken_without_the_confirmation_of_what_was_shown(page):
    rows = winners(["甲", "乙"])

    blind = bulk(
        page, "material-complete", rows, reason="已收", act="confirm", digest="0" * 64
    )

    assert blind.status_code == 200
    assert "请再看一遍名单" in text(blind)
    assert states(rows) == [State.PROPOSED, State.PROPOSED]


def test_a_confirmed_step_is_taken_for_all_and_taken_back_together(page):
    rows = winners(["甲", "乙"])

    done = confirmed(page, "material-complete", rows, reason="报名时已收")

    assert done.url == "/bureau/?kind=all"
    assert states(rows) == [State.MATERIAL_COMPLETE] * 2
    batch = EntitlementStep.objects.values_list("batch", flat=True).distinct().get()
    shown = text(page.get("/bureau/"))
    assert "2 项转为“材料齐”" in shown
    assert f"/bureau/bulk/{batch}/undo/" in shown

    page.post(f"/bureau/bulk/{batch}/undo/")

    assert states(rows) == [State.PROPOSED] * 2
    assert f"/bureau/bulk/{batch}/undo/" not in text(page.get("/bureau/"))


def test_all_that_match_the_filter_are_meant_and_no_others(page):
    rows = winners(["甲", "乙", "丙"])
    rows[2].state = State.FILED
    rows[2].save()

    confirmed(
        page,
        "material-complete",
        reason="已收",
        all="1",
        state="proposed",
        kind="grade",
    )

    assert states(rows) == [State.MATERIAL_COMPLETE] * 2 + [State.FILED]


def test_an_answer_needs_its_paper_and_day(page):
    rows = winners(["甲"])
    rows[0].state = State.FILED
    rows[0].save()

    refused = bulk(page, "granted", rows, act="confirm", digest="0" * 64)
    assert refused.status_code == 422

    paper = {"document": "川人社〔2026〕1 号", "on": "2026-11-20"}
    confirmed(page, "granted", rows, **paper)

    assert states(rows) == [State.GRANTED]


def test_a_round_of_publicity_is_opened_for_many(page):
    rows = winners(["甲", "乙"])
    confirmed(page, "material-complete", rows, reason="已收")

    confirmed(
        page,
        "publicity",
        rows,
        document="川人社办〔2026〕2 号",
        place="厅门户网站",
        starts_on="2026-11-21",
        days="5",
    )

    assert states(rows) == [State.PUBLICITY] * 2


def test_nothing_chosen_and_no_step_are_said(page):
    winners(["甲"])

    nothing = page.post("/bureau/bulk/", {"to": "filed"}, follow=True)
    no_step = page.post("/bureau/bulk/", {"to": "flown"}, follow=True)

    assert "还没有选中任何一行" in text(nothing)
    assert "请选择要办理的步骤" in text(no_step)


def test_another_bureaus_lines_cannot_be_meant_or_taken_back(page):
    rows = winners(["甲"])
    confirmed(page, "material-complete", rows, reason="已收")
    batch = EntitlementStep.objects.get().batch
    foreign = desk.make_bureau("440000", "广东省人力资源和社会保障厅")
    other = signed_in(desk.make_officer(foreign, "he"))

    meant = other.post(
        "/bureau/bulk/", {"to": "filed", "row": [rows[0].pk]}, follow=True
    )
    everything = other.post("/bureau/bulk/", {"to": "filed", "all": "1"}, follow=True)

    assert "还没有选中任何一行" in text(meant)
    assert "还没有选中任何一行" in text(everything)
    assert other.post(f"/bureau/bulk/{batch}/undo/").status_code == 404
    assert states(rows) == [State.MATERIAL_COMPLETE]


def test_the_preview_costs_the_same_for_one_and_thirty(
    page, django_assert_max_num_queries
):
    rows = winners([f"选手{n:02d}" for n in range(30)])
    counted = []
    for chosen in (rows, rows[:3], rows[:1]):
        with django_assert_max_num_queries(60) as queries:
            bulk(page, "material-complete", chosen)
        counted.append(len(queries))

    assert counted[0] == counted[1] == counted[2]
