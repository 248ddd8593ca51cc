"""Pages hold up whatever a dataset looks like, and say the same numbers as the API."""

import html
import re

import pytest
from flask.testing import FlaskClient

from app.pages.parts import dataset_url
from app.pages.records import MAX_CELL, excerpt
from app.wording import number
from search.documents import Column, Dataset, Record
from tests.app.tiny import client_of, dataset, record

BAD = "<script>alert(1)</script>\"'&😀"


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize(
    "query",
    [
        {"q": "강동구"},
        {"q": "천호동 화장실"},
        {"q": "인구", "year": "2020"},
        {"area": "환경 > 대기오염"},
        {"q": "쿠쿠루"},
        {},
    ],
)
def test_page_and_api_say_the_same_numbers(client: FlaskClient, query: dict[str, str]) -> None:
    body = client.get("/api/v1/search", query_string=query).get_json()
    page = client.get("/search", query_string=query).get_data(as_text=True)
    assert body["answer"]["sentence"] in text_of(page)
    assert body["answer"]["records"] == body["total"]
    if body["total"]:
        assert f"레코드 {body['total']:,}건" in body["answer"]["sentence"]
    assert [hit["dataset"]["title"] for hit in body["hits"]] == [
        text_of(title).strip()
        for title in re.findall(r'<h3 class="card__title"><a [^>]*>(.*?)</a>', page, re.DOTALL)
    ]
    for choices in body["facets"].values():
        for choice in choices[:8]:
            assert re.search(
                rf"{re.escape(html.escape(choice['label']))}.{{0,80}}</span>\s*"
                rf'<span class="choice__count">{choice["count"]:,}<',
                page,
                re.DOTALL,
            ), choice


def test_the_records_of_a_search_are_those_of_the_dataset(client: FlaskClient) -> None:
    hit = client.get("/api/v1/search", query_string={"q": "천호동 화장실"}).get_json()["hits"][0]
    address = f"/api/v1{dataset_url(hit['dataset']['id'])}/records"
    body = client.get(address, query_string={"q": "천호동 화장실"}).get_json()
    assert body["total"] == hit["count"]
    assert {one["id"] for one in hit["records"]} <= {one["id"] for one in body["records"]} or body["cursor"]


def test_a_cursor_goes_through_all_records_once(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    one = next(one for one in datasets if 100 < one.records < 1_000)
    address = f"/api/v1{dataset_url(one.id)}/records"
    seen: list[str] = []
    cursor: str | None = None
    while True:
        query = {"size": "100"} if cursor is None else {"size": "100", "cursor": cursor}
        body = client.get(address, query_string=query).get_json()
        seen += [found["id"] for found in body["records"]]
        cursor = body["cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == one.records


def test_links_within_a_dataset_lead_back_to_its_records(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    one = max(datasets, key=lambda one: one.records)
    page = client.get(dataset_url(one.id), query_string={"page": "2"}).get_data(as_text=True)
    links = re.findall(
        r'<a class="(?:choice|chip|facet__clear|pager__page|pager__step[^"]*)" href="([^"]+)"', page
    )
    assert len(links) > 3
    assert all(link.endswith("#records") for link in links)
    assert all(client.get(html.unescape(link)).status_code == 200 for link in set(links))


def test_what_is_chosen_can_be_undone(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": "화장실", "region": "없는동"}).get_data(as_text=True)
    (undo,) = re.findall(r'<a class="chip" href="([^"]+)"', page)
    assert "없는동" not in undo
    assert client.get(html.unescape(undo)).status_code == 200


def test_cards_and_totals_of_the_api_agree(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    for one in (one for one in datasets if one.numbers() and len(one.years) > 1):
        body = client.get(f"/api/v1{dataset_url(one.id)}/totals").get_json()
        page = client.get(dataset_url(one.id)).get_data(as_text=True)
        assert f'<span class="number__value">{number(body["values"][-1]["value"])}</span>' in page


def strange(
    key: str, columns: tuple[Column, ...], *rows: dict[str, str], **more: object
) -> tuple[Dataset, list[Record]]:
    records = [record(key, at, row) for at, row in enumerate(rows)]
    return dataset(key, columns, records, **more), records


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    wide = tuple(Column(f"열 {n}", "text") for n in range(200))
    bad = (Column(BAD, "category", slot="d0"), Column("글", "text"))
    evil = [record("evil", at, {BAD: BAD, "글": BAD}, dimensions={"d0": f"{BAD}{at}"}) for at in range(3)]
    return client_of(
        tmp_path_factory.mktemp("shapes"),
        strange("one", (Column("이름", "label"),), {"이름": "하나"}),
        strange("none", (Column("이름", "label"),)),
        strange("bare", ()),
        strange("wide", wide, {column.name: "값" for column in wide}),
        strange("long", (Column("글", "text"),), {"글": "가" * 50_000 + " 바늘 " + "나" * 50_000}),
        (dataset("evil", bad, evil, title=BAD, provider=BAD, description=BAD, source_file=BAD), evil),
    )


@pytest.mark.parametrize("key", ["one", "none", "bare", "wide", "long", "evil"])
def test_a_page_holds_up(shapes: FlaskClient, key: str) -> None:
    for address in (
        f"/datasets/{key}",
        f"/datasets/{key}?q=하나",
        f"/search?dataset={key}",
        f"/api/v1/datasets/{key}",
    ):
        assert shapes.get(address).status_code == 200, address
    page = shapes.get(f"/datasets/{key}").get_data(as_text=True)
    assert "<script>alert" not in page
    assert len(page) < 400_000


def test_markup_in_data_is_text_everywhere(shapes: FlaskClient) -> None:
    for address in (
        "/",
        "/search",
        "/search?q=alert",
        "/datasets",
        "/status",
        "/areas",
        "/datasets/evil?q=script",
    ):
        assert "<script>alert" not in shapes.get(address).get_data(as_text=True), address
    assert BAD in html.unescape(shapes.get("/datasets/evil").get_data(as_text=True))


def test_a_long_cell_is_cut_around_its_match(shapes: FlaskClient) -> None:
    page = shapes.get("/search?q=바늘").get_data(as_text=True)
    assert "<mark>바늘</mark>" in page
    assert len(page) < 40_000


def test_an_excerpt_keeps_its_marks_on_the_words() -> None:
    value = "가" * 500 + "바늘" + "나" * 500
    text, marks = excerpt(value, ((500, 502),))
    assert len(text) <= MAX_CELL + 2
    assert [text[start:end] for start, end in marks] == ["바늘"]
    assert excerpt("짧다", ((0, 1),)) == ("짧다", ((0, 1),))
    assert excerpt("가" * 500, ())[0] == "가" * MAX_CELL + "…"


def test_a_search_for_one_dataset_only(shapes: FlaskClient) -> None:
    body = shapes.get("/api/v1/search?dataset=wide&dataset=one").get_json()
    assert (body["datasets_total"], body["total"]) == (2, 2)


def test_choices_say_to_listeners_what_they_count(client: FlaskClient) -> None:
    for path, unit in (("/datasets", "개"), ("/search?q=강동구", "건")):
        page = client.get(path).get_data(as_text=True)
        units = set(re.findall(r'choice__count">[\d,]+<span class="sr-only">(.*?)</span>', page))
        assert units == {unit}
