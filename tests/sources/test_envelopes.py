"""Answers of data.go.kr and those like it, one by one: envelopes, odd rows, three generations of errors."""

import json
from typing import Any

import pytest

from sources.envelopes import read
from sources.errors import SourceError
from sources.paging import Page
from tests.sources.stubs.gateway import ERRORS, PLAIN, gateway_error

ROW = {"이름": "가나센터", "개수": "12"}


def enveloped(items: Any, **more: Any) -> bytes:
    body = {"items": items, "totalCount": 1, **more}
    return json.dumps({"response": {"header": {"resultCode": "00"}, "body": body}}).encode()


def kind_of(body: bytes | str | dict[str, Any]) -> str:
    if isinstance(body, dict):
        body = json.dumps(body, ensure_ascii=False)
    with pytest.raises(SourceError) as error:
        read(body.encode() if isinstance(body, str) else body)
    assert str(error.value).startswith("공공데이터포털: ")
    return error.value.kind


@pytest.mark.parametrize("items", [{"item": [ROW]}, {"item": ROW}, [ROW], ROW])
def test_one_row_in_any_wrapping(items: Any) -> None:
    assert read(enveloped(items)) == Page((ROW,), 1)


@pytest.mark.parametrize("items", ["", None, [], {}, {"item": []}, {"item": ""}, {"item": None}])
def test_no_row_in_any_wrapping(items: Any) -> None:
    assert read(enveloped(items, totalCount=0)).rows == ()


@pytest.mark.parametrize(
    ("told", "total"),
    [(3, 3), ("3", 3), ("03", 3), (None, None), ("", None), ("많음", None), ("²", None), (3.0, 3)],
)
def test_counts_are_numbers_texts_or_none(told: Any, total: int | None) -> None:
    assert read(enveloped([ROW], totalCount=told)).total == total


def test_a_count_that_is_not_told_is_none() -> None:
    assert read(b'{"response":{"header":{"resultCode":"00"},"body":{"items":[]}}}') == Page((), None)


def test_values_are_texts_and_blanks_are_empty() -> None:
    row = {
        "a": " ",
        "b": "",
        "c": None,
        "d": "null",
        "e": 3,
        "f": 3.0,
        "g": 2.5,
        "h": {"x": 1},
        "i": " 가 나 ",
    }
    (found,) = read(enveloped([row])).rows
    assert found == {
        "a": "", "b": "", "c": "", "d": "", "e": "3", "f": "3", "g": "2.5", "h": '{"x": 1}', "i": "가 나",
    }  # fmt: skip


def test_without_the_outer_name_or_with_a_capital() -> None:
    head = {"resultCode": "0", "totalCount": "1"}
    assert read(json.dumps({"header": head, "body": {"items": [ROW]}}).encode()) == Page((ROW,), 1)
    capital = {"Response": {"head": head, "items": {"item": ROW}}}
    assert read(json.dumps(capital).encode()) == Page((ROW,), 1)
    listed = {"header": {"resultCode": "00"}, "totalCount": 1, "body": [ROW]}
    assert read(json.dumps(listed).encode()) == Page((ROW,), 1)


def test_raw_control_characters_are_let_pass() -> None:
    body = enveloped([{"이름": "가TAB나"}]).replace(b"TAB", b"\t\x01")
    assert read(body).rows[0]["이름"] == "가\t\x01나"


def test_xml_reads_like_json() -> None:
    text = (
        "<?xml version='1.0' encoding='EUC-KR'?><response><header><resultCode>00</resultCode></header>"
        "<body><items>{}</items><totalCount>2</totalCount></body></response>"
    )
    item = "<item><이름>가나 &amp; 다</이름><비고/></item>"
    row = {"이름": "가나 & 다", "비고": ""}
    assert read(text.format(item * 2).encode()) == Page((row, row), 2)
    assert read(text.format(item).encode()) == Page((row,), 2)
    assert read(text.format("").encode()) == Page((), 2)
    assert read(text.format(item).encode("cp949")) == Page((row,), 2), "whatever its declaration says"


def test_an_entity_from_outside_is_not_looked_up() -> None:
    assert kind_of('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><response>&x;</response>') == "form"


@pytest.mark.parametrize("generation", [1, 2, 3])
@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("code", ERRORS)
def test_errors_of_all_generations(code: str, generation: int, *, as_json: bool) -> None:
    """The middle generation tells less: what it says is what is told."""
    kinds = {"10": "request", "12": "gone", "20": "key", "22": "quota", "23": "rate"}
    kinds |= dict.fromkeys(("29", "30", "31"), "key")
    kind = kinds.get(code, "server")
    if generation == 2 and code == "10":
        kind = "form"  # "Bad Request": the status says it
    assert kind_of(gateway_error(code, generation, as_json=as_json).body) == kind


@pytest.mark.parametrize(("status", "text"), PLAIN.items())
def test_a_few_words_are_an_error(status: int, text: str) -> None:
    kinds = {401: "key", 403: "key", 404: "gone", 429: "rate", 500: "server"}
    for spelt in (text, text.lower(), f"  {text}\n", f"{text}: more"):
        assert kind_of(spelt) == kinds[status]


@pytest.mark.parametrize("said", ["hello", "가나다", '"text"', "12", "null"])
def test_other_words_are_no_answer(said: str) -> None:
    assert kind_of(said) == "form"


@pytest.mark.parametrize(
    ("code", "message", "kind"),
    [
        ("22", "SERVICE_ACCESS_DENIED_ERROR", "key"),
        ("98", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", "quota"),
        ("13", "QUERY_PERIOD_LIMIT_EXCEEDED", "request"),
        ("77", "무엇인가 잘못됨", "server"),
        ("21", "TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR", "key"),
    ],
)
def test_the_message_of_a_provider_counts_more_than_its_number(code: str, message: str, kind: str) -> None:
    assert kind_of({"response": {"header": {"resultCode": code, "resultMsg": message}}}) == kind


@pytest.mark.parametrize(("code", "message"), [("03", ""), ("3", "X"), (3, ""), ("99", "NODATA_ERROR")])
def test_no_data_is_no_error_by_number_or_by_name(code: Any, message: str) -> None:
    head = {"resultCode": code, "resultMsg": message}
    assert read(json.dumps({"response": {"header": head, "body": None}}).encode()) == Page(())


@pytest.mark.parametrize(
    ("code", "kind"),
    [(-401, "key"), (-4, "key"), (-10, "quota"), (-3, "gone"), (-9, "gone"), (-2, "request"), (-1, "server")],
)
def test_errors_of_file_data(code: int, kind: str) -> None:
    assert kind_of({"code": code, "msg": "안 됨"}) == kind


def test_file_data_count_what_the_conditions_match() -> None:
    body = {"currentCount": 1, "data": [{"시설명 (개)": 1}], "matchCount": 1, "totalCount": 9}
    assert read(json.dumps(body).encode()) == Page(({"시설명 (개)": "1"},), 1)


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"response": "no"},
        {"response": []},
        {"response": {"header": "no"}},
        {"response": {"header": {"resultCode": "00"}}},
        {"OpenAPI_ServiceResponse": {"cmmMsgHeader": "no"}},
        {"paths": {}},
    ],
)
def test_what_is_built_otherwise_is_said_to_be(body: Any) -> None:
    assert kind_of(json.dumps(body)) == "form"


def test_what_is_nested_without_end_is_no_answer() -> None:
    assert kind_of('{"response":' * 50_000) == "form"
    assert kind_of("<a>" * 50_000 + "</a>" * 50_000) == "form"
