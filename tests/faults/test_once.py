"""However many processes there are, what is due is done once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from catalogue import runs
from catalogue.store import Catalogue
from tests.conftest import embedded
from tests.faults.killing import counts, environment, start, until
from tests.indexer.small import WHOLE, small

WEB_WORKERS, OTHERS = 4, 2


@contextmanager
def running(process: "subprocess.Popen[str]") -> Iterator["subprocess.Popen[str]"]:
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


def gunicorn(var: Path) -> "subprocess.Popen[str]":
    """Web workers under the reloader, as in development."""
    words = ["-m", "gunicorn", "-w", str(WEB_WORKERS), "--reload", "-b", "127.0.0.1:0", "app:create_app()"]
    return subprocess.Popen(
        [sys.executable, *words],
        env=environment(var, None),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def booted(web: "subprocess.Popen[str]") -> None:
    """Every web worker has the application loaded."""
    assert web.stderr is not None
    there = 0
    for line in web.stderr:
        there += "Booting worker" in line
        if there == WEB_WORKERS:
            return


def test_with_four_web_workers_a_reloader_and_two_of_everything_else_a_due_run_is_done_once(
    tmp_path: Path,
) -> None:
    engine = embedded(tmp_path / "index")
    small(tmp_path, engine).catalogue.close()  # data that no run has indexed: due at the start
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    with ExitStack() as stack:
        booted(stack.enter_context(running(gunicorn(tmp_path))))
        workers = [stack.enter_context(running(start(tmp_path, "worker"))) for _ in range(OTHERS)]
        for _ in range(OTHERS):
            stack.enter_context(running(start(tmp_path, "scheduler")))
        until(lambda: runs.last_done(catalogue) is not None, workers[0])
    states = [(run.trigger, run.state) for run in runs.recent(catalogue)]
    catalogue.close()
    assert states == [("schedule", runs.DONE)]
    assert counts(engine) == WHOLE
