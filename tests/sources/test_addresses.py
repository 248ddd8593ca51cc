"""Where a name leads is judged before anything is called, and what was judged is what is called."""

from collections.abc import Sequence

import pytest

from sources.addresses import public_address
from sources.client import Ask, Client, Limits
from sources.errors import SourceError
from tests.sources.calling import Time
from tests.sources.talking import talking, whole

INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.9",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - not bound to, refused
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
]
PUBLIC = ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8"]


def judged(*found: str, private: bool = False) -> str:
    return public_address("kosis.kr", 443, lambda _host, _port: found, private=private)


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_refused(address: str) -> None:
    with pytest.raises(SourceError, match=r"kosis\.kr.*내부망") as error:
        judged(address)
    assert (error.value.kind, error.value.passes) == ("blocked", False)


@pytest.mark.parametrize("address", INSIDE)
def test_one_address_inside_among_public_ones_is_enough(address: str) -> None:
    with pytest.raises(SourceError, match="내부망"):
        judged(PUBLIC[0], address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_called(address: str) -> None:
    assert judged(address, *PUBLIC) == address


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1"])
def test_a_gateway_of_the_office_may_be_inside(address: str) -> None:
    assert judged(address, private=True) == address


def unknown(_host: str, _port: int) -> Sequence[str]:
    raise OSError


@pytest.mark.parametrize("resolve", [unknown, lambda _host, _port: ()])
def test_a_name_that_nobody_knows_may_be_known_later(resolve: object) -> None:
    with pytest.raises(SourceError, match="이름 서버") as error:
        public_address("kosis.kr", 443, resolve, private=False)  # type: ignore[arg-type]
    assert error.value.kind == "network"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http://localhost/",
        "http://0x7f.1/",
    ],
)
def test_the_client_calls_nothing_inside_by_any_spelling(url: str) -> None:
    calling = Client(Limits(tries=1), clock=Time().clock)
    with pytest.raises(SourceError) as error:
        calling.ask(Ask(url), lambda answer: answer)
    assert error.value.kind in {"blocked", "network"}
    assert "내부망" in str(error.value) or "주소를 찾지 못했습니다" in str(error.value)
    calling.close()


def test_a_name_is_asked_for_once_a_call_and_the_answer_is_what_is_called() -> None:
    """A name server that says another address the second time (DNS rebinding) gets nowhere."""
    heard: list[bytes] = []

    def script(head: bytes) -> list[bytes]:
        heard.append(head)
        return [whole(b"here")]

    with talking(script) as base:
        port = base.rpartition(":")[2]
        answers = iter(["127.0.0.1", "203.0.113.7"])
        calling = Client(
            Limits(tries=1),
            {"kosis.kr": f"http://egress.example:{port}"},
            Time().clock,
            lambda _host, _port: [next(answers)],
        )
        assert calling.ask(Ask("https://kosis.kr/a"), lambda answer: answer.body) == b"here"
        calling.close()
    assert next(answers) == "203.0.113.7", "it was asked for once"
    assert f"Host: egress.example:{port}".encode() in heard[0], "under the name that was meant"
