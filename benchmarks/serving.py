"""The portal under load: ``python -m benchmarks.serving [RECORDS]``, on OpenSearch with ``--opensearch``.

Every kind of request is asked of ``gbp serve`` by users who wait for their answer and ask again at once (closed) and
by requests that come by chance at six tenths of what it can answer (open), from a second process, with and without a
re-index beside it; what is asked for the first time also by people, who look at a page before they ask for the next.
Then what the engine alone takes, and what people would use instead takes of the same records.
Figures are of one run on one machine: read the ratios. A wrong answer makes the exit status 1.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from benchmarks import asking, bench, beside, memory, one_request, words
from benchmarks.kinds import SEEDS, Kind, kinds
from benchmarks.load import Closed, Open, Plan, Result, run
from benchmarks.portal import Portal, Reindexing, make_ahead, serving
from benchmarks.stand import Stand, ended, parser, published, wanted

USERS = (1, 8, 32)
SHARE = 0.6
"""Of the most answers a second that waiting users got: so many come by chance."""
PEOPLE, LOOKING_SECONDS = 8, 1.0
"""Whoever looks at a page for a second only is in a hurry: what more people ask is asked as often."""
QUERIES = 300
RIVAL_QUERIES = 60
HEAD = (
    "requests",
    "load",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "answers a second",
    "times p95 of one user",
    "late ms",
)


@dataclass
class Measured:
    """Results by kind and load, without a re-index (False) and beside one (True)."""

    stand: Stand
    held: int = 0
    """The most bytes that a portal held after a load."""
    found: dict[tuple[str, str, bool], Result] = field(default_factory=dict)

    def add(self, kind: Kind, load: str, result: Result, *, beside_one: bool) -> None:
        self.found[kind.name, load, beside_one] = result
        if result.errors or result.wrong:
            self.stand.wrong += [f"{kind.name}, {load}: {fault}" for fault in result.faults]

    def quiet(self) -> list[tuple[object, ...]]:
        one = {
            name: result.p95_ms
            for (name, load, late), result in self.found.items()
            if load == "1" and not late
        }
        return [
            (*_figures(name, load, result), _times(result.p95_ms, one.get(name)), f"{result.late_ms:.1f}")
            for (name, load, late), result in self.found.items()
            if not late
        ]

    def beside_a_reindex(self) -> list[tuple[object, ...]]:
        quiet = {key[:2]: result.p95_ms for key, result in self.found.items() if not key[2]}
        return [
            (*_figures(name, load, result), _times(result.p95_ms, quiet.get((name, load))))
            for (name, load, late), result in self.found.items()
            if late
        ]


def _figures(name: str, load: str, result: Result) -> tuple[object, ...]:
    times = (f"{one:.1f}" for one in (result.p50_ms, result.p95_ms, result.p99_ms))
    return (name, load, *times, f"{result.per_second:.1f}")


def _times(one: float, other: float | None) -> str:
    return f"{one / other:.2f}" if other else "-"


def main() -> None:
    """Print the tables."""
    made = parser(__doc__)
    made.add_argument("--queries", type=int, default=QUERIES, help="requests of a kind under one load")
    made.add_argument("--rival-queries", type=int, default=RIVAL_QUERIES, help="0: no rivals")
    made.add_argument("--users", type=int, nargs="+", default=USERS)
    made.add_argument(
        "--no-reindex", action="store_true", help="leave out what is measured beside a re-index"
    )
    made.add_argument("--engine-only", action="store_true", help="only what the engine takes, no load")
    given = made.parse_args()
    with published(wanted(given)) as stand:
        print(f"{stand.shop.engine.name}, {stand.records:,} records, {len(stand.truth.files)} datasets\n")
        queries = words.queries(stand.shop, given.queries, SEEDS["search"])
        with one_request.uncached(stand):
            ours = asking.measured(stand, queries)
            ours.page = asking.pages(stand, queries)
        print(bench.table(("in process", "queries", "p50 ms", "p95 ms"), ours.rows()), "\n", flush=True)
        if stand.settings.opensearch_url:
            print(one_request.compared(stand, given.queries), "\n", flush=True)
        if not given.engine_only:
            loaded(stand, given.queries, tuple(given.users), reindex=not given.no_reindex)
        if given.rival_queries:
            with one_request.uncached(stand):
                print(beside.compared(stand, queries, given.rival_queries))
        stand.check()
    ended(stand.wrong)


def loaded(stand: Stand, number: int, users: tuple[int, ...], *, reindex: bool) -> None:
    """Print what every kind of request takes, first alone, then beside a re-index."""
    print(f"charts made ahead of readers in {bench.timed(lambda: make_ahead(stand)):.1f} s\n", flush=True)
    measured = Measured(stand)
    asked = kinds(stand, number)
    for kind in asked:
        under(measured, kind, users, beside_one=False)
    print(bench.table(HEAD, measured.quiet()))
    print(f"\nthe portal held at most {measured.held / 1e6:.0f} MB\n", flush=True)
    if not reindex:
        return
    with Reindexing(stand) as other:
        for kind in asked:
            under(measured, kind, users, beside_one=True)
    stand.wrong += [other.failed] if other.failed else []
    head = (*HEAD[:-2], "times p95 without")
    print(bench.table(head, measured.beside_a_reindex()))
    print(f"\nwhole builds published meanwhile: {other.builds}\n", flush=True)


def under(measured: Measured, kind: Kind, users: tuple[int, ...], *, beside_one: bool) -> None:
    """One kind under every load. Of a cold kind each load has a portal of its own."""
    most = 0.0
    with ExitStack() as held:
        kept = None if kind.cold else held.enter_context(_warm(measured.stand, kind))
        for number in users:
            result = _played(measured, kind, Closed(number), kept)
            most = max(most, result.per_second)
            measured.add(kind, str(number), result, beside_one=beside_one)
        by_chance = {"open": SHARE * most or 1.0}
        if kind.cold:
            by_chance[f"{PEOPLE} people"] = PEOPLE / LOOKING_SECONDS
        for name, rate in by_chance.items():
            measured.add(kind, name, _played(measured, kind, Open(rate), kept), beside_one=beside_one)


@contextmanager
def _warm(stand: Stand, kind: Kind) -> Iterator[Portal]:
    with serving(stand) as portal:
        run(Plan(portal.base, kind.asks, Closed(2), requests=len(kind.asks)))
        yield portal


def _played(measured: Measured, kind: Kind, load: Closed | Open, kept: Portal | None) -> Result:
    with ExitStack() as held:
        portal = kept or held.enter_context(serving(measured.stand))
        result = run(Plan(portal.base, kind.asks, load, requests=len(kind.asks)))
        measured.held = max(measured.held, memory.held(portal.process.pid))
        return result


if __name__ == "__main__":
    main()
