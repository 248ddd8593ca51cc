"""행정안전부 (source-formats §3): standard data of 2025 on, resident population by API and as CSV, bulk CSV."""

import csv
import io
from collections.abc import Iterator
from urllib.parse import urlencode

from sources.answers import check_status, text_of
from sources.client import Answer, Ask
from sources.connector import Connector, Means, place
from sources.datagokr import GATEWAY, KEY_SETTING, checked, paged, plain_key
from sources.entry import Entry, EntryError
from sources.envelopes import read
from sources.errors import SourceError
from sources.packing import Packed
from sources.paging import Question, collected

LABEL = "행정안전부"
POPULATION, BULK = "jumin.mois.go.kr", "file.localdata.go.kr"
_BREAKS = ("\n", "\r")
MONTHS_A_CALL = 3
"""Of the population API, by its document (§3.4)."""


def fetch(entry: Entry, means: Means) -> Packed | bytes:
    """``request.kind``: standard (slug), api (service), population_csv (page, form), bulk (slug, org)."""
    kind = entry.request.get("kind")
    if kind == "standard":
        url = f"https://{GATEWAY}/1741000/{entry.request['slug']}/info"
        return paged(entry, means, url, {"serviceKey": _key(means), "returnType": "JSON"})
    if kind == "api":
        return _population(entry, means)
    if kind == "population_csv":
        return _population_csv(entry, means)
    if kind == "bulk":
        return _bulk(entry, means)
    raise EntryError(f"dataset {entry.id}, request.kind: standard, api, population_csv or bulk")


def _key(means: Means) -> str:
    """These services stand behind the gateway of data.go.kr and take its key."""
    return plain_key(means.key("datagokr", KEY_SETTING))


def _population(entry: Entry, means: Means) -> Packed:
    service = str(entry.request["service"])
    url = f"https://{GATEWAY}/1741000/{service}/select{service[:1].upper()}{service[1:]}"
    fixed = {"serviceKey": _key(means), "type": "JSON", "numOfRows": str(entry.request.get("rows", 100))}
    pages: list[bytes] = []
    asked: list[str] = []
    for number, (first, last) in enumerate(_months(entry, means)):
        wanted = {**entry.request.get("params", {}), "srchFrYm": first, "srchToYm": last}

        def ask(page: int, wanted: dict[str, str] = wanted) -> bytes:
            params = {**fixed, **wanted, "pageNo": str(page)}
            return means.client.ask(Ask(url, params, secret=fixed["serviceKey"]), checked)

        question = Question(place(number), int(fixed["numOfRows"]), ask)
        found = collected(means.shelf, question, read, means.progress)
        pages += found
        asked += [f"{first}-{last}"] * len(found)
    return Packed.of(entry, pages, asked)


def _months(entry: Entry, means: Means) -> Iterator[tuple[str, str]]:
    """First and last month of each call, the oldest first."""
    months = [_month(means, back) for back in reversed(range(*_back(entry)))]
    for at in range(0, len(months), MONTHS_A_CALL):
        part = months[at : at + MONTHS_A_CALL]
        yield part[0], part[-1]


def _back(entry: Entry) -> tuple[int, int]:
    lag = int(entry.request.get("lag", 1))
    return lag, lag + int(entry.request.get("months", 1))


def _month(means: Means, back: int) -> str:
    months = means.now.year * 12 + means.now.month - 1 - back
    return f"{months // 12}{months % 12 + 1:02d}"


def _population_csv(entry: Entry, means: Means) -> bytes:
    """The CSV that people download from the statistics page (§3.5)."""
    newest, oldest = (_month(means, back) for back in (_back(entry)[0], _back(entry)[1] - 1))
    yearly = bool(entry.request.get("yearly", False))
    where = {
        "searchYearMonth": "year" if yearly else "month",
        "xlsStats": str(entry.request.get("xlsStats", "3")),
    }
    form = {
        "searchYearStart": oldest[:4],
        "searchMonthStart": oldest[4:],
        "searchYearEnd": newest[:4],
        "searchMonthEnd": newest[4:],
        **{name: str(value) for name, value in entry.request.get("form", {}).items()},
    }
    url = f"https://{POPULATION}/{entry.request['page']}.do?{urlencode(where)}"
    return _once(means, Ask(url, form=form))


def _bulk(entry: Entry, means: Means) -> bytes:
    """Without a Referer it is refused (§3.2)."""
    url = f"https://{BULK}/file/download/{entry.request['slug']}/info"
    headers = {"Referer": f"https://{BULK}/", **means.tag.conditions()}
    return _once(means, Ask(url, {"orgCode": str(entry.request["org"])}, headers=headers))


def _once(means: Means, ask: Ask) -> bytes:
    body = means.shelf.page(1)
    if body is None:

        def checked(answer: Answer) -> bytes:
            means.tag.check(answer)
            return _whole_csv(answer)

        body = means.client.ask(ask, checked)
        means.shelf.put(1, body)
    means.progress.page(1)
    return body


def _whole_csv(answer: Answer) -> bytes:
    """A body cut off without a length is no error of HTTP: its last line is (ui-ops §5.6)."""
    check_status(LABEL, answer)
    text = text_of(LABEL, answer.body)
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row]
    except csv.Error:  # a quotation mark that nothing closes
        raise SourceError("cut", f"{LABEL}: 끝이 잘린 CSV를 보냈습니다") from None
    if len(rows[0]) < 2:
        raise SourceError("form", f"{LABEL}: CSV가 아닌 답을 보냈습니다")
    # an open quotation takes in the line break at the end
    is_open = rows[-1][-1].endswith(_BREAKS) and not text.rstrip("\r\n").endswith('"')
    if len(rows) > 1 and (len(rows[0]) != len(rows[-1]) or is_open or not text.endswith(_BREAKS)):
        raise SourceError("cut", f"{LABEL}: 끝이 잘린 CSV를 보냈습니다")
    return answer.body


CONNECTOR = Connector(
    "mois", LABEL, frozenset({GATEWAY, POPULATION, BULK}), KEY_SETTING, fetch, read, "datagokr"
)
