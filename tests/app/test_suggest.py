"""Suggestions while one types: half syllables, initial consonants, the wrong keyboard, a slip."""

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from app.suggest import MOST, Suggester
from search.documents import Column
from search.language.vocabulary import Vocabulary
from tests.app.tiny import dataset

TOILETS = dataset(
    "화장실",
    [Column("화장실명", "label"), Column("관리기관", "category")],
    [],
    title="공중화장실 현황",
    area="환경 > 공중화장실",
    provider="강동구",
    words="천호공원 40\n길동근린공원 30\n둔촌시장 9",
    regions=("천호1동", "성내3동"),
)
PARKS = dataset(
    "공원", [Column("공원명", "label")], [], title="도시공원 정보", area="환경 > 공원", words="천호공원 2"
)
SUGGESTER = Suggester.of([TOILETS, PARKS], Vocabulary.of([TOILETS, PARKS]))


def first(q: str) -> tuple[str, str]:
    found = SUGGESTER.suggest(q)
    return (found[0].text, found[0].kind) if found else ("", "")


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("공중", "공중화장실 현황", "dataset"),
        ("공중화ㅈ", "공중화장실 현황", "dataset"),
        ("공중화자", "공중화장실 현황", "dataset"),
        ("화장실", "공중화장실 현황", "dataset"),
        ("공중 화장실", "공중화장실 현황", "dataset"),
        ("ㄱㅈㅎㅈㅅ", "공중화장실 현황", "dataset"),
        ("rhdwnd", "공중화장실 현황", "dataset"),
        ("관리기", "관리기관", "column"),
        ("강동", "강동구", "provider"),
        ("천호고", "천호공원", "word"),
        ("길도ㅇ", "길동근린공원", "word"),
        ("ㅊㅎㄱㅇ", "천호공원", "word"),
        ("천허공원", "천호공원", "word"),
        ("성내", "성내3동", "region"),
        ("ㅅㄴ", "성내3동", "region"),
        ("길동 화장", "길동 공중화장실 현황", "word"),
        ("화장실 천호고", "화장실 천호공원", "word"),
    ],
)
def test_what_is_meant_comes_first(typed: str, text: str, kind: str) -> None:
    assert first(typed) == (text, kind)


def test_shift_of_the_other_keyboard_doubles_a_consonant() -> None:
    held = dataset("또래", [], [], title="또래상담 현황", area="가 > 나", provider="다", words="")
    assert Suggester.of([held], Vocabulary.of([held])).suggest("Ehfo")[0].text == "또래상담 현황"


@pytest.mark.parametrize("typed", ["", " ", "*", "뷁뷁뷁", "<script>", "9"])
def test_what_means_nothing_suggests_nothing(typed: str) -> None:
    assert SUGGESTER.suggest(typed) == ()


def test_words_go_by_the_records_that_hold_them() -> None:
    many = dataset("많음", [], [], title="표", area="가 > 나", provider="다", words="가나 1\n가다 9\n가라 5")
    found = Suggester.of([many], Vocabulary.of([many])).suggest("가")
    assert [one.text for one in found if one.kind == "word"] == ["가다", "가라", "가나"]
    assert len(found) <= MOST


def test_each_suggestion_of_the_api_leads_somewhere(client: FlaskClient) -> None:
    found = client.get("/api/v1/suggest", query_string={"q": "공"}).get_json()["suggestions"]
    assert found
    assert {client.get(one["url"]).status_code for one in found} == {200}


def test_a_slip_of_the_fingers_finds_what_was_meant_and_says_so(client: FlaskClient) -> None:
    body = client.get("/api/v1/search", query_string={"q": "공중화장슬"}).get_json()
    assert body["repaired"] == [{"word": "공중화장슬", "instead": "공중화장실", "reason": "spelling"}]
    assert body["hits"][0]["dataset"]["title"] == "공중화장실 현황"
    page = client.get("/search", query_string={"q": "공중화장슬"}).get_data(as_text=True)
    assert "‘공중화장슬’ 대신 ‘공중화장실’로 찾은 결과입니다." in page


def test_no_suggestion_leads_nowhere(client: FlaskClient) -> None:
    for q in ("천호동 화장", "2025년 천호2동 ㅈ", "길동 공", "화장실 천호"):
        for one in client.get("/api/v1/suggest", query_string={"q": q}).get_json()["suggestions"]:
            if one["kind"] == "word":
                found = client.get("/api/v1/search" + one["url"].removeprefix("/search")).get_json()
                assert found["total"] > 0, one


def test_a_place_leads_to_all_it_covers(client: FlaskClient) -> None:
    found = client.get("/api/v1/suggest", query_string={"q": "천호"}).get_json()["suggestions"]
    urls = [unquote(one["url"]) for one in found if one["text"] == "천호동" and one["kind"] == "region"]
    assert [("region=천호동" in url, "region=천호1동" in url) for url in urls] == [(True, True)]
