"""From the start to the first answer: ``python -m benchmarks.cold_start [RECORDS]``.

Seconds from ``gbp serve`` to the first search page that somebody gets, and what the second takes, against the least
that a program can do that starts Flask, opens the same index and answers one query. The pages of the index may still
be in the memory of the system. Figures are of one run on one machine: read the ratios.
"""

import sys
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlencode

from app.wording import found
from benchmarks import bench, words
from benchmarks.kinds import SEEDS
from benchmarks.portal import Portal, starting
from benchmarks.stand import Stand, ended, parser, published, wanted

STARTS = 5
HEAD = ("p50 of starts", "starts", "first answer, s", "second, ms", "times the bare one, first", "second")


@dataclass(frozen=True)
class Start:
    first: float
    second: float


def main() -> None:
    """Print the table."""
    made = parser(__doc__)
    made.add_argument("--starts", type=int, default=STARTS)
    given = made.parse_args()
    with published(wanted(given)) as stand:
        first, second, *_ = words.queries(stand.shop, 10, SEEDS["search"])
        paths = tuple(f"/search?{urlencode({'q': one})}" for one in (first, second))
        ours = [_ours(stand, paths) for _ in range(given.starts)]
        lines = [("gbp serve", ours)]
        if not stand.settings.opensearch_url:
            lines.append(("bare Flask and tantivy", [_bare(stand, paths) for _ in range(given.starts)]))
        print(f"{stand.shop.engine.name}, {stand.records:,} records\n")
        print(table(lines))
    ended(stand.wrong)


def _ours(stand: Stand, paths: tuple[str, ...]) -> Start:
    """One start; afterwards the portal is asked for something of which the answer is known."""
    started = perf_counter()
    with starting(stand) as portal:
        start = _start(started, portal, paths)
        everything = found(len(stand.truth.files), stand.records)
        if everything not in portal.get("/search?q=").decode():
            stand.wrong.append(f"/search?q=: {everything!r} is not in it")
    return start


def _bare(stand: Stand, paths: tuple[str, ...]) -> Start:
    folder = stand.settings.index / "builds" / stand.shop.engine.live().build.id
    started = perf_counter()
    with starting(stand, sys.executable, "-m", "benchmarks.bare_portal", str(folder)) as portal:
        return _start(started, portal, paths)


def _start(started: float, portal: Portal, paths: tuple[str, ...]) -> Start:
    portal.until(paths[0])
    first = perf_counter() - started
    return Start(first, bench.timed(lambda: portal.get(paths[1])))


def table(lines: list[tuple[str, list[Start]]]) -> str:
    """What the last line takes is the measure of the others."""
    shares = [
        (name, len(found), _middle([one.first for one in found]), _middle([one.second for one in found]))
        for name, found in lines
    ]
    *_, least_first, least_second = shares[-1]
    rows = [
        (
            name,
            number,
            f"{first:.2f}",
            f"{second * 1000:.0f}",
            f"{first / least_first:.1f}",
            f"{second / least_second:.1f}",
        )
        for name, number, first, second in shares
    ]
    return bench.table(HEAD, rows)


def _middle(seconds: list[float]) -> float:
    return bench.quantile(seconds, 0.5)


if __name__ == "__main__":
    main()
