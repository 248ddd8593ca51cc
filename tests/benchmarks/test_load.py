"""The load generator: what it counts as an answer, as an error, as wrong, and from when it counts time."""

import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest

from benchmarks import load
from benchmarks.load import Ask, Closed, Open, Plan
from benchmarks.load.playing import arrivals, play
from tests.benchmarks import stub


@pytest.fixture
def server() -> Iterator[stub.Server]:
    with stub.serving() as server:
        yield server


def plan(server: stub.Server, *asks: Ask, users: int = 1, requests: int = 6) -> Plan:
    return Plan(server.base, asks, Closed(users), requests=requests)


def test_right_answers_are_counted_in_every_form_they_come_in(server: stub.Server) -> None:
    right = {"total": 123}
    asks = [Ask(path, right) for path in ("/plain", "/chunked", "/unkept")]
    found = play(plan(server, *asks, Ask("/page", contains="1,234건")))
    assert (found.requests, found.answers, found.errors, found.checked, found.wrong) == (6, 6, 0, 6, 0)
    assert found.statuses == {"200": 6}
    assert 0 < found.p50_ms <= found.p95_ms <= found.p99_ms <= found.max_ms
    assert found.per_second == pytest.approx(6 / found.seconds)


def test_wrong_answers_are_counted_and_named(server: stub.Server) -> None:
    asks = (Ask("/a", {"total": 124}), Ask("/b", {"count": 1}), Ask("/page", contains="5건"), Ask("/c"))
    found = play(plan(server, *asks, requests=8))
    assert (found.answers, found.errors, found.checked, found.wrong) == (8, 0, 6, 6)
    assert found.faults == (
        "/a: total is 123, not 124",
        "/b: count is None, not 1",
        "/page: '5건' is not in it",
    )


def test_an_answer_that_is_no_json_is_wrong(server: stub.Server) -> None:
    found = play(plan(server, Ask("/page", {"total": 123}), requests=1))
    assert (found.errors, found.wrong) == (0, 1)
    assert found.faults[0].startswith("/page: cannot be read")


def test_errors_are_counted_apart_and_have_no_latency(server: stub.Server) -> None:
    found = play(plan(server, Ask("/busy"), Ask("/broken"), requests=4))
    assert (found.answers, found.errors, found.max_ms) == (0, 4, 0)
    assert found.statuses == {"503": 2, "-": 2}
    assert found.faults[0] == "/busy: status 503"


def test_what_does_not_answer_in_time_is_an_error(server: stub.Server) -> None:
    late = Plan(server.base, (Ask("/held"),), Closed(1), requests=1, timeout=0.05)
    found = play(late)
    assert (found.answers, found.errors) == (0, 1)
    assert "TimeoutError" in found.faults[0]


def test_each_user_keeps_a_connection(server: stub.Server) -> None:
    play(plan(server, Ask("/a"), users=3, requests=30))
    assert (server.connections, len(server.asked)) == (3, 30)


def test_a_kept_connection_that_the_server_has_closed_is_no_error(server: stub.Server) -> None:
    found = play(plan(server, Ask("/hangs-up"), requests=4))
    assert (found.answers, found.errors) == (4, 0)


def test_a_load_may_last_some_seconds(server: stub.Server) -> None:
    found = play(Plan(server.base, (Ask("/a"),), Closed(2), seconds=0.1))
    assert found.answers == found.requests > 2
    assert found.seconds >= 0.1


def test_paths_are_asked_for_in_turn(server: stub.Server) -> None:
    play(plan(server, Ask("/a"), Ask("/b"), requests=5))
    assert server.asked == ["/a", "/b", "/a", "/b", "/a"]


def test_an_open_load_counts_from_when_requests_were_due(server: stub.Server) -> None:
    """While the server holds the first answer no other may be sent; all were due long before they were."""
    many = Plan(server.base, (Ask("/held"),), Open(rate=1_000, in_flight=1), requests=10)
    opens = threading.Timer(0.3, server.gate.set)
    opens.start()
    found = play(many)
    opens.join()
    assert found.answers == 10
    last_due = max(arrivals(many, Open(rate=1_000))) * 1000
    assert found.p50_ms > 300 - last_due
    assert found.late_ms > 300 - last_due


def test_arrivals_come_by_chance_at_the_rate_and_the_same_for_the_same_seed() -> None:
    asked = Plan("http://localhost", (Ask("/"),), Open(50), requests=5_000)
    dues = list(arrivals(asked, Open(50)))
    assert dues == list(arrivals(asked, Open(50)))
    assert dues != list(arrivals(asked, Open(50, seed=2)))
    assert 5_000 / dues[-1] == pytest.approx(50, rel=0.05)
    gaps = [after - before for before, after in pairwise(dues)]
    assert sum(gap < 0.01 for gap in gaps) / len(gaps) == pytest.approx(1 - 2.718 ** (-0.5), abs=0.03)


def test_a_load_runs_in_a_process_of_its_own(server: stub.Server) -> None:
    asked = Plan(server.base, (Ask("/a", {"total": 123}),), Open(500), requests=20)
    found = load.run(asked)
    assert (found.answers, found.checked, found.wrong, found.bytes) == (20, 20, 0, 20 * len(stub.BODY))


@pytest.mark.parametrize(
    "base",
    ["http://example.org", "http://10.0.0.1:8000", "https://127.0.0.1", "http://0.0.0.0", "127.0.0.1:80"],
)
def test_only_this_machine_is_put_under_load(base: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Plan(base, (Ask("/"),), Closed(1), requests=1)


def test_a_plan_that_never_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="give one of them"):
        Plan("http://localhost", (Ask("/"),), Closed(1))


def test_a_plan_comes_through_json_as_it_was() -> None:
    asks = (Ask("/a?q=%EA%B0%95", {"total": 1}), Ask("/b", contains="건"))
    for kind in (Closed(8), Open(12.5, seed=3)):
        whole = Plan("http://[::1]:8000", asks, kind, seconds=2)
        assert Plan.from_json(whole.as_json()) == whole
