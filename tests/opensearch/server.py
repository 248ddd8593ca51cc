"""A real OpenSearch 3.8 with nori in a process of its own, on loopback, for tests and for a look by hand.

By hand: ``python -m tests.opensearch.server --port 9251 DIR`` serves the data in DIR until Ctrl-C.
"""

import argparse
import select
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from tests.opensearch.install import HERE, OLDEST_JAVA, ServerError, ensure_jars, find_java

__all__ = ["Server", "ServerError", "ensure_jars", "find_java", "free_port"]

START_SECONDS = 150  # about 7 on an idle machine; a busy one of two cores has taken more than 60
STOP_SECONDS = 20
JVM_FLAGS = (
    "-Xms512m",
    "-Xmx1g",
    "--add-modules",
    "jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
)


@dataclass
class Server:
    """A server over one data folder; started again, it has the same address and the same data."""

    folder: Path
    port: int = 0  # 0: a free one, chosen at the first start
    nodes: int = 1
    flags: tuple[str, ...] = ()  # of the JVM, after those that tests run with
    process: subprocess.Popen[str] | None = field(default=None, init=False, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> None:
        """Starts the nodes and returns when they answer, with every index in the folder open."""
        if self.process is not None:
            raise ServerError(f"already started: {self.url}")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        with self.log.open("a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                self._command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        answer = _first_line(self.process, START_SECONDS)
        if answer != f"READY {self.port}":
            self.kill()
            why = f"was not ready within {START_SECONDS} s" if answer is None else "ended at start"
            tail = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
            raise ServerError(f"OpenSearch {why}; the end of {self.log}:\n{tail}")

    def stop(self) -> None:
        """Ends the server in good order; one that does not end is killed."""
        if self.process is None:
            return
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """Ends the server as a crash would (SIGKILL); a stopped one is left in peace."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process = None

    def wait(self) -> None:
        """Blocks while the server runs."""
        if self.process is not None:
            self.process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _command(self) -> list[str]:
        java = find_java()
        if java is None:
            raise ServerError(f"no Java {OLDEST_JAVA} or newer found; set JAVA_HOME")
        classes = str(ensure_jars() / "*")
        launcher = [str(HERE / "Node.java"), str(self.folder), str(self.port), str(self.nodes)]
        return [str(java), *JVM_FLAGS, *self.flags, "-cp", classes, *launcher]


def _first_line(process: subprocess.Popen[str], seconds: float) -> str | None:
    """The first line of the process, "" when it ends without one, None when it stays silent."""
    stdout: IO[str] | None = process.stdout
    assert stdout is not None
    ready, _, _ = select.select([stdout], [], [], seconds)
    return stdout.readline().strip() if ready else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the tests' OpenSearch until Ctrl-C.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="data folder, made when missing")
    parser.add_argument("--port", type=int, default=9251)
    parser.add_argument("--nodes", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with Server(options.folder, options.port, options.nodes) as server:
        sys.stdout.write(f"{server.url} answers after {time.monotonic() - began:.1f} s; Ctrl-C ends it\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            server.wait()


if __name__ == "__main__":
    main()
