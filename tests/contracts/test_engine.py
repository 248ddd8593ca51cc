"""What every engine promises: one build at a time, published whole or not at all."""

from collections.abc import Sequence

import pytest

from search.documents import Dataset, Record
from search.engine import Engine, NothingPublished, Snapshot
from search.plan import Filter, Group, Groups, Selection, Spread, Top
from tests.batches import beside
from tests.contracts.corpus import Corpus, corpus

EVERYTHING = Selection()


@pytest.fixture(scope="module")
def made() -> Corpus:
    return corpus(seed=1, datasets=3, records=30)


def publish(
    engine: Engine, build: str, made: Corpus, only: Sequence[Dataset] = (), *, fresh: bool = False
) -> None:
    stage = engine.stage(build, fresh=fresh)
    for dataset in only or made.datasets:
        stage.put(dataset, beside(made.records[dataset.id], dataset))
    stage.seal()
    stage.publish()


def total(snapshot: Snapshot, selection: Selection = EVERYTHING) -> int:
    (answer,) = snapshot.ask([Groups(selection)])
    return answer.groups[0].records


def by(snapshot: Snapshot, *fields: str) -> tuple[Group, ...]:
    (answer,) = snapshot.ask([Groups(EVERYTHING, by=fields)])
    return answer.groups


def test_with_nothing_published_there_is_nothing_to_read(engine: Engine) -> None:
    with pytest.raises(NothingPublished):
        engine.live()


def test_with_nothing_published_there_is_nothing_to_go_back_to(engine: Engine) -> None:
    with pytest.raises(NothingPublished):
        engine.rollback()


def test_a_sealed_build_is_seen_by_its_maker_alone(engine: Engine, made: Corpus) -> None:
    stage = engine.stage("b1")
    stage.put(made.datasets[0], beside(made.records[made.datasets[0].id], made.datasets[0]))
    sealed = stage.seal()
    assert total(sealed) == made.datasets[0].records
    with pytest.raises(NothingPublished):
        engine.live()
    stage.abandon()


