"""Processes write side by side, and what they wrote is one index."""

import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.dictionary import NO_WORDS
from search.documents import Record
from search.embedded import EmbeddedEngine, stage
from search.embedded.stage import EmbeddedStage
from search.engine import EngineError
from search.opening import clock
from search.plan import Groups, Selection, Top
from tests.batches import beside
from tests.conftest import ANALYZER
from tests.contracts.corpus import Corpus, corpus

ALONE = 30


@pytest.fixture(scope="module")
def made() -> Corpus:
    return corpus(seed=8, datasets=4, records=60)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmbeddedEngine:
    monkeypatch.setattr(stage, "ALONE_RECORDS", ALONE)
    return EmbeddedEngine(tmp_path / "index", clock, ANALYZER, processes=2)


def put(at: EmbeddedStage, made: Corpus, *datasets: int, keep: int | None = None) -> None:
    """In batches of ten, so that every process gets some."""
    for number in datasets:
        dataset = made.datasets[number]
        records = made.records[dataset.id][:keep]
        at.put(
            dataset,
            [
                one
                for start in range(0, len(records), 10)
                for one in beside(records[start : start + 10], dataset)
            ],
        )


def published(engine: EmbeddedEngine, build: str, made: Corpus, *datasets: int) -> None:
    begun = engine.stage(build)
    put(begun, made, *datasets)
    begun.seal()
    begun.publish()


def held(engine: EmbeddedEngine, dataset: str) -> list[Record]:
    question = Top(Selection().within("dataset", dataset), 1000, order="row")
    (answer,) = engine.live().ask([question])
    return [hit.record for hit in answer.hits]


def counts(engine: EmbeddedEngine) -> dict[str, int]:
    (answer,) = engine.live().ask([Groups(Selection(), by=("dataset",))])
    return {str(group.keys[0]): group.records for group in answer.groups}


def processes(begun: EmbeddedStage) -> list[int]:
    return [member.pid for member in begun._crew.members] if begun._crew else []


@pytest.fixture
def begun(engine: EmbeddedEngine) -> Iterator[EmbeddedStage]:
    made = engine.stage("b1")
    yield made
    made.abandon()


def test_every_record_is_there_once_and_whole(engine: EmbeddedEngine, made: Corpus) -> None:
    published(engine, "b1", made, 0, 1, 2, 3)
    assert {key: held(engine, key) for key in made.records} == {k: list(v) for k, v in made.records.items()}
    assert not list(engine._folders.of("b1").glob("part*"))


def test_few_records_are_written_alone(begun: EmbeddedStage, made: Corpus) -> None:
    put(begun, made, 0, keep=ALONE)
    assert processes(begun) == []
    put(begun, made, 1)
    assert len(processes(begun)) == 2


def test_a_dataset_that_is_put_again_or_dropped_leaves_nothing_of_itself(
    engine: EmbeddedEngine, made: Corpus
) -> None:
    begun = engine.stage("b1")
    put(begun, made, 0, 1, 2, 3)
    put(begun, made, 2, keep=15)
    begun.drop(made.datasets[3].id)
    begun.seal()
    begun.publish()
    sizes = {one.id: one.records for one in made.datasets}
    first, second, again, _ = (one.id for one in made.datasets)
    assert counts(engine) == {first: sizes[first], second: sizes[second], again: 15}


def test_the_next_build_stands_on_joined_ones(engine: EmbeddedEngine, made: Corpus) -> None:
    published(engine, "b1", made, 0, 1, 2)
    published(engine, "b2", made, 3, 1)
    assert counts(engine) == {one.id: one.records for one in made.datasets}
    engine.sweep()
    published(engine, "b3", made, 0)
    assert held(engine, made.datasets[2].id) == list(made.records[made.datasets[2].id])


def test_a_process_that_dies_ends_the_build_and_is_named(begun: EmbeddedStage, made: Corpus) -> None:
    put(begun, made, 0, 1)
    os.kill(processes(begun)[0], signal.SIGKILL)
    with pytest.raises(EngineError, match=r"a process that writes the index has failed: .*-9"):
        put_and_seal(begun, made)


def put_and_seal(begun: EmbeddedStage, made: Corpus) -> None:
    put(begun, made, 2, 3)
    begun.seal()


def test_what_a_process_says_last_is_told(begun: EmbeddedStage, made: Corpus) -> None:
    put(begun, made, 0, 1)
    assert begun._crew is not None
    for member in begun._crew.members:
        member.send("no order")  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="AttributeError"):
        begun.seal()


def test_a_build_that_cannot_be_joined_can_still_be_abandoned(
    begun: EmbeddedStage, made: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(begun, made, 0, 1)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(stage, "join", full)
    with pytest.raises(OSError, match="no space left"):
        begun.seal()
    begun.abandon()
    begun.abandon()


def test_a_process_whose_parent_is_gone_ends_and_writes_nothing_down(tmp_path: Path, made: Corpus) -> None:
    (batch,) = beside(made.records[made.datasets[0].id])
    told = pickle.dumps((tmp_path, NO_WORDS)) + pickle.dumps(batch)
    ended = subprocess.run(
        [sys.executable, "-m", "search.embedded"], input=told, capture_output=True, check=False
    )
    assert ended.returncode != 0
    assert json.loads((tmp_path / "meta.json").read_text())["segments"] == []


def test_an_abandoned_build_leaves_no_process(begun: EmbeddedStage, made: Corpus) -> None:
    put(begun, made, 0, 1)
    started = processes(begun)
    begun.abandon()
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
