"""Words that name a year, an area, an office, a place or a column are offered as choices; nothing is guessed."""

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from app.forms import search_form
from app.pages.search import meaning_label
from app.params import read
from app.understand import Meaning, understand
from search.documents import Column
from search.language.query import Language
from search.language.synonyms import Synonyms
from tests.app.tiny import dataset, record

LANGUAGE = Language.of(
    [
        dataset(
            "가",
            [Column("개방여부", "category")],
            [record("가", year, {"x": "y"}, year=year) for year in (2018, 2019, 2020)],
            area="환경 > 공중화장실",
            provider="서울특별시 강동구",
            regions=("천호1동", "천호2동", "상일1동", "상일2동", "상일동", "강동구"),
        )
    ],
    Synonyms.load(),
    2021,
)


def meanings(q: str, **chosen: str) -> tuple[Meaning, ...]:
    return understand(read(MultiDict({"q": q, **chosen}), search_form(10)), LANGUAGE)


def offered(q: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(one.word, one.facet.name, one.choices, one.rest) for one in meanings(q)]


@pytest.mark.parametrize(
    ("word", "years"),
    [
        ("2020", ("2020",)),
        ("2020년", ("2020",)),
        ("２０２０", ("2020",)),
        ("'19", ("2019",)),
        ("’19년", ("2019",)),
        ("19년도", ("2019",)),
        ("작년", ("2020",)),
        ("2018~2019", ("2018", "2019")),
        ("2018-2019년", ("2018", "2019")),
        ("2018~20", ("2018", "2019", "2020")),
        ("18~20년", ("2018", "2019", "2020")),
        ("'18~'20", ("2018", "2019", "2020")),
        ("최근3년", ("2018", "2019", "2020")),
        ("최근2개년", ("2019", "2020")),
    ],
)
def test_years_are_understood_as_people_write_them(word: str, years: tuple[str, ...]) -> None:
    assert [(facet, values, rest) for _, facet, values, rest in offered(f"{word} 가나다")] == [
        ("year", years, "가나다")
    ]


@pytest.mark.parametrize("q", ["최근 3년 가나다", "2018년 ~ 2020년 가나다", "2018년부터 2020년까지 가나다"])
def test_a_stretch_of_years_may_be_several_words(q: str) -> None:
    assert offered(q)[0][1:] == ("year", ("2018", "2019", "2020"), "가나다")


@pytest.mark.parametrize(
    "word", ["1999", "19", "2020-1", "1577-2020", "최근", "3년", "18-20", "18~20", "02-820-1522", "18-20년"]
)
def test_what_is_no_year_with_data_is_only_a_word(word: str) -> None:
    assert offered(f"{word} 가나다") == []


def test_an_area_goes_by_the_name_of_its_leaf_or_branch() -> None:
    assert offered("공중화장실") == [("공중화장실", "area", ("환경 > 공중화장실",), "")]
    assert offered("환경")[0][1:3] == ("area", ("환경 > 공중화장실",))


def test_names_run_over_words() -> None:
    assert ("서울특별시 강동구", "provider", ("서울특별시 강동구",), "화장실") in offered(
        "서울특별시 강동구 화장실"
    )
    assert offered("공중 화장실")[0][2] == ("환경 > 공중화장실",)


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("천호2동", ("천호2동",)),
        ("천호제2동", ("천호2동",)),
        ("천호 2동", ("천호2동",)),
        ("천호 제2동", ("천호2동",)),
        ("천호동", ("천호1동", "천호2동")),
        ("상일동", ("상일동", "상일1동", "상일2동")),
        ("상일제1동", ("상일1동",)),
    ],
)
def test_a_place_goes_by_all_its_names(word: str, values: tuple[str, ...]) -> None:
    assert ("region", values) in [(facet, found) for _, facet, found, _ in offered(word)]


def test_a_dong_that_was_divided_says_when() -> None:
    assert [meaning_label(one) for one in meanings("상일동")] == [
        "지역 상일동(2021-07-01부터 상일1동·상일2동)"
    ]


def test_a_column_is_offered_last() -> None:
    assert [one[1] for one in offered("개방여부 2020")] == ["year", "column"]


def test_a_part_of_a_name_is_no_name() -> None:
    assert offered("천호 화장실 천호1동주민센터") == []


def test_words_with_signs_are_taken_at_their_word() -> None:
    assert offered('"2020" -천호2동 지역:천호2동 가나다') == []


def test_several_meanings_stand_side_by_side() -> None:
    assert [one[1] for one in offered("천호1동 2020 공중화장실")] == ["region", "year", "area"]


def test_the_page_offers_what_the_api_understands(client: FlaskClient) -> None:
    query = {"q": "2025년 천호2동"}
    body = client.get("/api/v1/search", query_string=query).get_json()
    assert [one["label"] for one in body["understood"]] == ["연도 2025년", "지역 천호2동"]
    page = client.get("/search", query_string=query).get_data(as_text=True)
    assert "조건으로 바꿔 찾기" in page
    for one in body["understood"]:
        assert one["url"].replace("&", "&amp;") in page
        assert client.get(one["url"]).status_code == 200


def test_what_is_chosen_already_is_not_offered(client: FlaskClient) -> None:
    query = {"q": "2025", "year": "2025"}
    assert client.get("/api/v1/search", query_string=query).get_json()["understood"] == []


def test_a_choice_of_a_column_can_be_taken_back(client: FlaskClient) -> None:
    body = client.get("/api/v1/search", query_string={"q": "개방시간"}).get_json()
    one = next(one for one in body["understood"] if one["facet"] == "column")
    page = client.get(one["url"]).get_data(as_text=True)
    assert "항목</span> 개방시간" in page
    found = client.get("/api/v1/search" + one["url"].removeprefix("/search")).get_json()
    assert 0 < found["datasets_total"] <= body["datasets_total"]
