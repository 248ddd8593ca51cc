"""The scoreboard: what people type finds what they mean, in every class, equally well on both engines."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalogue import runs
from indexer.jobs import run_next
from indexer.sample import write_sample
from indexer.sample.catalogue import kinds
from search.engine import Engine
from search.finding.relevance import Result, scores, table
from tests.conftest import embedded, filled
from tests.relevance.scoreboard import answers, judged

DATASETS, RECORDS = 206, 28_000  # enough for the years that queries name in wide tables
BAR, MOST_APART = 0.90, 0.02


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("judged")
    write_sample(made, datasets=DATASETS, records=RECORDS)
    return made


@pytest.fixture(scope="module")
def found(
    files: Path, tmp_path_factory: pytest.TempPathFactory, clean_opensearch: Callable[[], Engine]
) -> Iterator[dict[str, list[Result]]]:
    """What each engine answers to every judged query."""
    var = tmp_path_factory.mktemp("var")
    workshop = filled(var, embedded(var / "index"), files)
    found = {}
    for name, engine in (("embedded", workshop.engine), ("opensearch", clean_opensearch())):
        run_next(
            type(workshop)(workshop.catalogue, workshop.storage, engine),
            None,
            runs.enqueue(workshop.catalogue, "test", all_of_them=True),
        )
        found[name] = answers(engine.live())
        print("\n" + table(name, scores(found[name])))  # noqa: T201 - the table is what `make relevance` is for
    yield found
    workshop.catalogue.close()


def test_there_are_enough_queries_and_each_names_datasets_of_the_sample() -> None:
    asked_for = judged()
    assert len(asked_for) >= 100
    assert len({one.q for one in asked_for}) == len(asked_for)
    titles = {kind.title for kind in kinds()[:DATASETS]}
    assert {title for one in asked_for for title in one.grades} - titles == set()


@pytest.mark.parametrize("engine", ["embedded", "opensearch"])
def test_every_class_finds_what_was_meant(found: dict[str, list[Result]], engine: str) -> None:
    low = {kind: round(one.ndcg, 3) for kind, one in scores(found[engine]).items() if one.ndcg < BAR}
    assert low == {}, [(one.judged.q, one.titles[:5]) for one in found[engine] if one.ndcg < BAR]


@pytest.mark.parametrize("engine", ["embedded", "opensearch"])
def test_no_judged_query_finds_nothing(found: dict[str, list[Result]], engine: str) -> None:
    assert [one.judged.q for one in found[engine] if not one.records] == []


def test_the_engines_are_equally_good_in_every_class(found: dict[str, list[Result]]) -> None:
    one, other = (scores(found[engine]) for engine in ("embedded", "opensearch"))
    assert {
        kind: abs(one[kind].ndcg - other[kind].ndcg)
        for kind in one
        if abs(one[kind].ndcg - other[kind].ndcg) > MOST_APART
    } == {}


def test_both_engines_find_the_same_records(found: dict[str, list[Result]]) -> None:
    pairs = zip(found["embedded"], found["opensearch"], strict=True)
    assert [one.judged.q for one, other in pairs if one.records != other.records] == []
