"""The ministry's resident-population services: an envelope of their own, 통/반 rows, three months a call.

The world holds the rows of level 4: every 통/반 of a dong and, with blank 통 and 반, the dong's total.
The other levels are summed from the totals. ``regSeCd`` is taken and passed over.
"""

import re

from tests.sources.stubs.envelopes import PROVIDER
from tests.sources.stubs.faults import Fault
from tests.sources.stubs.scene import MOST_ROWS, Page, Scene, page
from tests.sources.stubs.wire import Answer, Asked, Row, written

FIRST_MONTH = "202210"
MOST_MONTHS = 3
NEEDED = ("admmCd", "srchFrYm", "srchToYm")
AMOUNT = re.compile(r"Cnt$")
DIGITS = {"1": 2, "5": 2, "2": 5, "6": 5, "3": 8, "7": 8, "4": 8}
"""How many digits of a dong's code the rows of a level share."""


def answer(asked: Asked, scene: Scene, rows: list[Row]) -> Answer:
    as_json, params, fault = asked.wants_json("type"), asked.params, scene.fault
    if fault.name.startswith("provider_"):
        return _error(fault.name[9:], as_json=as_json, fault=fault)
    wrong = _wrong(asked)
    if wrong:
        return _error(wrong, as_json=as_json)
    level = params.get("lv") or "4"
    rows = [row for row in rows if params["srchFrYm"] <= str(row["statsYm"]) <= params["srchToYm"]]
    rows = _of_level(rows, params["admmCd"], level)
    if not rows:
        return _error("03", as_json=as_json)
    size = min(asked.whole("numOfRows", 10), 100 if fault.name == "capped_100" else MOST_ROWS)
    found = page(fault.rows(rows), asked.whole("pageNo", 1), size, fault)
    return _written(found, fault, as_json=as_json)


def _wrong(asked: Asked) -> str:
    """The code of the error that the request itself is."""
    params = asked.params
    if any(not params.get(name) for name in NEEDED):
        return "11"
    first, last = params["srchFrYm"], params["srchToYm"]
    shapes = (("admmCd", r"\d{10}"), ("srchFrYm", r"\d{6}"), ("srchToYm", r"\d{6}"), ("lv", r"[1-7]?"))
    if any(not re.fullmatch(shape, params.get(name, ""), re.ASCII) for name, shape in shapes):
        return "10"
    if first > last or asked.whole("pageNo", 1) < 1 or asked.whole("numOfRows", 10) < 1:
        return "10"
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[4:]) - int(first[4:]) + 1
    if months > MOST_MONTHS:
        return "13"
    return "03" if last < FIRST_MONTH else ""


def _prefix(code: str) -> str:
    """``1100000000`` stands for all that starts with 11, ``1174000000`` with 11740."""
    return next((code[:size] for size in (2, 5) if not code[size:].strip("0")), code[:8])


def _of_level(rows: list[Row], code: str, level: str) -> list[Row]:
    prefix = _prefix(code)
    rows = [row for row in rows if str(row["admmCd"]).startswith(prefix)]
    if level == "4":
        return rows if len(prefix) > 2 else []  # a whole province by 통/반 has no answer
    totals = [row for row in rows if not row["tong"]]
    if level in {"5", "6", "7"} and len(prefix) != DIGITS[level]:
        return []
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in totals:
        groups.setdefault((str(row["statsYm"]), str(row["admmCd"])[: DIGITS[level]]), []).append(row)
    return [_summed(members, shared) for (_, shared), members in groups.items()]


def _summed(members: list[Row], shared: str) -> Row:
    first = members[0]
    summed = {
        name: str(sum(int(row[name]) for row in members)) if AMOUNT.search(name) else value
        for name, value in first.items()
        if name not in {"tong", "ban"}
    }
    summed["admmCd"] = shared.ljust(10, "0") if len(shared) < 8 else first["admmCd"]
    if len(shared) < 8:
        summed["dongNm"] = ""
    if len(shared) < 5:
        summed["sggNm"] = ""
    if "hhNmpr" in summed:
        summed["hhNmpr"] = f"{int(summed['totNmprCnt']) / int(summed['hhCnt']):.2f}"
    if "maleFemlRate" in summed:
        summed["maleFemlRate"] = f"{int(summed['maleNmprCnt']) / int(summed['femlNmprCnt']):.2f}"
    return summed


def _error(code: str, *, as_json: bool, fault: Fault | None = None) -> Answer:
    """Codes without padding, unlike the rest of data.go.kr."""
    spelled = fault.detail if fault and fault.detail.isdecimal() else str(int(code))
    head = {"resultCode": spelled, "resultMsg": PROVIDER[code]}
    return written({"Response": {"head": head}}, as_json=as_json)


def _written(found: Page, fault: Fault, *, as_json: bool) -> Answer:
    """All values are texts; a single row is a bare object."""
    head = {
        "totalCount": "" if found.total is None else str(found.total),
        "numOfRows": str(found.size),
        "pageNo": str(found.number),
        "type": "JSON" if as_json else "XML",
        "resultCode": "0",
        "resultMsg": "NORMAL_SERVICE",
    }
    if found.total is None:
        del head["totalCount"]
    rows = found.rows
    items: object = {"item": rows[0] if len(rows) == 1 else rows} if rows else ""
    if fault.name == "items_null":
        items = None
    if fault.name == "flat_items" and as_json:
        items = rows
    document: Row = {"head": head, "items": items}
    if fault.name == "items_missing":
        del document["items"]
    return written({"Response": document}, as_json=as_json)
