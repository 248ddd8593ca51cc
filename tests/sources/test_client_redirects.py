"""Redirects are followed by hand: where we know the host, without the key, and not for ever."""

from collections.abc import Callable, Iterator

import pytest

from sources.client import MOST_REDIRECTS, Ask, Client, Limits
from sources.errors import SourceError
from tests.sources.calling import Time, client
from tests.sources.stubs import Fault, Stub
from tests.sources.talking import talking, whole

HOST = "apis.data.go.kr"
URL = f"https://{HOST}/B553766/psgr/getPsgr"
ONCE = Limits(tries=1, pause_seconds=0.0)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


def failed(calling: Client, ask: Ask) -> SourceError:
    with pytest.raises(SourceError) as error:
        calling.ask(ask, lambda answer: answer)
    calling.close()
    return error.value


@pytest.mark.parametrize(
    "to",
    [
        "http://example.invalid/",
        "//example.invalid/x",
        "https://apis.data.go.kr.example.invalid/",
        "https://apis.data.go.kr@example.invalid/",
        "https://kosis.kr/",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://apis.data.go.kr/",
        "http://apis.data.go.kr/",
        "https://apis.data.go.kr:22/",
        "https://apis.data.go.kr:99999/",
    ],
)
def test_other_places_are_not_followed(stub: Stub, to: str) -> None:
    """Another host, a weaker way, another port, what is no address."""
    stub.fault = Fault("redirect_elsewhere", detail=to)
    error = failed(client(stub, ONCE, Time().clock), Ask(URL))
    assert (error.kind, len(stub.calls)) == ("blocked", 1)
    assert HOST in str(error)


def test_what_is_no_address_is_not_followed(stub: Stub) -> None:
    stub.fault = Fault("redirect_elsewhere", detail="http://[::1")
    error = failed(client(stub, ONCE, Time().clock), Ask(URL))
    assert (error.kind, len(stub.calls)) == ("cut", 1)


def test_a_place_elsewhere_is_followed_where_the_request_allows_it(stub: Stub) -> None:
    stub.fault = Fault("redirect_elsewhere", times=1, detail="https://kosis.kr/openapi/")
    calling = client(stub, ONCE, Time().clock)
    calling.ask(Ask(URL, hosts=frozenset({"kosis.kr"})), lambda answer: answer)
    assert [call.host for call in stub.calls] == [HOST, "kosis.kr"]
    calling.close()


def test_the_key_is_not_handed_on(stub: Stub) -> None:
    stub.fault = Fault("redirect_elsewhere", times=1, detail="/elsewhere?a=1&a=2%2B3")
    calling = client(stub, ONCE, Time().clock)
    calling.ask(Ask(URL, {"serviceKey": "stub-key"}), lambda answer: answer)
    first, second = stub.calls
    assert first.params == {"serviceKey": "stub-key"}
    assert (second.path, second.params) == ("/elsewhere", {"a": "2+3"})
    calling.close()


def test_a_form_becomes_a_plain_request(stub: Stub) -> None:
    stub.fault = Fault("redirect_elsewhere", times=1, detail="/error.html")
    calling = client(stub, ONCE, Time().clock)
    calling.ask(Ask("https://jumin.mois.go.kr/downloadCsv.do", form={"sum": "sum"}), lambda answer: answer)
    assert [(call.method, call.params) for call in stub.calls] == [("POST", {"sum": "sum"}), ("GET", {})]
    calling.close()


def test_a_redirect_that_leads_round_and_round_ends(stub: Stub) -> None:
    stub.fault = Fault("redirect_elsewhere", detail="/again")
    error = failed(client(stub, ONCE, Time().clock), Ask(URL))
    assert (error.kind, len(stub.calls)) == ("blocked", MOST_REDIRECTS + 1)


def test_the_address_behind_a_redirect_is_judged_too() -> None:
    """Without a gateway: the second host leads inside."""
    with talking(lambda _: [whole(b"", "302 Found", "Location: https://kosis.kr/x")]) as base:
        leads = {"127.0.0.1": "127.0.0.1", "kosis.kr": "10.0.0.1"}
        resolve: Callable[[str, int], list[str]] = lambda host, _port: [leads[host]]  # noqa: E731
        calling = Client(ONCE, {HOST: base}, Time().clock, resolve)
        error = failed(calling, Ask(URL, hosts=frozenset({"kosis.kr"})))
    assert (error.kind, "10.0.0.1" in str(error)) == ("blocked", True)
