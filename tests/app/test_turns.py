"""Few pages are made at once, and none waits for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, g

from app import turns

READERS = 6
LONG_SECONDS = 30.0


def served(work: Callable[[], str], at_once: int, patience_seconds: float) -> Flask:
    """A page, suggestions and a probe that do the work."""
    app = Flask("turns")
    app.add_url_rule("/page", "search.show", work)
    app.add_url_rule("/alive", "status.alive", work)
    app.add_url_rule("/suggest", "api.suggest", work)
    turns.install(app, at_once, patience_seconds)
    return app


def all_at_once(app: Flask, path: str) -> list[int]:
    """Statuses of the answers to all readers."""
    with ThreadPoolExecutor(READERS) as readers:
        return list(readers.map(lambda _: app.test_client().get(path).status_code, range(READERS)))


def meeting(parties: int) -> Callable[[], str]:
    """Work that is done only where so many do it at the same time."""
    together = threading.Barrier(parties)

    def work() -> str:
        together.wait(LONG_SECONDS)
        return ""

    return work


def test_no_more_pages_are_made_at_once_than_have_a_turn() -> None:
    at_once, now, most, lock = 2, 0, 0, threading.Lock()
    meet = meeting(at_once)

    def work() -> str:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        meet()
        with lock:
            now -= 1
        return ""

    assert all_at_once(served(work, at_once, LONG_SECONDS), "/page") == [200] * READERS
    assert most == at_once


def test_who_has_waited_long_enough_goes_on_although_nobody_is_done() -> None:
    assert all_at_once(served(meeting(READERS), 1, 0.0), "/page") == [200] * READERS


@pytest.mark.parametrize("path", ["/alive", "/suggest"])
def test_what_is_no_page_waits_for_no_turn(path: str) -> None:
    assert all_at_once(served(meeting(READERS), 1, LONG_SECONDS), path) == [200] * READERS


def test_a_page_that_fails_gives_its_turn_back() -> None:
    had: list[bool] = []

    def work() -> str:
        had.append(g.has_turn)
        raise ZeroDivisionError

    client = served(work, 1, 0.0).test_client()
    assert [client.get("/page").status_code for _ in range(3)] == [500] * 3
    assert had == [True] * 3
