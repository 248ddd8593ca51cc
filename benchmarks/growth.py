"""How things grow with the records: ``python -m benchmarks.growth [RECORDS] [--stretch]``.

A tenth of the records, all of them, and with ``--stretch`` ten times as many: time and memory to index, room on
disk, and what the engine and the search page take. Figures are of one run on one machine: read the ratios.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from benchmarks import asking, bench, command, one_request, words
from benchmarks.command import Step
from benchmarks.kinds import SEEDS
from benchmarks.memory import disk_bytes
from benchmarks.stand import FEWEST, Wanted, empty, ended, parser, wanted

QUERIES = 300
TENTH = 10
MB = 1e6


@dataclass(frozen=True)
class Size:
    """What one size takes, in seconds and bytes."""

    records: int
    taking: Step
    indexing: Step
    disk: int
    times: asking.Times

    def figures(self) -> dict[str, float]:
        """By name; milliseconds and megabytes."""
        times = self.times
        found = {
            "files into tables, s": self.taking.seconds,
            "tables to published, s": self.indexing.seconds,
            "peak MB alone": max(self.taking.alone, self.indexing.alone) / MB,
            "peak MB with children": max(self.taking.family, self.indexing.family) / MB,
            "index on disk, MB": self.disk / MB,
        }
        for name, seconds in (
            ("engine", times.engine),
            ("search", times.search),
            ("facets and totals", times.facets),
            ("yearly sums", times.yearly),
            ("page", times.page),
        ):
            found[f"{name} p50, ms"] = bench.quantile(seconds, 0.5) * 1000
            found[f"{name} p95, ms"] = bench.quantile(seconds, 0.95) * 1000
        return found


def main() -> None:
    """Print the table."""
    made = parser(__doc__)
    made.add_argument("--stretch", action="store_true", help="ten times the records too")
    made.add_argument("--queries", type=int, default=QUERIES)
    given = made.parse_args()
    what = wanted(given)
    wrong: list[str] = []
    sizes: list[Size] = []
    for records in _sizes(what, stretch=given.stretch):
        sizes.append(measured(_of(what, records), given.queries, wrong))
        print(f"{sizes[-1].records:,} records measured", flush=True)
    print("\n" + table(sizes))
    ended(wrong)


def _sizes(what: Wanted, *, stretch: bool) -> list[int]:
    least = max(what.records // TENTH, what.areas * FEWEST)
    return [least, what.records, *([what.records * TENTH] if stretch else [])]


def _of(what: Wanted, records: int) -> Wanted:
    """Every size in folders of its own, below those that were named."""

    def below(folder: Path | None) -> Path | None:
        return folder / str(records) if folder else None

    return replace(what, records=records, datasets=what.areas, files=below(what.files), var=below(what.var))


def measured(what: Wanted, queries: int, wrong: list[str]) -> Size:
    with empty(what) as stand:
        taking = command.take_in(stand.settings, stand.files)
        indexing = command.index(stand.settings)
        stand.check()
        asked = words.queries(stand.shop, queries, SEEDS["search"])
        with one_request.uncached(stand):
            times = asking.measured(stand, asked)
            times.page = asking.pages(stand, asked)
        folder = stand.settings.var / ("opensearch" if what.opensearch == "" else "index")
        wrong += [f"{stand.records:,} records: {one}" for one in stand.wrong]
        return Size(stand.records, taking, indexing, disk_bytes(folder) if folder.exists() else 0, times)


def table(sizes: Sequence[Size]) -> str:
    """A line for each figure: at each size, and how many times that of the size before."""
    figures = [{"records": float(size.records), **size.figures()} for size in sizes]
    rows = []
    for name, first in figures[0].items():
        row = [name, f"{first:,.1f}"]
        for before, now in pairwise(figures):
            row += [f"{now[name]:,.1f}", _step(now[name], before[name])]
        rows.append(row)
    head = [one for size in sizes[1:] for one in (f"{size.records:,} records", "times")]
    return bench.table(["", f"{sizes[0].records:,} records", *head], rows)


def _step(now: float, before: float) -> str:
    return f"{now / before:.2f}" if before else "-"


if __name__ == "__main__":
    main()
