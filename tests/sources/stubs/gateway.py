"""data.go.kr: the gateway with its three generations of errors, and the services behind it.

Where the facts are silent: a wrong key in generation 2 gives 403 as in generation 3; the classic and the
standard services cap a page at 1,000 rows; an unknown condition of the ministry's services gives code 10.
"""

import re

from tests.sources.stubs import population
from tests.sources.stubs.conditions import BadCondition, meeting
from tests.sources.stubs.envelopes import enveloped, provider_error
from tests.sources.stubs.scene import GATEWAY_KEYS, MOST_ROWS, Scene, page
from tests.sources.stubs.wire import TEXT, XML, Answer, Asked, Row, to_xml, written

FORMATS = ("type", "_type", "resultType", "returnType", "dataType")
MOIS = "1741000"
MOIS_MOST_ROWS = 100

ERRORS = {  # code: name, Korean text, status of generation 3, status and text of generation 2
    "01": ("APPLICATION_ERROR", "어플리케이션 에러", 500, 500, "Unexpected errors"),
    "04": ("HTTP_ERROR", "HTTP 에러", 502, 502, "Error forwarding request to backend server"),
    "05": (
        "SERVICETIMEOUT_ERROR",
        "서비스 연결 실패 에러",
        504,
        504,
        "Error receiving response from backend server",
    ),
    "10": ("INVALID_REQUEST_PARAMETER_ERROR", "잘못된 요청 파라미터", 400, 400, "Bad Request"),
    "12": ("NO_OPENAPI_SERVICE_ERROR", "해당 오픈API 서비스가 없거나 폐기됨", 400, 404, "API not found"),
    "20": ("SERVICE_KEY_IS_NULL", "서비스키가 없음", 401, 401, "Unauthorized"),
    "22": (
        "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR",
        "서비스 요청제한횟수 초과",
        429,
        429,
        "API token quota exceeded",
    ),
    "23": (
        "LIMITED_NUMBER_OF_SERVICE_REQUESTS_PER_SECOND_EXCEEDS_ERROR",
        "초당 서비스 요청제한횟수 초과",
        429,
        429,
        "API rate limit exceeded",
    ),
    "29": ("BLACKLIST_IP_ACCESS_ERROR", "차단된 IP", 403, 403, "Forbidden"),
    "30": ("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "등록되지 않은 서비스키", 403, 403, "Forbidden"),
    "31": ("DEADLINE_HAS_EXPIRED_ERROR", "활용기간 만료", 403, 403, "Forbidden"),
    "99": ("UNKNOWN_ERROR", "기타 에러", 500, 500, "Unexpected errors"),
}
PLAIN = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "API not found",
    429: "API rate limit exceeded",
    500: "Unexpected errors",
}
G3_CODES = {"g3_401": "20", "g3_403": "30", "g3_400": "12", "g3_429": "22"}
LIMITS = {"quota_22": "22", "rate_23": "23"}


def gateway_error(code: str, generation: int, *, as_json: bool) -> Answer:
    name, korean, status, old_status, plain = ERRORS[code]
    if generation == 1:
        message = {"errMsg": "SERVICE ERROR", "returnAuthMsg": name, "returnReasonCode": code}
        return Answer(to_xml("OpenAPI_ServiceResponse", {"cmmMsgHeader": message}).encode(), XML)
    if generation == 2:
        return Answer(plain.encode(), TEXT, old_status)
    message = {"errMsg": name, "returnAuthMsg": korean, "returnReasonCode": code}
    found = written({"OpenAPI_ServiceResponse": {"cmmMsgHeader": message}}, as_json=as_json)
    return Answer(found.body, found.kind, status)


def _refusal(asked: Asked, scene: Scene) -> Answer | None:
    as_json, fault = asked.wants_json(*FORMATS), scene.fault
    if fault.name == "g1":
        return gateway_error(fault.detail or "30", 1, as_json=as_json)
    if fault.name.startswith("g2_"):
        status = int(fault.name[3:])
        return Answer(PLAIN[status].encode(), TEXT, status)
    if fault.name in G3_CODES:
        return gateway_error(fault.detail or G3_CODES[fault.name], 3, as_json=as_json)
    if fault.name in LIMITS:
        return gateway_error(LIMITS[fault.name], scene.generation, as_json=as_json)
    key = asked.params.get("serviceKey", asked.params.get("ServiceKey", ""))
    if key not in GATEWAY_KEYS:
        return gateway_error("30" if key else "20", scene.generation, as_json=as_json)
    return None


