"""A night in which little has changed: all datasets of a folder, then the same with a few of them changed.

``python -m benchmarks.refetching [DATASETS] [RECORDS] [CHANGED]``: ratios of one run on one machine.
"""

import sys
import tempfile
from pathlib import Path
from time import perf_counter

from catalogue import fetches, runs
from catalogue.store import Catalogue
from indexer import sample
from indexer.jobs import run_now
from indexer.storage import Storage
from indexer.supply import FOLDER, Supply
from indexer.workshop import Workshop
from search.opening import open_engine


def main(datasets: int = 269, records: int = 134_000, changed: int = 9) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder, var = Path(made) / "office", Path(made) / "var"
        sample.write_sample(folder, datasets=datasets, records=records, seed=3)
        engine = open_engine(None, None, var / "index")
        catalogue = Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}")
        shop = Workshop(catalogue, Storage(var), engine, supply=Supply(folder=folder))
        print(f"{'night':<28}{'seconds':>9}{'of the first':>14}  outcome")
        first = _night(shop, "all are new", 0.0)
        _night(shop, "nothing has changed", first)
        for path in sorted(folder.glob("*.csv"))[:changed]:
            lines = path.read_bytes().splitlines(keepends=True)
            path.write_bytes(b"".join([*lines, lines[-1]]))
        _night(shop, f"{changed} have changed", first)
        catalogue.close()


def _night(shop: Workshop, name: str, first: float) -> float:
    began = perf_counter()
    run = run_now(shop, None, "benchmark", [FOLDER], everything=False, job=runs.FETCH)
    spent = perf_counter() - began
    states = [one.state for one in fetches.of_run(shop.catalogue, run.id) if one.entry != FOLDER]
    counts = ", ".join(f"{state} {states.count(state)}" for state in sorted(set(states)))
    ratio = f"{spent / first:.2f}" if first else "1.00"
    print(f"{name:<28}{spent:>9.1f}{ratio:>14}  {counts}")
    return spent


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
