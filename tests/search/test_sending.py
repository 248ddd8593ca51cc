"""Records reach the server though it is busy, and what it refuses is told."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from opensearchpy import OpenSearch, exceptions

from search.documents import Record
from search.engine import EngineDown, EngineError
from search.opensearch.sending import AHEAD, Sending
from tests.batches import beside

# signs that end a line elsewhere, and stand in JSON as they are
RECORDS = [
    Record("자료", at, "분야", "강동구", f"이름 {at}", {"이름": f"이름\u2028{at}\x85끝"}) for at in range(20)
]
BUSY, REFUSED = 429, 400


class Server(OpenSearch):
    """Takes bulk bodies; the first answers may be others."""

    def __init__(self, *first: int) -> None:
        super().__init__()
        self._first = iter(first)
        self.held: dict[str, Any] = {}
        self.asked = 0

    def bulk(self, *, body: bytes | str, index: str, params: Any = None, **_: Any) -> dict[str, Any]:
        self.asked += 1
        status = next(self._first, 201)
        if status == 500 or (status == BUSY and isinstance(body, bytes)):
            raise exceptions.TransportError(status, "too many")
        lines = (body if isinstance(body, str) else body.decode()).rstrip("\n").split("\n")
        actions = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        # the first record of a body is the one it has no room for
        said = [status if at == 0 else 201 for at in range(len(actions))]
        for name, document, each in zip(actions, lines[1::2], said, strict=True):
            if each == 201:
                self.held[name] = json.loads(document)["ordinal"]
        items = [
            {"index": {"_id": name, "status": each, **({"error": {"reason": "no room"}} if each != 201 else {})}}
            for name, each in zip(actions, said, strict=True)
        ]  # fmt: skip
        return {"errors": status != 201, "items": items}


@pytest.fixture(autouse=True)
def _awake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Waiting between tries takes no time here."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    yield


def sent(server: Server) -> None:
    sending = Sending(server, "index")
    try:
        for batch in beside(RECORDS):
            sending.put(batch, "자료@b1.1")
        sending.wait()
    finally:
        sending.stop()


@pytest.mark.parametrize(
    "first", [(), (BUSY,), (BUSY, BUSY), (REFUSED, BUSY, BUSY)], ids=["free", "once", "twice", "in part"]
)
def test_every_record_is_there_in_the_end(first: tuple[int, ...]) -> None:
    server = Server(*first)
    sent(server)
    assert sorted(server.held.values()) == list(range(len(RECORDS)))
    assert server.asked == 1 + len(first)


def test_a_record_that_is_refused_is_told_and_not_shown() -> None:
    with pytest.raises(EngineError, match="no room") as raised:
        sent(Server(REFUSED, REFUSED))
    assert "이름 0" not in str(raised.value)


def test_a_server_that_stays_busy_is_not_waited_for_for_ever() -> None:
    with pytest.raises(EngineError):
        sent(Server(*[BUSY] * 50))


def test_a_server_that_breaks_down_ends_the_build() -> None:
    with pytest.raises((EngineDown, EngineError)):
        sent(Server(500))


def test_no_more_is_held_than_is_on_its_way() -> None:
    server = Server()
    sending = Sending(server, "index")
    for number in range(2 * AHEAD):
        (batch,) = beside(RECORDS)
        sending.put(batch, f"자료@b1.{number}")
        assert len(sending._on_their_way) <= AHEAD
    sending.wait()
    sending.stop()
    assert len(server.held) == 2 * AHEAD * len(RECORDS)
