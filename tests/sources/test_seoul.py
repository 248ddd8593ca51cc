"""서울 열린데이터광장: everything in the path, wrappers of any name, fields of two generations."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sources.errors import SourceError
from sources.opening import opened, rows_of
from sources.paging import Page
from sources.seoul import read
from tests.sources.calling import Fetching
from tests.sources.entries import SEOUL, made
from tests.sources.stubs import Fault, Stub

ROW = {"stationId": "ST-4", "rackTotCnt": "15"}
FINE = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


def said(value: Any) -> Page:
    return read(json.dumps(value, ensure_ascii=False).encode())


def kind_of(value: Any) -> str:
    with pytest.raises(SourceError) as error:
        said(value)
    return error.value.kind


@pytest.mark.parametrize("name", ["bikeList", "rentBikeStatus", "아무이름"])
@pytest.mark.parametrize("total", [1, "1", 1.0])
def test_the_wrapper_may_have_any_name(name: str, total: Any) -> None:
    assert said({name: {"list_total_count": total, "RESULT": FINE, "row": [ROW]}}) == Page((ROW,), 1)


def test_one_row_may_come_without_its_list_and_the_total_may_be_missing() -> None:
    assert said({"x": {"RESULT": FINE, "row": ROW}}) == Page((ROW,), None)


def test_no_data_are_no_rows_wrapped_or_not() -> None:
    result = {"CODE": "INFO-200", "MESSAGE": "해당하는 데이터가 없습니다."}
    assert said({"RESULT": result}) == Page(())
    assert said({"bikeList": {"list_total_count": 0, "RESULT": result}}) == Page(())
    assert said(result) == Page(())


def test_the_same_in_xml() -> None:
    row = "<row><stationId>ST-4</stationId><비고/></row>"
    result = "<RESULT><CODE>INFO-000</CODE><MESSAGE>정상</MESSAGE></RESULT>"
    text = f"<?xml version='1.0' encoding='EUC-KR'?><x><list_total_count>2</list_total_count>{result}{row}{row}</x>"
    one = {"stationId": "ST-4", "비고": ""}
    assert read(text.encode()) == Page((one, one), 2)


def test_a_bad_key_comes_in_xml_whatever_was_asked_for() -> None:
    text = "<RESULT><CODE>INFO-100</CODE><MESSAGE><![CDATA[인증키가 유효하지 않습니다.\n다시]]></MESSAGE></RESULT>"
    with pytest.raises(SourceError, match=r"INFO-100 인증키가 유효하지 않습니다\. 다시") as error:
        read(text.encode())
    assert error.value.kind == "key"


@pytest.mark.parametrize(
    ("code", "kind"),
    [("ERROR-336", "request"), ("ERROR-601", "server"), ("ERROR-310", "gone"), ("ERROR-999", "form")],
)
def test_errors_wrapped_or_not(code: str, kind: str) -> None:
    result = {"CODE": code, "MESSAGE": "안 됨"}
    assert kind_of({"RESULT": result}) == kind
    assert kind_of({"bikeList": {"RESULT": result}}) == kind
    assert kind_of({"RESULT": {"RESULT.CODE": code, "RESULT.MESSAGE": "안 됨"}}) == kind


@pytest.mark.parametrize("value", [[], {}, "x", {"bikeList": {}}, {"RESULT": "x"}, {"x": {"row": "y"}}])
def test_what_is_built_otherwise_is_said_to_be(value: Any) -> None:
    assert kind_of(value) == "form"


def test_numbers_are_told_whole(stub: Stub, tmp_path: Path) -> None:
    whole = opened(Fetching(stub, tmp_path).fetch(SEOUL.entry))
    stub.fault = Fault("seoul_float_counts")
    assert opened(Fetching(stub, tmp_path).fetch(SEOUL.entry)) == whole


@pytest.mark.parametrize("after", [0, 3], ids=["always", "from the second day on"])
def test_old_and_new_names_of_fields_make_one_table(stub: Stub, tmp_path: Path, after: int) -> None:
    whole = opened(Fetching(stub, tmp_path).fetch(SEOUL.entry))
    stub.fault = Fault("seoul_old_names", after=after)
    assert opened(Fetching(stub, tmp_path).fetch(SEOUL.entry)) == whole


def test_each_time_of_the_span_is_asked_for_the_oldest_first(stub: Stub, tmp_path: Path) -> None:
    Fetching(stub, tmp_path).fetch(SEOUL.entry)
    parts = [call.steps for call in stub.calls]
    assert [part[:3] for part in parts] == [["stub-key", "json", "CardSubwayStatsNew"]] * 5
    assert [part[3:] for part in parts] == [
        ["1", "1000", "20260101"],
        ["1001", "2000", "20260101"],
        ["2001", "3000", "20260101"],
        ["1", "1000", "20260102"],
        ["1", "1000", "20260103"],
    ]


def test_arguments_are_encoded_and_the_address_ends_in_a_stroke(stub: Stub, tmp_path: Path) -> None:
    """Without the last stroke some services answer nothing."""
    stub.seoul_arguments["RealtimeCityAir"] = ("SAREA_NM", "MSRSTN_NM")
    entry = made("air", "seoul", {"service": "RealtimeCityAir", "arguments": ["동남권", "강동구"]})
    edition = opened(Fetching(stub, tmp_path).fetch(entry))
    assert edition
    assert [row["MSRSTN_NM"] for row in rows_of(edition.data)] == ["강동구"]
    assert stub.calls[0].path.endswith("/1/1000/%EB%8F%99%EB%82%A8%EA%B6%8C/%EA%B0%95%EB%8F%99%EA%B5%AC/")


def test_a_total_that_counts_the_page_is_asked_beyond(stub: Stub, tmp_path: Path) -> None:
    """bikeList: each page says how many rows it has itself."""
    entry = made("bikes", "seoul", {"service": "bikeList"}, key=["stationId"])
    plain = stub.answer

    def answer(asked, fault, url):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        found = plain(asked, fault, url)
        told = json.loads(found.body)
        for part in told.values():
            if "row" in part:
                part["list_total_count"] = len(part["row"])
        return replace(found, body=json.dumps(told).encode())

    stub.answer = answer  # type: ignore[method-assign]
    edition = opened(Fetching(stub, tmp_path).fetch(entry))
    assert edition
    assert (edition.rows, len(stub.calls)) == (2_350, 4)
