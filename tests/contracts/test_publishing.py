"""Who publishes what, when several do, when one dies, and when the code has moved on."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from search import manifest, schema
from search.documents import Dataset
from search.engine import Busy, Engine, EngineError, FieldsChanged, NothingPublished, Stage
from search.opensearch import connect
from search.opensearch.stage import OpenSearchStage
from search.plan import Groups, Selection
from tests.batches import beside
from tests.contracts.corpus import Corpus, corpus


@pytest.fixture(scope="module")
def made() -> Corpus:
    return corpus(seed=5, datasets=2, records=20)


def put(engine: Engine, build: str, made: Corpus, *, fresh: bool = False) -> None:
    stage = engine.stage(build, fresh=fresh)
    for dataset in made.datasets:
        stage.put(dataset, beside(made.records[dataset.id], dataset))
    stage.seal()
    stage.publish()


def counted(engine: Engine) -> int:
    (answer,) = engine.live().ask([Groups(Selection())])
    return answer.groups[0].records


def overtake(engine: Engine, first: Stage) -> None:
    """Begin a second stage while a first is open, and publish both."""
    second = engine.stage("second")
    for stage in (first, second):
        stage.seal()
        stage.publish()


@pytest.mark.parametrize("before", [True, False], ids=["on a build", "on nothing"])
def test_of_two_that_build_at_once_one_is_told_to_wait(engine: Engine, made: Corpus, before: bool) -> None:
    """The embedded engine refuses the second at its start, OpenSearch when it would publish."""
    if before:
        put(engine, "b1", made)
    first = engine.stage("first")
    with pytest.raises(Busy):
        overtake(engine, first)
    first.abandon()


def test_a_published_build_cannot_be_abandoned(engine: Engine, made: Corpus) -> None:
    stage = engine.stage("b1")
    stage.put(made.datasets[0], beside(made.records[made.datasets[0].id], made.datasets[0]))
    stage.seal()
    stage.publish()
    stage.abandon()
    assert counted(engine) == made.datasets[0].records


def test_what_is_not_sealed_cannot_be_published(engine: Engine, made: Corpus) -> None:
    stage = engine.stage("b1")
    with pytest.raises(EngineError):
        stage.publish()
    stage.abandon()
    with pytest.raises(NothingPublished):
        engine.live()


def test_an_abandoned_stage_leaves_room_for_the_next(engine: Engine, made: Corpus) -> None:
    stage = engine.stage("b1")
    stage.put(made.datasets[0], beside(made.records[made.datasets[0].id], made.datasets[0]))
    stage.abandon()
    put(engine, "b2", made)
    assert [build.id for build in engine.builds()] == ["b2"]
    assert counted(engine) == len(made.all())


def test_builds_are_listed_newest_first_under_the_names_they_were_given(engine: Engine, made: Corpus) -> None:
    put(engine, "20260101T000000Z", made)
    put(engine, "20260102T000000Z", made)
    assert [build.id for build in engine.builds()] == ["20260102T000000Z", "20260101T000000Z"]
    assert engine.live().build.id == "20260102T000000Z"


def test_after_a_rollback_the_next_build_stands_on_the_older_one(engine: Engine, made: Corpus) -> None:
    put(engine, "b1", made)
    stage = engine.stage("b2")
    stage.drop(made.datasets[0].id)
    stage.seal()
    stage.publish()
    engine.rollback()
    assert engine.sweep()
    stage = engine.stage("b3")
    stage.put(
        replace(made.datasets[1], records=1), beside(made.records[made.datasets[1].id][:1], made.datasets[1])
    )
    stage.seal()
    stage.publish()
    assert counted(engine) == made.datasets[0].records + 1
    assert engine.rollback().id == "b1"


def test_a_sweep_leaves_nothing_to_sweep(engine: Engine, made: Corpus) -> None:
    for build in ("b1", "b2", "b3"):
        put(engine, build, made, fresh=build == "b2")
    assert engine.sweep()
    assert engine.sweep() == ()
    assert counted(engine) == len(made.all())


def test_when_the_fields_change_only_a_fresh_build_will_do(
    engine: Engine, made: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engine, "b1", made)
    monkeypatch.setattr(manifest, "FIELDS_VERSION", schema.FIELDS_VERSION + 1)
    engine._opened = None  # type: ignore[attr-defined]  # as another process finds it
    with pytest.raises(FieldsChanged):
        engine.live()
    with pytest.raises(FieldsChanged):
        engine.stage("b2")
    monkeypatch.undo()
    put(engine, "b3", made, fresh=True)
    assert engine.live().build.id == "b3"
    assert counted(engine) == len(made.all())


def test_a_dataset_has_another_version_after_it_was_written_anew_and_no_other_has(
    engine: Engine, made: Corpus
) -> None:
    put(engine, "b1", made)
    before = dict(engine.live().versions)
    assert before.keys() == engine.live().datasets.keys()
    one, other = made.datasets
    stage = engine.stage("b2")
    for _ in range(2):
        stage.put(one, beside(made.records[one.id], one))
    stage.seal()
    stage.publish()
    after = dict(engine.live().versions)
    assert after[one.id] != before[one.id]
    assert after[other.id] == before[other.id]
    engine.rollback()
    assert dict(engine.live().versions) == before
    stage = engine.stage("b3")
    stage.drop(one.id)
    stage.seal()
    stage.publish()
    assert dict(engine.live().versions) == {other.id: before[other.id]}


def test_a_build_without_datasets_is_empty_and_no_error(engine: Engine, made: Corpus) -> None:
    put(engine, "b1", made)
    stage = engine.stage("b2")
    for dataset in made.datasets:
        stage.drop(dataset.id)
    stage.seal()
    stage.publish()
    assert dict(engine.live().datasets) == {}
    assert counted(engine) == 0


def test_an_empty_dataset_is_published_too(engine: Engine) -> None:
    nothing = Dataset("빈", "빈 자료", "행정 > 기타", "강동구", "", "e.csv", "e", "2026", 0)
    stage = engine.stage("b1")
    assert stage.put(nothing, []) == 0
    stage.seal()
    stage.publish()
    assert engine.live().datasets["빈"] == nothing


def test_a_sweep_takes_the_records_that_a_dead_writer_left_unseen(
    clean_opensearch: Callable[[], Engine], opensearch_url: str, made: Corpus
) -> None:
    """On OpenSearch they stand in the index of the live build, and no refresh has shown them yet."""
    engine = clean_opensearch()
    put(engine, "b1", made)
    left = engine.stage("b2")
    left.put(made.datasets[0], beside(made.records[made.datasets[0].id], made.datasets[0]))
    assert isinstance(left, OpenSearchStage)
    left.sending.wait()
    engine.sweep()
    client = connect(opensearch_url)
    client.indices.refresh(index="gbp-records-b1")
    assert client.count(index="gbp-records-b1")["count"] == len(made.all())
