"""The OpenSearch node dies in the middle of a re-index: the old build answers after its restart."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalogue import runs
from catalogue.tables import Run
from indexer.jobs import Workshop, run_next
from search.engine import EngineDown
from search.opening import clock
from search.opensearch import OpenSearchEngine, connect
from tests.conftest import filled
from tests.faults.killing import counts
from tests.opensearch.server import Server


@pytest.fixture
def server(opensearch_server: Callable[..., Server]) -> Iterator[Server]:
    yield opensearch_server()


def reindex(workshop: Workshop, *, killing: Server | None = None, at: int = 0) -> Run:
    steps = 0

    def watch(_step: str, _done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if killing is not None and steps == at:
            killing.kill()

    run = runs.enqueue(workshop.catalogue, "test", all_of_them=True)
    run_next(workshop, watch, run)
    return runs.recent(workshop.catalogue, 1)[0]


def test_a_dead_node_costs_the_run_and_nothing_else(
    server: Server, tmp_path: Path, sample_files: Path
) -> None:
    engine = OpenSearchEngine(connect(server.url), clock)
    workshop = filled(tmp_path, engine, sample_files)
    assert reindex(workshop).state == runs.DONE
    whole = counts(engine)
    with pytest.raises(EngineDown):
        reindex(workshop, killing=server, at=8)
    failed = runs.recent(workshop.catalogue, 1)[0]
    assert failed.state == runs.FAILED
    assert "OpenSearch" in failed.message
    with pytest.raises(EngineDown):
        engine.live()
    server.start()
    assert counts(engine) == whole
    assert reindex(workshop).state == runs.DONE
    assert counts(engine) == whole
    workshop.catalogue.close()
