"""Every entry of the list, asked of services that answer as their documents say: requests and names fit together."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from settings import SEOUL
from sources import entry
from sources.connector import times
from sources.entry import Entry
from sources.opening import doubled, opened, rows_of
from tests.sources.calling import Fetching
from tests.sources.stubs import Row, Stub

NOW = datetime(2026, 9, 20, 4, 0, tzinfo=SEOUL)
ROWS = 5
BODY = "3240000"
MONTHS = ("202607", "202608")


def rows(one: Entry, **fixed: str) -> list[Row]:
    """By the newest names of the wire; keys differ from row to row, what rows are chosen by has a wanted value."""
    found = []
    for number in range(ROWS):
        row = {names[0]: f"{number + 1}" for names in one.columns.values()}
        row |= {one.columns[name][0]: values[0] for name, values in one.where.items()}
        found.append({**row, **fixed})
    return found


def seoul(stub: Stub, one: Entry) -> None:
    service, arguments = one.request["service"], one.request.get("arguments", [])
    made = rows(one)
    if arguments:
        fields = ("USE_YMD",) if "Subway" in service else ("STDR_DE_ID", "TMZON_PD_SE", "ADSTRD_CODE_SE")
        made = [
            {
                **row,
                **dict(zip(fields, [str(part).replace("{time}", day) for part in arguments], strict=False)),
            }
            for day in times(one, NOW)
            for row in made[:1]
        ]
    stub.worlds[f"seoul:{service}"] = made


def kosis(stub: Stub, one: Entry) -> None:
    request = one.request
    items = ["T2"] if request["items"] == ["ALL"] else request["items"]
    levels = {f"C{name[-1]}": code for name, code in request["levels"].items()}
    period, kind = ("2025", "A") if request["period"] == "Y" else ("202608", "M")
    made = []
    for item in items:
        for place in levels["C1"].split("+")[:3]:
            cell = {
                "ORG_ID": request["org"],
                "PRD_SE": kind,
                "PRD_DE": period,
                "ITM_ID": item,
                "ITM_NM": item,
                "DT": "1",
            }
            cell |= {level: "0" if code == "ALL" else code for level, code in levels.items()}
            if place:
                made.append({**cell, "C1": place, "C1_NM": place, "C2_NM": "계", "UNIT_NM": "명"})
    stub.worlds[f"kosis:{request['table']}"] = made


def datagokr(stub: Stub, one: Entry) -> None:
    if one.request["style"] == "standard":
        stub.worlds[f"standard:{one.request['service']}"] = rows(one, instt_code=BODY)
    else:
        stub.worlds[f"odcloud:{one.request['namespace']}"] = rows(one)


def mois(stub: Stub, one: Entry) -> None:
    request = one.request
    if request["kind"] == "standard":
        fixed = {name[5:].partition("::")[0]: value for name, value in request["params"].items()}
        stub.worlds[f"datagokr:1741000/{request['slug']}/info"] = rows(one, **fixed)
    elif request["kind"] == "api":
        # the numbers of a level 3 row are those of the dong's own row at level 4
        made = [
            {**row, "statsYm": month, "admmCd": f"11740{500 + number * 10}00", "tong": "", "ban": ""}
            for month in MONTHS
            for number, row in enumerate(rows(one))
        ]
        stub.worlds[f"mois:{request['service']}"] = made
    elif request["kind"] == "bulk":
        stub.worlds[f"bulk:{request['slug']}"] = [
            {"개방자치단체코드": BODY, "관리번호": str(number), "이름": "가"} for number in range(ROWS)
        ]


PLAYED = {"seoul": seoul, "kosis": kosis, "datagokr": datagokr, "mois": mois}
# the stub knows the services by 행정동 only: those by 법정동 differ from them by one parameter
LIST = [one for one in entry.load() if not str(one.request.get("service", "")).startswith("stdg")]


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


@pytest.mark.parametrize("one", LIST, ids=lambda one: one.id)
def test_an_entry_gets_its_table(stub: Stub, tmp_path: Path, one: Entry) -> None:
    PLAYED[one.source](stub, one)
    spans: Any = one.request.get("span")
    if spans:  # a few days are as good as ninety
        one = replace(one, request={**one.request, "span": {**spans, "count": 2}})
    edition = Fetching(stub, tmp_path, now=NOW).fetch(one)
    made = opened(edition)
    found = rows_of(made.data if made else edition)
    assert found
    assert set(one.columns) <= set(found[0])
    assert not one.key or doubled(found, one.key) == 0
    for name, values in one.where.items():
        assert {row[name] for row in found} <= set(values)
    if made:
        assert not [note for note in made.notes if "답에 없습니다" in note]
