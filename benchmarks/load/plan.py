"""What a load is to be, and what came of it: both travel between processes as JSON."""

import ipaddress
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

IN_FLIGHT = 64


@dataclass(frozen=True)
class Ask:
    """A path to be asked for, encoded already, and what a right answer to it says.

    ``expect``: what the keys of its JSON must be equal to; ``contains``: a text that stands in its page.
    """

    path: str
    expect: Mapping[str, Any] = field(default_factory=dict)
    contains: str | None = None

    @property
    def is_checked(self) -> bool:
        return bool(self.expect) or self.contains is not None


@dataclass(frozen=True)
class Closed:
    """So many users; each asks again as soon as it has its answer."""

    users: int


@dataclass(frozen=True)
class Open:
    """So many requests a second on average, arriving by chance, whether or not earlier ones have been answered."""

    rate: float
    seed: int = 1
    in_flight: int = IN_FLIGHT


@dataclass(frozen=True)
class Plan:
    """A load on one server: its asks in turn, over and over, until so many requests or seconds have gone."""

    base: str
    asks: tuple[Ask, ...]
    load: Closed | Open
    requests: int | None = None
    seconds: float | None = None
    timeout: float = 60.0

    def __post_init__(self) -> None:
        if not self.asks:
            raise ValueError("a load needs at least one path")
        if (self.requests is None) == (self.seconds is None):
            raise ValueError("a load lasts so many requests or so many seconds: give one of them")
        _ = self.address

    @property
    def address(self) -> tuple[str, int]:
        """Host and port; only of this machine: a load on anybody else's is an attack."""
        parts = urlsplit(self.base)
        if parts.scheme != "http" or not parts.hostname or not _is_loopback(parts.hostname):
            raise ValueError(f"only http on a loopback address is put under load, not {self.base}")
        if parts.path.strip("/"):
            raise ValueError(f"paths are given whole: {self.base} has one of its own")
        return parts.hostname, parts.port or 80

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        asks = tuple(Ask(**one) for one in body["asks"])
        load = Closed(**body["load"]) if "users" in body["load"] else Open(**body["load"])
        return cls(**{**body, "asks": asks, "load": load})


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True)
class Result:
    """What came of a load.

    Latencies are of answers with a status of 200 to 299 only: an error that comes fast is no fast answer.
    """

    requests: int
    answers: int
    errors: int
    """Of the requests: without an answer, or with another status. A redirect is not followed, so it counts here."""
    checked: int
    wrong: int
    """Of the checked answers: not what the plan expects."""
    faults: tuple[str, ...]
    """The first errors and wrong answers."""
    statuses: Mapping[str, int]
    """Of each status its number; "-" is no answer at all."""
    bytes: int
    """Of bodies, as sent."""
    seconds: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float
    late_ms: float
    """Of 99 in a hundred requests at most: from due until sent. Where it is large in an open load, all that may be
    in flight was in flight, or the generator had no processor: compare ``busy``."""
    busy: float
    """Share of one processor that the generator took."""

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "per_second": self.per_second}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        fields = {name: value for name, value in body.items() if name != "per_second"}
        return cls(**{**fields, "faults": tuple(body["faults"])})
