"""Faults of any host that put another answer in place of the right one, or spoil its body."""

import gzip
import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from tests.sources.stubs.faults import Fault
from tests.sources.stubs.scene import Scene
from tests.sources.stubs.wire import Answer, page_of_html

STATUSES = {
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Time-out",
}
BLOCK = 16 * 2**20
ELSEWHERE = "http://example.invalid/"


def spoiled(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    if fault.name.startswith("status_"):
        return _refused(int(fault.name[7:]), fault)
    spoil = SPOILERS.get(fault.name)
    return spoil(answer, fault, scene) if spoil else answer


def _refused(status: int, fault: Fault) -> Answer:
    answer = page_of_html(STATUSES[status], status)
    return replace(answer, headers={"Retry-After": fault.detail or "2"}) if status == 429 else answer


def _maintenance(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    return page_of_html("서비스 점검 중입니다")


def _empty(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    return replace(answer, body=b"")


def _elsewhere(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    return Answer(b"", status=302, headers={"Location": fault.detail or ELSEWHERE})


def _round_again(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    return Answer(b"", status=302, headers={"Location": scene.url})


def _as_utf8(answer: Answer, body: bytes) -> Answer:
    kind = answer.kind.split(";")[0]
    kind = "text/csv" if kind == "application/octet-stream" else kind
    return replace(answer, body=body, kind=f"{kind};charset=UTF-8")


def _other_charset(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    if fault.detail == "random":
        return _as_utf8(answer, random.Random(0).randbytes(max(len(answer.body), 64)))
    return _as_utf8(answer, answer.text.encode("utf-16"))


def _korean_charset(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    return _as_utf8(answer, answer.text.encode("cp949", "replace"))


@cache
def _blanks(blocks: int) -> tuple[bytes, int]:
    """That many blocks of blanks: deflated (a block repeats itself) and their checksum."""
    block = b" " * BLOCK
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(blocks):
        checksum = zlib.crc32(block, checksum)
    return packed * blocks, checksum


def _bomb(answer: Answer, fault: Fault, scene: Scene) -> Answer:
    """Half a gigabyte of blanks, then the right answer, in about half a megabyte."""
    blocks = max(int(fault.detail or 512) * 2**20 // BLOCK, 1)
    packed, checksum = _blanks(blocks)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    tail = packer.compress(answer.body) + packer.flush(zlib.Z_FINISH)
    size = (blocks * BLOCK + len(answer.body)) % 2**32
    trailer = zlib.crc32(answer.body, checksum).to_bytes(4, "little") + size.to_bytes(4, "little")
    body = gzip.compress(b"")[:10] + packed + tail + trailer
    return replace(answer, body=body, headers={**answer.headers, "Content-Encoding": "gzip"})


SPOILERS: dict[str, Callable[[Answer, Fault, Scene], Answer]] = {
    "html_200": _maintenance,
    "empty_body": _empty,
    "redirect_elsewhere": _elsewhere,
    "redirect_loop": _round_again,
    "wrong_charset": _other_charset,
    "cp949_as_utf8": _korean_charset,
    "gzip_bomb": _bomb,
}
