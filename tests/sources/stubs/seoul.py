"""openapi.seoul.go.kr: everything in the path, every error with status 200.

``ARGUMENTS`` names the fields that the parts after the end index are compared with; an argument that a
service does not know, or that meets no row, gives INFO-200.
"""

import re
from dataclasses import replace

from tests.sources.stubs.faults import Fault, counts_of
from tests.sources.stubs.scene import KEYS, MOST_ROWS, Scene, page
from tests.sources.stubs.wire import XML, Answer, Asked, Row, written

MESSAGES = {
    "INFO-100": "인증키가 유효하지 않습니다.\n인증키가 없는 경우, 열린 데이터 광장 홈페이지에서 인증키를 신청하십시오.",
    "INFO-200": "해당하는 데이터가 없습니다.",
    "ERROR-300": "필수 값이 누락되어 있습니다.\n요청인자를 참고 하십시오.",
    "ERROR-301": "파일타입 값이 누락 혹은 유효하지 않습니다.",
    "ERROR-310": "해당하는 서비스를 찾을 수 없습니다.",
    "ERROR-331": "요청시작위치 값을 확인하십시오.",
    "ERROR-332": "요청종료위치 값을 확인하십시오.",
    "ERROR-333": "요청위치 값의 타입이 유효하지 않습니다.",
    "ERROR-334": "요청종료위치 보다 요청시작위치가 더 큽니다.",
    "ERROR-335": "샘플데이터(샘플키:sample) 는 한번에 최대 5건을 넘을 수 없습니다.",
    "ERROR-336": "데이터요청은 한번에 최대 1000건을 넘을 수 없습니다.",
    "ERROR-500": "서버 오류입니다.",
    "ERROR-600": "데이터베이스 연결 오류입니다.",
    "ERROR-601": "SQL 문장 오류 입니다.",
}
WRAPPERS = {
    "bikeList": "rentBikeStatus",
    "tbCycleStationInfo": "stationInfo",
    "tbCycleRentUseMonthInfo": "cycleRentUseMonthInfo",
}
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "CardSubwayStatsNew": ("USE_YMD",),
    "SPOP_LOCAL_RESD_DONG": ("STDR_DE_ID", "TMZON_PD_SE", "ADSTRD_CODE_SE"),
    "RealtimeCityAir": ("SAREA_NM", "MSRSTN_NM"),
    "SearchCatalogService": ("INF_ID", "INF_NM", "MNG_ORGAN_NAME"),
}
NEEDED = {"CardSubwayStatsNew": 1}
OLD_TO_NEW = {
    "USE_DT": "USE_YMD",
    "LINE_NUM": "SBWY_ROUT_LN_NM",
    "SUB_STA_NM": "SBWY_STNS_NM",
    "RIDE_PASGR_NUM": "GTON_TNOPE",
    "ALIGHT_PASGR_NUM": "GTOFF_TNOPE",
    "WORK_DT": "REG_YMD",
    "MSRRGN_NM": "SAREA_NM",
    "MSRSTE_NM": "MSRSTN_NM",
    "IDEX_NM": "CAI_GRD",
    "EQUP_NM": "SHELTER_NM",
    "LOC_SFPR_A": "RD_ADDR",
    "GB_ACMD": "SHELT_TP",
    "QTY_CPTY": "MAN_CNT",
}
NEW_TO_OLD = {new: old for old, new in OLD_TO_NEW.items()}
SAMPLE_ROWS = 5


def _error(code: str, *, as_json: bool) -> Answer:
    """No wrapper of the service; a wrong key never gets JSON."""
    if as_json and code != "INFO-100":
        return written({"RESULT": {"CODE": code, "MESSAGE": MESSAGES[code]}}, as_json=True)
    body = f"<RESULT><CODE>{code}</CODE><MESSAGE><![CDATA[{MESSAGES[code]}]]></MESSAGE></RESULT>"
    return Answer(body.encode(), XML)


