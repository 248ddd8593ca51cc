"""kill -9 at every step of a re-index: readers never see an empty, half or double index."""

from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue import runs
from catalogue.store import Catalogue
from search.engine import Engine
from search.opening import clock
from search.opensearch import OpenSearchEngine, connect
from tests.conftest import embedded, filled
from tests.faults.killing import Reader, counts, finish, kill_at_line, start_index


def prepared(
    var: Path, files: Path, engine: Engine, url: str | None
) -> tuple[tuple[tuple[str, int], ...], int]:
    """Sample in, indexed once, undisturbed: the state readers must keep, and how many steps a run has."""
    filled(var, engine, files).catalogue.close()
    status, lines = finish(start_index(var, url))
    assert status == 0
    return counts(engine), lines


def ended(var: Path) -> list[str]:
    catalogue = Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}")
    found = [run.state for run in runs.recent(catalogue, 200)]
    catalogue.close()
    return found


def test_embedded_readers_never_notice_a_killed_index(tmp_path: Path, sample_files: Path) -> None:
    engine = embedded(tmp_path / "index")
    whole, lines = prepared(tmp_path, sample_files, engine, None)
    assert lines > 15
    kills = 0
    with Reader(engine) as reader:
        for line in range(1, lines + 1):
            kills += kill_at_line(start_index(tmp_path), line)
        assert kills >= lines - 2
        assert finish(start_index(tmp_path))[0] == 0
    assert reader.errors == []
    assert reader.seen == {whole}
    assert reader.reads > kills
    states = ended(tmp_path)
    assert states.count(runs.ABANDONED) >= kills - 2
    assert states[0] == runs.DONE
    assert counts(engine) == whole
    builds = {path.name for path in (tmp_path / "index" / "builds").iterdir()}
    assert builds <= {build.id for build in engine.builds()}, "leftovers of dead writers"


@pytest.mark.parametrize("share", [0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
def test_opensearch_readers_never_notice_a_killed_index(
    tmp_path: Path,
    sample_files: Path,
    opensearch_url: str,
    clean_opensearch: Callable[[], Engine],
    share: float,
) -> None:
    engine = clean_opensearch()
    whole, lines = prepared(tmp_path, sample_files, engine, opensearch_url)
    with Reader(OpenSearchEngine(connect(opensearch_url), clock)) as reader:
        kill_at_line(start_index(tmp_path, opensearch_url), 1 + int(share * (lines - 1)))
        assert finish(start_index(tmp_path, opensearch_url))[0] == 0
    assert reader.errors == []
    assert reader.seen == {whole}
    assert ended(tmp_path)[0] == runs.DONE
