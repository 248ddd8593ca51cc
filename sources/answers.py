"""What an answer is, whatever it says it is: text, JSON or XML found by its first sign (source-formats §0)."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers.expat import errors

from sources.client import Answer
from sources.errors import SourceError

_PAGE_SIGNS = (b"<!doctype html", b"<html")
_HALF_A_LETTER = frozenset({"unexpected end of data", "incomplete multibyte sequence"})
_CUT_XML = frozenset(
    {
        errors.codes[one]
        for one in (
            errors.XML_ERROR_NO_ELEMENTS,
            errors.XML_ERROR_UNCLOSED_TOKEN,
            errors.XML_ERROR_PARTIAL_CHAR,
            errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        )
    }
)


def check_status(source: str, answer: Answer) -> None:
    """Raises SourceError for a status that is no success. Codes of the body are read before this."""
    status = answer.status
    if status < 300:
        return
    if status == 429:
        raise SourceError(
            "rate", f"{source}: 너무 자주 불렀습니다(429): 잠시 뒤에 다시 합니다", wait_of(answer)
        )
    if status in {401, 403}:
        raise SourceError(
            "key", f"{source}: 받을 권한이 없습니다({status}): 인증키와 활용신청을 확인해 주십시오"
        )
    if status in {404, 410}:
        raise SourceError("gone", f"{source}: 서비스가 없습니다({status}): 이름이 바뀌었는지 확인해 주십시오")
    if status >= 500:
        raise SourceError("server", f"{source}: 서버 오류({status})", wait_of(answer))
    raise SourceError("request", f"{source}: 요청을 받아 주지 않았습니다({status})")


def wait_of(answer: Answer) -> float:
    """Seconds that the source wants to be left alone: Retry-After, a number or a date."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def text_of(source: str, body: bytes) -> str:
    """UTF-8 whatever the header says, else cp949; never with replaced characters.

    Raises SourceError for an empty answer, a web page, half a text, or bytes that are no text.
    """
    shown = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    start = shown[:1_000].lower()
    if not shown:
        raise SourceError("page", f"{source}: 빈 답을 보냈습니다")
    if start.startswith(b"<") and any(sign in start for sign in _PAGE_SIGNS):
        raise SourceError("page", f"{source}: 자료 대신 웹 페이지를 보냈습니다(점검 중일 수 있습니다)")
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError as error:
            if error.reason in _HALF_A_LETTER:
                raise SourceError("cut", f"{source}: 글자 한가운데에서 끊긴 답을 보냈습니다") from None
    raise SourceError("charset", f"{source}: 글자를 읽을 수 없습니다(UTF-8도 CP949도 아닙니다)")


def is_xml(text: str) -> bool:
    return text.lstrip().startswith("<")


def json_of(source: str, text: str) -> Any:
    """Raw control characters inside strings are let pass (source-formats §2.4). Raises SourceError."""
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        if _is_cut(text, error):
            raise SourceError("cut", f"{source}: 끝이 잘린 답을 보냈습니다") from None
    except (ValueError, RecursionError):
        pass
    raise SourceError("form", f"{source}: 알 수 없는 꼴의 답을 보냈습니다")


def _is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Whether it was well up to its end, where a string, a word or a bracket stands open."""
    at_end = error.pos >= len(text.rstrip()) - len("false")
    if error.msg == "Extra data":
        return False
    return text.lstrip()[:1] in {"{", "["} and (at_end or error.msg.startswith("Unterminated string"))


def xml_of(source: str, text: str) -> ET.Element:
    """Expat refuses entities from outside and bombs (ui-ops §5.7). Raises SourceError."""
    try:
        return ET.fromstring(text.strip())  # noqa: S314
    except ET.ParseError as error:
        if error.code in _CUT_XML:
            raise SourceError("cut", f"{source}: 끝이 잘린 XML을 보냈습니다") from None
    except (ValueError, RecursionError):
        pass
    raise SourceError("form", f"{source}: 알 수 없는 꼴의 XML을 보냈습니다")


def record_of(element: ET.Element) -> dict[str, str]:
    """The children of an element by name."""
    return {child.tag: (child.text or "").strip() for child in element}


def cell(value: Any) -> str:
    """A value of a row as text: blanks and the text ``null`` are empty, whole floats are whole."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = str(value).strip()
    return "" if text == "null" else text
