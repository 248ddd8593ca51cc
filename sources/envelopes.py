"""Answers of data.go.kr and those built like it: every envelope, every generation of errors (source-formats §2)."""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from sources.answers import cell, is_xml, json_of, text_of, xml_of
from sources.errors import Kind, SourceError
from sources.paging import Page

LABEL = "공공데이터포털"

_SUCCESS = frozenset({"0", ""})
_NOTHING = "3"
_KINDS: Mapping[str, Kind] = {
    "1": "server",
    "2": "server",
    "4": "server",
    "5": "server",
    "10": "request",
    "11": "request",
    "12": "gone",
    "13": "request",
    "20": "key",
    "21": "key",
    "22": "quota",
    "23": "rate",
    "29": "key",
    "30": "key",
    "31": "key",
    "32": "key",
    "33": "key",
    "99": "server",
}
_ADVICE: Mapping[Kind, str] = {
    "key": "인증키와 이 자료의 활용신청을 확인해 주십시오(승인 뒤 한두 시간 걸립니다)",
    "quota": "오늘 부를 수 있는 횟수를 다 썼습니다: 자정이 지나면 다시 받습니다",
    "rate": "잠시 뒤에 다시 합니다",
    "gone": "서비스 이름이 바뀌었는지 확인해 주십시오",
    "request": "요청 항목을 확인해 주십시오",
}
_PLAIN: Mapping[str, Kind] = {
    # the middle generation answers in a few words (source-formats §2.5)
    "unauthorized": "key",
    "forbidden": "key",
    "api not found": "gone",
    "api rate limit exceeded": "rate",
    "api token quota exceeded": "quota",
    "unexpected error": "server",
    "error forwarding request": "server",
    "error receiving response": "server",
}


def read(body: bytes) -> Page:
    """The rows of an answer. Raises SourceError for an error in any of its forms; no data are no rows."""
    text = text_of(LABEL, body)
    try:
        if is_xml(text):
            whole = _tree(xml_of(LABEL, text))
        elif text.lstrip()[:1] in "{[":
            whole = json_of(LABEL, text)
        else:
            raise _plain_error(text)
        return _page(whole)
    except (AttributeError, TypeError, RecursionError):  # a text where an object should be, and the like
        raise SourceError("form", f"{LABEL}: 알 수 없는 꼴의 답입니다") from None


def _tree(element: ET.Element) -> dict[str, Any]:
    """XML as the JSON of the same service would be: children by name, those that repeat as a list."""

    def value(one: ET.Element) -> Any:
        if not len(one):
            return one.text or ""
        found: dict[str, Any] = {}
        for child in one:
            inner = value(child)
            if child.tag not in found:
                found[child.tag] = inner
            elif isinstance(found[child.tag], list):
                found[child.tag].append(inner)
            else:
                found[child.tag] = [found[child.tag], inner]
        return found

    return {element.tag: value(element)}


def _page(whole: Mapping[str, Any]) -> Page:
    if "data" in whole and isinstance(whole["data"], list):
        return Page(tuple(_rows(whole["data"])), _count(whole.get("matchCount", whole.get("totalCount"))))
    if "OpenAPI_ServiceResponse" in whole:
        raise _gateway_error(whole["OpenAPI_ServiceResponse"])
    if "code" in whole and "msg" in whole:
        raise _file_error(str(whole["code"]), str(whole["msg"]))
    inner = whole.get("response") or whole.get("Response") or whole
    head = inner.get("header") or inner.get("head")
    if not isinstance(head, Mapping):
        raise SourceError("form", f"{LABEL}: 알 수 없는 꼴의 답입니다")
    code = _code(head.get("resultCode"))
    message = str(head.get("resultMsg", ""))
    if code == _NOTHING or "NODATA" in message.upper():
        return Page(())
    if code not in _SUCCESS:
        raise _error(code, message)
    body = inner.get("body")
    if body is None and "items" not in inner and _count(head.get("totalCount")) != 0:
        raise SourceError("form", f"{LABEL}: 성공이라면서 내용이 없는 답입니다")
    part = body if isinstance(body, Mapping) else {"items": body} if body else inner
    told = part.get("totalCount", head.get("totalCount", inner.get("totalCount")))
    return Page(tuple(_rows(part.get("items"))), _count(told))


def _rows(items: Any) -> Iterator[dict[str, str]]:
    """``items`` as a list, an object with ``item``, one object, ``""`` or null."""
    if isinstance(items, Mapping) and "item" in items:
        items = items["item"]
    if isinstance(items, Mapping):
        items = [items]
    for row in items if isinstance(items, list) else ():
        if isinstance(row, Mapping) and row:
            yield {str(name): cell(value) for name, value in row.items()}


def _count(told: Any) -> int | None:
    text = cell(told)
    return int(text) if text.isdecimal() else None


def _code(code: Any) -> str:
    """``00``, ``0``, ``000`` are one code."""
    return cell(code).lstrip("0") or "0"


def _gateway_error(part: Any) -> SourceError:
    """The symbolic name stands in one of two fields, by generation."""
    header = part["cmmMsgHeader"] if isinstance(part, Mapping) and "cmmMsgHeader" in part else {}
    said = [str(header.get(name, "")) for name in ("errMsg", "returnAuthMsg")]
    name = next((one for one in said if one.isupper() and "_" in one), " ".join(said).strip())
    return _error(_code(header.get("returnReasonCode")), name)


def _error(code: str, message: str) -> SourceError:
    """Providers redefine numbers: what the message says goes before."""
    named = next((kind for sign, kind in _NAMED.items() if sign in message.upper()), None)
    kind = named or _KINDS.get(code, "server")
    return SourceError(kind, _told(kind, f"{code.zfill(2)} {message}".strip()))


_NAMED: Mapping[str, Kind] = {
    "SERVICE_KEY": "key",
    "SERVICEKEY": "key",
    "SERVICE_ACCESS_DENIED": "key",
    "PER_SECOND": "rate",
    "LIMITED_NUMBER": "quota",
    "DEADLINE_HAS_EXPIRED": "key",
    "NO_OPENAPI_SERVICE": "gone",
    "INVALID_REQUEST_PARAMETER": "request",
    "NO_MANDATORY_REQUEST": "request",
    "PERIOD_LIMIT": "request",
}


def _file_error(code: str, message: str) -> SourceError:
    """Errors of file data: ``{"code": -401, "msg": …}`` (source-formats §2.6)."""
    kinds: Mapping[str, Kind] = {
        "-401": "key",
        "-4": "key",
        "-10": "quota",
        "-3": "gone",
        "-9": "gone",
        "-2": "request",
    }
    kind = kinds.get(code, "server")
    return SourceError(kind, _told(kind, f"{code} {message}"))


def _plain_error(text: str) -> SourceError:
    words = " ".join(text.split())
    found = (kind for sign, kind in _PLAIN.items() if words.lower().startswith(sign))
    kind: Kind = next(found, "form")
    return SourceError(kind, _told(kind, words))


def _told(kind: Kind, what: str) -> str:
    advice = _ADVICE.get(kind)
    return f"{LABEL}: {what}" + (f": {advice}" if advice else "")
