"""The hub with a database of two dictionaries and sockets that remember."""

import json
from datetime import UTC, datetime

from live import hub as hubs
from live import protocol, queries
from live.hub import Hub
from tests.live.boards import message, row

KEY = ("k3v9", "public")
PULSE = datetime(2026, 5, 12, 6, 32, 9, tzinfo=UTC)


class Socket:
    def __init__(self, *, broken=False):
        self.heard, self.code, self.broken = [], None, broken

    async def send(self, frame):
        if self.broken:
            raise ConnectionResetError
        self.heard.append(frame["text"])

    async def close(self, code):
        self.code = code

    @property
    def messages(self):
        return [json.loads(text) for text in self.heard]

    @property
    def types(self):
        return [each["type"] for each in self.messages]

    def state(self):
        """The snapshot that the messages heard so far lead to."""
        now = None
        for each in self.messages:
            if each["type"] == "snapshot":
                now = each
            elif each["type"] == "delta":
                now = protocol.apply(now, each)
        return now


class Stored:
    """Published snapshots by key; counts the reads."""

    def __init__(self, **messages):
        self.texts, self.reads = {}, []
        self.now = 100.0

    def publish(self, board, key=KEY):
        self.texts[key] = (board["seq"], protocol.encode(board))

    async def read(self, function, keys):
        self.reads.append(function.__name__)
        found = {key: self.texts[key] for key in keys if key in self.texts}
        if function is queries.seqs_and_pulse:
            return {key: seq for key, (seq, _) in found.items()}, PULSE
        assert function is queries.texts_of
        return found

    def hub(self):
        return Hub(self.read, clock=lambda: self.now)


BOARDS = [
    message(row(1, 1, "9.00"), row(2, 2, "8.00"), seq=1),
    message(row(2, 1, "9.50"), row(1, 2, "9.00"), seq=2),
    message(row(2, 1, "9.50"), row(1, 2, "9.00"), row(3, 3, "1.00"), seq=3),
    message(row(3, 1, "9.90"), row(2, 2, "9.50"), seq=4),
]


async def test_snapshot_first_then_deltas_lead_to_the_published_state():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    assert await hub.join(KEY, socket, None)

    for board in BOARDS[1:]:
        stored.publish(board)
        await hub.look()

    assert socket.types == ["snapshot", "heartbeat", "delta", "delta", "delta"]
    assert socket.state() == BOARDS[3]


async def test_update_is_encoded_once_and_shared_by_all_sockets():
    stored, sockets = Stored(), [Socket() for _ in range(5)]
    hub = stored.hub()
    stored.publish(BOARDS[0])
    for socket in sockets:
        await hub.join(KEY, socket, None)

    stored.publish(BOARDS[1])
    await hub.look()

    assert len({id(socket.heard[-1]) for socket in sockets}) == 1


async def test_missed_states_arrive_as_one_delta():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, socket, None)

    stored.publish(BOARDS[3])
    await hub.look()

    assert socket.messages[-1]["prev"] == 1
    assert socket.state() == BOARDS[3]


async def test_since_gets_exactly_the_missing_deltas():
    stored, first, back = Stored(), Socket(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, first, None)
    for board in BOARDS[1:]:
        stored.publish(board)
        await hub.look()

    await hub.join(KEY, back, 2)

    deltas = back.messages[:-1]
    assert [(each["prev"], each["seq"]) for each in deltas] == [(2, 3), (3, 4)]
    state = BOARDS[1]
    for delta in deltas:
        state = protocol.apply(state, delta)
    assert state == BOARDS[3]


async def test_since_that_is_current_gets_a_heartbeat_only():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[2])

    await hub.join(KEY, socket, 3)

    assert socket.types == ["heartbeat"]


async def test_since_outside_the_ring_gets_the_snapshot():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[3])

    await hub.join(KEY, socket, 1)

    assert socket.types == ["snapshot", "heartbeat"]


async def test_delta_too_big_is_replaced_by_a_heartbeat_with_the_new_sequence():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, socket, None)

    stored.publish(message(*(row(n, n, "1.00") for n in range(1, 300)), seq=2))
    await hub.look()

    last = socket.messages[-1]
    assert (last["type"], last["seq"]) == ("heartbeat", 2)
    assert all(protocol.fits(text) for text in socket.heard)


async def test_board_taken_away_closes_its_sockets():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, socket, None)

    stored.texts[KEY] = (2, "")
    await hub.look()

    assert socket.code == protocol.CLOSE_GONE
    assert not await hub.join(KEY, Socket(), None)


async def test_unknown_board_lets_nobody_in():
    assert not await Stored().hub().join(("other", "public"), Socket(), None)


async def test_quiet_board_beats_with_the_publishers_pulse():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, socket, 1)

    await hub.look()
    stored.now += hubs.HEARTBEAT_SECONDS
    await hub.look()
    await hub.look()

    assert socket.types == ["heartbeat", "heartbeat"]
    assert socket.messages[-1]["checked"] == PULSE.isoformat(timespec="milliseconds")


async def test_one_query_a_look_however_many_boards_while_nothing_moves():
    stored = Stored()
    hub = stored.hub()
    for name in ("a", "b", "c"):
        stored.publish(BOARDS[0], (name, "public"))
        await hub.join((name, "public"), Socket(), None)
    stored.reads.clear()

    await hub.look()

    assert stored.reads == ["seqs_and_pulse"]


async def test_no_query_while_nobody_watches():
    stored = Stored()

    await stored.hub().look()

    assert stored.reads == []


async def test_broken_socket_is_dropped_and_the_others_are_served():
    stored, broken, sound = Stored(), Socket(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, broken, None)
    await hub.join(KEY, sound, None)
    broken.broken = True

    stored.publish(BOARDS[1])
    await hub.look()

    assert sound.state() == BOARDS[1]
    assert hub.sockets == 1


async def test_feed_is_kept_a_while_for_those_who_come_back():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, socket, None)
    hub.leave(KEY, socket)

    stored.now += hubs.KEPT_SECONDS - 1
    await hub.look()
    kept = KEY in hub.feeds
    stored.now += 2
    await hub.look()

    assert (kept, KEY in hub.feeds) == (True, False)


async def test_ending_sends_everybody_away():
    stored, socket = Stored(), Socket()
    hub = stored.hub()
    stored.publish(BOARDS[0])
    await hub.join(KEY, socket, None)

    await hub.end()

    assert socket.code == protocol.CLOSE_ENDING
