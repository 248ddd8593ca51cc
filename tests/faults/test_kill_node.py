"""The OpenSearch node dies in the middle of a re-index: the old build answers after its restart."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue import runs
from indexer.jobs import run_next
from search.engine import EngineDown
from search.opening import clock
from search.opensearch import OpenSearchEngine, connect
from tests.faults.killing import counts
from tests.faults.swinging import Swing
from tests.opensearch.server import Server


def test_a_dead_node_costs_the_run_and_nothing_else(
    opensearch_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = opensearch_server()
    swing = Swing.of(tmp_path, OpenSearchEngine(connect(server.url), clock))
    workshop = swing.workshop
    for step in ("색인 도서관", "공개"):
        before = swing.target
        swing.turn()
        asked = runs.enqueue(workshop.catalogue, "test", all_of_them=True)

        def watch(now: str, _done: int, _total: int, deadly: str = step) -> None:
            if now == deadly:
                server.kill()

        with pytest.raises(EngineDown):
            run_next(workshop, watch)
        failed = runs.get(workshop.catalogue, asked)
        assert failed.state == runs.FAILED
        assert failed.message.startswith("OpenSearch does not answer")
        with pytest.raises(EngineDown):
            workshop.engine.live()
        server.start()
        assert counts(workshop.engine) == before, "the old build answers after the restart"
        swing.recover()
        known = {build.id for build in workshop.engine.builds()}
        swept = {name.removeprefix("gbp-records-") for name in workshop.engine.sweep()}
        assert swept <= known, "leftovers of the dead"
    workshop.catalogue.close()
