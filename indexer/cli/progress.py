"""Progress on the command line: a bar for people, JSON lines for programs."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import click

from indexer.publishing import Progress

BAR_WIDTH = 30


@contextmanager
def shown(*, as_lines: bool) -> Iterator[Progress]:
    """A progress for the time of a job: JSON lines on stdout, or a bar on a terminal."""
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
                bar.update(done - bar.pos, f"{rate:,.0f}건/초 {step}")

            yield draw


def _line(step: str, done: int, total: int) -> None:
    click.echo(json.dumps({"step": step, "done": done, "total": total}, ensure_ascii=False))


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches; what was done is told at the end."""
