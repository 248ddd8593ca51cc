"""What our pipeline costs over the bare engine: ``python -m benchmarks.indexing [RECORDS]``.

The bare engine is fed with documents prepared beforehand; the pipeline reads files, takes them in,
flattens, writes, checks and publishes. Both write the same records to the embedded engine.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import bench
from catalogue import datasets
from indexer.flatten import Flat
from search.embedded import fields
from search.morphology import load

DATASETS = 40
RECORDS = 40_000


def bare_engine(flats: list[Flat]) -> float:
    """Seconds that tantivy alone takes to index the documents, made beforehand."""
    analyzer = load()
    documents = [
        one for flat in flats for batch in flat.batches() for one in fields.documents(batch, analyzer)
    ]
    with tempfile.TemporaryDirectory() as made:
        writer = fields.new_index(Path(made)).writer(fields.WRITER_HEAP_BYTES, num_threads=1)

        def write() -> None:
            for one in documents:
                writer.add_document(one)
            writer.commit()
            writer.wait_merging_threads()

        return bench.timed(write)


def main() -> None:
    """Print the table."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    with bench.workshop(DATASETS, records) as (shop, files):
        taking = bench.timed(lambda: bench.take_in(shop, files))
        indexing = bench.timed(lambda: bench.index(shop))
        flats = [shop.flat(current) for current in datasets.current(shop.catalogue)]
        bare = bare_engine(flats)
        count = sum(len(flat.frame) for flat in flats)
    rows = [
        (name, f"{count / seconds:,.0f}", f"{seconds / bare:.2f}")
        for name, seconds in (
            ("bare engine, prepared documents", bare),
            ("from stored tables to published", indexing),
            ("from files to published", taking + indexing),
        )
    ]
    print(
        bench.table(
            (f"embedded engine, {count:,} records", "records a second", "times the bare engine"), rows
        )
    )


if __name__ == "__main__":
    main()
