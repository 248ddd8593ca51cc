"""How an answer goes over the wire, with the faults that sit there."""

import itertools
import select
import socket
import time
from collections.abc import Callable
from http.client import responses
from http.server import BaseHTTPRequestHandler
from threading import Event

from tests.sources.stubs.faults import Fault
from tests.sources.stubs.wire import Answer

MOST_SECONDS = 20.0
DRIP_SECONDS = 0.05
MOST_BYTES = 3 * 10**9
CHUNK = 2**20

Send = Callable[[BaseHTTPRequestHandler, Answer, Fault, Event], None]


def send(handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event) -> None:
    """``closing`` is set when the stub goes down: nothing may wait longer than that."""
    FAULTS.get(fault.name, _whole)(handler, answer, fault, closing)


def _head(handler: BaseHTTPRequestHandler, answer: Answer, length: int | None) -> None:
    """Without a length the body ends where the connection does."""
    handler.send_response_only(answer.status, responses[answer.status])
    handler.send_header("Content-Type", answer.kind)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if length is None:
        handler.close_connection = True
        handler.send_header("Connection", "close")
    else:
        handler.send_header("Content-Length", str(length))
    handler.end_headers()


def _whole(handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event) -> None:
    _head(handler, answer, len(answer.body))
    handler.wfile.write(answer.body)


def _slow(handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event) -> None:
    closing.wait(float(fault.detail or 2))
    _whole(handler, answer, fault, closing)


def _half(answer: Answer, fault: Fault) -> bytes:
    half = answer.body[: len(answer.body) // 2]
    return half[: half.rfind(b"\n") + 1] or half if fault.detail == "line" else half


def _half_with_length(handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event) -> None:
    _head(handler, answer, len(answer.body))
    handler.wfile.write(_half(answer, fault))
    handler.close_connection = True


def _half_without_length(
    handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event
) -> None:
    _head(handler, answer, None)
    handler.wfile.write(_half(answer, fault))


def _drip(handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event) -> None:
    _head(handler, answer, None)
    body, end = itertools.chain(answer.body, itertools.repeat(0x20)), time.monotonic() + MOST_SECONDS
    while time.monotonic() < end and not closing.wait(DRIP_SECONDS):
        handler.wfile.write(bytes([next(body)]))


def _stall(handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event) -> None:
    handler.close_connection = True
    end = time.monotonic() + MOST_SECONDS
    while time.monotonic() < end and not closing.wait(DRIP_SECONDS) and not _left(handler.connection):
        pass


def _left(connection: socket.socket) -> bool:
    readable, _, _ = select.select([connection], [], [], 0)
    return bool(readable) and connection.recv(1, socket.MSG_PEEK) == b""


def _huge(handler: BaseHTTPRequestHandler, answer: Answer, fault: Fault, closing: Event) -> None:
    """NUL bytes, or rows of the answer's kind: lines of the CSV, members of a JSON list."""
    _head(handler, answer, None)
    chunk = bytes(CHUNK)
    if fault.detail == "rows" and "json" in answer.kind:
        handler.wfile.write(b'{"response":{"body":{"items":[')
        chunk = '{"시설명":"가나센터","개수":"1"},'.encode() * (CHUNK // 48)
    elif fault.detail == "rows":
        handler.wfile.write(answer.body)
        chunk = (answer.body.splitlines(keepends=True) or [b"\n"])[-1] * 1000
    sent = 0
    while sent < MOST_BYTES and not closing.is_set():
        handler.wfile.write(chunk)
        sent += len(chunk)


FAULTS: dict[str, Send] = {
    "slow": _slow,
    "half_with_length": _half_with_length,
    "half_without_length": _half_without_length,
    "drip": _drip,
    "stall": _stall,
    "huge": _huge,
}
