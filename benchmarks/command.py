"""``gbp`` as a user calls it, in a process of its own: its time and its memory are nobody else's."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from benchmarks import bench
from benchmarks.memory import Peak
from settings import DEFAULT_PORT, Settings

GBP = Path(sys.executable).with_name("gbp")
LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Step:
    """A stretch of work: its seconds, and the most memory of the process alone and of it with its children."""

    seconds: float
    alone: int
    family: int

    def __add__(self, other: "Step") -> "Step":
        alone, family = max(self.alone, other.alone), max(self.family, other.family)
        return Step(self.seconds + other.seconds, alone, family)


def environment(settings: Settings, port: int = DEFAULT_PORT) -> dict[str, str]:
    """Of a process of the portal, whatever the terminal has set for another."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("GBP_")}
    return {
        **others,
        "GBP_VAR": str(settings.var),
        "GBP_OPENSEARCH_URL": settings.opensearch_url or "",
        "GBP_HOST": settings.host,
        "GBP_PORT": str(port),
    }


def gbp(settings: Settings, *words: str) -> Step:
    """Run a command to its end, its start included. Raises RuntimeError with its last words where it fails."""
    with TemporaryFile() as said:
        process = subprocess.Popen([GBP, *words], env=environment(settings), stdout=said, stderr=said)
        with Peak(process.pid, every=LOOK_SECONDS) as peak:
            seconds = bench.timed(process.wait)
        if process.returncode:
            said.seek(0)
            last = said.read().decode(errors="replace")[-1000:]
            raise RuntimeError(f"gbp {' '.join(words)}: status {process.returncode}: {last}")
    return Step(seconds, peak.alone, peak.bytes)


def take_in(settings: Settings, files: Path) -> Step:
    """All files of a sample into the catalogue."""
    return gbp(settings, "add", str(files))


def index(settings: Settings) -> Step:
    """Everything in the catalogue onto the engine."""
    return gbp(settings, "index", "--all")
