"""On the server a dataset is written down once a version; whoever reads the next build reads what is new in it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from opensearchpy import OpenSearch

from search.engine import Damaged, Engine
from search.manifest import version
from search.opensearch.client import connect
from tests.batches import beside
from tests.contracts.corpus import Corpus, corpus
from tests.contracts.test_publishing import put


@pytest.fixture(scope="module")
def made() -> Corpus:
    return corpus(seed=5, datasets=3, records=20)


@pytest.fixture
def client(opensearch_url: str) -> OpenSearch:
    return connect(opensearch_url)


@pytest.fixture
def engine(clean_opensearch: Callable[[], Engine], made: Corpus) -> Engine:
    engine = clean_opensearch()
    put(engine, "b1", made)
    return engine


def change(engine: Engine, build: str, made: Corpus) -> None:
    """Put the first dataset in anew, under another title."""
    dataset = made.datasets[0]
    stage = engine.stage(build)
    stage.put(replace(dataset, title=f"{dataset.title} {build}"), beside(made.records[dataset.id], dataset))
    stage.seal()
    stage.publish()


def versions(made: Corpus) -> list[str]:
    """Of the first build: what is put into a stage is counted."""
    return [version("b1", at) for at, _ in enumerate(made.datasets, 1)]


def written(client: OpenSearch) -> list[str]:
    client.indices.refresh(index="gbp-datasets")
    found = client.search(index="gbp-datasets", body={"size": 100, "_source": False})
    return sorted(hit["_id"] for hit in found["hits"]["hits"])


def test_a_change_writes_the_changed_dataset_and_no_other(
    engine: Engine, client: OpenSearch, made: Corpus
) -> None:
    assert written(client) == sorted(versions(made))
    change(engine, "b2", made)
    assert written(client) == sorted([*versions(made), version("b2", 1)])


def test_who_has_read_a_build_reads_of_the_next_what_is_new(
    engine: Engine, made: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    mget = OpenSearch.mget

    def noted(self: OpenSearch, *, body: Any, **others: Any) -> Any:
        asked.append(body["ids"])
        return mget(self, body=body, **others)

    monkeypatch.setattr(OpenSearch, "mget", noted)
    engine.live()
    change(engine, "b2", made)
    live = engine.live()
    first, *others = made.datasets
    assert asked == [versions(made), [version("b2", 1)]]
    assert live.datasets == {first.id: replace(first, title=f"{first.title} b2")} | {
        one.id: one for one in others
    }


def test_a_sweep_leaves_the_datasets_of_the_builds_it_keeps(
    engine: Engine, client: OpenSearch, made: Corpus
) -> None:
    change(engine, "b2", made)
    change(engine, "b3", made)
    engine.sweep()
    first = made.datasets[0].id
    assert written(client) == sorted([version("b2", 1), version("b3", 1), *versions(made)[1:]])
    engine.rollback()
    assert engine.live().datasets[first].title.endswith("b2")


def test_a_build_of_which_a_dataset_is_gone_is_damaged_and_says_what_to_do(
    engine: Engine, client: OpenSearch, made: Corpus
) -> None:
    client.delete(index="gbp-datasets", id=versions(made)[1], params={"refresh": "true"})
    with pytest.raises(Damaged, match="gbp index --all"):
        engine.live()
    put(engine, "b2", made, fresh=True)
    assert len(engine.live().datasets) == len(made.datasets)
