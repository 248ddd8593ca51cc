"""공공데이터포털: keys in both forms, uploads of file data, requests as they go out."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.client import Answer
from sources.connector import Means, times
from sources.connectors import CONNECTORS
from sources.datagokr import _date, checked, plain_key
from sources.entry import EntryError
from sources.errors import SourceError
from sources.opening import opened, rows_of
from sources.packing import Packed
from sources.paging import Progress
from tests.sources.calling import KEYS, NOW, Fetching, client, nothing_said, shelf
from tests.sources.entries import GATEWAY, MINISTRY, ODCLOUD, STANDARD, Way, made
from tests.sources.stubs import Fault, Stub
from tests.sources.stubs.odcloud import newest_path, older_path


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


@given(st.binary(min_size=30, max_size=66))
def test_a_key_in_either_form_is_one_key(raw: bytes) -> None:
    key = base64.b64encode(raw).decode()
    assert plain_key(key) == plain_key(quote(key, safe="")) == key


@pytest.mark.parametrize("key", ["a" * 64, "0123456789abcdef" * 4, "100%", ""])
def test_a_key_without_encoded_signs_stays_as_it_is(key: str) -> None:
    assert plain_key(key) == key


@pytest.mark.parametrize(
    "key", ["stub+key/with=signs", "stub%2Bkey%2Fwith%3Dsigns", "stub%2bkey%2fwith%3dsigns"]
)
@pytest.mark.parametrize("way", [GATEWAY, STANDARD, ODCLOUD, MINISTRY], ids=lambda way: way.name)
def test_a_key_arrives_encoded_once(stub: Stub, tmp_path: Path, way: Way, key: str) -> None:
    calling = client(stub)
    means = Means(calling, shelf(tmp_path, way.entry), {**KEYS, "datagokr": key}, NOW, Progress(nothing_said))
    found = CONNECTORS[way.entry.source].fetch(way.entry, means)
    calling.close()
    assert isinstance(found, Packed)
    assert {call.params["serviceKey"] for call in stub.calls_to(way.host)} == {"stub+key/with=signs"}


def test_without_a_key_the_setting_is_named(stub: Stub, tmp_path: Path) -> None:
    calling = client(stub)
    for way, setting in ((GATEWAY, "GBP_DATAGOKR_KEY"), (MINISTRY, "GBP_DATAGOKR_KEY")):
        means = Means(calling, shelf(tmp_path, way.entry), {}, NOW, Progress(nothing_said))
        with pytest.raises(SourceError, match=setting) as error:
            CONNECTORS[way.entry.source].fetch(way.entry, means)
        assert error.value.kind == "key"
    calling.close()
    assert stub.calls == []


@pytest.mark.parametrize("namespace", ["15081659", "15000002"])
def test_the_newest_upload_is_looked_up(stub: Stub, tmp_path: Path, namespace: str) -> None:
    """Whether the list names it first or last."""
    entry = replace(ODCLOUD.entry, columns={}, request={**ODCLOUD.entry.request, "namespace": namespace})
    Fetching(stub, tmp_path).fetch(entry)
    (listed,) = stub.calls_to("infuser.odcloud.kr")
    assert listed.params == {"namespace": f"{namespace}/v1"}
    assert {call.path for call in stub.calls_to("api.odcloud.kr")} == {f"/api{newest_path(namespace)}"}
    assert older_path(namespace) != newest_path(namespace)


@pytest.mark.parametrize(
    ("summary", "stamp"),
    [
        ("강동구_단속현황_20231231", "20231231"),
        ("강동구_단속현황_2023_20231231", "20231231"),
        ("강동구_단속현황_2023-12-31", "20231231"),
        ("강동구_단속현황(2023.12.31)", "20231231"),
        ("강동구 20191231 단속현황", "20191231"),
        ("강동구_단속현황", ""),
    ],
)
def test_the_date_of_an_upload_stands_at_the_end_of_its_summary(summary: str, stamp: str) -> None:
    assert _date("/1/v1/uddi:1", {"get": {"summary": summary}})[0] == stamp


def test_of_uploads_of_one_day_the_later_stamp_of_the_path_counts() -> None:
    parts = {"get": {"summary": "현황_20231231"}}
    paths = ["/1/v1/uddi:a_202401051030", "/1/v1/uddi:b_202402010900", "/1/v1/uddi:c"]
    assert max(paths, key=lambda path: _date(path, parts)) == paths[1]


@pytest.mark.parametrize("parts", [None, [], {"parameters": []}, {"get": None}, {"get": {}}])
def test_an_upload_without_a_summary_is_the_oldest(parts: object) -> None:
    assert _date("/x", parts)[0] == ""


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (b"{}", "form"),
        (b"[]", "form"),
        (b'{"paths":{}}', "gone"),
        (b'{"paths":[]}', "form"),
        (b"<html>", "page"),
        (b"", "page"),
    ],
)
def test_a_list_of_uploads_that_is_none(stub: Stub, tmp_path: Path, document: bytes, kind: str) -> None:
    plain = stub.answer

    def answer(asked, fault, url):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        found = plain(asked, fault, url)
        return replace(found, body=document) if asked.host.startswith("infuser") else found

    stub.answer = answer  # type: ignore[method-assign]
    with pytest.raises(SourceError) as error:
        Fetching(stub, tmp_path).fetch(ODCLOUD.entry)
    assert error.value.kind == kind


def test_a_fetch_taken_up_again_goes_on_with_the_upload_it_began_with(stub: Stub, tmp_path: Path) -> None:
    """Pages of two uploads would make a table that nobody has published."""
    whole = Fetching(stub, tmp_path / "whole").fetch(ODCLOUD.entry)
    stub.cut_after(1)
    with pytest.raises(SourceError):
        Fetching(stub, tmp_path / "broken").fetch(ODCLOUD.entry)
    stub.restore()
    listed = len(stub.calls_to("infuser.odcloud.kr"))
    assert Fetching(stub, tmp_path / "broken").fetch(ODCLOUD.entry) == whole
    assert len(stub.calls_to("infuser.odcloud.kr")) == listed, "it is not looked up anew"


def test_conditions_go_out_with_encoded_brackets(stub: Stub, tmp_path: Path) -> None:
    Fetching(stub, tmp_path).fetch(MINISTRY.entry)
    assert {call.params["cond[OPN_ATMY_GRP_CD::EQ]"] for call in stub.calls} == {"3240000"}


def test_a_number_of_a_header_is_a_wait() -> None:
    body = json.dumps({"response": {"header": {"resultCode": "23", "resultMsg": "PER_SECOND"}}}).encode()
    with pytest.raises(SourceError) as error:
        checked(Answer(429, body, {"retry-after": "9"}))
    assert (error.value.kind, error.value.wait_seconds) == ("rate", 9.0)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (502, b"<html>", "server"),
        (403, b"", "key"),
        (404, b"nothing here", "gone"),
        (400, b"Bad Request", "request"),
        (503, b"\xff\xff\xff", "server"),
        (403, b'{"code":-4,"msg":"x"}', "key"),
        (200, b"<html>", "page"),
    ],
)
def test_the_status_counts_where_the_body_says_nothing(status: int, body: bytes, kind: str) -> None:
    with pytest.raises(SourceError) as error:
        checked(Answer(status, body, {}))
    assert error.value.kind == kind


def test_good_rows_under_a_bad_status_are_no_answer(stub: Stub, tmp_path: Path) -> None:
    stub.fault = Fault("status_500", times=1)
    edition = opened(Fetching(stub, tmp_path).fetch(STANDARD.entry))
    assert edition
    assert len(rows_of(edition.data)) == STANDARD.rows
    assert len(stub.calls) == STANDARD.calls + 1


@pytest.mark.parametrize("source", ["datagokr", "mois"])
def test_a_way_that_there_is_not_is_a_mistake_of_the_list(stub: Stub, tmp_path: Path, source: str) -> None:
    with pytest.raises(EntryError, match="odd"):
        Fetching(stub, tmp_path).fetch(made("odd", source, {"style": "no", "kind": "no"}))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (None, [""]),
        ({"unit": "day", "lag": 7, "count": 3}, ["20251230", "20251231", "20260101"]),
        ({"unit": "month", "lag": 1, "count": 3}, ["202510", "202511", "202512"]),
        ({"unit": "year", "lag": 0, "count": 2}, ["2025", "2026"]),
        ({"unit": "day"}, ["20260108"]),
    ],
)
def test_times_of_a_span(span: object, expected: list[str]) -> None:
    request = {} if span is None else {"span": span}
    assert times(made("x", "seoul", request), NOW) == expected


@pytest.mark.parametrize("span", [{"unit": "week"}, {"unit": "day", "count": 0}, {}])
def test_a_span_that_is_none_is_a_mistake_of_the_list(span: object) -> None:
    with pytest.raises(EntryError, match=r"request\.span"):
        times(made("x", "seoul", {"span": span}), NOW)
