"""The polite HTTP client of all sources: bounded, patient, and silent about keys."""

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpx

from sources.addresses import Resolve, public_address, resolved
from sources.errors import SourceError

T = TypeVar("T")

USER_AGENT = "Mozilla/5.0 (compatible; gbp; district data portal)"
"""A request without a usual User-Agent is blocked by the firewall of data.go.kr (source-formats §2.1)."""

MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SILENCE_SECONDS = 20.0
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 1.0, 60.0


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
    """A request. ``params`` go out percent-encoded once; ``hosts`` are those a redirect may lead to."""

    url: str
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()

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
    """Time and chance, so that tests need neither."""

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
        self._http = httpx.Client(trust_env=False, follow_redirects=False)
        self._called: dict[str, float] = {}
        self._lock = threading.Lock()
        self.requests = 0

    def close(self) -> None:
        self._http.close()

    def ask(self, ask: Ask, check: Callable[[Answer], T]) -> T:
        """What ``check`` makes of the answer; tried again where the fault it names may pass.

        Raises SourceError, that of the last try.
        """
        for number in range(self._limits.tries):
            try:
                return check(self._call(ask))
            except SourceError as error:
                if not error.passes or number + 1 == self._limits.tries:
                    raise
                self._clock.sleep(self._wait(number, error))
        raise AssertionError  # the loop returns or raises

    def _wait(self, number: int, error: SourceError) -> float:
        """Twice as long each time, and by chance up to half of it less: not all callers at one moment."""
        waits = max(_FIRST_WAIT_SECONDS * 2.0**number, error.wait_seconds)
        return min(waits, _LONGEST_WAIT_SECONDS) * (1 - self._clock.chance() / 2)

    def _call(self, ask: Ask) -> Answer:
        """Redirects are followed by hand, each judged like a first address."""
        deadline = self._clock.monotonic() + self._limits.seconds
        hosts = {ask.host, *ask.hosts}
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._once(ask, deadline)
            where = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not where:
                return answer
            url = urljoin(ask.url, where)
            to = urlsplit(url)
            if to.hostname not in hosts or to.scheme not in {"https", urlsplit(ask.url).scheme}:
                raise SourceError(
                    "blocked", f"{ask.host}: 다른 곳({to.hostname})으로 돌려보내 따르지 않았습니다"
                )
            # the parameters with the key are not handed on
            ask = replace(ask, url=url, params={}, form=None)
        raise SourceError("blocked", f"{ask.host}: {MOST_REDIRECTS}번 넘게 다른 곳으로 돌려보냈습니다")

    def _once(self, ask: Ask, deadline: float) -> Answer:
        self._be_polite(ask.host)
        request = self._request(ask, deadline)
        self.requests += 1
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

    def _request(self, ask: Ask, deadline: float) -> httpx.Request:
        """Addressed to the number that was judged, under the name that was meant."""
        gateway = self._gateways.get(ask.host)
        parts = urlsplit(ask.url)
        url = httpx.URL(f"{gateway.rstrip('/')}{parts.path}" if gateway else ask.url)
        port = url.port or (443 if url.scheme == "https" else 80)
        address = public_address(url.host, port, self._resolve, private=gateway is not None)
        left = max(0.001, min(_SILENCE_SECONDS, deadline - self._clock.monotonic()))
        return self._http.build_request(
            "GET" if ask.form is None else "POST",
            url.copy_with(host=address),
            params={**dict(httpx.QueryParams(parts.query)), **ask.params} or None,
            data=ask.form,
            headers={"User-Agent": USER_AGENT, **ask.headers, "Host": url.netloc.decode("ascii")},
            extensions={"sni_hostname": url.host},
            timeout=left,
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
