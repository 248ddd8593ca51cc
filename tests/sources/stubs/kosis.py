"""kosis.kr: ``Param/statisticsParameterData.do``. Errors come with status 200; JSON is strict only when
``jsonVD=Y`` asks for it. Cells are the rows an answer would have.
"""

import re

from tests.sources.stubs.faults import Fault
from tests.sources.stubs.scene import KEYS, Scene, unknown
from tests.sources.stubs.wire import JSON, XML, Answer, Asked, Row, loose_json, to_json, to_xml

PATH = "/openapi/Param/statisticsParameterData.do"
TEXTS = {
    "10": "인증KEY값이 누락되었습니다.",
    "11": "유효하지 않은 인증KEY입니다.",
    "12": "인증KEY의 기간이 만료되었습니다.",
    "20": "필수요청변수값이 누락되었습니다.",
    "21": "잘못된 요청변수입니다.",
    "30": "데이터가 존재하지 않습니다.",
    "31": "조회결과가 초과되었습니다.",
    "40": "호출가능건수가 제한되었습니다.",
    "41": "호출가능 ROW수가 제한되었습니다.",
    "42": "사용자별 이용이 제한되었습니다.",
    "50": "서버오류가 발생하였습니다.",
}
NO_TABLE = "해당 통계표가 존재하지 않습니다."
NEEDED = ("orgId", "tblId", "itmId", "objL1", "prdSe")
ANSWERED = {"Y": "A", "H": "S"}
"""How the period of a request is called in its answer, where it differs."""
FIELDS = {"OBJ_ID": r"C\d", "OBJ_NM": r"C\d_OBJ_NM(_ENG)?", "NM": r"C\d_NM"}
MOST_LEVELS = 8
SYMBOLS = ("-", "", "X", "{} (p)")


class Refused(Exception):
    def __init__(self, code: str, more: str = "", text: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.text = text or TEXTS[code] + more


def answer(asked: Asked, scene: Scene) -> Answer:
    if asked.path != PATH or asked.params.get("method") != "getList":
        return unknown(asked.path)
    strict = asked.params.get("jsonVD") == "Y"
    broken = _broken(scene.fault, strict=strict)
    if broken:
        return broken
    try:
        rows = _chosen(asked, scene)
    except Refused as refused:
        message = {"err": refused.code, "errMsg": refused.text}
        if not asked.wants_json("format"):
            return Answer(to_xml("error", message).encode(), XML)
        return _said(message, strict=strict)
    return _told(_some_fields(rows, asked.params.get("outputFields", "")), scene.fault, strict=strict)


def _said(value: object, *, strict: bool) -> Answer:
    return Answer((to_json if strict else loose_json)(value).encode(), JSON)


def _broken(fault: Fault, *, strict: bool) -> Answer | None:
    name, code = fault.name, fault.detail or "50"
    if re.fullmatch(r"kosis_\d\d", name):
        return _said({"err": name[6:], "errMsg": TEXTS[name[6:]]}, strict=strict)
    if name == "kosis_unquoted_error":
        return _said({"err": code, "errMsg": TEXTS[code]}, strict=False)
    if name == "kosis_errcode":
        return _said({"errCode": code, "errMsg": TEXTS[code]}, strict=strict)
    if name == "kosis_errmsg":
        return _said({"errMsg": TEXTS[code]}, strict=strict)
    if name == "kosis_xml_error":
        code = fault.detail or "30"
        return Answer(to_xml("error", {"err": code, "errMsg": TEXTS[code]}).encode(), XML)
    return None


def _chosen(asked: Asked, scene: Scene) -> list[Row]:
    params = asked.params
    if not params.get("apiKey"):
        raise Refused("10")
    if params["apiKey"] not in KEYS:
        raise Refused("11")
    for name in NEEDED:
        if not params.get(name):
            raise Refused("20", f"({name})")
    rows = scene.rows(f"kosis:{params['tblId']}")
    if rows is None or (rows and str(rows[0].get("ORG_ID")) != params["orgId"]):
        raise Refused("21", text=NO_TABLE)
    rows = _of_levels(rows, params)
    codes = _codes(params["itmId"])
    rows = [row for row in rows if codes is None or row["ITM_ID"] in codes]
    period = ANSWERED.get(params["prdSe"], params["prdSe"])
    rows = _of_periods([row for row in rows if row["PRD_SE"] == period], params)
    rows = scene.fault.rows(rows)
    if not rows:
        raise Refused("30")
    if len(rows) > scene.kosis_most_cells:
        raise Refused("31")
    return rows


def _codes(text: str) -> set[str] | None:
    """``T20+T21+`` (where ``+`` may have become a blank); ``None`` for ALL."""
    codes = {code for code in re.split(r"[+ ,]", text) if code}
    return None if "ALL" in codes else codes


def _of_levels(rows: list[Row], params: dict[str, str]) -> list[Row]:
    for level in range(1, MOST_LEVELS + 1):
        asked, has = params.get(f"objL{level}", ""), any(f"C{level}" in row for row in rows[:1])
        if asked and not has:
            raise Refused("21")
        if has and not asked:
            raise Refused("20", f"(objL{level})")
        codes = _codes(asked)
        if has and codes is not None:
            rows = [row for row in rows if row[f"C{level}"] in codes] or rows[:0]
            if not rows:
                raise Refused("30")
    return rows


def _of_periods(rows: list[Row], params: dict[str, str]) -> list[Row]:
    start, end, newest = (params.get(name, "") for name in ("startPrdDe", "endPrdDe", "newEstPrdCnt"))
    if start and end:
        return [row for row in rows if start <= row["PRD_DE"] <= end]
    if start or end or not newest:
        raise Refused("20", f"({'endPrdDe' if start else 'startPrdDe'})")
    step = params.get("prdInterval") or "1"
    if not (newest.isdecimal() and step.isdecimal() and int(step)):
        raise Refused("21")
    periods = sorted({row["PRD_DE"] for row in rows}, reverse=True)[:: int(step)][: int(newest)]
    return [row for row in rows if row["PRD_DE"] in periods]


def _some_fields(rows: list[Row], wanted: str) -> list[Row]:
    codes = _codes(wanted)
    if not codes:
        return rows
    shape = re.compile("|".join(["DT", *(FIELDS.get(code, re.escape(code)) for code in sorted(codes))]))
    return [{name: row[name] for name in row if shape.fullmatch(name)} for row in rows]


def _told(rows: list[Row], fault: Fault, *, strict: bool) -> Answer:
    if fault.name == "kosis_symbols":
        rows = [_with_symbols(row, place) for place, row in enumerate(rows)]
    if fault.name == "kosis_tab":
        rows = [{**row, "TBL_NM": re.sub(r"^(\S+?)(\s|$)", "\\1\ue009", str(row["TBL_NM"]))} for row in rows]
    if fault.name == "kosis_single":  # a bare object, of the first row should there be more
        return _said(rows[0], strict=strict)
    return _said(rows, strict=strict and fault.name != "kosis_unquoted")


def _with_symbols(row: Row, place: int) -> Row:
    """Of five rows in a row one keeps its number."""
    symbol = ("{}", *SYMBOLS)[place % 5]
    number = str(row["DT"])
    shown = f"{int(number):,}" if symbol.endswith("(p)") and number.isdecimal() else number
    return {**row, "DT": symbol.format(shown), "ITM_NM": f"{row['ITM_NM']}<br>(잠정)", "UNIT_NM": "2020＝100"}
