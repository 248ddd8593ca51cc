"""Sockets that keep to the deadline of a call whatever trickles in, and are left at once when the run ends."""

import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

LOOK_SECONDS = 0.25
"""Between two looks whether the run still goes on, while nothing comes."""

_NEVER = float("inf")


class Patience:
    """How long this thread still waits. ``look`` is called now and then; what it raises ends the call."""

    def __init__(self, monotonic: Callable[[], float], look: Callable[[], None]) -> None:
        self._monotonic, self.look = monotonic, look
        self._mine = threading.local()

    def until(self, deadline: float) -> None:
        self._mine.deadline = deadline

    def left(self) -> float:
        return float(getattr(self._mine, "deadline", _NEVER)) - self._monotonic()


class Transport(httpx.HTTPTransport):
    """A time-out of a socket alone bears a drip, of the headers too: each byte begins it anew (ui-ops §5.6)."""

    def __init__(self, patience: Patience) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=_Backend(patience))


class _Backend(httpcore.NetworkBackend):
    def __init__(self, patience: Patience) -> None:
        self._patience, self._sockets = patience, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self._patience.look()
        seconds = _shorter(timeout, self._patience.left(), httpcore.ConnectTimeout)
        stream = self._sockets.connect_tcp(host, port, seconds, local_address, socket_options)
        return _Stream(stream, self._patience)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, patience: Patience) -> None:
        self._stream, self._patience = stream, patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        waited = 0.0
        while True:
            self._patience.look()
            silence = _NEVER if timeout is None else timeout - waited
            seconds = _shorter(silence, self._patience.left(), httpcore.ReadTimeout)
            step = min(seconds, LOOK_SECONDS)
            try:
                return self._stream.read(max_bytes, step)
            except httpcore.ReadTimeout:
                waited += step

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _shorter(timeout, self._patience.left(), httpcore.WriteTimeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        seconds = _shorter(timeout, self._patience.left(), httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._patience)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _shorter(timeout: float | None, left: float, over: type[Exception]) -> float:
    seconds = left if timeout is None else min(timeout, left)
    if seconds <= 0:
        raise over
    return seconds
