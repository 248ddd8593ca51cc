"""As much of HTTP/1.1 as a load generator needs: GET over connections that are kept, bodies left as they come.

A full client costs about a millisecond of processor time for each request; with the server on the same two
processors that would be measured along.
"""

import asyncio
from dataclasses import dataclass, field

BUFFER_BYTES = 2**20
"""A large body must not stop and start its connection every 64 KB."""


class Broken(Exception):
    """The server closed the connection before the answer was complete, or what it sent is no HTTP."""


class Stale(Broken):
    """A connection kept from an earlier answer was closed by the server before a word of the next came."""


@dataclass(frozen=True)
class Answer:
    status: int
    encoding: str
    body: bytes


@dataclass
class Connection:
    """A connection to one server. It is opened when it is first needed, and again when the server has closed it."""

    host: str
    port: int
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None, init=False)

    async def get(self, path: str) -> Answer:
        """The whole answer. A kept connection that the server has closed meanwhile is replaced, as browsers do."""
        try:
            try:
                return await self._ask(path)
            except Stale:
                return await self._ask(path)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._streams is not None:
            _, writer = self._streams
            self._streams = None
            # not close(): that waits for a server that takes nothing any more
            writer.transport.abort()

    async def _ask(self, path: str) -> Answer:
        kept = self._streams is not None
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port, limit=BUFFER_BYTES)
        reader, writer = self._streams
        host = f"[{self.host}]" if ":" in self.host else self.host
        lines = (f"GET {path} HTTP/1.1", f"Host: {host}:{self.port}", "Accept-Encoding: gzip", "", "")
        try:
            writer.write("\r\n".join(lines).encode("ascii"))
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError) as error:
            self.close()
            unheard = not getattr(error, "partial", b"")
            raise (Stale if kept and unheard else Broken)("closed before the answer") from error
        try:
            return await self._answer(reader, head)
        except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
            raise Broken("closed within the answer, or no HTTP") from error

    async def _answer(self, reader: asyncio.StreamReader, head: bytes) -> Answer:
        first, *lines = head.decode("latin-1").split("\r\n")
        version, status, *_ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        ends = "close" in headers.get("connection", "").lower() or version == "HTTP/1.0"
        if "chunked" in headers.get("transfer-encoding", "").lower():
            body = await _chunks(reader)
        elif "content-length" in headers:
            body = await reader.readexactly(int(headers["content-length"]))
        elif status in {"204", "304"}:
            body = b""
        else:
            ends, body = True, await reader.read()
        if ends:
            self.close()
        return Answer(int(status), headers.get("content-encoding", ""), body)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    while (await reader.readline()).strip():
        pass  # trailers
    return b"".join(parts)
