"""``response.header`` and ``response.body`` of data.go.kr, with all the shapes they come in."""

from typing import Any

from tests.sources.stubs.faults import Fault
from tests.sources.stubs.scene import Page
from tests.sources.stubs.wire import Answer, Row, written

PROVIDER = {
    "01": "APPLICATION_ERROR",
    "02": "DB_ERROR",
    "03": "NODATA_ERROR",
    "04": "HTTP_ERROR",
    "05": "SERVICETIMEOUT_ERROR",
    "10": "INVALID_REQUEST_PARAMETER_ERROR",
    "11": "NO_MANDATORY_REQUEST_PARAMETERS_ERROR",
    "13": "QUERY_PERIOD_LIMIT_EXCEEDED_ERROR",
    "99": "UNKNOWN_ERROR",
}


def _header(fault: Fault) -> Row:
    if fault.name == "success_spelling":
        return {"resultCode": fault.detail or "0", "resultMsg": "OK"}
    return {"resultCode": "00", "resultMsg": "NORMAL SERVICE."}


def provider_error(code: str, fault: Fault, *, as_json: bool) -> Answer:
    """The provider's own error: status 200 and no body."""
    spelled = fault.detail if fault.detail.isdecimal() else code
    document: Row = {"header": {"resultCode": spelled, "resultMsg": PROVIDER[code]}}
    if fault.detail == "null":
        document["body"] = None
    return written({"response": document}, as_json=as_json)


def _items(page: Page, fault: Fault, *, as_json: bool, flat: bool) -> Any:
    if not as_json:
        return {"item": page.rows}
    if fault.name == "items_null":
        return None
    if fault.name == "items_blank":
        return ""
    if fault.name == "items_object" and page.rows:
        return {"item": page.rows[0]}
    if flat or fault.name == "flat_items":
        return page.rows
    return {"item": page.rows} if page.rows else ""


def enveloped(
    page: Page, fault: Fault, *, as_json: bool, strings: bool, flat: bool = False, kind: bool = False
) -> Answer:
    """``strings``: counts as texts; ``flat``: a bare list under items; ``kind``: with ``dataType``."""
    body: Row = {"dataType": "JSON" if as_json else "XML"} if kind else {}
    if fault.name != "items_missing":
        body["items"] = _items(page, fault, as_json=as_json, flat=flat)
    counts: Row = {"numOfRows": page.size, "pageNo": page.number, "totalCount": page.total}
    for name, value in counts.items():
        if value is not None:
            body[name] = str(value) if strings or fault.name == "string_counts" else value
    document: Row = {"header": _header(fault), "body": body}
    if fault.name == "unwrapped" and as_json:
        return written(document, as_json=True)
    return written({"response": document}, as_json=as_json)
