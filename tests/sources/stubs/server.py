"""A server on the loopback that plays the Korean open-data services: see ``Stub``."""

import socketserver
import sys
import time
import traceback
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR, socket
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.sources.stubs import childcare, files, gateway, kosis, odcloud, seoul
from tests.sources.stubs.faults import NO_FAULT, Fault
from tests.sources.stubs.scene import Gate, Scene, unknown
from tests.sources.stubs.spoil import spoiled
from tests.sources.stubs.transport import send
from tests.sources.stubs.wire import Answer, Asked, Worlds, page_of_html
from tests.sources.stubs.world import world

HOSTS: dict[str, Callable[[Asked, Scene], Answer]] = {
    "apis.data.go.kr": gateway.answer,
    "api.data.go.kr": gateway.standard,
    "api.odcloud.kr": odcloud.answer,
    "infuser.odcloud.kr": odcloud.document,
    "file.localdata.go.kr": files.bulk,
    "jumin.mois.go.kr": files.jumin,
    "kosis.kr": kosis.answer,
    "openapi.seoul.go.kr": seoul.answer,
    "api.childcare.go.kr": childcare.answer,
}
DOCUMENTS = {"infuser.odcloud.kr"}
ENDING_SECONDS = 5.0


class Stub:
    """``with Stub() as stub:`` serves until the block ends. The first part of a path is the host played:
    ``{stub.base}/openapi.seoul.go.kr:8088/stub-key/json/bikeList/1/1000/``.

    ``worlds`` holds the data and may be changed at any time; ``generation`` (1, 2, 3) chooses how data.go.kr
    puts its errors; ``calls`` tells of every request that was heard, ``refused`` counts those cut off.
    """

    def __init__(self, worlds: Worlds | None = None) -> None:
        self.worlds: Worlds = world() if worlds is None else worlds
        self.calls: list[Asked] = []
        self.refused = 0
        self.generation = 3
        self.kosis_most_cells = 40_000
        self.seoul_arguments = dict(seoul.ARGUMENTS)
        self.troubles: list[str] = []
        self.closing = Event()
        self.gate = Gate()
        self.connections: set[socket] = set()
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def fault(self) -> Fault | None:
        return self.gate.fault if self.gate.fault.name else None

    @fault.setter
    def fault(self, fault: Fault | None) -> None:
        self.gate.meet(fault)

    def cut_after(self, served: int) -> None:
        """After so many more data requests the network is gone: connections close without an answer."""
        self.gate.cut(served)

    def restore(self) -> None:
        self.gate.cut(None)

    def calls_to(self, host: str, containing: str = "") -> list[Asked]:
        return [call for call in list(self.calls) if call.host == host and containing in call.path]

    def answer(self, asked: Asked, fault: Fault, url: str) -> Answer:
        scene = Scene(
            self.worlds,
            fault,
            self.base,
            url,
            self.generation,
            self.kosis_most_cells,
            self.seoul_arguments,
        )
        service = HOSTS.get(asked.host)
        return spoiled(service(asked, scene), fault, scene) if service else unknown(asked.host)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        end = time.monotonic() + ENDING_SECONDS
        while self.connections and time.monotonic() < end:
            for connection in list(self.connections):
                _shut(connection)
            time.sleep(0.005)
        if self.troubles and kind is None:
            raise AssertionError("\n".join(["the stub itself failed:", *self.troubles]))


def _shut(connection: socket) -> None:
    try:
        connection.shutdown(SHUT_RDWR)
    except OSError:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, stub: Stub) -> None:
        self.stub = stub
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        """Without the look-up of a name that HTTPServer makes."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        self.stub.connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        self.stub.connections.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no trouble; anything else is a mistake of ours."""
        if not isinstance(sys.exception(), OSError):
            self.stub.troubles.append(traceback.format_exc())


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        finally:
            if self.server.stub.closing.is_set():
                self.close_connection = True

    def do_GET(self) -> None:
        stub = self.server.stub
        length = int(self.headers.get("Content-Length") or 0)
        form = self.rfile.read(length).decode("utf-8", "replace") if length else ""
        parts = urlsplit(self.path)
        host, _, rest = parts.path.lstrip("/").partition("/")
        host = host.lower().partition(":")[0]
        fault = stub.gate.enter(host, data=host in HOSTS and host not in DOCUMENTS)
        if fault is None:
            stub.refused += 1
            self.close_connection = True
            return
        pairs = [*parse_qsl(parts.query, keep_blank_values=True), *parse_qsl(form, keep_blank_values=True)]
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(host, f"/{rest}", dict(pairs), str(self.command), headers)
        stub.calls.append(asked)
        if host == "apis.data.go.kr" and {"[", "]"} & set(parts.query):
            answer, fault = page_of_html("Bad Request", 400), NO_FAULT  # brackets must come encoded
        else:
            answer = stub.answer(asked, fault, f"{stub.base}{self.path}")
        send(self, answer, fault, stub.closing)

    do_POST = do_GET  # noqa: N815
