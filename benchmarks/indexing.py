"""What our pipeline costs over the bare engine: ``python -m benchmarks.indexing [RECORDS]``.

The bare engine is fed with documents prepared beforehand; the pipeline reads files, takes them in, flattens, writes,
checks and publishes the same records. Then one dataset changes in the finished index. With ``--opensearch`` both are
done on OpenSearch too. Figures are of one run on one machine: read the ratios. A wrong total makes the exit status 1.
"""

from dataclasses import replace
from time import monotonic, sleep

from opensearchpy import OpenSearch

from benchmarks import bare, bench, changing, command
from benchmarks.command import Step
from benchmarks.memory import disk_bytes
from benchmarks.stand import Stand, empty, ended, opensearch, parser, wanted
from catalogue import datasets
from search.opening import open_engine

CHANGES = ("the first", "the second", "the third")
MERGING_SECONDS = 300
HEAD = (
    "records",
    "records a second",
    "seconds",
    "times the bare engine",
    "peak MB alone",
    "peak MB with children",
)


def main() -> None:
    """Print the tables."""
    made = parser(__doc__)
    made.add_argument(
        "--changed", type=int, default=changing.RECORDS, help="records of the dataset that changes"
    )
    given = made.parse_args()
    # on the embedded engine whatever is asked for: it is part of every portal
    with empty(replace(wanted(given), opensearch=None)) as stand:
        if datasets.current(stand.shop.catalogue):
            raise SystemExit(f"{stand.settings.var}: holds datasets already; give an empty folder")
        taking = command.take_in(stand.settings, stand.files)
        on_embedded(stand, taking, given.changed)
        if given.opensearch is not None:
            folder = stand.settings.var / "opensearch"
            with opensearch(given.opensearch or "", folder) as url:
                on_opensearch(with_opensearch(stand, str(url)), taking, given.changed)
    ended(stand.wrong)


def on_embedded(stand: Stand, taking: Step, changed: int) -> None:
    indexing = command.index(stand.settings)
    stand.check()
    report(stand, taking, indexing, bare.embedded(stand.shop))
    var = stand.settings.var
    sizes = {name: disk_bytes(var / name) for name in ("index", "tables", "editions")}
    files = disk_bytes(stand.files)
    rows = [
        (name, f"{size / 1e6:.1f}", f"{size / files:.2f}")
        for name, size in (("files", files), *sizes.items())
    ]
    print(bench.table(("on disk", "MB", "times the files"), rows), "\n", flush=True)
    report_change(stand, changed)


def on_opensearch(stand: Stand, taking: Step, changed: int) -> None:
    url = str(stand.settings.opensearch_url)
    bare.warm(stand.shop, url)
    indexing = command.index(stand.settings)
    stand.check()
    seconds, held = bare.opensearch(stand.shop, url)
    if held != stand.records:
        stand.wrong.append(f"bare OpenSearch: {held:,} records, not {stand.records:,}")
    report(stand, taking, indexing, seconds)
    at_rest(url)
    report_change(stand, changed)


def at_rest(url: str) -> None:
    """Wait until the server merges nothing: after a whole index it does for half a minute, beside whatever is asked of it."""
    client, deadline = OpenSearch(hosts=[url]), monotonic() + MERGING_SECONDS
    while monotonic() < deadline:
        nodes = client.nodes.stats(metric="indices")["nodes"].values()
        if not sum(node["indices"]["merges"]["current"] for node in nodes):
            return
        sleep(1)
    raise RuntimeError(f"the server still merges after {MERGING_SECONDS} s")


def with_opensearch(stand: Stand, url: str) -> Stand:
    """The same catalogue and tables on a server."""
    engine = open_engine(url, None, stand.settings.index)
    settings = replace(stand.settings, opensearch_url=url)
    return replace(stand, shop=replace(stand.shop, engine=engine), settings=settings)


def report(stand: Stand, taking: Step, indexing: Step, least: float) -> None:
    print(f"{stand.shop.engine.name}, {stand.records:,} records, {len(stand.truth.files)} datasets\n")
    rows: list[tuple[object, ...]] = [
        ("bare engine, prepared documents", f"{stand.records / least:,.0f}", f"{least:.1f}", "1.00", "", "")
    ]
    for name, step in (
        ("files into stored tables", taking),
        ("from stored tables to published", indexing),
        ("from files to published", taking + indexing),
    ):
        times = (f"{stand.records / step.seconds:,.0f}", f"{step.seconds:.1f}", f"{step.seconds / least:.2f}")
        rows.append((name, *times, f"{step.alone / 1e6:.0f}", f"{step.family / 1e6:.0f}"))
    print(bench.table(HEAD, rows), "\n", flush=True)


def report_change(stand: Stand, records: int) -> None:
    found = [changing.until_found(stand, records) for _ in CHANGES]
    rows = [
        (name, f"{records:,}", f"{stand.records:,}", f"{seconds:.1f}", f"{added / seconds:.2f}")
        for name, (seconds, added) in zip(CHANGES, found, strict=True)
    ]
    head = (
        "of one worker",
        "changed dataset, records",
        "in an index of",
        "seconds from file to found",
        "of these taking it in",
    )
    print(bench.table(head, rows), "\n", flush=True)


if __name__ == "__main__":
    main()