def answer(asked: Asked, scene: Scene) -> Answer:
    """apis.data.go.kr."""
    refused = _refusal(asked, scene)
    if refused:
        return refused
    org, service, operation = [*asked.steps, "", "", ""][:3]
    if org == MOIS and operation == f"select{service[:1].upper()}{service[1:]}":
        rows = scene.rows(f"mois:{service}")
        if rows is not None:
            return population.answer(asked, scene, rows)
    rows = scene.rows("datagokr:" + "/".join(asked.steps))
    if org == MOIS and re.match("info|history", operation):
        return _ministry(asked, scene, rows, f"datagokr:{org}/{service}/info")
    if rows is None:
        return gateway_error("12", scene.generation, as_json=asked.wants_json(*FORMATS))
    as_json = asked.wants_json(*FORMATS)
    return _listed(asked, scene, _with_equal_fields(rows, asked.params), as_json=as_json, flat=False)


def _ministry(asked: Asked, scene: Scene, rows: list[Row] | None, info: str) -> Answer:
    """The services of 2025-11. Without a world of its own, ``/history`` tells of the changes in ``/info``."""
    as_json, params = asked.wants_json("returnType", "type"), dict(asked.params)
    if asked.steps[2].startswith("history"):
        day, body = params.pop("cond[BASE_DATE::EQ]", ""), params.get("cond[OPN_ATMY_GRP_CD::EQ]", "")
        if not day or not body:
            return provider_error("11", scene.fault, as_json=as_json)
        if rows is None:
            rows = [
                {{"INSTL_PRPS_SE_NM": "INSTL_PRPS_SE"}.get(name, name): row[name] for name in row}
                for row in scene.rows(info) or []
            ]
        rows = [row for row in rows if str(row.get("DAT_UPDT_PNT", "")).startswith(day)]
    if rows is None:
        return gateway_error("12", scene.generation, as_json=as_json)
    number, size = asked.whole("pageNo", 1), asked.whole("numOfRows", 10)
    if scene.fault.name.startswith("provider_"):
        return provider_error(scene.fault.name[9:], scene.fault, as_json=as_json)
    try:
        rows = meeting(rows, params)
    except BadCondition:
        return provider_error("10", scene.fault, as_json=as_json)
    if number < 1 or size < 1:
        return provider_error("10", scene.fault, as_json=as_json)
    found = page(scene.fault.rows(rows), number, min(size, MOIS_MOST_ROWS), scene.fault)
    return enveloped(found, scene.fault, as_json=as_json, strings=True, kind=True)


def standard(asked: Asked, scene: Scene) -> Answer:
    """api.data.go.kr: the standard data of old."""
    refused = _refusal(asked, scene)
    if refused:
        return refused
    as_json = asked.wants_json("type")
    rows = scene.rows(f"standard:{asked.steps[-1] if asked.steps else ''}")
    if rows is None or asked.steps[0] != "openapi":
        return gateway_error("12", scene.generation, as_json=as_json)
    return _listed(asked, scene, _with_equal_fields(rows, asked.params), as_json=as_json, flat=True)


def _listed(asked: Asked, scene: Scene, rows: list[Row], *, as_json: bool, flat: bool) -> Answer:
    fault, number, size = scene.fault, asked.whole("pageNo", 1), asked.whole("numOfRows", 10)
    if fault.name.startswith("provider_"):
        return provider_error(fault.name[9:], fault, as_json=as_json)
    if number < 0 or size < 1:
        return provider_error("10", fault, as_json=as_json)
    most = MOIS_MOST_ROWS if fault.name == "capped_100" else MOST_ROWS
    found = page(fault.rows(rows), max(number, 1), min(size, most), fault)
    if flat and not found.rows and not fault.name.startswith("items_"):
        return provider_error("03", fault, as_json=as_json)  # the normal end of the standard data
    return enveloped(found, fault, as_json=as_json, strings=flat, flat=flat)


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _with_equal_fields(rows: list[Row], params: dict[str, str]) -> list[Row]:
    """Any field is an exact filter, in either spelling; what is no field is passed over."""
    fields = {_plain(name): name for name in (rows[0] if rows else {})}
    for name, wanted in params.items():
        field = fields.get(_plain(name))
        if field and wanted:
            rows = [row for row in rows if str(row.get(field)) == wanted]
    return rows
