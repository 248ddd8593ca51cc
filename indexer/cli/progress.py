"""Progress on the command line: a bar for people, JSON lines for programs."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic

import click

from indexer.publishing import Progress

BAR_WIDTH = 30
LOG_SECONDS = 1.0


@contextmanager
def shown(*, as_lines: bool, unit: str = "건") -> Iterator[Progress]:
    """A progress for the time of a job: JSON lines on stdout, or a bar on a terminal.

    ``unit`` is what the job counts at its beginning: records, or datasets.
    """
    if as_lines:
        yield _line
    elif not sys.stdout.isatty():
        yield _silent
    else:
        began = monotonic()
        with click.progressbar(
            length=1, width=BAR_WIDTH, show_pos=True, show_eta=True, item_show_func=lambda step: step or ""
        ) as bar:

            def draw(step: str, done: int, total: int) -> None:
                bar.length = max(total, 1)
                rate = done / max(monotonic() - began, 1e-3)
                bar.update(done - bar.pos, f"{rate:,.0f}{unit}/초 {step}")

            yield draw


def log_line(text: str) -> None:
    """A line of a log, with its time."""
    click.echo(json.dumps({"at": _now(), "message": text}, ensure_ascii=False))


def logged(stop: Progress) -> Progress:
    """Progress as JSON lines of a log, one a second at most, with rate and time left; ``stop`` is asked first."""
    began = last = monotonic()
    first = 0

    def watch(step: str, done: int, total: int) -> None:
        nonlocal began, last, first
        stop(step, done, total)
        now = monotonic()
        if done < first or done == 0:
            began, first = now, done
        if now - last < LOG_SECONDS:
            return
        last = now
        rate = (done - first) / max(now - began, 1e-3)
        left = round((total - done) / rate) if rate > 0 else None
        line = {"at": _now(), "step": step, "done": done, "total": total}
        more = {"a_second": round(rate, 1), "seconds_left": left}
        click.echo(json.dumps({**line, **more}, ensure_ascii=False))

    return watch


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _line(step: str, done: int, total: int) -> None:
    click.echo(json.dumps({"step": step, "done": done, "total": total}, ensure_ascii=False))


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches; what was done is told at the end."""
