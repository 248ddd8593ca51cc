"""What intake takes to inspect a folder, and to refuse bombs: ``python -m benchmarks.inspecting [FOLDER]``.

Without a folder a generated sample is inspected. Every file is read as ``gbp inspect`` reads it: in a limited
process, as many at once as there are processors.
"""

import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from benchmarks import bench
from indexer.confined import Exceeded, confined
from indexer.intake import take
from indexer.intake.report import as_line
from indexer.sample import write_sample
from indexer.taking import in_order, limits_for
from sources import folder
from sources.contract import Facts, Fetched, Unreadable
from tests.indexer.bombs import BOMBS

DATASETS, RECORDS = 120, 240_000
SLOWEST = 5

Measured = tuple[str, int, float, float]
"""File, bytes, seconds, peak megabytes of its process."""


def main() -> None:
    """Print the tables."""
    with _folder() as files:
        started = perf_counter()
        found = list(in_order(_measured, folder.read([files], {}, Facts())))
        seconds = perf_counter() - started
    megabytes = sum(size for _, size, _, _ in found) / 1e6
    print(
        bench.table(
            ("files", "MB", "seconds", "seconds a MB", "peak MB of a process"),
            [
                (
                    len(found),
                    f"{megabytes:.1f}",
                    f"{seconds:.1f}",
                    f"{seconds / megabytes:.2f}",
                    f"{max(peak for *_, peak in found):.0f}",
                )
            ],
        )
    )
    slowest = sorted(found, key=lambda one: one[2], reverse=True)[:SLOWEST]
    print(
        bench.table(
            ("slowest", "MB", "seconds"), [(f, f"{b / 1e6:.1f}", f"{s:.1f}") for f, b, s, _ in slowest]
        )
    )
    bombs = [_measured(Fetched(name, make(), Facts())) for name, make in BOMBS.items()]
    print(bench.table(("bomb", "MB", "seconds"), [(f, f"{b / 1e6:.2f}", f"{s:.1f}") for f, b, s, _ in bombs]))


@contextmanager
def _folder() -> Iterator[Path]:
    if len(sys.argv) > 1:
        yield Path(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as made:
        write_sample(Path(made), datasets=DATASETS, records=RECORDS)
        yield Path(made)


def _measured(found: Fetched | Unreadable) -> Measured:
    if isinstance(found, Unreadable):
        return found.file, 0, 0.0, 0.0
    started = perf_counter()
    try:
        peak = confined(limits_for(len(found.data)), _inspect, found.file, found.data)
    except Exceeded:
        peak = 0.0
    return found.file, len(found.data), perf_counter() - started, peak


def _inspect(name: str, data: bytes) -> float:
    as_line(take(name, data, records=False))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    main()
