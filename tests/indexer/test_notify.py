"""Word goes out when a run needs somebody, once, and never with a key or a password in it."""

import json
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from catalogue import fetches, runs
from catalogue.fetches import Outcome
from catalogue.runs import now
from catalogue.tables import Run
from indexer import notify
from indexer.notify import NotSent
from indexer.working import teller
from indexer.workshop import Workshop
from settings import Notify
from tests.conftest import embedded
from tests.indexer.small import small


@dataclass
class Heard:
    """What came in."""

    url: str = ""
    said: list[str] = field(default_factory=list)
    status: int = 200


@pytest.fixture
def hook() -> Iterator[Heard]:
    heard = Heard()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.said.append(json.loads(body)["text"])
            self.send_response(heard.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    heard.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield heard
    server.shutdown()
    server.server_close()


@pytest.fixture
def post() -> Iterator[Heard]:
    """A mail server that knows as much as it must."""
    heard = Heard()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            while line := self.rfile.readline().strip():
                if line.upper() == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    heard.said.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                if line.upper() == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                self.wfile.write(b"250 ok\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    heard.url = f"smtp://127.0.0.1:{server.server_address[1]}"
    yield heard
    server.shutdown()
    server.server_close()


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    made = small(tmp_path, embedded(tmp_path / "index"))
    yield made
    made.catalogue.close()


def finished(workshop: Workshop, state: str) -> Run:
    """A fetch that has ended so, with one failure in it."""
    run = runs.enqueue(workshop.catalogue, "test", job=runs.FETCH)
    bad = Outcome("libraries", "seoul", fetches.FAILED, "서울 열린데이터광장: 빈 답을 보냈습니다.", "page")
    fetches.note(workshop.catalogue, run, bad, now())
    fetches.note(workshop.catalogue, run, Outcome("parks", "seoul", fetches.NEW, "30건"), now())
    runs.finish(workshop.catalogue, run, state, "자료 2개를 살펴보았습니다(새 판 1, 실패 1).")
    return runs.get(workshop.catalogue, run)


def test_a_run_with_a_failure_is_told_once_with_what_failed_and_why(workshop: Workshop, hook: Heard) -> None:
    tell = teller(workshop, Notify(webhook=hook.url), lambda _: None)
    run = finished(workshop, runs.WARNED)
    tell(run)
    tell(run)
    (said,) = hook.said
    for word in ("libraries", "빈 답", "실패 1", f"실행 {run.id}"):
        assert word in said
    assert "parks" not in said


@pytest.mark.parametrize("state", [runs.DONE, runs.CANCELLED, runs.ABANDONED])
def test_a_run_that_needs_nobody_is_not_told(workshop: Workshop, hook: Heard, state: str) -> None:
    teller(workshop, Notify(webhook=hook.url), lambda _: None)(finished(workshop, state))
    assert hook.said == []


def test_a_mail_says_the_same(workshop: Workshop, post: Heard) -> None:
    to = Notify(mail_to="staff@office.example", mail_from="portal@office.example", smtp_url=post.url)
    teller(workshop, to, lambda _: None)(finished(workshop, runs.FAILED))
    (mail,) = post.said
    assert "To: staff@office.example" in mail
    assert "From: portal@office.example" in mail


def test_that_nobody_could_be_told_is_said_without_the_address_and_hurts_nothing(
    workshop: Workshop, hook: Heard
) -> None:
    hook.status = 500
    said: list[str] = []
    address = f"{hook.url}?token=planted-token"
    teller(workshop, Notify(webhook=address), said.append)(finished(workshop, runs.FAILED))
    (line,) = said
    assert "nobody could be told" in line
    assert "planted-token" not in line


def test_one_way_that_fails_does_not_keep_the_other_from_going_out(hook: Heard) -> None:
    to = Notify(
        webhook=hook.url, mail_to="a@b.example", mail_from="a@b.example", smtp_url="smtp://127.0.0.1:1"
    )
    with pytest.raises(NotSent, match="mail"):
        notify.send(to, "제목", "본문")
    assert hook.said == ["제목\n본문"]
