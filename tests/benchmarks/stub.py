"""A small server whose answers are known: right, wrong, missing, slow, in every form HTTP has for them."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = "모두 1,234건"
BODY = json.dumps({"total": 123}).encode()


class Server(ThreadingHTTPServer):
    """``gate`` holds back answers to /held until it is opened."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.gate = threading.Event()
        self.connections = 0
        self.asked: list[str] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        match self.path:
            case "/page":
                # gzip says when it packed: the same page is other bytes in another second
                packed = gzip.compress(TEXT.encode(), mtime=len(self.server.asked))
                self._send(200, packed, ("Content-Encoding", "gzip"))
            case "/chunked":
                self._chunked()
            case "/unkept":
                self._send(200, BODY, ("Connection", "close"))
            case "/hangs-up":
                self._send(200, BODY)
                self.close_connection = (
                    True  # without a word, as a server does with connections kept too long
                )
            case "/broken":
                self.close_connection = True
            case "/busy":
                self._send(503, BODY)
            case "/held":
                self.server.gate.wait(10)
                self._send(200, BODY)
            case _:
                self._send(200, BODY)

    def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        with suppress(BrokenPipeError):  # who asked did not wait
            self.wfile.write(body)

    def _chunked(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        parts = (BODY[:5], BODY[5:], b"")
        self.wfile.write(b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Requests are no part of a test's report."""


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.gate.set()
    server.shutdown()
    thread.join()
    server.server_close()
