"""Made-up files in the shapes that offices publish: the bundled sample and seed-scale test data."""

import csv
from collections.abc import Iterator
from functools import reduce
from operator import add
from pathlib import Path

import pandas as pd

from indexer.sample.kind import Order
from indexer.sample.plan import Planned, plan, richness
from indexer.sample.truth import Tally, tally, write_truth
from indexer.sample.writers import write_table
from sources.folder import TRUTH

__all__ = ["COLUMNS", "METADATA", "TRUTH", "Planned", "plan", "write_file", "write_sample"]

METADATA = "metadata.tsv"
COLUMNS = ("file", "title", "area", "provider", "description", "sample")


def write_sample(
    folder: Path, *, datasets: int = 16, records: int = 24_000, seed: int = 2020, scale: int = 1
) -> tuple[Path, ...]:
    """Write `datasets` files with `scale` times `records` records in all, their metadata.tsv and truth.json.

    The same arguments give the same bytes. Returns the data files in the order of the plan, then the
    metadata and the truth. Raises ValueError for numbers that cannot be met, OSError where the folder cannot be written.
    """
    planned = plan(datasets, records, scale)
    folder.mkdir(parents=True, exist_ok=True)
    rich = richness(records * scale)
    tallies = [write_file(folder, item, item.order(seed, rich)) for item in planned]
    paths = (folder / item.file for item in planned)
    beside = write_metadata(folder, planned), write_truth(folder / TRUTH, planned, tallies)
    return (*paths, *beside)


def write_file(folder: Path, item: Planned, order: Order) -> Tally:
    """Write one file and tell what it adds up to."""
    tallies: list[Tally] = []

    def counted() -> Iterator[pd.DataFrame]:
        for piece in item.kind.build(order):
            tallies.append(tally(item, piece, next(iter(tallies), None)))
            yield piece

    write_table(counted(), folder / item.file, item.form)
    return reduce(add, tallies)


def write_metadata(folder: Path, planned: tuple[Planned, ...]) -> Path:
    """UTF-8, tabs, one line a file; `sample` is always 1."""
    path = folder / METADATA
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(metadata(at, item) for at, item in enumerate(planned))
    return path


def metadata(at: int, item: Planned) -> tuple[str, ...]:
    """One line of the metadata; some cells stay empty, as their text stands in the file's name."""
    title = "" if at % 4 == 3 else item.title
    provider = "" if at % 5 == 4 else item.kind.provider
    described = f"{item.title}: {item.kind.about}. 자동으로 만든 표본 자료로 실제 값이 아닙니다."
    return (item.file, title, item.kind.area, provider, described, "1")
