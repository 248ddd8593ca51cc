"""A process makes few pages at once: Python would make many of them in turns of milliseconds, and all of them late."""

import threading

from flask import Flask, Response, g, request

from app.caching import is_kept
from app.passing import Neighbours

AT_ONCE = 2
"""While one waits for the engine the other is written."""

PATIENCE_SECONDS = 1.0
"""Who has waited so long goes on: an engine that hangs must not hold up what needs none."""

WAIT_FOR_NOBODY = frozenset({"api.suggest"})
"""Of milliseconds, and somebody is typing."""


def install(
    app: Flask,
    at_once: int = AT_ONCE,
    patience_seconds: float = PATIENCE_SECONDS,
    neighbours: Neighbours | None = None,
) -> None:
    """After everything that answers without making a page."""
    turns = threading.Semaphore(at_once)

    @app.before_request
    def wait() -> Response | None:
        if not is_kept(request.endpoint) or request.endpoint in WAIT_FOR_NOBODY:
            return None
        if neighbours:
            if request.method == "GET" and (made := neighbours.made_elsewhere(request.environ)):
                return made
            neighbours.begin()
            g.is_counted = True
        g.has_turn = turns.acquire(timeout=patience_seconds)
        return None

    @app.teardown_request
    def over(_: BaseException | None) -> None:
        if g.pop("has_turn", False):
            turns.release()
        if neighbours and g.pop("is_counted", False):
            neighbours.end()
