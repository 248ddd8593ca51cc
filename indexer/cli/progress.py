"""Progress on the command line: a bar for people, JSON lines for programs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from indexer.publishing import Progress

BAR_WIDTH = 30


@contextmanager
def shown(*, as_lines: bool) -> Iterator[Progress]:
    """A progress for the time of a job: JSON lines on stdout, or a bar drawn only on a terminal."""
    if as_lines:
        yield _line
        return
    with click.progressbar(
        length=1, width=BAR_WIDTH, show_pos=True, show_eta=True, item_show_func=lambda step: step or ""
    ) as bar:

        def draw(step: str, done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, step)

        yield draw


def _line(step: str, done: int, total: int) -> None:
    click.echo(json.dumps({"step": step, "done": done, "total": total}, ensure_ascii=False))
