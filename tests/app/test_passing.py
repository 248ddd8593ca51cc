"""A process with much to do lets another make a page; no page is lost where that one ends."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest
from flask import Flask, Response, request, stream_with_context
from werkzeug.test import TestResponse

from app import turns
from app.passing import PASSED, SHUNNED_SECONDS, SLOW_SECONDS, Neighbours

LONG_SECONDS = 30.0


class Process:
    """One of a server: its page says which one made it, and may be held up."""

    def __init__(self, loads: list[int], at: int, sockets: Path) -> None:
        self.neighbours = Neighbours(loads, at, sockets)
        self.app = Flask(f"process {at}")
        self.go = threading.Event()
        self.began = threading.Semaphore(0)
        self.go.set()
        self.kept: list[socket.socket] = []
        for path, endpoint, page in (
            ("/page", "search.show", lambda: f"made by {at}"),
            ("/held", "search.show_held", self._held),
            ("/missing", "search.show_missing", lambda: ("nothing here", 404, {"X-From": str(at)})),
            ("/stream", "search.show_stream", lambda: Response(stream_with_context(iter(["by ", str(at)])))),
            ("/broken", "search.show_broken", self._broken),
            ("/alive", "status.alive", lambda: f"alive {at}"),
        ):
            self.app.add_url_rule(path, endpoint, page, methods=["GET", "POST"])
        turns.install(self.app, 2, LONG_SECONDS, self.neighbours)

    def _held(self) -> str:
        self.began.release()
        assert self.go.wait(LONG_SECONDS)
        return "done"

    def _broken(self) -> str:
        self.began.release()
        raise ZeroDivisionError

    def get(self, path: str, **environ: str) -> TestResponse:
        return self.app.test_client().get(path, environ_overrides=environ)


Server = tuple[Process, Process]


@pytest.fixture
def server() -> Iterator[Server]:
    """Two processes, the second of which listens."""
    loads = [0, 0]
    with TemporaryDirectory() as sockets:  # the path of a socket is short
        here, there = (Process(loads, at, Path(sockets)) for at in range(2))
        there.neighbours.listen(there.app)
        yield here, there
        here.go.set()
        there.go.set()
        for one in there.kept:
            one.close()


@pytest.fixture
def busy(server: Server) -> Iterator[Server]:
    """The same, and the first is making a page."""
    here, _ = server
    here.go.clear()
    with ThreadPoolExecutor(1) as reader:
        held: Future[TestResponse] = reader.submit(here.get, "/held")
        assert here.began.acquire(timeout=LONG_SECONDS)
        yield server
        here.go.set()
        assert held.result(LONG_SECONDS).status_code == 200
    assert list(here.neighbours.loads) == [0, 0], "pages that are made are still counted"


def test_a_page_is_made_by_who_has_less_to_do(busy: Server) -> None:
    here, _ = busy
    assert here.get("/page").text == "made by 1"
    assert list(here.neighbours.loads) == [1, 0]


def test_who_has_nothing_to_do_makes_it(server: Server) -> None:
    assert server[0].get("/page").text == "made by 0"


def test_status_and_headers_come_along(busy: Server) -> None:
    found = busy[0].get("/missing")
    assert (found.status_code, found.text, found.headers["X-From"]) == (404, "nothing here", "1")


def test_the_address_asked_for_comes_along(busy: Server) -> None:
    here, there = busy
    seen: list[tuple[str, str]] = []

    @there.app.after_request
    def note(response: Response) -> Response:
        seen.append((request.url, request.headers["Accept-Encoding"]))
        return response

    here.app.test_client().get(
        "/page?q=%EA%B8%B8%EB%8F%99", base_url="https://data.example.kr", headers={"Accept-Encoding": "gzip"}
    )
    assert seen == [("https://data.example.kr/page?q=길동", "gzip")]


def test_a_page_is_passed_on_once(busy: Server) -> None:
    assert busy[0].get("/page", **{PASSED: "1"}).text == "made by 0"


@pytest.mark.parametrize(
    ("path", "method", "made"),
    [("/alive", "GET", "alive 0"), ("/page", "POST", "made by 0"), ("/stream", "GET", "by 0")],
)
def test_some_things_are_made_where_they_are_asked_for(
    busy: Server, path: str, method: str, made: str
) -> None:
    assert busy[0].app.test_client().open(path, method=method).text == made


def _gone(there: Process) -> None:
    there.neighbours.folder.joinpath("1").unlink()


def _refusing(there: Process) -> None:
    """As the socket of a process that was killed."""
    _gone(there)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(there.neighbours.folder / "1"))


def _hanging(there: Process) -> None:
    """As that of one that takes up nobody any more, and before whom as many wait as may."""
    _gone(there)
    address = str(there.neighbours.folder / "1")
    door = socket.socket(socket.AF_UNIX)
    door.bind(address)
    door.listen(0)
    waiting = [door]
    with suppress(BlockingIOError):
        while True:
            waiting.append(socket.socket(socket.AF_UNIX))
            waiting[-1].setblocking(False)
            waiting[-1].connect(address)
    there.kept += waiting


@pytest.mark.parametrize("ended", [_gone, _refusing, _hanging])
def test_where_the_other_has_ended_it_is_made_here(busy: Server, ended: Callable[[Process], None]) -> None:
    here, there = busy
    ended(there)
    assert here.get("/page").text == "made by 0"


def test_who_lets_a_page_wait_in_vain_is_passed_nothing_more_for_a_while(busy: Server) -> None:
    here, there = busy
    neighbours, now = here.neighbours, 1_000.0
    neighbours.patience_seconds, neighbours.clock = 0.01, lambda: now
    _gone(there)
    with socket.socket(socket.AF_UNIX) as door:  # as that of a process that was stopped
        door.bind(str(neighbours.folder / "1"))
        door.listen()
        door.setblocking(False)

        def came() -> bool:
            with suppress(BlockingIOError):
                door.accept()[0].close()
                return True
            return False

        assert (here.get("/page").text, came()) == ("made by 0", True)
        assert (here.get("/page").text, came()) == ("made by 0", False)
        now += SHUNNED_SECONDS
        assert (here.get("/page").text, came()) == ("made by 0", True)


def test_while_a_page_is_waited_for_long_no_other_is_passed_to_the_same_process(busy: Server) -> None:
    here, there = busy
    there.go.clear()
    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(here.get, "/held")
        assert there.began.acquire(timeout=LONG_SECONDS)
        here.neighbours.loads[1] = 0  # it has nothing to do, for all one can see
        assert here.get("/page").text == "made by 1"
        here.neighbours.clock = lambda: monotonic() + 2 * SLOW_SECONDS
        assert here.get("/page").text == "made by 0"
        there.go.set()
        assert waiting.result(LONG_SECONDS).text == "done"
    assert here.get("/page").text == "made by 1"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_there_is_an_error_here(busy: Server) -> None:
    here, there = busy
    there.app.testing = True  # so that it is raised, as one that nobody foresees
    assert here.get("/broken").status_code == 500
    assert there.began.acquire(blocking=False), "the other was not asked"


def test_a_process_that_follows_another_takes_its_place(server: Server) -> None:
    here, there = server
    here.neighbours.loads[1] = 5  # what the one that was killed had to do
    Neighbours(here.neighbours.loads, 1, there.neighbours.folder).listen(there.app)
    assert list(here.neighbours.loads) == [0, 0]
