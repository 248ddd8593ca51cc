"""Fixtures that more than one part of the tests needs: engines, the sample, a published portal."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from catalogue import runs
from catalogue.store import Catalogue
from indexer.adding import add
from indexer.areas import Areas
from indexer.jobs import run_next
from indexer.sample import write_sample
from indexer.sample.boundaries import write_boundaries
from indexer.storage import Storage
from indexer.workshop import Workshop
from search.embedded import EmbeddedEngine
from search.engine import Engine
from search.morphology import load
from search.opening import clock
from search.opensearch import OpenSearchEngine, connect
from sources import folder, metadata
from sources.contract import Facts

# a machine busy with other work is no broken promise: tests assert no times
settings.register_profile("portal", deadline=None)
settings.load_profile("portal")

pytest_plugins = ["tests.opensearch.fixture"]

SAMPLE_DATASETS = 16
SAMPLE_RECORDS = 3_000

# one dictionary for the whole run: it takes 100 MB
ANALYZER = cache(load)

LONGEST = ("test_real_totals.py", "test_kill_worker.py")
"""Begun first, so that no process is left with one of them when the others have nothing to do."""

MakeEngine = Callable[[Path], Engine]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


def embedded(root: Path) -> Engine:
    return EmbeddedEngine(root, clock, ANALYZER)


@pytest.fixture(scope="session")
def clean_opensearch(opensearch_url: str) -> Callable[[], Engine]:
    """An OpenSearch engine with nothing in it, each time it is asked for."""
    client = connect(opensearch_url)

    def clean() -> Engine:
        client.indices.delete(index="gbp-*", params={"ignore_unavailable": "true"})
        return OpenSearchEngine(client, clock)

    return clean


@pytest.fixture(params=["embedded", "opensearch"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Each engine in turn, with nothing published."""
    if request.param == "embedded":
        return embedded(tmp_path / "index")
    made: Callable[[], Engine] = request.getfixturevalue("clean_opensearch")
    return made()


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small sample of every shape."""
    made = tmp_path_factory.mktemp("sample")
    write_sample(made, datasets=SAMPLE_DATASETS, records=SAMPLE_RECORDS)
    return made


def filled(var: Path, engine: Engine, files: Path) -> Workshop:
    """A workshop with the files of a folder in its catalogue; nothing indexed yet."""
    workshop = Workshop(Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}"), Storage(var), engine)
    facts = metadata.read(files / "metadata.tsv")
    added = list(
        add(workshop.catalogue, workshop.storage, Areas.load(), folder.read([files], facts, Facts()))
    )
    assert all(one.dataset for one in added)
    return workshop


@pytest.fixture(scope="session")
def published(sample_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """The sample published on the embedded engine: for tests that only read."""
    var = tmp_path_factory.mktemp("var")
    workshop = filled(var, embedded(var / "index"), sample_files)
    write_boundaries(var / "boundaries.geojson")
    run_next(workshop, None, runs.enqueue(workshop.catalogue, "test"))
    yield workshop
    workshop.catalogue.close()
