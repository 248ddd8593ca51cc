"""What the benchmarks share: a sample in a folder, a workshop on it, a clock, a table."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from catalogue import runs
from catalogue.store import Catalogue
from indexer.adding import add
from indexer.areas import Areas
from indexer.jobs import run_next
from indexer.sample import write_sample
from indexer.storage import Storage
from indexer.workshop import Workshop
from search.opening import open_engine
from sources import folder, metadata
from sources.contract import Facts


@contextmanager
def workshop(datasets: int, records: int) -> Iterator[tuple[Workshop, Path]]:
    """A workshop on an empty state folder, and a folder of sample files."""
    with tempfile.TemporaryDirectory() as made:
        files, var = Path(made) / "files", Path(made) / "var"
        write_sample(files, datasets=datasets, records=records)
        engine = open_engine(None, None, var / "index")
        shop = Workshop(Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}"), Storage(var), engine)
        yield shop, files
        shop.catalogue.close()


def take_in(shop: Workshop, files: Path) -> int:
    """All files into the catalogue; gives the number of records."""
    facts = metadata.read(files / "metadata.tsv")
    found = folder.read([files], facts, Facts())
    return sum(one.records for one in add(shop.catalogue, shop.storage, Areas.load(), found))


def index(shop: Workshop) -> None:
    run_next(shop, None, runs.enqueue(shop.catalogue, "benchmark", all_of_them=True))


Work = Callable[[], object]


def timed(work: Work) -> float:
    """Seconds that the work takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
