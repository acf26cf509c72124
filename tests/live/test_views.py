"""Pages and snapshots over HTTP: what is shown, cached, refused."""

import json
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from live import actions
from live.models import Snapshot
from tests.live import cast
from tests.live.boards import content, row

pytestmark = pytest.mark.django_db

URL = "/live/k3v9/snapshot.json"


def publish(*rows, audience="public", board="k3v9", built_from=1, **changes):
    shown = content(*rows, audience=audience, **changes)
    actions.publish_snapshots(
        board, {audience: shown}, built_from=built_from, at=timezone.now()
    )


def test_public_snapshot_may_be_cached_for_one_second(client):
    publish(row(1, 1, "9.00"))

    answer = client.get(URL)

    stored = Snapshot.objects.get(board="k3v9")
    assert json.loads(answer.content) == json.loads(stored.text)
    assert answer["Cache-Control"] == "public, max-age=1"
    assert answer["ETag"] == f'"1-{stored.digest}"'


def test_known_snapshot_costs_no_body(client):
    publish(row(1, 1, "9.00"))
    etag = client.get(URL)["ETag"]

    answer = client.get(URL, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


def test_snapshot_says_when_boards_were_last_up_to_date(client):
    at = datetime(2026, 5, 12, 6, 32, 8, tzinfo=UTC)
    publish(row(1, 1, "9.00"))
    actions.pulse(at=at)

    assert client.get(URL)["Checked-At"] == at.isoformat()


def test_organizers_snapshot_is_theirs_and_stored_nowhere(client):
    cast.skill()
    publish(row(1, 1, "9.00"), audience="organizers")
    lin = cast.user("林组织", organizes=cast.organization())
    address = URL + "?audience=organizers"

    refused = client.get(address)
    client.force_login(lin)
    answer = client.get(address)

    assert refused.status_code == 404
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("audience", ["hall", "judges", "organizers", "nonsense"])
@pytest.mark.parametrize("page", ["", "wall/", "snapshot.json"])
def test_another_organizer_finds_no_such_board(client, audience, page):
    cast.skill()
    publish(row(1, 1, "9.00"), audience=audience)
    theirs = cast.organization("别的单位")
    client.force_login(cast.user("别家", organizes=theirs))

    answer = client.get(f"/live/k3v9/{page}?audience={audience}")

    assert answer.status_code == 404


@pytest.mark.parametrize("page", ["", "wall/", "snapshot.json"])
def test_board_that_is_not_public_yet_is_not_found(client, page):
    cast.skill()
    publish(row(1, 1, "8.88"), audience="organizers")

    assert client.get(f"/live/k3v9/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "wall/"])
def test_page_is_complete_without_scripts(client, page):
    publish(row(7, 1, "9.00"), row(3, 2, "8.50"), row(5, None, None))

    text = client.get(f"/live/k3v9/{page}").content.decode()

    for word in ("电气装置", "实时（非最终）", "工位", "07", "9.00", "8.50"):
        assert word in text
    assert 'value="50"' in text


def test_final_page_shows_medals_names_and_release(client):
    line = row(1, 1, "92.46", label="郝志远", unit="汾河职业技术学院", medal="gold")
    publish(
        line,
        state="final",
        naming="names",
        release="R-2026-0001-7F3A",
        published_on=date(2026, 5, 19),
    )

    text = client.get("/live/k3v9/").content.decode()

    for word in (
        "郝志远",
        "金",
        "第 1 名",
        "最终",
        "R-2026-0001-7F3A",
        "5 月 19 日公布",
    ):
        assert word in text
    assert "汾河职业技术学院" in text


def test_frozen_page_says_since_when_it_stands(client):
    at = datetime(2026, 5, 12, 2, 32, tzinfo=UTC)
    publish(row(1, 1, "9.00"), state="frozen", frozen_at=at)

    text = client.get("/live/k3v9/").content.decode()

    assert "公众看板停在 10:32:00" in text
    assert "停在 50%" in text


def test_empty_page_says_what_will_come_and_when(client):
    publish(state="none")

    text = client.get("/live/k3v9/").content.decode()

    assert "5 月 11 日开赛，还没有成绩" in text


def test_rehearsal_is_written_across_the_board(client):
    publish(row(1, 1, "9.00"), rehearsal=True)

    assert "data-rehearsal" in client.get("/live/k3v9/wall/").content.decode()


def test_home_lists_what_is_on_in_publicity_and_final(client):
    publish(row(1, 1, "9.00"))
    publish(state="public", board="b2", skill="砌筑", competition_code="b")
    publish(state="final", board="c3", skill="焊接", competition_code="c")
    publish(listed=False, board="d4", skill="不列出的")

    text = client.get("/").content.decode()

    for word in ("电气装置", "砌筑", "焊接", "公示中", "最终成绩", "查证书"):
        assert word in text
    assert "不列出的" not in text


def test_home_without_boards_says_what_will_come(client):
    assert "今天没有正在进行的竞赛" in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/live/"])
def test_lists_need_one_query_however_many_boards(
    client, django_assert_num_queries, address
):
    for name in ("a1", "b2", "c3"):
        publish(row(1, 1, "9.00"), board=name)

    with django_assert_num_queries(1):
        client.get(address)


def test_page_of_forty_rows_stays_light(client):
    publish(*(row(n, n, f"{90 - n}.00") for n in range(1, 41)))

    answer = client.get("/live/k3v9/")

    assert len(answer.content) < 90_000
