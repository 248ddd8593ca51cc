"""The bare engines, fed with what was prepared beforehand: the least that writing the same records can take.

Preparing is not timed. What either engine is fed with lies on disk as the pipeline would send it: a line of JSON for
each record, as tantivy's own command line reads them, and bulk bodies for OpenSearch, read ahead until they are sent.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from opensearchpy import OpenSearch

from benchmarks import bench
from catalogue import datasets
from indexer.workshop import Workshop
from search.batch import Batch
from search.embedded import fields
from search.morphology import load
from search.opensearch import bulk, mapping
from search.opensearch.sending import BODY_BYTES, SENDERS

WARMING_BATCHES = 50
SECONDS = 600
INDEX = "bench-bare"


def batches(shop: Workshop) -> Iterator[Batch]:
    """Every record of the catalogue, in the order in which the pipeline writes them."""
    for current in datasets.current(shop.catalogue):
        yield from shop.flat(current).batches()


@contextmanager
def embedded(shop: Workshop) -> Iterator[Callable[[], float]]:
    """What gives the seconds that tantivy alone takes to read, add, commit and merge."""
    with TemporaryDirectory() as folder:
        prepared = _lines(shop, Path(folder) / "lines")

        def seconds() -> float:
            with TemporaryDirectory(dir=folder) as index:
                return bench.timed(lambda: _added(prepared, Path(index)))

        yield seconds


def _lines(shop: Workshop, path: Path) -> Path:
    """A line of JSON for each record, some 1.8 kB. Of long decimals tantivy may miss the last bit: that changes no time."""
    analyzer = load(shop.dictionary())
    with path.open("w", encoding="utf-8") as file:
        for batch in batches(shop):
            file.writelines(f"{line}\n" for line in fields.lines(fields.columns(batch, analyzer)))
    return path


def _added(prepared: Path, index: Path) -> None:
    writer = fields.new_index(index).writer(fields.WRITER_HEAP_BYTES, num_threads=1)
    with prepared.open(encoding="utf-8") as file:
        for line in file:
            writer.add_json(line)
    writer.commit()
    writer.wait_merging_threads()


def warm(shop: Workshop, url: str) -> None:
    """Has OpenSearch write some of the records and forget them: who comes first must not pay for its start."""
    client = OpenSearch(hosts=[url], timeout=SECONDS)
    with TemporaryDirectory() as folder:
        _written_and_gone(client, shop, _bodies(islice(batches(shop), WARMING_BATCHES), Path(folder)))


@contextmanager
def opensearch(shop: Workshop, url: str) -> Iterator[Callable[[], tuple[float, int]]]:
    """What gives the seconds that OpenSearch alone takes to write and refresh, and the records it then holds."""
    client = OpenSearch(hosts=[url], timeout=SECONDS)
    with TemporaryDirectory() as folder:
        prepared = _bodies(batches(shop), Path(folder))
        yield lambda: _written_and_gone(client, shop, prepared)


def _written_and_gone(client: OpenSearch, shop: Workshop, prepared: list[Path]) -> tuple[float, int]:
    client.indices.create(index=INDEX, body=mapping.records(shop.dictionary()))
    try:
        seconds = bench.timed(lambda: _sent(client, prepared))
        return seconds, int(client.count(index=INDEX)["count"])
    finally:
        client.indices.delete(index=INDEX)


def _bodies(found: Iterable[Batch], folder: Path) -> list[Path]:
    """Bulk bodies of one size, each in a file of its own."""
    paths: list[Path] = []
    held = b""
    for body in chain.from_iterable(bulk.bodies(batch, _version(batch), BODY_BYTES) for batch in found):
        if held and len(held) + len(body) > BODY_BYTES:
            paths.append(_written(folder / str(len(paths)), held))
            held = b""
        held += body
    return [*paths, _written(folder / str(len(paths)), held)] if held else paths


def _version(batch: Batch) -> str:
    return f"{batch.dataset}@bare"


def _written(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


def _sent(client: OpenSearch, prepared: list[Path]) -> None:
    def send(path: Path) -> None:
        said = client.bulk(index=INDEX, body=path.read_bytes(), params={"filter_path": "errors"})
        if said["errors"]:
            raise RuntimeError("OpenSearch refused prepared documents")

    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(send, prepared))
    client.indices.refresh(index=INDEX)
