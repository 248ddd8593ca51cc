"""No key in any text: of errors, of logs, whatever a source sends back."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from html import escape
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.client import Ask, Client, Limits
from sources.connector import Means
from sources.connectors import CONNECTORS
from sources.errors import SourceError
from sources.paging import Progress
from sources.silence import HIDDEN, without
from tests.sources.calling import NOW, Time, nothing_said, shelf
from tests.sources.entries import GATEWAY, KOSIS, ODCLOUD, SEOUL, Way
from tests.sources.stubs import Stub
from tests.sources.talking import talking, whole

SIGNS = st.characters(min_codepoint=33, max_codepoint=126) | st.sampled_from("가힣 ")
keys = st.text(SIGNS, min_size=8, max_size=40).filter(lambda key: key == key.strip())
SPELLINGS: tuple[Callable[[str], str], ...] = (
    str,
    quote,
    quote_plus,
    escape,
    lambda key: json.dumps(key)[1:-1],
    lambda key: json.dumps(json.dumps(key, ensure_ascii=False))[3:-3],
    lambda key: quote(key, safe=""),
    lambda key: quote(quote(key, safe=""), safe=""),
    lambda key: quote(key, safe="").lower() if key.isascii() and key.islower() else key,
)


def traces(key: str, text: str) -> list[str]:
    return [spell(key) for spell in SPELLINGS if spell(key) in text]


@given(keys, st.text(max_size=20), st.text(max_size=20))
def test_no_spelling_of_a_key_is_left_in_a_text(key: str, before: str, after: str) -> None:
    for spell in SPELLINGS:
        shown = without(f"{before}|{spell(key)}|{after}", [key])
        assert HIDDEN in shown
        assert not traces(key, shown.replace(before, "").replace(after, "")), shown


@given(keys)
def test_of_the_encoded_form_that_the_portal_shows_the_plain_one_is_hidden_too(key: str) -> None:
    encoded = quote(key, safe="")
    assert key not in without(f"key {key} and {encoded}", [encoded])
    assert encoded not in without(f"key {key} and {encoded}", [encoded])


def test_a_text_without_the_key_stays_as_it_is() -> None:
    text = "공공데이터포털: 30 SERVICE_KEY_IS_NOT_REGISTERED_ERROR"
    assert without(text, ["", "a+b/c="]) == text


@given(keys)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_source_that_sends_the_key_back_betrays_it_to_nobody(tmp_path: Path, key: str) -> None:
    """Whole or cut off in its middle, in any of the forms that errors have."""
    said = (
        (SEOUL, json.dumps({"RESULT": {"CODE": "ERROR-300", "MESSAGE": f"{key} {quote(key)}"}})),
        (KOSIS, json.dumps({"err": "20", "errMsg": f"apiKey={key} " * 40})),
        (GATEWAY, f"Unauthorized: serviceKey={quote(key, safe='')}" + "x" * 500),
        (ODCLOUD, json.dumps({"code": -2, "msg": f"{'가' * 280}{key}"})),
    )
    for way, body in said:
        message = refused(way, key, body, tmp_path)
        assert not traces(key, message), message


def refused(way: Way, key: str, body: str, folder: Path) -> str:
    listing = json.dumps({"paths": {"/1/v1/uddi:1": {}}}).encode()

    def script(head: bytes) -> list[bytes]:
        return [whole(listing if b"/oas/docs" in head.split(b"\r\n")[0] else body.encode(), "200 OK")]

    with talking(script) as base:
        bases = {host: base for one in CONNECTORS.values() for host in one.hosts}
        calling = Client(Limits(tries=1, pause_seconds=0.0), bases, Time().clock)
        there = shelf(folder, way.entry, NOW + timedelta(days=2))
        means = Means(calling, there, dict.fromkeys(CONNECTORS, key), NOW, Progress(nothing_said))
        with pytest.raises(SourceError) as error:
            CONNECTORS[way.entry.source].fetch(way.entry, means)
        calling.close()
    there.clear()
    assert len(str(error.value)) < 310, "a source may send a book"
    return f"{error.value} {error.value!r} {error.value.args}"


def test_the_libraries_write_no_address_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), Stub() as stub:
        bases = {"openapi.seoul.go.kr": f"{stub.base}/openapi.seoul.go.kr"}
        calling = Client(Limits(tries=1), bases, Time().clock)
        calling.ask(Ask("http://openapi.seoul.go.kr:8088/stub-key/json/bikeList/1/5/"), lambda one: one)
        calling.close()
    assert "stub-key" not in caplog.text


def test_a_request_shows_no_key_where_it_is_printed() -> None:
    assert "stub-key" not in repr(Ask("https://kosis.kr/", secret="stub-key"))
