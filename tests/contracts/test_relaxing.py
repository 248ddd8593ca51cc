"""Words that people add to what they look for, and phrases that mean one thing, on both engines."""

import pytest
from werkzeug.datastructures import MultiDict

from app.find import Searched, search
from app.forms import search_form
from app.params import read
from search.documents import Column
from search.engine import Engine, Snapshot
from search.language.query import Language
from search.language.synonyms import Group, Synonyms
from tests.app.tiny import dataset, publish, record

PROSE = (
    "근린공원으로 산책로와 운동기구가 있고 정문 앞에 시내버스 정류장이 있으며 버스 번호 안내판과 넓은 잔디밭이 "
    "이어져 해마다 많은 시민이 찾는 우리 구의 대표 쉼터입니다"
)
CELLS = (Column("가", "text"), Column("나", "text"))
"""Called so that no query asks for them."""

GROUPS = (
    Group(("차 대는 곳", "파킹"), "생활의 이름", ("주차장",)),
    Group(("시내버스",), "생활의 이름", ("버스노선",)),
)


@pytest.fixture
def snapshot(engine: Engine) -> Snapshot:
    lots = [record("lots", at, {"가": f"제{at}공영주차장"}, title=f"제{at}공영주차장") for at in range(3)]
    routes = [record("routes", at, {"가": f"34{at}", "나": f"{at}"}) for at in range(4)]
    parks = [record("parks", 0, {"가": "일자산공원", "나": PROSE})]
    return publish(
        engine,
        (dataset("lots", CELLS[:1], lots, title="공영 시설 목록"), lots),
        (dataset("routes", CELLS, routes, title="버스노선 목록"), routes),
        (dataset("parks", CELLS, parks, title="공원 목록"), parks),
    )


def asked(snapshot: Snapshot, q: str) -> Searched:
    language = Language.of(snapshot.datasets.values(), Synonyms.of(GROUPS), 2026)
    return search(snapshot, read(MultiDict({"q": q}), search_form(10)), language)


def first(found: Searched) -> str:
    return found.found.datasets[0].dataset.id


@pytest.mark.parametrize("q", ["차 대는 곳", "공영 파킹", "파킹"])
def test_a_phrase_means_one_thing(snapshot: Snapshot, q: str) -> None:
    found = asked(snapshot, q)
    assert (first(found), found.found.total) == ("lots", 3)
    assert found.repairs == ()


def test_a_quoted_phrase_is_meant_as_it_stands(snapshot: Snapshot) -> None:
    assert asked(snapshot, '"차 대는 곳"').found.total == 0


@pytest.mark.parametrize("q", ["주차장 수", "주차장 위치", "주차장 통계", "주차장 목록 지도"])
def test_words_that_say_what_is_wanted_of_a_thing_decide_nothing(snapshot: Snapshot, q: str) -> None:
    found = asked(snapshot, q)
    assert (first(found), found.found.total, found.repairs) == ("lots", 3, ())


def test_alone_they_are_words_like_others(snapshot: Snapshot) -> None:
    assert asked(snapshot, "목록").found.total == 8


def test_prose_that_mentions_the_words_gives_way_to_what_is_called_so(snapshot: Snapshot) -> None:
    found = asked(snapshot, "시내버스 번호")
    assert first(found) == "routes"
    assert [(one.word, one.reason) for one in found.repairs] == [("번호", "apart")]
    assert first(asked(snapshot, '"시내버스" "번호"')) == "parks"


def test_words_of_a_short_cell_are_never_given_up(snapshot: Snapshot) -> None:
    found = asked(snapshot, "일자산공원 산책로")
    assert (first(found), found.repairs) == ("parks", ())
