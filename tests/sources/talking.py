"""A server that says byte for byte what a test wants said: for what no HTTP library would send."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

PAUSE_SECONDS = 0.01

Script = Callable[[bytes], Iterable[bytes]]
"""The head of a request to the pieces of the answer; between two of them passes a moment."""


@contextmanager
def talking(script: Script) -> Iterator[str]:
    """The address of the server, ``http://127.0.0.1:PORT``; it ends with the block."""
    ending = Event()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.02)

    def serve() -> None:
        while not ending.is_set():
            with suppress(TimeoutError):
                connection, _ = server.accept()
                Thread(target=_answer, args=(connection, script, ending), daemon=True).start()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
    finally:
        ending.set()
        thread.join()
        server.close()


def _answer(connection: socket.socket, script: Script, ending: Event) -> None:
    with suppress(OSError), connection:
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(65_536)
            if not part:
                return
            head += part
        for piece in script(head):
            connection.sendall(piece)
            if ending.wait(PAUSE_SECONDS):
                return


def whole(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """An answer after which the connection ends."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
