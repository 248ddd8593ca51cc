"""Memory and room on disk, as measured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.memory import Peak, disk_bytes, family, spent

HOLDS = "held = bytearray({size}); {then}; print(flush=True); input()"
CHILD = (
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], stdin=sys.stdin)"
)


def test_descendants_count_and_a_peak_stays() -> None:
    """A process that starts another which holds 60 MB: both are seen while they run."""
    inner = HOLDS.format(size=60_000_000, then="held[::4096] = b'1' * len(held[::4096])")
    command = [sys.executable, "-c", f"{CHILD}; child.wait()", inner]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdin
        with Peak(process.pid, every=0.01) as peak:
            process.stdout.readline()
            assert len(list(family(process.pid))) == 2
            with Peak(process.pid):
                pass
        process.stdin.close()
    assert 60 < peak.mb < 200
    assert peak.samples >= 2


def test_a_process_that_is_not_there_has_no_peak() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    with pytest.raises(ProcessLookupError), Peak(ended.pid):
        pass


def test_what_cannot_be_read_is_an_error_not_a_small_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PermissionError), Peak(os.getpid()):
        pass


def test_files_on_disk_are_added_up_each_once(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "a").write_bytes(b"1" * 10)
    (tmp_path / "below" / "b").write_bytes(b"1" * 5)
    (tmp_path / "again").hardlink_to(tmp_path / "a")
    assert disk_bytes(tmp_path) == 15
    assert disk_bytes(tmp_path / "a") == 10


def test_what_a_process_has_spent_is_counted_with_that_of_its_children() -> None:
    inner = (
        "import time\nwhile time.process_time() < 0.3:\n    pass\nprint(flush=True)\ninput()"  # then it waits
    )
    command = [sys.executable, "-c", f"{CHILD}; child.wait()", inner]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdin
        process.stdout.readline()
        assert spent(process.pid) >= 0.29  # the kernel counts in hundredths
        process.stdin.close()
    assert spent(process.pid) == 0.0