def test_what_was_put_is_what_is_read(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    live = engine.live()
    assert live.build.id == "b1"
    assert {one.id: one for one in made.datasets} == dict(live.datasets)
    assert total(live) == len(made.all())


def test_a_record_comes_back_as_it_was_published(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    one = made.datasets[1]
    wanted = made.records[one.id]
    only = Selection(filters=(Filter("dataset", (one.id,)),))
    (answer,) = engine.live().ask([Top(only, len(wanted), order="row")])
    assert [hit.record for hit in answer.hits] == list(wanted)


def test_a_snapshot_stays_with_its_build_while_the_next_is_published(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    before = engine.live()
    publish(engine, "b2", made, made.datasets[:1], fresh=True)
    assert total(before) == len(made.all())
    assert total(engine.live()) == made.datasets[0].records


def test_replacing_a_dataset_leaves_the_others_alone(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    first = made.datasets[0]
    stage = engine.stage("b2")
    stage.put(first, beside(made.records[first.id][:3], first))
    stage.seal()
    stage.publish()
    counts = {group.keys[0]: group.records for group in by(engine.live(), "dataset")}
    assert counts == {one.id: one.records for one in made.datasets} | {first.id: 3}


def test_putting_a_dataset_twice_does_not_double_it(engine: Engine, made: Corpus) -> None:
    first = made.datasets[0]
    stage = engine.stage("b1")
    stage.put(first, beside(made.records[first.id], first))
    stage.put(first, beside(made.records[first.id], first))
    assert total(stage.seal()) == first.records
    stage.abandon()


def test_a_dropped_dataset_is_gone_with_the_next_build_and_back_with_a_rollback(
    engine: Engine, made: Corpus
) -> None:
    publish(engine, "b1", made)
    stage = engine.stage("b2")
    stage.drop(made.datasets[0].id)
    stage.seal()
    stage.publish()
    assert made.datasets[0].id not in engine.live().datasets
    assert made.datasets[0].id not in {group.keys[0] for group in by(engine.live(), "dataset")}
    assert made.datasets[0].id in engine.before(), "it is known what a rollback would show"
    assert engine.rollback().id == "b1"
    assert total(engine.live()) == len(made.all())


def test_an_abandoned_stage_leaves_the_published_build(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    stage = engine.stage("b2")
    stage.put(made.datasets[0], beside(made.records[made.datasets[0].id][:1], made.datasets[0]))
    stage.seal()
    stage.abandon()
    assert engine.live().build.id == "b1"
    assert total(engine.live()) == len(made.all())


def test_a_sweep_keeps_the_live_build_and_the_one_before(engine: Engine, made: Corpus) -> None:
    for build in ("b1", "b2", "b3"):
        publish(engine, build, made)
    engine.sweep()
    assert {build.id for build in engine.builds()} == {"b2", "b3"}
    assert total(engine.live()) == len(made.all())
    engine.rollback()
    assert total(engine.live()) == len(made.all())


def test_what_a_dead_writer_left_is_swept_and_was_never_seen(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    left = engine.stage("b2")
    left.put(made.datasets[0], beside(made.records[made.datasets[0].id], made.datasets[0]))
    # the writer dies here: its lock falls, its files stay
    getattr(left, "held", None) and left.held.close()  # type: ignore[attr-defined]
    del left
    assert total(engine.live()) == len(made.all())
    engine.sweep()
    publish(engine, "b3", made)
    assert total(engine.live()) == len(made.all())


def test_groups_add_up_to_the_whole(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    (answer,) = engine.live().ask([Groups(EVERYTHING, by=("area", "d1"), numbers=("m0", "m1"))])
    everyone = made.all()
    for slot in ("m0", "m1"):
        values = [record.measures[slot] for record in everyone if slot in record.measures]
        assert sum(group.stats[slot].count for group in answer.groups) == len(values)
        assert sum(group.stats[slot].sum for group in answer.groups) == pytest.approx(sum(values), rel=1e-12)
    assert sum(group.records for group in answer.groups) == len(everyone)


def test_values_are_counted_between_edges_the_last_one_open(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    values = sorted(record.measures["m0"] for record in made.all() if "m0" in record.measures)
    edges = (values[len(values) // 3], values[len(values) // 2], values[-1])
    assert len(set(edges)) == len(edges)
    (answer,) = engine.live().ask([Spread(EVERYTHING, "m0", edges)])
    assert [(group.keys[0], group.records) for group in answer.groups] == [
        (0, sum(edges[0] <= value < edges[1] for value in values)),
        (1, sum(edges[1] <= value < edges[2] for value in values)),
        (2, sum(edges[2] <= value for value in values)),
    ]


def test_records_without_a_year_are_in_no_year(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    dated = sum(record.year is not None for record in made.all())
    assert sum(group.records for group in by(engine.live(), "year")) == dated


def test_choices_of_a_filter_are_or_and_filters_are_and(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    chosen = Selection(filters=(Filter("year", (2019, 2020)), Filter("d1", ("가", "나"))))
    wanted = [r for r in made.all() if r.year in {2019, 2020} and r.dimensions["d1"] in {"가", "나"}]
    assert total(engine.live(), chosen) == len(wanted)


def test_a_cursor_walks_over_every_record_once(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    one = made.datasets[2]
    only = Selection(filters=(Filter("dataset", (one.id,)),))
    seen: list[Record] = []
    while True:
        after = seen[-1].ordinal if seen else None
        (answer,) = engine.live().ask([Top(only, 7, order="row", after=after)])
        if not answer.hits:
            break
        seen += [hit.record for hit in answer.hits]
    assert seen == list(made.records[one.id])


def test_pages_by_number_and_by_cursor_agree(engine: Engine, made: Corpus) -> None:
    publish(engine, "b1", made)
    only = Selection(filters=(Filter("dataset", (made.datasets[2].id,)),))
    by_number, by_cursor = engine.live().ask(
        [Top(only, 5, offset=10, order="row"), Top(only, 5, order="row", after=9)]
    )
    assert by_number.hits == by_cursor.hits


def test_the_better_match_comes_first(engine: Engine) -> None:
    dataset = corpus(seed=2, datasets=1, records=6).datasets[0]
    titles = ["주차장", "무더위쉼터 옆 주차장", "천호동 공영주차장", "도서관"]
    records = [
        Record(dataset.id, at, dataset.area, dataset.provider, title, {"이름": title, "주소": "주차장"})
        for at, title in enumerate(titles)
    ]
    stage = engine.stage("b1")
    stage.put(dataset, beside(records, dataset))
    stage.seal()
    stage.publish()
    (answer,) = engine.live().ask([Top(EVERYTHING, 4, rank="무더위쉼터 주차장")])
    assert answer.hits[0].record.title == "무더위쉼터 옆 주차장"
