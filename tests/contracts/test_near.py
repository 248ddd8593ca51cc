"""Datasets that are called what was searched for are offered where few records hold all words, on both engines."""

import pytest
from werkzeug.datastructures import MultiDict

from app.find import search
from app.forms import search_form
from app.params import read
from search.documents import Column
from search.engine import Engine, Snapshot
from search.language.query import Language
from search.language.synonyms import Group, Synonyms
from tests.app.tiny import dataset, publish, record

CELL = Column("가", "text")
"""Called so that no query asks for it."""

GROUPS = (Group(("시내버스",), "생활의 이름", ("버스노선",)),)


@pytest.fixture
def snapshot(engine: Engine) -> Snapshot:
    routes = [record("routes", at, {"가": f"34{at}"}) for at in range(4)]
    shops = [record("shops", 0, {"가": "버스노선 쉼터 카페"})]
    cafes = [record(f"c{at}", 0, {"가": f"{at}번 쉼터 버스노선"}) for at in range(5)]
    return publish(
        engine,
        (dataset("routes", [CELL], routes, title="버스노선 목록"), routes),
        (dataset("shops", [CELL], shops, title="가게 목록"), shops),
        *((dataset(f"c{at}", [CELL], [one], title=f"찻집 {at}"), [one]) for at, one in enumerate(cafes)),
    )


def near(snapshot: Snapshot, q: str, **others: str) -> list[str]:
    language = Language.of(snapshot.datasets.values(), Synonyms.of(GROUPS), 2026)
    found = search(snapshot, read(MultiDict({"q": q, **others}), search_form(10)), language)
    return [one.id for one in found.near]


@pytest.mark.parametrize("q", ["버스노선 카페", "시내버스 카페"])
def test_a_dataset_called_so_is_offered_beside_the_few_records_that_mention_it(
    snapshot: Snapshot, q: str
) -> None:
    assert near(snapshot, q) == ["routes"]


def test_beside_many_datasets_only_one_called_so_more_than_all_of_them_is_offered(snapshot: Snapshot) -> None:
    assert near(snapshot, "버스노선 쉼터") == ["routes"]
    assert near(snapshot, "쉼터") == []


@pytest.mark.parametrize(
    ("q", "others"), [("버스노선 -카페", {}), ("버스노선 카페", {"provider": "표본시청"}), ("버스노선", {})]
)
def test_nothing_is_offered_that_was_left_out_or_is_found_already(
    snapshot: Snapshot, q: str, others: dict[str, str]
) -> None:
    assert near(snapshot, q, **others) == []
