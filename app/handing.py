"""Answers that the processes of one server hand to each other: a file each, in a folder that is gone when the server is."""

import pickle
import secrets
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

MOST_BYTES = 64_000_000
"""Of all answers that one process hands on."""


@dataclass(frozen=True)
class Kept:
    """An answer as it was sent."""

    data: bytes
    headers: tuple[tuple[str, str], ...]


@dataclass
class Handing:
    """What one process has sent the others need not make; each takes away its own, the oldest first.

    The folder is written by processes of this server alone, in its own lifetime: names say what an answer is made of, and
    none of it changes while a server runs but what the name says (app/caching.py). Threads may share it.
    """

    folder: Path
    most: int = MOST_BYTES
    _mine: deque[tuple[Path, int]] = field(default_factory=deque)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def known(self, name: str) -> Kept | None:
        try:
            found: Kept = pickle.loads(self._path(name).read_bytes())  # noqa: S301 - from a folder of our own
        except OSError:
            return None
        return found

    def hand(self, name: str, answer: Kept) -> None:
        """Readers are answered all the same where the disk takes nothing."""
        path = self._path(name)
        if path.exists():  # who made it for this process has handed it already
            return
        written = pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
        beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            beside.write_bytes(written)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink()
            return
        for gone in self._beyond(path, len(written)):
            with suppress(OSError):
                gone.unlink()

    def _beyond(self, path: Path, size: int) -> list[Path]:
        """Notes an answer; gives those that are too many now."""
        gone = []
        with self._lock:
            self._mine.append((path, size))
            self._size += size
            while self._size > self.most:
                oldest, its_size = self._mine.popleft()
                self._size -= its_size
                gone.append(oldest)
        return gone

    def _path(self, name: str) -> Path:
        return self.folder / sha256(name.encode()).hexdigest()
