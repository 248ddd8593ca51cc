"""The polite HTTP client of all sources: bounded, patient, and silent about keys."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import quote, urlencode, urljoin, urlsplit

import httpx

from sources.addresses import Resolve, public_address, resolved
from sources.errors import SourceError
from sources.silence import hush, without
from sources.transport import Patience, Transport

T = TypeVar("T")

USER_AGENT = "Mozilla/5.0 (compatible; gbp; district data portal)"
"""A request without a usual User-Agent is blocked by the firewall of data.go.kr (source-formats §2.1)."""

MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONNECT_SECONDS, _SILENCE_SECONDS = 10.0, 20.0
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 1.0, 60.0
_READ_CHARACTERS, _MOST_CHARACTERS = 100_000, 300
"""Of what is told of an error: a source may send a book."""


@dataclass(frozen=True)
class Limits:
    """Of one call with its redirects and its body. ``pause_seconds``: between two calls to one host."""

    seconds: float = 120.0
    size_bytes: int = 500_000_000
    bytes_a_second: float = 500.0
    grace_seconds: float = 10.0
    tries: int = 4
    pause_seconds: float = 0.3


@dataclass(frozen=True)
class Ask:
    """A request. ``params`` go out percent-encoded once; ``hosts`` are those a redirect may lead to.

    ``secret`` is the key in it, which no error may name.
    """

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    secret: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class Answer:
    """An answer of any status. ``headers`` have lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Clock:
    """Time and chance, so that tests need neither. ``sleep`` of 0 is asked now and then: what it raises ends a call."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Client:
    """Calls of every source go through one of these.

    ``gateways`` maps hosts to the base address they are reached by instead (an egress gateway of the office):
    only there may an address be private.
    """

    def __init__(
        self,
        limits: Limits = Limits(),
        gateways: Mapping[str, str] | None = None,
        clock: Clock = Clock(),
        resolve: Resolve = resolved,
    ) -> None:
        self._limits, self._gateways, self._clock = limits, dict(gateways or {}), clock
        self._resolve = resolve
        hush()
        self._patience = Patience(clock.monotonic, lambda: clock.sleep(0.0))
        self._http = httpx.Client(transport=Transport(self._patience), trust_env=False)
        self._called: dict[str, float] = {}
        self._lock = threading.Lock()
        self._mine = threading.local()

    @property
    def requests(self) -> int:
        """Requests that this thread has made."""
        return int(getattr(self._mine, "requests", 0))

    def close(self) -> None:
        self._http.close()

    def ask(self, ask: Ask, check: Callable[[Answer], T]) -> T:
        """What ``check`` makes of the answer; tried again where the fault it names may pass.

        Raises SourceError, that of the last try. A source that wants to be left alone for longer than we wait
        is not asked again.
        """
        for number in range(1, self._limits.tries + 1):
            try:
                return check(self._call(ask))
            except SourceError as error:
                is_last = number == self._limits.tries or error.wait_seconds > _LONGEST_WAIT_SECONDS
                if is_last or not error.passes:
                    raise _told(error, ask) from None
                wait = self._wait(number, error)
            self._clock.sleep(wait)
        raise AssertionError  # the loop returns or raises

    def _wait(self, number: int, error: SourceError) -> float:
        """Twice as long each time, and by chance up to half of it less: not all callers at one moment."""
        waits = min(_FIRST_WAIT_SECONDS * 2.0 ** (number - 1), _LONGEST_WAIT_SECONDS)
        return max(waits * (1 - self._clock.chance() / 2), error.wait_seconds)

    def _call(self, ask: Ask) -> Answer:
        """Redirects are followed by hand, each judged like a first address."""
        deadline = self._clock.monotonic() + self._limits.seconds
        hosts = {ask.host, *ask.hosts}
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(ask, deadline)
            where = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not where:
                return answer
            # the parameters with the key are not handed on
            ask = replace(ask, url=_followed(ask, where, hosts), params={}, form=None)
        raise SourceError("blocked", f"{ask.host}: {MOST_REDIRECTS}번 넘게 다른 곳으로 돌려보냈습니다")

    def _once(self, ask: Ask, deadline: float) -> Answer:
        self._be_polite(ask.host)
        self._patience.until(deadline)
        try:
            request = self._request(ask)
        except (httpx.InvalidURL, ValueError):
            raise SourceError("blocked", f"{ask.host}: 쓸 수 없는 주소입니다") from None
        self._mine.requests = self.requests + 1
        try:
            response = self._http.send(request, stream=True)
            try:
                return Answer(
                    response.status_code, self._body(ask, response, deadline), dict(response.headers)
                )
            finally:
                response.close()
        except httpx.TimeoutException as error:
            unreached = isinstance(error, httpx.ConnectTimeout)
            raise SourceError(
                "network" if unreached else "slow", f"{ask.host}: 제때 답하지 않았습니다"
            ) from None
        except httpx.RemoteProtocolError:
            raise SourceError("cut", f"{ask.host}: 답하다가 연결이 끊겼습니다") from None
        except httpx.DecodingError:
            raise SourceError("cut", f"{ask.host}: 압축된 답이 깨져 있습니다") from None
        except httpx.TransportError as error:
            raise SourceError("network", f"{ask.host}: 연결하지 못했습니다({type(error).__name__})") from None

    def _request(self, ask: Ask) -> httpx.Request:
        """Addressed to the number that was judged, under the name that was meant."""
        gateway = self._gateways.get(ask.host)
        parts = urlsplit(ask.url)
        query = "&".join(filter(None, (parts.query, urlencode(ask.params, quote_via=quote, safe=""))))
        base = gateway.rstrip("/") if gateway else f"{parts.scheme}://{parts.netloc}"
        url = httpx.URL(f"{base}{parts.path}{'?' if query else ''}{query}")
        port = url.port or (443 if url.scheme == "https" else 80)
        address = public_address(url.host, port, self._resolve, private=gateway is not None)
        return self._http.build_request(
            "GET" if ask.form is None else "POST",
            url.copy_with(host=address),
            data=ask.form,
            headers={"User-Agent": USER_AGENT, **ask.headers, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.host},
            timeout=httpx.Timeout(_SILENCE_SECONDS, connect=_CONNECT_SECONDS),
        )

    def _body(self, ask: Ask, response: httpx.Response, deadline: float) -> bytes:
        """Read under the time and byte limits of the whole call: a time-out of the socket alone bears a drip."""
        limits, began = self._limits, self._clock.monotonic()
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            now = self._clock.monotonic()
            if size > limits.size_bytes:
                raise SourceError(
                    "large", f"{ask.host}: 답이 {limits.size_bytes:,}바이트를 넘어 그만 받았습니다"
                )
            if now > deadline:
                raise SourceError("slow", f"{ask.host}: {limits.seconds:,.0f}초 안에 다 보내지 않았습니다")
            spent = now - began
            if spent > limits.grace_seconds and size < spent * limits.bytes_a_second:
                raise SourceError("slow", f"{ask.host}: 너무 느리게(초당 {size / spent:,.0f}바이트) 보냅니다")
        return b"".join(parts)

    def _be_polite(self, host: str) -> None:
        """Calls to one host keep a distance, whichever thread makes them."""
        with self._lock:
            now = self._clock.monotonic()
            free = max(
                self._called.get(host, now - self._limits.pause_seconds) + self._limits.pause_seconds, now
            )
            self._called[host] = free
        if free > now:
            self._clock.sleep(free - now)


def _followed(ask: Ask, where: str, hosts: set[str]) -> str:
    """Where a redirect leads. Raises SourceError for another host, port or way than those we know."""
    try:
        url = urljoin(ask.url, where)
        to, first = urlsplit(url), urlsplit(ask.url)
        known = to.hostname in hosts and to.port in {None, 443, first.port}
    except ValueError:
        raise SourceError("blocked", f"{ask.host}: 쓸 수 없는 주소로 돌려보냈습니다") from None
    if not known or to.scheme not in {"https", first.scheme}:
        raise SourceError("blocked", f"{ask.host}: 다른 곳({to.hostname})으로 돌려보내 따르지 않았습니다")
    return url


def _told(error: SourceError, ask: Ask) -> SourceError:
    """Without the key, whatever the source has sent back, and no longer than anybody reads."""
    message = without(error.message[:_READ_CHARACTERS], [ask.secret])
    short = message if len(message) <= _MOST_CHARACTERS else f"{message[:_MOST_CHARACTERS]}…"
    return SourceError(error.kind, short, error.wait_seconds)
