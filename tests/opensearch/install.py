"""Finds what the server needs: a Java that is new enough, and the jars of the pinned Maven project."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
POM = HERE / "pom.xml"
OLDEST_JAVA = 21  # OpenSearch 3 refuses older ones
JVM_FOLDERS = (
    "/usr/lib/jvm",
    "/usr/local/lib/jvm",
    "/usr/java",
    "/opt/java",
    "/Library/Java/JavaVirtualMachines",
)


class ServerError(RuntimeError):
    """The server, or what it needs, cannot be had; the message ends with the log."""


@cache
def find_java() -> Path | None:
    """A java that OpenSearch accepts: the user's choice first, else the newest on the system."""
    return next((java for java in _candidates() if _version(java) >= OLDEST_JAVA), None)


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("JAVA_HOME"):
        yield Path(chosen, "bin", "java")
    if on_path := shutil.which("java"):
        yield Path(on_path)
    homes = [home for folder in JVM_FOLDERS for home in Path(folder).glob("*")]
    for home in sorted(homes, key=_number_in_name, reverse=True):
        yield home / "bin" / "java"
        yield home / "Contents" / "Home" / "bin" / "java"  # macOS


def _number_in_name(home: Path) -> int:
    """`java-1.17.0-openjdk` → 17; only an order to try in, `_version` decides."""
    number = re.search(r"(?<!\d)(?:1\.)?(\d+)", home.name)
    return int(number[1]) if number else 0


def _version(java: Path) -> int:
    try:
        asked = subprocess.run([java, "-version"], check=False, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    number = re.search(r'version "(?:1\.)?(\d+)', asked.stderr)
    return int(number[1]) if number else 0


def missing_tool(root: Path = ROOT) -> str | None:
    """Says in a plain sentence why no server can run here, or None when one can."""
    if find_java() is None:
        return f"OpenSearch needs Java {OLDEST_JAVA} or newer, and none was found; set JAVA_HOME"
    if not _complete(_library(root)) and shutil.which("mvn") is None:
        return "Maven (mvn) is needed once to fetch OpenSearch's jars, and was not found"
    return None


def ensure_jars(root: Path = ROOT) -> Path:
    """The folder with OpenSearch's jars, filled by Maven when it is not what the pom asks for."""
    library = _library(root)
    library.parent.mkdir(parents=True, exist_ok=True)
    with _locked(library.parent / "lock"):
        if not _complete(library):
            # Left-over jars of another version would be on the class path too.
            shutil.rmtree(library, ignore_errors=True)
            _run_maven(library)
            _stamp(library).write_text(_fingerprint(library))
    return library


def _library(root: Path) -> Path:
    return root / ".cache" / "opensearch" / "lib"


def _stamp(library: Path) -> Path:
    return library.parent / "stamp"


def _complete(library: Path) -> bool:
    stamp = _stamp(library)
    return stamp.is_file() and stamp.read_text() == _fingerprint(library)


def _fingerprint(library: Path) -> str:
    jars = sorted(f"{jar.name} {jar.stat().st_size}" for jar in library.glob("*.jar"))
    return "\n".join([hashlib.sha256(POM.read_bytes()).hexdigest(), *jars])


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time: pytest-xdist starts several, and each comes here."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file closes, even by a crash
        yield


def _run_maven(library: Path) -> None:
    command = [
        "mvn",
        "-q",
        "-B",
        "-f",
        str(POM),
        "dependency:copy-dependencies",
        f"-DoutputDirectory={library}",
    ]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise ServerError(f"Maven could not fetch OpenSearch's jars:\n{done.stdout[-2000:]}")
