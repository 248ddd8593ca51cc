"""Whatever kills a writer or a server, readers see the old build or the new one, never another."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engine import Engine, EngineDown, Stage
from search.opening import clock
from search.opensearch import OpenSearchEngine, connect
from search.plan import Groups, Selection
from tests.batches import beside
from tests.conftest import embedded
from tests.contracts.writer import LARGE, MADE, SMALL, build
from tests.opensearch.server import Server

KILLS = 12


def counts(engine: Engine) -> dict[str, int]:
    (answer,) = engine.live().ask([Groups(Selection(), by=("dataset",))])
    return {str(group.keys[0]): group.records for group in answer.groups}


def state(keep: int) -> dict[str, int]:
    return {dataset.id: keep for dataset in MADE.datasets}


def test_a_writer_killed_at_any_moment_leaves_a_whole_build(tmp_path: Path) -> None:
    engine = embedded(tmp_path / "index")
    build(engine, "first", keep=LARGE)
    chance = random.Random(1)
    whole = (state(LARGE), state(SMALL))
    reads = 0
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.contracts.writer", str(tmp_path / "index"), f"run{kill}"],
            stdout=subprocess.PIPE,
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"published\n"
            until = time.monotonic() + chance.uniform(0, 0.3)
            while time.monotonic() < until:
                assert counts(engine) in whole
                reads += 1
            writer.send_signal(signal.SIGKILL)
        assert counts(engine) in whole
        assert counts(embedded(tmp_path / "index")) in whole
        build(engine, f"mended{kill}", keep=LARGE)
        assert counts(engine) == state(LARGE)
    engine.sweep()
    assert len(list((tmp_path / "index" / "builds").iterdir())) == 2
    assert reads > KILLS


def test_a_node_killed_while_it_is_written_to_mends_after_its_restart(
    opensearch_server: Callable[..., Server],
) -> None:
    server = opensearch_server()
    client = connect(server.url)
    engine = OpenSearchEngine(client, clock)
    build(engine, "b1", keep=LARGE)
    stage = engine.stage("b2")
    stage.put(MADE.datasets[0], beside(MADE.records[MADE.datasets[0].id][:SMALL], MADE.datasets[0]))
    stage.sending.wait()  # some of it is there
    server.kill()
    with pytest.raises(EngineDown):
        write_rest(stage)
    stage.abandon()  # the server cannot be told; the sweep will take it
    with pytest.raises(EngineDown):
        _ = engine.name
    seen = answers_during(server.start, engine)
    assert seen <= {"down", "right"}
    assert counts(engine) == state(LARGE)
    engine.sweep()
    found = client.count(index="gbp-records-b1")["count"]
    assert found == LARGE * len(MADE.datasets), "the sweep left records of the dead stage"
    build(engine, "b3", keep=SMALL)
    assert counts(engine) == state(SMALL)


def write_rest(stage: Stage) -> None:
    stage.put(MADE.datasets[1], beside(MADE.records[MADE.datasets[1].id][:SMALL], MADE.datasets[1]))
    stage.seal()


def answers_during(work: Callable[[], None], engine: OpenSearchEngine) -> set[str]:
    """What a reader meets while the work is done."""
    seen: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                seen.add("right" if counts(engine) == state(LARGE) else "wrong")
            except EngineDown:
                seen.add("down")
            except Exception as error:  # noqa: BLE001 - any other error is what the test looks for
                seen.add(repr(error))
            time.sleep(0.01)

    reader = threading.Thread(target=read)
    reader.start()
    work()
    done.set()
    reader.join()
    return seen
