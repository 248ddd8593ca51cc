"""A process that publishes builds until it is killed: ``python -m tests.contracts.writer INDEX NAME``."""

import sys
from functools import cache
from pathlib import Path

from search.embedded import EmbeddedEngine
from search.engine import Engine
from search.morphology import load
from search.opening import clock
from tests.batches import beside
from tests.contracts.corpus import corpus

MADE = corpus(seed=9, datasets=3, records=60)
LARGE, SMALL = 10, 5
"""Records of each dataset in the builds that take turns."""


def build(engine: Engine, name: str, keep: int) -> None:
    """Publish the first ``keep`` records of each dataset."""
    engine.sweep()
    stage = engine.stage(name)
    for dataset in MADE.datasets:
        stage.put(dataset, beside(MADE.records[dataset.id][:keep], dataset))
    stage.seal()
    stage.publish()


def main(index: str, name: str) -> None:
    """Take turns until killed; says when the first build is there."""
    engine = EmbeddedEngine(Path(index), clock, cache(load))
    for number in range(1_000_000):
        build(engine, f"{name}.{number}", SMALL if number % 2 else LARGE)
        if number == 0:
            sys.stdout.write("published\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
