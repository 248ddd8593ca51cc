"""Whether answers are right: looked at when the load is over, so that decoding takes nothing from it."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.load.client import Answer
from benchmarks.load.plan import Ask

KEPT = 32
"""Of each path so many different bodies are kept; a page that differs every time must not fill the memory."""


@dataclass
class Kept:
    """Answers to asks that say what is right, each different one once."""

    bodies: dict[int, Counter[tuple[str, bytes]]] = field(default_factory=dict)
    """By the place of the ask in the plan."""

    def keep(self, at: int, answer: Answer) -> None:
        seen = self.bodies.setdefault(at, Counter())
        body = (answer.encoding, answer.body)
        if body in seen or len(seen) < KEPT:
            seen[body] += 1

    def checked(self) -> int:
        return sum(seen.total() for seen in self.bodies.values())

    def wrong(self, asks: tuple[Ask, ...]) -> Iterator[tuple[int, str]]:
        """How often, and what is wrong."""
        for at, seen in self.bodies.items():
            for (encoding, body), times in seen.items():
                if said := fault(asks[at], encoding, body):
                    yield times, f"{asks[at].path}: {said}"


def fault(ask: Ask, encoding: str, body: bytes) -> str | None:
    """What is wrong with an answer; None if nothing is."""
    try:
        text = (gzip.decompress(body) if encoding == "gzip" else body).decode()
        found = json.loads(text) if ask.expect else {}
    except (OSError, EOFError, ValueError) as error:
        return f"cannot be read: {error}"
    if ask.contains is not None and ask.contains not in text:
        return f"{ask.contains!r} is not in it"
    if not isinstance(found, dict):
        return "is no JSON object"
    for key, value in ask.expect.items():
        if key not in found or found[key] != value:
            return f"{key} is {found.get(key)!r}, not {value!r}"
    return None
