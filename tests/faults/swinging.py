"""A portal that swings between two states, so that a build half way between them would show."""

from dataclasses import dataclass
from pathlib import Path

from catalogue import runs
from indexer.jobs import sweep
from indexer.workshop import Workshop
from search.engine import Engine
from tests.faults.killing import State, counts
from tests.indexer.small import TABLES, WHOLE, index, put, small

TIMES = 12
"""Rows of the small tables times this: writing them takes long enough to be killed in."""


def _longer(text: str, times: int) -> str:
    header, *rows = text.splitlines(keepends=True)
    return header + "".join(rows) * times


SHORT: State = tuple((name, records * TIMES) for name, records in WHOLE)
LONG: State = tuple((name, records * (TIMES + 1)) for name, records in WHOLE)
STATES = {SHORT, LONG}


@dataclass
class Swing:
    """``target`` is the state that the next run will publish."""

    workshop: Workshop
    target: State = LONG

    @classmethod
    def of(cls, var: Path, engine: Engine) -> "Swing":
        """Published in the first state."""
        made = cls(small(var, engine))
        made.turn()
        index(made.workshop)
        return made

    def turn(self) -> None:
        """Put every dataset of the other state into the catalogue."""
        self.target = LONG if self.target == SHORT else SHORT
        for file, text in TABLES.items():
            put(self.workshop, file, _longer(text, TIMES + (self.target == LONG)))

    def recover(self) -> None:
        """The next run, and the sweep after it, mend whatever the last has left."""
        index(self.workshop)
        sweep(self.workshop)
        assert counts(self.workshop.engine) == self.target, "as after an undisturbed run"

    def states(self) -> list[str]:
        return [run.state for run in runs.recent(self.workshop.catalogue, 500)]
