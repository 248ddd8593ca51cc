"""A call ends: within its time, below its size, and at once when the run is over."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from threading import Event, Thread
from time import monotonic

import pytest

from sources.client import Answer, Ask, Client, Clock, Limits
from sources.errors import SourceError
from tests.sources.calling import QUICK, client, never_wait
from tests.sources.stubs import Fault, Stub
from tests.sources.talking import talking

URL = "http://openapi.seoul.go.kr:8088/stub-key/json/bikeList/1/1000/"
HOST = "openapi.seoul.go.kr"
ONCE = Limits(seconds=0.4, size_bytes=3_000_000, grace_seconds=0.1, tries=1, pause_seconds=0.0)
LATEST_SECONDS = 5.0
"""Far more than the limit, far less than the faults would take."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


def kept(answer: Answer) -> bytes:
    return answer.body


def fails(calling: Client, url: str = URL) -> SourceError:
    began = monotonic()
    with pytest.raises(SourceError) as error:
        calling.ask(Ask(url), kept)
    assert monotonic() - began < LATEST_SECONDS
    calling.close()
    return error.value


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("drip", "slow"),
        ("stall", "slow"),
        ("slow", "slow"),
        ("huge", "large"),
        ("gzip_bomb", "large"),
        ("half_with_length", "cut"),
    ],
)
def test_what_takes_too_long_or_too_much_is_ended(stub: Stub, fault: str, kind: str) -> None:
    stub.fault = Fault(fault)
    error = fails(client(stub, ONCE))
    assert error.kind == kind
    assert HOST in str(error)


def test_a_drip_is_ended_for_its_slowness_long_before_its_time_is_over(stub: Stub) -> None:
    stub.fault = Fault("drip")
    limits = Limits(seconds=60.0, grace_seconds=0.2, tries=1, pause_seconds=0.0)
    error = fails(client(stub, limits))
    assert (error.kind, "너무 느리게" in str(error)) == ("slow", True)


def test_of_what_is_too_large_little_more_than_the_limit_is_read(stub: Stub) -> None:
    stub.fault = Fault("huge")
    error = fails(client(stub, Limits(size_bytes=100_000, tries=1, pause_seconds=0.0)))
    assert "100,000바이트" in str(error)


@pytest.mark.parametrize("fault", ["huge", "gzip_bomb"])
def test_what_is_too_large_is_not_asked_for_again(stub: Stub, fault: str) -> None:
    stub.fault = Fault(fault)
    assert fails(client(stub, QUICK)).kind == "large"
    assert len(stub.calls) == 1


@pytest.mark.parametrize("fault", ["half_with_length", "slow"])
def test_half_an_answer_and_a_slow_one_are_asked_for_again(stub: Stub, fault: str) -> None:
    calling = client(stub, QUICK)
    right = calling.ask(Ask(URL), kept)
    stub.fault = Fault(fault, times=2)
    assert calling.ask(Ask(URL), kept) == right
    assert (len(stub.calls), calling.requests) == (4, 4)
    calling.close()


DRIPPED_HEADERS = chain([b"HTTP/1.1 200 OK\r\n"], repeat(b"X: y\r\n"))
DRIPPED_CHUNK_SIZE = chain([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;"], repeat(b"x"))
# blocks of a zip stream that hold nothing: bytes come without end, the body stays empty
_PACKER = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
EMPTY_BLOCKS = chain(
    [b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n"],
    repeat(_PACKER.compress(b"") + _PACKER.flush(zlib.Z_FULL_FLUSH)),
)


@pytest.mark.parametrize(
    "pieces",
    [DRIPPED_HEADERS, DRIPPED_CHUNK_SIZE, EMPTY_BLOCKS],
    ids=["headers", "chunk size", "empty blocks"],
)
def test_the_limit_of_time_counts_from_the_first_byte_of_the_head(pieces: Iterable[bytes]) -> None:
    with talking(lambda _: pieces) as base:
        calling = Client(ONCE, {"apis.data.go.kr": base}, Clock(sleep=never_wait))
        error = fails(calling, "https://apis.data.go.kr/x")
    assert error.kind == "slow"


@pytest.mark.parametrize("fault", ["stall", "drip", "slow"])
def test_a_run_that_ends_waits_for_no_answer(stub: Stub, fault: str) -> None:
    class Over(Exception):
        pass

    over, stopped = Event(), Event()

    def sleep(_: float) -> None:
        if over.is_set():
            raise Over

    stub.fault = Fault(fault, detail="20" if fault == "slow" else "")
    calling = client(stub, Limits(pause_seconds=0.0), Clock(sleep=sleep))

    def ask() -> None:
        with pytest.raises(Over):
            calling.ask(Ask(URL), kept)
        stopped.set()

    thread = Thread(target=ask, daemon=True)
    thread.start()
    while not stub.calls:
        stopped.wait(0.01)
    over.set()
    assert stopped.wait(LATEST_SECONDS)
    calling.close()
