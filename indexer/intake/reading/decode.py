"""Bytes to text, by evidence: an encoding is taken only if every byte agrees with it."""

import codecs
from dataclasses import dataclass

from indexer.intake.table import Refused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str
    messages: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Text of ``data``; refuses bytes that fit no encoding in use rather than replace what it cannot read."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name)
    if guess := _utf16_without_bom(data):
        return _strict(data, guess)
    if b"\0" in data:
        where = data.index(b"\0")
        raise Refused(
            f"{_line(data, where)}행에 글자가 아닌 바이트(00)가 있어 표 파일이 아닙니다: csv·xlsx로 다시 저장해 주십시오"
        )
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if _cut_at_end(data, error):
            return _without_tail(data, error.start, "utf-8")
    # cp949 is what Korean Windows writes and holds all of euc-kr
    return _strict(data, "cp949")


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if len(data) - error.start <= 2 and error.start > 0:
            return _without_tail(data, error.start, encoding)
        raise Refused(
            f"{_line(data, error.start)}행에 utf-8로도 cp949로도 읽히지 않는 글자가 있습니다: "
            "원본에서 utf-8로 다시 저장해 주십시오"
        ) from error


def _without_tail(data: bytes, end: int, encoding: str) -> Decoded:
    text = data[:end].decode(encoding)
    return Decoded(text, encoding, ("파일이 글자 중간에서 잘렸습니다: 마지막 글자를 읽지 못했습니다",))


def _cut_at_end(data: bytes, error: UnicodeDecodeError) -> bool:
    # a file cut in the middle of its last character is still utf-8; one that fails early is not
    return error.reason == "unexpected end of data" and len(data) - error.start < 4 and error.start > 0


def _utf16_without_bom(data: bytes) -> str | None:
    """Spreadsheets save "Unicode text" now and then without a mark: delimiters and digits have a zero byte."""
    head = data[:2000]
    if len(head) < 4 or len(data) % 2:
        return None
    for name, odd in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = head[odd::2].count(0)
        if zeros > len(head) * 0.1 and zeros > 4 * head[1 - odd :: 2].count(0):
            return name
    return None


def _line(data: bytes, position: int) -> int:
    before = data[:position]
    return max(before.count(b"\n"), before.count(b"\r")) + 1
