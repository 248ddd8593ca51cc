"""Whatever goes wrong is said in Korean, with the right status, and the API says it as problem+json."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.pages.parts import dataset_url
from catalogue import runs
from indexer.workshop import Workshop
from search.documents import Dataset
from search.engine import EngineDown
from tests.app.conftest import settings_of
from tests.app.tiny import client_of

LONG = "가" * 10_000
PAGES = [
    ("/search?page=x", 400, "page"),
    ("/search?year=abc", 400, "year"),
    ("/search?sort=best", 400, "sort"),
    ("/search?page=999999", 404, "마지막 쪽"),
    ("/datasets?page=999999", 404, "마지막 쪽"),
    ("/datasets/없는-데이터셋", 404, "없는-데이터셋"),
    ("/datasets/없는/records.csv", 404, "없습니다"),
    ("/nowhere", 404, "아무것도 없습니다"),
    ("/assets/0/nowhere.css", 404, "아무것도 없습니다"),
]
API = [
    ("/search?page=x", 400, "page"),
    ("/search?yaer=2020", 400, "yaer"),
    ("/search?q=%00", 400, "q"),
    (f"/search?q={LONG}", 400, "10,000자"),
    ("/search?page=999999", 404, "마지막 쪽"),
    ("/datasets?page=999999", 404, "마지막 쪽"),
    ("/datasets?q=화장실", 400, "q"),
    ("/datasets/없는", 404, "없는"),
    ("/datasets/없는/records", 404, "없는"),
    ("/datasets/없는/totals", 404, "없는"),
    ("/nowhere", 404, "없습니다"),
]


@pytest.mark.parametrize(("address", "status", "said"), PAGES)
def test_a_page_says_what_is_wrong(client: FlaskClient, address: str, status: int, said: str) -> None:
    answer = client.get(address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert said in text
    assert "위 검색창" in text
    assert answer.headers["Cache-Control"] == "no-store"


UNKNOWN = [chr(0xAC00 + 300 * n) + "뷁" for n in range(32)]
ODD = [
    '"가"' * 33, '-"가"' * 33, " ".join(UNKNOWN), "천호동화장실 " + " ".join(UNKNOWN[:31]), " ".join(f"행정동:{word}" for word in UNKNOWN[:10]),
    "\x00\x1b화장실", LONG, " ".join(f"낱말{n}" for n in range(500)), '"', '"화장실', '화장실" -', "😀😀", "<script>alert(1)</script>",
    "'; DROP TABLE records; --", "*", "?*~^:[]{}()\\/", "은 는 이 가 을 를", "은는이가", "가", "ㄱ", "ㄱㄱㄱㄱㄱㄱ", "OR", "OR OR", "- -", "-", ":", "분야:",
    "연도:화장실", "2020~1990", "최근 99년", "a" * 200, "ㅏ", "%", "AND NOT", "\u202e화장실", "\ufffd", "１２３", "화장실 " * 60,
]  # fmt: skip


@pytest.mark.parametrize("q", ODD)
def test_whatever_is_typed_gets_a_page_of_results_or_a_clear_word(client: FlaskClient, q: str) -> None:
    answer = client.get("/search", query_string={"q": q})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "찾았습니다" in text or "찾은 자료가 없습니다" in text
    assert "<script>alert" not in text


def test_too_many_words_are_cut_and_said(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "화장실 " * 60}).get_data(as_text=True)
    assert "앞부분만 찾았습니다" in page
    assert "앞부분만" not in client.get("/search", query_string={"q": "화장실"}).get_data(as_text=True)


@pytest.mark.parametrize(("address", "status", "said"), API)
def test_the_api_says_it_as_problem_json(client: FlaskClient, address: str, status: int, said: str) -> None:
    answer = client.get("/api/v1" + address)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    body = answer.get_json()
    assert body["status"] == status
    assert said in body["detail"]
    if status == 400:
        assert body["parameter"]


@pytest.mark.parametrize("address", ["/search", "/search?q=", "/search?q=%20%09", "/api/v1/search?q="])
def test_an_empty_query_is_no_error(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_the_search_box_keeps_what_was_typed_shortened(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "천호동 " * 100, "page": "x"}).get_data(as_text=True)
    assert 'value="천호동 천호동' in page
    assert "…" in page
    assert client.get("/search", query_string={"q": "천호동", "page": "x"}).text.count('value="천호동"') == 1


def test_what_was_typed_is_never_markup(client: FlaskClient) -> None:
    bad = '"><script>alert(1)</script>'
    for query in ({"q": bad}, {"q": bad, "page": "x"}, {"area": bad}):
        assert bad not in client.get("/search", query_string=query).get_data(as_text=True)


@pytest.mark.parametrize("address", ["/search", "/api/v1/search"])
def test_a_wrong_method_says_which_are_right(client: FlaskClient, address: str) -> None:
    answer = client.post(address)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "읽기만" in answer.get_data(as_text=True)


def test_records_beyond_the_window_are_reached_by_cursor(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    address = f"/api/v1{dataset_url(datasets[0].id)}/records"
    answer = client.get(address, query_string={"page": "501"})
    assert answer.status_code == 400
    assert "10,000건" in answer.get_json()["detail"]


def test_a_measure_that_is_none_names_those_there_are(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    one = next(one for one in datasets if one.numbers())
    address = f"/api/v1{dataset_url(one.id)}/totals"
    for name in ("measure", "by"):
        answer = client.get(address, query_string={name: "없는것"})
        assert answer.status_code == 400
        assert answer.get_json()["parameter"] == name
    assert one.numbers()[0].name in client.get(address, query_string={"measure": "x"}).get_json()["detail"]


BROWSE = [
    "/",
    "/search?q=a",
    "/datasets",
    "/areas",
    "/datasets/x",
    "/sitemap.xml",
    "/api/v1/search",
    "/api/v1/datasets",
]


@pytest.mark.parametrize("address", BROWSE)
def test_before_anything_is_published_readers_are_told_so(tmp_path: Path, address: str) -> None:
    answer = client_of(tmp_path).get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "아직 공개된 색인본이 없습니다" in answer.get_data(as_text=True)


class DownEngine:
    """An engine that does not answer, not even with its name."""

    @property
    def name(self) -> str:
        raise EngineDown("no route to host")

    def live(self) -> None:
        raise EngineDown("no route to host")


@pytest.fixture
def down(published: Workshop) -> Flask:
    return create_app(settings_of(published), DownEngine())  # type: ignore[arg-type]


@pytest.mark.parametrize("address", BROWSE)
def test_an_engine_that_is_down_is_said_plainly(down: Flask, address: str) -> None:
    answer = down.test_client().get(address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "검색 엔진이 응답하지 않습니다" in text
    assert "no route" not in text


def test_status_works_while_the_engine_is_down(down: Flask, published: Workshop) -> None:
    answer = down.test_client().get("/status")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "검색 엔진이 답하지 않습니다" in text
    assert f'<td class="num">{runs.recent(published.catalogue)[0].id}</td>' in text


def test_health_tells_alive_from_ready(down: Flask, client: FlaskClient, tmp_path: Path) -> None:
    assert client.get("/readyz").get_json()["ready"]
    for sick in (down.test_client(), client_of(tmp_path)):
        assert sick.get("/healthz").status_code == 200
        assert sick.get("/readyz").status_code == 503


def test_status_before_anything_is_published(tmp_path: Path) -> None:
    answer = client_of(tmp_path).get("/status")
    assert answer.status_code == 200
    assert "아직 게시된 데이터셋이 없습니다" in answer.text
    assert "응답 없음" not in answer.text


def test_what_nobody_foresaw_is_an_error_without_its_entrails(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("app.pages.home.tiles", broken)
    answer = client.get("/areas")
    assert answer.status_code == 500
    assert "secret" not in answer.text
