"""For every act and every audience: snapshot before + messages heard = snapshot after.

And nothing the public hears holds a figure that its snapshot lacks.
"""

import json
import re
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from live import queries
from live.hub import Hub
from live.publisher import AUDIENCES, Publisher
from scoring.actions import freeze_board, unfreeze_board
from tests.live.test_hub import Socket
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db(transaction=True)

FIGURE = re.compile(r'"\d+\.\d+"')


def acts(contest):
    """A day of marking, one act at a time."""
    yield lambda: contest.mark(0, 0, "A1.M1", "1")
    yield lambda: contest.mark(0, 1, "B1.M1", "1")
    yield lambda: contest.fill(0)
    yield lambda: contest.mark(0, 0, "A1.M1", "0")
    yield lambda: freeze_board(contest.skill, by=contest.organizer, at=contest.now())
    yield lambda: contest.fill(1, levels="333")
    yield lambda: contest.fill(2, levels="111")
    yield lambda: unfreeze_board(contest.skill, by=contest.organizer, at=contest.now())
    yield contest.sign_all


@sync_to_async
def start():
    contest = make_contest(entries=3, facts={"public_from": "on-entry"})
    contest.skill.competition.phase = "competing"
    contest.skill.competition.save()
    return contest


@sync_to_async
def stored(board):
    texts = queries.texts_of([(board, audience) for audience in AUDIENCES])
    return {audience: json.loads(text) for (_, audience), (_, text) in texts.items()}


async def read(function, *args):
    return await sync_to_async(function)(*args)


async def test_messages_lead_every_audience_to_what_is_stored():
    contest, publisher, hub = await start(), Publisher(), Hub(read)
    board, now = contest.skill.public_id, timezone.now()
    await sync_to_async(publisher.tick)(now)
    sockets = {audience: Socket() for audience in AUDIENCES}
    for audience, socket in sockets.items():
        assert await hub.join((board, audience), socket, None)

    moved = set()
    for turn, act in enumerate(acts(contest), 1):
        before = await stored(board)
        heard = {audience: len(each.heard) for audience, each in sockets.items()}
        await sync_to_async(act)()
        await sync_to_async(publisher.tick)(now + timedelta(seconds=turn))
        await hub.look()
        after = await stored(board)
        for audience, socket in sockets.items():
            assert socket.state() == after[audience], (turn, audience)
            if before[audience] != after[audience]:
                moved.add((turn, audience))
        new = "".join(sockets["public"].heard[heard["public"] :])
        shown = json.dumps(after["public"], ensure_ascii=False)
        assert set(FIGURE.findall(new)) <= set(FIGURE.findall(shown)), turn

    frozen = {(turn, audience) for turn, audience in moved if turn in (6, 7)}
    assert frozen == {(6, "organizers"), (7, "organizers")}
    assert {audience for _, audience in moved} == set(AUDIENCES)


async def test_frozen_public_snapshot_holds_no_later_figure():
    contest, publisher = await start(), Publisher()
    board, now = contest.skill.public_id, timezone.now()
    await sync_to_async(contest.mark)(0, 0, "A1.M1", "1")
    await sync_to_async(freeze_board)(
        contest.skill, by=contest.organizer, at=contest.now()
    )
    await sync_to_async(contest.mark)(0, 1, "B1.M1", "1")

    await sync_to_async(publisher.tick)(now)

    after = await stored(board)
    figures = {
        audience: {row["points"] for row in after[audience]["rows"]}
        for audience in ("public", "hall", "organizers")
    }
    assert "60.00" in figures["organizers"]
    assert "60.00" not in figures["public"] | figures["hall"]
    assert all(row["points"] is None for row in after["judges"]["rows"])
