"""What our pipeline costs over the bare engine: ``python -m benchmarks.indexing [RECORDS]``.

The bare engine is fed with documents prepared beforehand, once before the pipeline and once after it; the pipeline
reads files, takes them in, flattens, writes, checks and publishes the same records. Then one dataset changes in the
finished index. With ``--opensearch`` both are done on OpenSearch too. Figures are of one run on one machine: read the
ratios. A wrong total makes the exit status 1.
"""

from dataclasses import replace
from statistics import mean
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
    with bare.embedded(stand.shop) as seconds:
        before = seconds()
        indexing = command.index(stand.settings)
        after = seconds()
    stand.check()
    report(stand, taking, indexing, (before, after))
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
    with bare.opensearch(stand.shop, url) as alone:
        before = alone()
        indexing = command.index(stand.settings)
        after = alone()
    stand.check()
    for _, held in (before, after):
        if held != stand.records:
            stand.wrong.append(f"bare OpenSearch: {held:,} records, not {stand.records:,}")
    report(stand, taking, indexing, (before[0], after[0]))
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


def report(stand: Stand, taking: Step, indexing: Step, bare_seconds: tuple[float, float]) -> None:
    """``bare_seconds``: before our own indexing and after it; the mean is what a drifting machine would take meanwhile."""
    print(f"{stand.shop.engine.name}, {stand.records:,} records, {len(stand.truth.files)} datasets\n")
    least = mean(bare_seconds)
    times = [
        (f"bare engine, prepared documents, {when}", seconds, "", "")
        for when, seconds in zip(("before", "after"), bare_seconds, strict=True)
    ]
    times += [
        (name, step.seconds, f"{step.alone / 1e6:.0f}", f"{step.family / 1e6:.0f}")
        for name, step in (
            ("files into stored tables", taking),
            ("from stored tables to published", indexing),
            ("from files to published", taking + indexing),
        )
    ]
    rows = [
        (name, f"{stand.records / seconds:,.0f}", f"{seconds:.1f}", f"{seconds / least:.2f}", *held)
        for name, seconds, *held in times
    ]
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
