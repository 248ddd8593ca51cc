"""서울 열린데이터광장 (source-formats §5): key and page in the path, at most 1,000 rows a call, errors with 200."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from sources.answers import cell, check_status, is_xml, json_of, record_of, text_of, xml_of
from sources.client import Answer, Ask
from sources.connector import Connector, Means, filled, numbered
from sources.entry import Entry
from sources.errors import Kind, SourceError
from sources.packing import Packed
from sources.paging import Page, Question, collected

LABEL = "서울 열린데이터광장"
HOST = "openapi.seoul.go.kr"
BASE = f"http://{HOST}:8088"
KEY_SETTING = "GBP_SEOUL_KEY"
ROWS_A_CALL = 1_000
SUCCESS, NOTHING = "INFO-000", "INFO-200"

_KINDS: Mapping[str, Kind] = {
    "INFO-100": "key",
    "ERROR-300": "request",
    "ERROR-301": "request",
    "ERROR-310": "gone",
    "ERROR-331": "request",
    "ERROR-332": "request",
    "ERROR-333": "request",
    "ERROR-334": "request",
    "ERROR-335": "key",  # the key "sample" gives five rows
    "ERROR-336": "request",
    "ERROR-500": "server",
    "ERROR-600": "server",
    "ERROR-601": "server",
}


def fetch(entry: Entry, means: Means) -> Packed:
    """Pages of ``request.service``, for each time of the span; ``request.arguments`` stand behind the page."""
    key = means.key("seoul", KEY_SETTING)
    pages: list[bytes] = []
    asked: list[str] = []
    for first, time in numbered(entry, means.now):
        arguments = [filled(one, time) for one in entry.request.get("arguments", ())]

        def ask(number: int, arguments: list[str] = arguments) -> bytes:
            last = number * ROWS_A_CALL
            page = (str(last - ROWS_A_CALL + 1), str(last))
            parts = (key, "json", entry.request["service"], *page, *arguments)
            url = "/".join((BASE, *(quote(part, safe="") for part in parts))) + "/"
            return means.client.ask(Ask(url, secret=key), _checked)

        found = collected(means.shelf, Question(first, ROWS_A_CALL, ask), read, means.progress)
        pages += found
        asked += [time] * len(found)
    return Packed.of(entry, pages, asked)


def _checked(answer: Answer) -> bytes:
    check_status(LABEL, answer)
    read(answer.body)
    return answer.body


def read(body: bytes) -> Page:
    """The rows of a page; none for INFO-200. A bad key is answered in XML, whatever was asked for."""
    text = text_of(LABEL, body)
    if is_xml(text):
        root = xml_of(LABEL, text)
        result = root if root.tag == "RESULT" else root.find("RESULT")
        code = record_of(result) if result is not None else {}
        rows = [record_of(row) for row in root.findall("row")]
        return _page(code, rows, root.findtext("list_total_count"))
    whole = json_of(LABEL, text)
    if not isinstance(whole, dict):
        raise SourceError("form", f"{LABEL}: 알 수 없는 꼴의 답입니다")
    # the name of the wrapper is not always that of the service
    parts = (one for one in whole.values() if isinstance(one, dict) and ("row" in one or "RESULT" in one))
    inner = next(parts, whole)
    rows = [{name: cell(value) for name, value in row.items()} for row in _listed(inner.get("row"))]
    return _page(_result(inner) or _result(whole), rows, inner.get("list_total_count"))


def _listed(rows: Any) -> list[dict[str, Any]]:
    """One row may come without its list."""
    return [row for row in (rows if isinstance(rows, list) else [rows]) if isinstance(row, dict)]


def _result(part: Mapping[str, Any]) -> dict[str, str]:
    result = part.get("RESULT", part)
    if not isinstance(result, Mapping):
        return {}
    names = {"CODE": ("CODE", "RESULT.CODE"), "MESSAGE": ("MESSAGE", "RESULT.MESSAGE")}
    return {name: str(result[key]) for name, keys in names.items() for key in keys if key in result}


def _page(result: Mapping[str, str], rows: list[dict[str, str]], total: Any) -> Page:
    code = result.get("CODE", "")
    if code == NOTHING:
        return Page(())
    if code not in {SUCCESS, ""} or (not code and not rows):
        message = " ".join(result.get("MESSAGE", "").split())
        raise SourceError(_KINDS.get(code, "form"), f"{LABEL}: {code or '코드 없는 답'} {message}".strip())
    told = cell(total)
    return Page(tuple(rows), int(told) if told.isdecimal() else None)


CONNECTOR = Connector("seoul", LABEL, frozenset({HOST}), KEY_SETTING, fetch, read)
