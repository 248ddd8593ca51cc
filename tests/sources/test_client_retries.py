"""What may pass is tried again, later each time; what will not pass is not."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread

import pytest

from sources.answers import check_status
from sources.client import Answer, Ask, Client, Clock, Limits
from sources.errors import PASSING, SourceError
from tests.sources.calling import HOSTS, Time, client, never_wait
from tests.sources.stubs import Fault, Stub
from tests.sources.talking import talking, whole

URL = "https://apis.data.go.kr/B553766/psgr/getPsgr"
OTHER = "https://kosis.kr/openapi/"
LIMITS = Limits(tries=4, pause_seconds=0.0)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


def checked(answer: Answer) -> bytes:
    check_status("출처", answer)
    return answer.body


def failed(calling: Client, url: str = URL) -> SourceError:
    with pytest.raises(SourceError) as error:
        calling.ask(Ask(url), checked)
    calling.close()
    return error.value


def waits(stub: Stub, fault: Fault, luck: float = 0.0) -> list[float]:
    stub.fault = fault
    time = Time(luck=luck)
    failed(client(stub, LIMITS, time.clock))
    return time.waits


def test_waits_grow_and_end(stub: Stub) -> None:
    assert waits(stub, Fault("status_503")) == [1.0, 2.0, 4.0]
    assert len(stub.calls) == 4


def test_chance_takes_up_to_half_of_a_wait(stub: Stub) -> None:
    assert waits(stub, Fault("status_500"), luck=1.0) == [0.5, 1.0, 2.0]
    assert waits(stub, Fault("status_500"), luck=0.5) == [0.75, 1.5, 3.0]


def test_no_wait_is_longer_than_a_minute(stub: Stub) -> None:
    stub.fault = Fault("status_502")
    time = Time()
    failed(client(stub, Limits(tries=9, pause_seconds=0.0), time.clock))
    assert time.waits == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.parametrize("luck", [0.0, 1.0])
def test_a_source_is_left_alone_as_long_as_it_says(stub: Stub, luck: float) -> None:
    assert waits(stub, Fault("status_429", detail="7"), luck) == [7.0, 7.0, 7.0]


def test_a_source_that_wants_more_than_a_minute_is_not_asked_again(stub: Stub) -> None:
    assert waits(stub, Fault("status_429", detail="3600")) == []
    assert len(stub.calls) == 1


def wait_told(said: str) -> float:
    with pytest.raises(SourceError) as error:
        check_status("출처", Answer(429, b"", {"retry-after": said}))
    assert error.value.kind == "rate"
    return error.value.wait_seconds


@pytest.mark.parametrize(("seconds", "least", "most"), [(400, 300, 400), (-3_600, 0, 0)])
def test_the_time_to_wait_may_be_a_date(seconds: int, least: float, most: float) -> None:
    said = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds))
    assert least <= wait_told(said) <= most


@pytest.mark.parametrize("said", ["soon", "-5", "²", ""])
def test_a_time_to_wait_that_is_none_is_not_waited_for(said: str) -> None:
    assert wait_told(said) == 0.0


@pytest.mark.parametrize(
    ("fault", "kind", "calls"),
    [
        ("status_403", "key", 1),
        ("status_404", "gone", 1),
        ("status_429", "rate", 4),
        ("status_500", "server", 4),
        ("status_502", "server", 4),
        ("status_504", "server", 4),
        ("half_with_length", "cut", 4),
    ],
)
def test_only_what_may_pass_is_tried_again(stub: Stub, fault: str, kind: str, calls: int) -> None:
    stub.fault = Fault(fault)
    error = failed(client(stub, LIMITS, Time().clock))
    assert (error.kind, len(stub.calls), error.passes) == (kind, calls, kind in PASSING)


def test_a_network_that_is_not_there_is_tried_again() -> None:
    with talking(lambda _: [whole(b"")]) as base:
        pass  # nobody listens there any more
    time = Time()
    error = failed(Client(LIMITS, {"kosis.kr": base}, time.clock), OTHER)
    assert (error.kind, len(time.waits)) == ("network", 3)


def test_what_passes_is_the_answer_in_the_end(stub: Stub) -> None:
    stub.fault = Fault("status_503", times=3)
    calling = client(stub, LIMITS, Time().clock)
    assert calling.ask(Ask(URL, {"serviceKey": "stub-key", "dataType": "JSON"}), checked)
    assert calling.requests == 4
    calling.close()


def test_calls_to_one_host_keep_a_distance_and_other_hosts_need_not_wait(stub: Stub) -> None:
    time = Time()
    calling = client(stub, Limits(pause_seconds=0.3), time.clock)
    for url in (URL, URL, OTHER, URL):
        calling.ask(Ask(url), lambda answer: answer.status)
    assert time.waits == [pytest.approx(0.3), pytest.approx(0.3)]
    calling.close()


def test_calls_of_several_threads_keep_the_distance_together(stub: Stub) -> None:
    """Of eight calls at one moment each has its own turn."""
    time = Time()
    told: list[float] = []
    clock = Clock(lambda: time.at, lambda seconds: told.append(seconds) if seconds else None)
    calling = client(stub, Limits(pause_seconds=0.5), clock)
    counts: list[int] = []

    def ask() -> None:
        calling.ask(Ask(URL), lambda answer: answer.status)
        counts.append(calling.requests)

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [pytest.approx(0.5 * turn) for turn in range(1, 8)]
    assert counts == [1] * 8, "each thread counts its own"
    calling.close()


def test_nothing_of_the_environment_comes_between(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    calling = client(stub, LIMITS, Clock(sleep=never_wait))
    assert calling.ask(Ask(URL), lambda answer: answer.status) == 401
    assert [call.host for call in stub.calls] == ["apis.data.go.kr"]
    assert "apis.data.go.kr" in HOSTS
    calling.close()
