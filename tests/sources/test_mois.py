"""행정안전부: months in threes, the newest of what stands there twice, CSV as published."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from settings import SEOUL
from sources.client import Limits
from sources.errors import SourceError
from sources.opening import has_rows, opened, rows_of
from sources.packing import unpack
from tests.sources.calling import Fetching
from tests.sources.entries import BULK, JUMIN, MINISTRY, POPULATION
from tests.sources.stubs import Fault, Stub, world

ONCE = Limits(tries=1, pause_seconds=0.0)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


def asking(entry: Any, **more: Any) -> Any:
    return replace(entry, request={**entry.request, **more})


def table(edition: bytes) -> list[dict[str, str]]:
    made = opened(edition)
    assert made
    return rows_of(made.data)


def test_of_shelters_that_stand_there_twice_the_newest_is_kept(stub: Stub, tmp_path: Path) -> None:
    rows = table(Fetching(stub, tmp_path).fetch(MINISTRY.entry))
    own = [row for row in world()[MINISTRY.world] if row["OPN_ATMY_GRP_CD"] == "3240000"]  # type: ignore[index]
    assert len(own) > len(rows) == len({row["관리번호"] for row in rows})
    newest: dict[str, str] = {}
    for row in own:
        number, at = row["MNG_NO"], row["LAST_MDFCN_PNT"]  # type: ignore[index]
        newest[number] = max(newest.get(number, ""), at)
    assert {row["관리번호"]: row["최종수정시점"] for row in rows} == newest


@pytest.mark.parametrize(
    ("months", "lag", "calls"),
    [
        (1, 1, [("202512", "202512")]),
        (3, 1, [("202510", "202512")]),
        (4, 1, [("202509", "202511"), ("202512", "202512")]),
        (3, 2, [("202509", "202511")]),
    ],
)
def test_months_are_asked_for_in_threes_the_oldest_first(
    stub: Stub, tmp_path: Path, months: int, lag: int, calls: list[tuple[str, str]]
) -> None:
    edition = Fetching(stub, tmp_path).fetch(asking(POPULATION.entry, months=months, lag=lag, rows=1000))
    assert [(call.params["srchFrYm"], call.params["srchToYm"]) for call in stub.calls] == calls
    assert len({row["기준연월"] for row in table(edition)}) == months
    packed = unpack(edition)
    assert packed
    assert packed.asked == tuple(f"{first}-{last}" for first, last in calls)


def test_rows_of_a_dong_are_its_total_and_no_parts_of_it(stub: Stub, tmp_path: Path) -> None:
    """Asked without a level the service gives 통/반 beside the total: adding them up would count all twice."""
    rows = table(Fetching(stub, tmp_path).fetch(POPULATION.entry))
    assert len({(row["기준연월"], row["행정동코드"]) for row in rows}) == len(rows)
    totals = {
        (row["statsYm"], row["admmCd"]): row["totNmprCnt"]  # type: ignore[index]
        for row in world()[POPULATION.world]
        if not row["tong"]  # type: ignore[index]
    }
    assert {(row["기준연월"], row["행정동코드"]): row["총인구수"] for row in rows}.items() <= totals.items()


def test_more_months_than_the_service_lets_are_our_mistake(
    stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.mois.MONTHS_A_CALL", 4)
    with pytest.raises(SourceError, match="QUERY_PERIOD_LIMIT") as error:
        Fetching(stub, tmp_path).fetch(POPULATION.entry)
    assert error.value.kind == "request"


@pytest.mark.parametrize(
    ("month", "months", "lag", "form"),
    [
        (1, 2, 1, ["2025", "11", "2025", "12"]),
        (1, 1, 0, ["2026", "01", "2026", "01"]),
        (9, 12, 1, ["2025", "09", "2026", "08"]),
    ],
)
def test_the_form_of_the_statistics_page(
    stub: Stub, tmp_path: Path, month: int, months: int, lag: int, form: list[str]
) -> None:
    at = datetime(2026, month, 8, tzinfo=SEOUL)
    try:
        Fetching(stub, tmp_path, ONCE, at).fetch(asking(JUMIN.entry, months=months, lag=lag))
    except SourceError:
        assert month == 1
        assert lag == 0, "months that are not there yet"
    (call,) = stub.calls
    names = ("searchYearStart", "searchMonthStart", "searchYearEnd", "searchMonthEnd")
    assert [call.params[name] for name in names] == form
    assert (call.method, call.params["searchYearMonth"], call.params["xlsStats"]) == ("POST", "month", "1")


def test_years_are_asked_for_whole(stub: Stub, tmp_path: Path) -> None:
    entry = asking(JUMIN.entry, months=24, lag=12, yearly=True)
    file = Fetching(stub, tmp_path).fetch(entry).decode("cp949")
    assert stub.calls[0].params["searchYearMonth"] == "year"
    assert "2024년_총인구수" in file


def test_a_file_is_kept_as_it_was_published(stub: Stub, tmp_path: Path) -> None:
    file = Fetching(stub, tmp_path).fetch(BULK.entry)
    assert opened(file) is None
    assert file.decode("cp949").startswith("개방자치단체코드,관리번호")
    (call,) = stub.calls
    assert (call.params, call.headers["referer"]) == ({"orgCode": "3240000"}, "https://file.localdata.go.kr/")


def answered(stub: Stub, tmp_path: Path, body: bytes) -> bytes:
    stub.worlds[BULK.world] = body
    return Fetching(stub, tmp_path, ONCE).fetch(BULK.entry)


HEADER = "관리번호,이름,비고\r\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}1,가,나\r\n",
        f'{HEADER}1,가,"두\n줄"\r\n',
        f'{HEADER}1,가,"인용 ""한"" 말, 쉼표"\r\n',
        f"{HEADER}1,가,나\r\n\r\n",
        f"{HEADER}1,가,단위\x0b구분\r\n",
        HEADER.replace("\r", "") + "1,가,나\n",
    ],
    ids=[
        "plain",
        "a line break in the last cell",
        "quotation marks",
        "an empty line",
        "a vertical tab",
        "line feeds",
    ],
)
@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig"])
def test_a_whole_file_is_taken(stub: Stub, tmp_path: Path, text: str, encoding: str) -> None:
    body = text.encode(encoding)
    assert answered(stub, tmp_path, body) == body


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}1,가,나\r\n2,나",
        f"{HEADER}1,가,나\r\n2,나,다",
        f"{HEADER}1,가,나\r\n2,나\r\n",
        f'{HEADER}1,가,나\r\n2,나,"두 줄 가운데\r\n',
        f'{HEADER}1,"가{"나" * 150_000}\r\n',
    ],
    ids=["a cell less", "no line end", "a short row", "an open quotation", "an endless quotation"],
)
def test_half_a_file_is_not(stub: Stub, tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError) as error:
        answered(stub, tmp_path, text.encode("cp949"))
    assert (error.value.kind, error.value.passes) == ("cut", True)


def test_a_file_that_is_a_header_only_holds_nothing(stub: Stub, tmp_path: Path) -> None:
    assert not has_rows(answered(stub, tmp_path, HEADER.encode("cp949")))


@pytest.mark.parametrize("text", ["오류가 발생했습니다\r\n", '{"code":-1}'])
def test_words_are_no_file(stub: Stub, tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError) as error:
        answered(stub, tmp_path, text.encode())
    assert error.value.kind == "form"


def test_a_file_cut_at_the_end_of_a_line_looks_whole(stub: Stub, tmp_path: Path) -> None:
    """Nothing in it tells: the gate between two editions must (tests of the fetch job)."""
    stub.fault = Fault("half_without_length", detail="line")
    assert has_rows(Fetching(stub, tmp_path, ONCE).fetch(BULK.entry))
