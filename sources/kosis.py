"""KOSIS, statistics of the state (source-formats §4): no pages but a limit of cells, errors with status 200."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sources.answers import cell, check_status, is_xml, json_of, record_of, text_of, xml_of
from sources.client import Answer, Ask
from sources.connector import Connector, Means
from sources.entry import Entry
from sources.errors import Kind, SourceError
from sources.loose import quoted
from sources.packing import Packed
from sources.paging import Page, Row

LABEL = "KOSIS"
HOST = "kosis.kr"
URL = f"https://{HOST}/openapi/Param/statisticsParameterData.do"
KEY_SETTING = "GBP_KOSIS_KEY"
MOST_LEVELS = 8

NOTHING = "30"
TOO_MANY = frozenset({"31", "41"})
"""Too many cells for one call: asked for again in halves of the time."""

_KINDS: Mapping[str, Kind] = {
    "10": "key",
    "11": "key",
    "12": "key",
    "20": "request",
    "21": "gone",
    "40": "rate",
    "42": "quota",
    "50": "server",
}
_SAID: Mapping[str, str] = {
    "데이터가 존재하지": NOTHING,
    "조회결과": "31",
    "ROW": "41",
    "필수": "20",
    "통계표": "21",
    "요청변수": "21",
    "KEY": "11",
    "호출가능": "40",
    "사용자별": "42",
    "서버": "50",
}
_PERIODS_A_YEAR = {"Y": 1, "S": 2, "Q": 4, "M": 12}


class _TooMany(Exception):
    """The question has more cells than one call may have."""


def fetch(entry: Entry, means: Means) -> Packed:
    """The newest periods of a table; one answer, or several where they are too many cells for one.

    ``request``: org, table, items, levels (objL1…), period (Y, S, Q, M), newest (number of periods).
    """
    key = means.key("kosis", KEY_SETTING)
    period, newest = str(entry.request["period"]), int(entry.request["newest"])
    waiting = [_newest(period, newest, means.now.year, means.now.month)]
    pages: list[bytes] = []
    asked: list[str] = []
    number = 0
    while waiting:
        first, last = waiting.pop(0)
        number += 1
        body = means.shelf.page(number)
        if body is None:
            params = {**_params(entry, period), "apiKey": key}
            params |= {"startPrdDe": _written(first, period), "endPrdDe": _written(last, period)}
            body = means.client.ask(Ask(URL, params, secret=key), _checked)
            means.shelf.put(number, body)  # also that it was too many: the same halves are asked for again
        try:
            _records(body)
        except _TooMany:
            waiting = [*_halves(first, last), *waiting]
            continue
        pages.append(body)
        asked.append(f"{_written(first, period)}-{_written(last, period)}")
        means.progress.page(len(pages) + len(waiting))
    return Packed.of(entry, pages, asked)


def _params(entry: Entry, period: str) -> dict[str, str]:
    request = entry.request
    items: Sequence[str] = request["items"]
    return {
        "method": "getList",
        "format": "json",
        "jsonVD": "Y",
        "orgId": str(request["org"]),
        "tblId": str(request["table"]),
        # the list of items ends in a plus, too (§4.1); ALL is no list
        "itmId": "ALL" if list(items) == ["ALL"] else "".join(f"{item}+" for item in items),
        **{name: str(value) for name, value in request.get("levels", {}).items()},
        "prdSe": period,
    }


def _newest(period: str, newest: int, year: int, month: int) -> tuple[int, int]:
    """First and last period, counted from the year 0; the current one is asked for, too."""
    a_year = _PERIODS_A_YEAR.get(period)
    if a_year is None:
        raise SourceError("request", f"{LABEL}: 주기 {period!r}는 쓸 수 없습니다: Y, S, Q, M")
    last = year * a_year + (month - 1) * a_year // 12
    return last - newest + 1, last


def _halves(first: int, last: int) -> list[tuple[int, int]]:
    if first == last:
        raise SourceError(
            "request", f"{LABEL}: 한 시점만으로도 셀이 너무 많습니다: 항목이나 분류를 줄여 주십시오"
        )
    middle = (first + last) // 2
    return [(first, middle), (middle + 1, last)]


def _written(at: int, period: str) -> str:
    """2024, 202401 (half, quarter or month)."""
    a_year = _PERIODS_A_YEAR[period]
    return str(at) if a_year == 1 else f"{at // a_year}{at % a_year + 1:02d}"


def _checked(answer: Answer) -> bytes:
    if answer.status >= 300:
        check_status(LABEL, answer)
    with suppress(_TooMany):
        _records(answer.body)
    return answer.body


def _records(body: bytes) -> list[dict[str, Any]]:
    """Raises SourceError; _TooMany."""
    text = text_of(LABEL, body)
    if is_xml(text):
        return _refused(record_of(xml_of(LABEL, text)))
    try:
        found = json_of(LABEL, text)
    except SourceError:
        # keys without quotation marks come now and then, whatever was asked for (§4.3)
        found = json_of(LABEL, quoted(text))
    if isinstance(found, dict):
        if "err" in found or "errMsg" in found or "errCode" in found:
            return _refused(found)
        found = [found]
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise SourceError("form", f"{LABEL}: 알 수 없는 꼴의 답입니다")
    return found


def _refused(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    message = " ".join(cell(said.get("errMsg", "")).split())
    code = cell(said.get("err", said.get("errCode", ""))) or _code_of(message)
    if code == NOTHING:
        return []
    if code in TOO_MANY:
        raise _TooMany
    kind = _KINDS.get(code, "form")
    advice = f": {KEY_SETTING}를 확인해 주십시오" if kind == "key" else ""
    raise SourceError(kind, f"{LABEL}: {code} {message}{advice}")


def _code_of(message: str) -> str:
    """Some answers hold the message alone."""
    return next((code for sign, code in _SAID.items() if sign in message), "")


def read(body: bytes) -> Page:
    """Cells of an answer, one a row, by the names of the wire."""
    rows = ({name: cell(value) for name, value in one.items()} for one in _records(body))
    return Page(tuple(rows))


def table(pages: Sequence[Page]) -> Page:
    """One row for each time and place, one column for each item with its unit: as the statistic is printed.

    Things are told apart by their codes: the name of a district stands in many cities. Raises SourceError where
    one cell comes twice with two values.
    """
    cells = [row for page in pages for row in page.rows]
    if cells and (lost := [name for name in _NEEDED if not any(name in one for one in cells)]):
        raise SourceError("fields", f"{LABEL}: 항목 {', '.join(lost)}이(가) 답에 없습니다")
    shared = _shared_names(cells)
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for one in cells:
        head = dict(_heads(one, shared))
        row = found.setdefault(tuple(head.values()), head)
        item = _item(one, shared)
        value = one.get("DT", "")
        if row.setdefault(item, value) != value:
            where = ", ".join(head.values())
            raise SourceError("form", f"{LABEL}: {where}의 {item} 값이 두 번 서로 다르게 왔습니다")
    return Page(tuple(found.values()))


_NEEDED = ("PRD_SE", "PRD_DE", "ITM_NM", "DT")
_Names = frozenset[tuple[str, str]]
"""Names of a field that stand for several codes at one time."""


def _shared_names(cells: Sequence[Row]) -> _Names:
    seen: dict[tuple[str, ...], Row] = {}
    shared: set[tuple[str, str]] = set()
    for one in cells:
        cell_name = tuple(one.get(name, "") for name in ("PRD_SE", "PRD_DE", *_CODED))
        other = seen.setdefault(cell_name, one)
        shared |= {
            (name, one.get(name, "")) for name, code in _CODED.items() if one.get(code) != other.get(code)
        }
    return frozenset(shared)


_CODED: Mapping[str, str] = {
    "ITM_NM": "ITM_ID",
    **{f"C{level}_NM": f"C{level}" for level in range(1, MOST_LEVELS + 1)},
}


def _named(one: Row, name: str, shared: _Names) -> str:
    text = one.get(name, "")
    return f"{text} ({one.get(_CODED[name], '')})" if (name, text) in shared else text


def _heads(one: Row, shared: _Names) -> Iterator[tuple[str, str]]:
    yield "시점", _time(one.get("PRD_DE", ""), one.get("PRD_SE", ""))
    for level in range(1, MOST_LEVELS + 1):
        if name := _named(one, f"C{level}_NM", shared):
            yield _plain(one.get(f"C{level}_OBJ_NM", "") or f"분류{level}"), name


def _item(one: Row, shared: _Names) -> str:
    unit = _plain(one.get("UNIT_NM", ""))
    name = _plain(_named(one, "ITM_NM", shared)) or "값"
    return f"{name} ({unit})" if unit and unit not in name else name


def _plain(text: str) -> str:
    """Names hold line breaks and full-width signs now and then (§4.2)."""
    return " ".join(text.replace("<br>", " ").replace("＝", "=").split())


def _time(text: str, kind: str) -> str:
    """``202402`` is February, the second quarter or the second half: only the kind tells (§4.5)."""
    year, part = text[:4], text[4:]
    if not part:
        return year
    if kind == "Q":
        return f"{year} {int(part)}/4"
    if kind in {"S", "H"}:
        return f"{year} {'상반기' if int(part) == 1 else '하반기'}"
    return "-".join((year, part[:2], part[2:])).rstrip("-")


CONNECTOR = Connector("kosis", LABEL, frozenset({HOST}), KEY_SETTING, fetch, read, table=table)
