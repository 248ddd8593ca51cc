"""What can go wrong between us and a source, by kind; the message is for staff and says what to do."""

from typing import Literal

Kind = Literal[
    "key",  # refused, missing or not applied for
    "quota",  # of the day: nothing more before midnight
    "rate",  # too fast: later
    "request",  # we ask wrongly
    "gone",  # no such service, table or file
    "server",  # their fault, for now
    "network",  # not reached, or broken off
    "slow",  # over the time limit, or a drip
    "large",  # over the byte limit
    "page",  # a web page or nothing where data should be
    "cut",  # half an answer
    "charset",  # bytes that are no text in any known encoding
    "form",  # not the form that is documented
    "fields",  # fields renamed or lost
    "count",  # another number of rows than was told
    "blocked",  # an address or a redirect that we do not follow
]

PASSING: frozenset[Kind] = frozenset({"rate", "server", "network", "slow", "page", "cut"})
"""Worth another try a little later."""


class SourceError(Exception):
    """``str()`` is Korean, names source and cause, says what to do, and holds no key."""

    def __init__(self, kind: Kind, message: str, wait_seconds: float = 0.0) -> None:
        super().__init__(kind, message, wait_seconds)  # all of it: it crosses processes
        self.kind: Kind = kind
        self.message = message
        self.wait_seconds = wait_seconds

    def __str__(self) -> str:
        return self.message

    @property
    def passes(self) -> bool:
        return self.kind in PASSING
