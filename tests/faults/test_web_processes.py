"""Several web processes are one portal: whichever ends, readers are answered, and all end together."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from settings import Settings
from tests.conftest import embedded
from tests.faults.killing import environment, until
from tests.indexer.small import index, small
from tests.opensearch.server import free_port

PROCESSES = 3
"""Two that serve, one that makes charts."""


class Portal:
    """``python -m app`` with two processes that serve."""

    def __init__(self, var: Path, temporary: Path) -> None:
        self.port = free_port()
        self.temporary = temporary
        settings = {"GBP_PORT": str(self.port), "GBP_WEB_PROCESSES": "2"}
        self.first = subprocess.Popen(
            [sys.executable, "-m", "app"],
            env={**environment(var, None), **settings, "TMPDIR": str(temporary)},
            stderr=subprocess.PIPE,
            text=True,
        )

    def answers(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            try:
                connection.request("GET", "/search?q=%EB%86%80%EC%9D%B4%ED%84%B0")
                with connection.getresponse() as found:
                    return found.status == 200 and "29건" in found.read().decode()
            except OSError:
                return False

    def serving(self) -> list[int]:
        """The processes that the first one has started."""
        told = Path(f"/proc/{self.first.pid}/task/{self.first.pid}/children").read_text(encoding="utf-8")
        return [int(number) for number in told.split()]


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    shop = small(tmp_path, embedded(tmp_path / "index"))
    index(shop)
    shop.catalogue.close()
    with TemporaryDirectory() as temporary:  # the paths of sockets are short
        made = Portal(tmp_path, Path(temporary))
        until(made.answers, made.first)
        yield made
        with suppress(ProcessLookupError):
            made.first.terminate()
        made.first.communicate(timeout=60)


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return re.search(r"\) [ZX] ", state) is None


def test_a_process_that_dies_is_followed_by_another_and_readers_are_answered(portal: Portal) -> None:
    until(lambda: len(portal.serving()) == PROCESSES, portal.first)
    before = portal.serving()
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(portal.serving()) == PROCESSES and before[0] not in portal.serving(), portal.first)
    until(portal.answers, portal.first)
    assert before[1] in portal.serving()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_all_end_and_leave_nothing(portal: Portal, how: signal.Signals, tmp_path: Path) -> None:
    serving = portal.serving()
    assert list((tmp_path / "sent").rglob("*")), "what was sent is not handed on"
    portal.first.send_signal(how)
    assert portal.first.wait(60) == 0
    assert not any(map(is_there, serving))
    assert list((tmp_path / "sent").rglob("*")) == []
    assert list(portal.temporary.iterdir()) == []


def test_where_the_first_process_is_killed_none_stays_behind(portal: Portal) -> None:
    serving = portal.serving()
    assert list(portal.temporary.iterdir())
    portal.first.kill()
    portal.first.wait(60)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as clock:
        until(lambda: not any(map(is_there, serving)), clock)  # type: ignore[arg-type]
        clock.kill()
    assert list(portal.temporary.iterdir()) == []


def refused(var: Path, port: int, processes: int) -> str:
    """What a portal says that cannot begin on a port."""
    ended = subprocess.run(
        [sys.executable, "-m", "app"],
        env={**environment(var, None), "GBP_PORT": str(port), "GBP_WEB_PROCESSES": str(processes)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    return ended.stderr


def test_a_port_that_another_portal_serves_is_said_to_be_taken(portal: Portal, tmp_path: Path) -> None:
    assert f"127.0.0.1:{portal.port} cannot be used" in refused(tmp_path, portal.port, 2)
    assert portal.answers()


@pytest.mark.parametrize("processes", [1, 2])
def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path, processes: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refused(tmp_path, taken.getsockname()[1], processes)
    assert "Address already in use): set GBP_PORT" in said
    assert "Traceback" not in said


def test_settings_say_how_many(tmp_path: Path) -> None:
    assert Settings.from_env({"GBP_VAR": str(tmp_path), "GBP_WEB_PROCESSES": "3"}).web_processes == 3
    assert Settings.from_env({"GBP_VAR": str(tmp_path)}).web_processes in (1, 2)


def test_where_temporary_files_lie_deep_it_serves_all_the_same(tmp_path: Path) -> None:
    shop = small(tmp_path, embedded(tmp_path / "index"))
    index(shop)
    shop.catalogue.close()
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    made = Portal(tmp_path, deep)
    try:
        until(made.answers, made.first)
    finally:
        made.first.terminate()
        made.first.communicate(timeout=60)
