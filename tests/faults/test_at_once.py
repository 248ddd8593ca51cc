"""Many starts at once: one works, the others say so."""

import subprocess
import sys
from pathlib import Path

from catalogue import runs
from catalogue.store import Catalogue
from tests.conftest import embedded, filled
from tests.faults.killing import counts, environment

STARTS = 8


def test_of_many_starts_each_run_is_done_once(tmp_path: Path, sample_files: Path) -> None:
    engine = embedded(tmp_path / "index")
    filled(tmp_path, engine, sample_files).catalogue.close()
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "indexer", "index", "--all"],
            env=environment(tmp_path, None),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(STARTS)
    ]
    said = [(process.communicate(timeout=120), process.returncode) for process in started]
    statuses = [status for _, status in said]
    assert statuses.count(0) >= 1
    for (_, err), status in said:
        assert status in {0, 1}
        assert status == 0 or "another" in err, err
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    states = [run.state for run in runs.recent(catalogue, 100)]
    catalogue.close()
    assert set(states) <= {runs.DONE, runs.QUEUED}
    assert states.count(runs.DONE) == statuses.count(0)
    assert len(counts(engine)) == 16
