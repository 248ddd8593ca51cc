"""Words that name a year, an area, an office or a place are offered as choices; nothing is guessed."""

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient

from app.forms import FACETS
from app.understand import understand, values_of
from tests.app.tiny import dataset, record

VALUES = values_of(
    [
        dataset(
            "가",
            [],
            [record("가", 0, {"x": "y"}, year=2020)],
            area="환경 > 공중화장실",
            provider="서울특별시 강동구",
        )
    ],
    ["천호1동"],
)


def offered(q: str, values: Mapping[str, Mapping[str, str]] = VALUES) -> list[tuple[str, str, str, str]]:
    return [(one.word, one.facet.name, one.value, one.rest) for one in understand(q, FACETS, values)]


@pytest.mark.parametrize("word", ["2020", "2020년", "２０２０"])
def test_a_year_that_has_data_is_a_year(word: str) -> None:
    assert offered(f"{word} 인구") == [(word, "year", "2020", "인구")]


def test_a_year_without_data_is_only_a_word() -> None:
    assert offered("1999 인구") == []


def test_an_area_goes_by_the_name_of_its_leaf() -> None:
    assert offered("공중화장실") == [("공중화장실", "area", "환경 > 공중화장실", "")]


def test_names_run_over_words() -> None:
    assert ("서울특별시 강동구", "provider", "서울특별시 강동구", "화장실") in offered(
        "서울특별시 강동구 화장실"
    )
    assert offered("공중 화장실")[0][2] == "환경 > 공중화장실"


def test_a_part_of_a_name_is_no_name() -> None:
    assert offered("천호 화장실 천호1동주민센터") == []


def test_several_meanings_stand_side_by_side() -> None:
    assert [one[1] for one in offered("천호1동 2020 공중화장실")] == ["region", "year", "area"]


def test_the_page_offers_what_the_api_understands(client: FlaskClient) -> None:
    query = {"q": "2025년 천호2동"}
    body = client.get("/api/v1/search", query_string=query).get_json()
    assert [one["label"] for one in body["understood"]] == ["연도 2025년", "지역 천호2동"]
    page = client.get("/search", query_string=query).get_data(as_text=True)
    assert "혹시 이런 뜻인가요" in page
    for one in body["understood"]:
        assert one["url"].replace("&", "&amp;") in page
        assert client.get(one["url"]).status_code == 200


def test_what_is_chosen_already_is_not_offered(client: FlaskClient) -> None:
    query = {"q": "2025", "year": "2025"}
    assert client.get("/api/v1/search", query_string=query).get_json()["understood"] == []
