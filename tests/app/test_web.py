"""What every answer carries: headers, ETags, marks of sample data, what crawlers read."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.crawlers import canonical
from app.pages.parts import dataset_url
from search.documents import Column, Dataset
from tests.app.tiny import client_of, dataset, record

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Permissions-Policy": "geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UNTAGGED = {"/status", "/healthz", "/readyz"}


def _chart(rule: str) -> str:
    """The name of a chart that the route has."""
    return "trend-records-year" if rule.startswith("/search") else "trend-m0-year"


def addresses(app: Flask, one: Dataset) -> list[str]:
    """Every route of the portal, filled in with a dataset."""
    found = []
    for rule in app.url_map.iter_rules():
        # the staff pages have tests of their own
        if "GET" in (rule.methods or ()) and rule.endpoint != "static" and "/admin" not in rule.rule:
            filled = rule.rule.replace("<key>", one.id).replace("<name>", _chart(rule.rule))
            if filled.startswith("/compare."):  # its files are of the series that are chosen
                filled += f"?d1={one.id}"
            found.append(
                filled.replace("<version>", "0")
                .replace("<path:path>", "site.css")
                .replace("<path:filename>", "site.css")
                .replace("<any(csv, xlsx, json):kind>", "json")
            )
    return found


@pytest.fixture(scope="module")
def yearly(datasets: tuple[Dataset, ...]) -> Dataset:
    return next(one for one in datasets if "주정차" in one.title)


def test_every_route_carries_every_header(client: FlaskClient, yearly: Dataset) -> None:
    found = addresses(client.application, yearly)
    assert len(found) > 15
    for address in [*found, "/nowhere", "/search?page=x"]:
        answer = client.get(address)
        assert answer.status_code in {200, 400, 404}, address
        for name, value in HEADERS.items():
            assert value in answer.headers[name], (address, name)
        assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]
        assert "Cache-Control" in answer.headers


def test_inline_style_elements_are_let_in_only_where_charts_are(client: FlaskClient, yearly: Dataset) -> None:
    with_charts = {f"/datasets/{yearly.id}", "/search", "/compare", "/compare/embed"}
    for address in addresses(client.application, yearly):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert ("'unsafe-inline'" in policy) == (address in with_charts)


def test_an_answer_is_not_sent_twice(client: FlaskClient, yearly: Dataset) -> None:
    for address in addresses(client.application, yearly):
        first = client.get(address)
        if address in {*UNTAGGED, "/api/v1"} or address.startswith(
            ("/assets", "/static", "/favicon", "/robots", "/api/v1/openapi")
        ):
            continue
        tag = first.headers["ETag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 304, address
        assert again.data == b""
        assert again.headers["ETag"] == tag
        assert client.get(address, headers={"If-None-Match": f"W/{tag}"}).status_code == 304
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_changes_without_a_build_is_never_kept(client: FlaskClient) -> None:
    for address in UNTAGGED:
        answer = client.get(address, headers={"If-None-Match": "*"})
        assert answer.status_code == 200
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_new_build_and_another_address_are_other_answers(tmp_path: Path) -> None:
    rows = [record("x", 0, {"가": "나"})]
    made = (dataset("x", (Column("가", "text"),), rows), rows)
    client = client_of(tmp_path, made)
    tags = {
        client.get(address).headers["ETag"] for address in ("/", "/search", "/search?q=가", "/search?q=나")
    }
    assert len(tags) == 4
    engine = client.application.extensions["portal"].engine
    stage = engine.stage("another")
    stage.seal()
    stage.publish()
    assert client.get("/").headers["ETag"] not in tags
    assert client.get("/", headers={"If-None-Match": '"x", ' + ", ".join(tags)}).status_code == 200


def test_files_that_never_change_are_kept_for_ever(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    found = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
    assert found
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_no_page_names_another_site(client: FlaskClient, yearly: Dataset) -> None:
    for address in ("/", "/search?q=강동구", "/datasets", "/areas", "/status", dataset_url(yearly.id)):
        page = client.get(address).get_data(as_text=True)
        named = re.findall(r'(?:src|href|action)="(https?:[^"]+)"', page)
        # only places on the map lead elsewhere, to be opened by who wants to
        others = {one for one in named if not one.startswith("https://map.kakao.com/link/map/")}
        assert others <= {f"http://localhost{address.split('?')[0]}"}
        assert " style=" not in page
        assert not re.search(r"<script(?![^>]*(?:src=|ld\+json))", page)
        assert not re.search(r"\son[a-z]+=", page)


def test_a_view_names_the_page_it_is_a_view_of(client: FlaskClient, yearly: Dataset) -> None:
    plain = dataset_url(yearly.id)
    page = client.get(plain, query_string={"year": "2020", "utm_source": "x"}).get_data(as_text=True)
    assert f'<link rel="canonical" href="http://localhost{plain}">' in page
    with client.application.test_request_context("/datasets/"):
        assert canonical() == "http://localhost/datasets"
    assert "canonical" not in client.get("/search?q=a").text
    assert "canonical" not in client.get("/nowhere").text


def test_facet_links_are_not_to_be_followed_by_machines(client: FlaskClient) -> None:
    for address in ("/search?q=강동구", "/datasets"):
        page = client.get(address).get_data(as_text=True)
        links = re.findall(r'<a class="choice"[^>]*>', page)
        assert links
        assert all('rel="nofollow"' in link for link in links)


def test_robots_are_told_what_to_leave(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    for line in ("Disallow: /admin", "Disallow: /*?", "Sitemap: http://localhost/sitemap.xml"):
        assert line in answer.text.splitlines()


def test_the_sitemap_names_every_dataset(client: FlaskClient, datasets: tuple[Dataset, ...]) -> None:
    root = ET.fromstring(client.get("/sitemap.xml").get_data())  # noqa: S314 - our own
    found = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in root}
    assert {"http://localhost/", "http://localhost/datasets", "http://localhost/areas"} <= found.keys()
    for one in datasets:
        assert found[f"http://localhost{dataset_url(one.id)}"] == one.fetched_at[:10]
        assert client.get(dataset_url(one.id)).status_code == 200


def test_a_dataset_describes_itself_to_machines(client: FlaskClient, yearly: Dataset) -> None:
    page = client.get(dataset_url(yearly.id)).get_data(as_text=True)
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    body = json.loads(text)
    assert body["@type"] == "Dataset"
    assert body["name"] == yearly.title
    assert body["creator"]["name"] == yearly.provider
    assert body["temporalCoverage"] == f"{yearly.years[0]}/{yearly.years[-1]}"
    assert client.get(body["distribution"][0]["contentUrl"]).status_code == 200


def test_sample_data_are_marked_wherever_they_are_shown(
    client: FlaskClient, datasets: tuple[Dataset, ...]
) -> None:
    for address in (
        "/",
        "/search?q=강동구",
        "/datasets",
        "/areas",
        "/status",
        *(dataset_url(one.id) for one in datasets),
    ):
        assert "표본" in client.get(address).get_data(as_text=True), address
    assert all(one["sample"] for one in client.get("/api/v1/datasets").get_json()["datasets"])


def test_data_that_are_no_sample_are_not_marked(tmp_path: Path) -> None:
    rows = [record("x", 0, {"가": "나"})]
    client = client_of(tmp_path, (dataset("x", (Column("가", "text"),), rows), rows))
    for address in ("/", "/search", "/datasets", "/areas", "/status", "/datasets/x"):
        assert "표본" not in client.get(address).get_data(as_text=True), address


def test_the_portal_claims_to_be_official_only_where_it_is_set(client: FlaskClient) -> None:
    assert "공식 전자정부 누리집" not in client.get("/").text
