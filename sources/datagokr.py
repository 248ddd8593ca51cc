"""공공데이터포털 (source-formats §2): gateway services, standard data of the old kind, file data of odcloud."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from sources.answers import check_status, json_of, text_of, wait_of
from sources.client import Answer, Ask
from sources.connector import Connector, Means, filled, numbered
from sources.entry import Entry, EntryError
from sources.envelopes import LABEL, read
from sources.errors import SourceError
from sources.packing import Packed
from sources.paging import Question, collected

KEY_SETTING = "GBP_DATAGOKR_KEY"
GATEWAY, STANDARD, FILES, VERSIONS = (
    "apis.data.go.kr",
    "api.data.go.kr",
    "api.odcloud.kr",
    "infuser.odcloud.kr",
)
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_STAMP = re.compile(r"(\d{4})[-._/ ]?(\d{2})[-._/ ]?(\d{2})\D*$")
_VERSIONS_PAGE = 999_999_999
"""The place of the list of uploads on the shelf: a fetch taken up again goes on with the upload it began with."""


def plain_key(key: str) -> str:
    """The key as it is encoded once on the way: the portal shows an encoded form, too (§2.1)."""
    return unquote(key) if _PERCENT.search(key) else key


def fetch(entry: Entry, means: Means) -> Packed:
    """``request.style``: gateway (path, params, format, rows), standard (service), odcloud (namespace)."""
    key = plain_key(means.key("datagokr", KEY_SETTING))
    style = entry.request.get("style")
    if style == "gateway":
        url = f"https://{GATEWAY}/{entry.request['path']}"
        return paged(entry, means, url, {"serviceKey": key, **entry.request.get("format", {"type": "json"})})
    if style == "standard":
        url = f"https://{STANDARD}/openapi/{entry.request['service']}"
        return paged(entry, means, url, {"serviceKey": key, "type": "json"})
    if style == "odcloud":
        path = newest(str(entry.request["namespace"]), means)
        url = f"https://{FILES}/api{path}"
        fixed = {"serviceKey": key, "returnType": "JSON"}
        return paged(entry, means, url, fixed, page="page", size="perPage")
    raise EntryError(f"dataset {entry.id}, request.style: gateway, standard or odcloud")


def paged(
    entry: Entry,
    means: Means,
    url: str,
    fixed: Mapping[str, str],
    page: str = "pageNo",
    size: str = "numOfRows",
) -> Packed:
    """Every page of a service, for each time of the span."""
    pages: list[bytes] = []
    asked: list[str] = []
    rows = str(entry.request.get("rows", 1_000))
    for first, time in numbered(entry, means.now):
        wanted = {name: filled(value, time) for name, value in entry.request.get("params", {}).items()}

        def ask(number: int, wanted: dict[str, str] = wanted) -> bytes:
            params = {**fixed, **wanted, page: str(number), size: rows}
            return means.client.ask(Ask(url, params, secret=fixed.get("serviceKey", "")), checked)

        found = collected(means.shelf, Question(first, int(rows), ask), read, means.progress)
        pages += found
        asked += [time] * len(found)
    return Packed.of(entry, pages, asked)


def checked(answer: Answer) -> bytes:
    """What the body says of an error says more than the status. Raises SourceError."""
    try:
        read(answer.body)
    except SourceError as error:
        if answer.status >= 300 and error.kind in {"form", "page", "cut", "charset"}:
            check_status(LABEL, answer)
        raise SourceError(error.kind, error.message, wait_of(answer)) from None
    if answer.status >= 300:
        check_status(LABEL, answer)
    return answer.body


def newest(namespace: str, means: Means) -> str:
    """The path of the newest upload: every upload gets one of its own, the old ones stay (§2.6)."""
    body = means.shelf.page(_VERSIONS_PAGE)
    if body is None:
        ask = Ask(f"https://{VERSIONS}/oas/docs", {"namespace": f"{namespace}/v1"})
        body = means.client.ask(ask, _listed)
        means.shelf.put(_VERSIONS_PAGE, body)
    dated = {path: _date(path, parts) for path, parts in _uploads(body).items()}
    if not dated:
        raise SourceError("gone", f"{LABEL}: 파일데이터 {namespace}의 판이 하나도 없습니다")
    return max(dated, key=lambda path: dated[path])


def _listed(answer: Answer) -> bytes:
    check_status(LABEL, answer)
    _uploads(answer.body)
    return answer.body


def _uploads(body: bytes) -> dict[str, Any]:
    found = json_of(LABEL, text_of(LABEL, body))
    paths = found.get("paths") if isinstance(found, dict) else None
    if not isinstance(paths, dict):
        raise SourceError("form", f"{LABEL}: 파일데이터의 판 목록이 아닌 답입니다")
    return paths


def _date(path: str, parts: Any) -> tuple[str, str]:
    """The date at the end of the summary, then the time stamp in the path."""
    methods = parts.values() if isinstance(parts, Mapping) else ()
    summaries = (str(one.get("summary", "")) for one in methods if isinstance(one, Mapping))
    stamp = _STAMP.search(next(summaries, ""))
    return ("".join(stamp.groups()) if stamp else "", path.rpartition("_")[2])


CONNECTOR = Connector(
    "datagokr", LABEL, frozenset({GATEWAY, STANDARD, FILES, VERSIONS}), KEY_SETTING, fetch, read
)