def answer(asked: Asked, scene: Scene) -> Answer:
    key, form, service, start, end, *arguments = [*asked.steps, *[""] * 5][: max(5, len(asked.steps))]
    as_json = form == "json"
    named = re.fullmatch(r"seoul_(info_)?(\d{3})", scene.fault.name)
    code = f"{'INFO' if named[1] else 'ERROR'}-{named[2]}" if named else ""
    code = code or _wrong(key, form, start, end) or _wrong_service(service, len(arguments), scene)
    if code:
        return _error(code, as_json=as_json)
    rows = _meeting(scene.rows(f"seoul:{service}") or [], scene.seoul_arguments.get(service, ()), arguments)
    return _listed(scene.fault.rows(rows), service, int(start), int(end), scene.fault, as_json=as_json)


def _wrong(key: str, form: str, start: str, end: str) -> str:
    if key not in {*KEYS, "sample"}:
        return "INFO-100"
    if form not in {"json", "xml", "xmlf"}:
        return "ERROR-301"
    if not start or not end:
        return "ERROR-300"
    if not (re.fullmatch(r"-?\d+", start, re.ASCII) and re.fullmatch(r"-?\d+", end, re.ASCII)):
        return "ERROR-333"
    first, last = int(start), int(end)
    found = {
        "ERROR-331": first < 1,
        "ERROR-332": last < 1,
        "ERROR-334": first > last,
        "ERROR-335": key == "sample" and last > SAMPLE_ROWS,
        "ERROR-336": last - first >= MOST_ROWS,
    }
    return next((code for code, wrong in found.items() if wrong), "")


def _wrong_service(service: str, arguments: int, scene: Scene) -> str:
    if scene.rows(f"seoul:{service}") is None:
        return "ERROR-310"
    if arguments < NEEDED.get(service, 0):
        return "ERROR-300"
    return "INFO-200" if arguments > len(scene.seoul_arguments.get(service, ())) else ""


def _meeting(rows: list[Row], fields: tuple[str, ...], arguments: list[str]) -> list[Row]:
    """A blank argument stands for any value; rows may use the old or the new name of a field."""
    for field, wanted in zip(fields, arguments, strict=False):
        names = (field, NEW_TO_OLD.get(field, ""), OLD_TO_NEW.get(field, ""))
        if wanted.strip():
            rows = [row for row in rows if wanted in {str(row[name]) for name in names if name in row}]
    return rows


def _listed(rows: list[Row], service: str, start: int, end: int, fault: Fault, *, as_json: bool) -> Answer:
    found = page(rows, 1, end - start + 1, fault, start - 1)
    if not found.rows:
        return _error("INFO-200", as_json=as_json)
    total: int | str | None = found.total
    if fault.name == "seoul_total_changes" and found.total is not None:
        total = found.total + 3 * (start // MOST_ROWS)
    if fault.name == "string_counts":
        total = str(total)
    wrapper = f"{service}Renewed" if fault.name == "seoul_wrapper" else WRAPPERS.get(service, service)
    inner: Row = {} if total is None else {"list_total_count": total}
    inner["RESULT"] = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다"}
    inner["row"] = [_twisted(row, fault) for row in found.rows]
    told = written({wrapper: inner}, as_json=as_json)
    if fault.name == "seoul_euc_header":
        return replace(told, kind=told.kind.replace("UTF-8", "EUC-KR"))
    return told


def _twisted(row: Row, fault: Fault) -> Row:
    if fault.name == "seoul_old_names":
        return {NEW_TO_OLD.get(name, name): value for name, value in row.items()}
    if fault.name == "seoul_new_names":
        return {OLD_TO_NEW.get(name, name): value for name, value in row.items()}
    if fault.name == "seoul_float_counts":
        return {**row, **{name: float(row[name]) for name in counts_of(row)}}
    return row
