"""Many starts at once: one works, the others say so."""

from pathlib import Path

from catalogue import runs
from tests.conftest import embedded
from tests.faults.killing import counts, end, start
from tests.indexer.small import WHOLE, small

STARTS = 20


def test_of_many_starts_each_run_is_done_once_and_the_rest_are_told(tmp_path: Path) -> None:
    engine = embedded(tmp_path / "index")
    catalogue = small(tmp_path, engine).catalogue
    said = [end(process) for process in [start(tmp_path, "index", "--all") for _ in range(STARTS)]]
    statuses = [status for status, _ in said]
    assert set(statuses) <= {0, 1}
    assert statuses.count(0) >= 1
    for status, lines in said:
        assert status == 0 or "another job is running (process" in lines[-1], lines
    states = [run.state for run in runs.recent(catalogue, 100)]
    catalogue.close()
    assert states == [runs.DONE] * statuses.count(0), "who is told to wait has asked for nothing"
    assert counts(engine) == WHOLE


def test_many_files_added_at_once_are_all_there(tmp_path: Path) -> None:
    engine = embedded(tmp_path / "index")
    workshop = small(tmp_path, engine)
    files = []
    for number in range(6):
        files.append(tmp_path / f"강동구_표{'!' * number}.csv")
        files[-1].write_text("이름,동,값\n가,길동,1\n나,길동,2\n다,길동,3\n", encoding="utf-8")
    said = [end(process) for process in [start(tmp_path, "add", str(path)) for path in files]]
    assert [status for status, _ in said] == [0] * len(files), said
    assert end(start(tmp_path, "index"))[0] == 0
    assert len(counts(engine)) == len(WHOLE) + len(files)
    workshop.catalogue.close()
