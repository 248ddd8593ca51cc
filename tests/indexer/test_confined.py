"""Work on bytes from outside: whatever it does, it does to its own process only."""

import os
import time
from pathlib import Path

import pytest

from indexer.confined import Died, Limits, OutOfMemory, OutOfTime, confined

ROOMY = Limits(cpu_seconds=20, wall_seconds=120, memory_bytes=2_000_000_000)


def double(number: int) -> int:
    return 2 * number


def complain(what: str) -> None:
    raise ValueError(what)


def spin() -> None:
    while True:
        pass


def wait() -> None:
    time.sleep(3_600)


def swell() -> int:
    return sum(map(len, [bytes(100_000_000) for _ in range(100)]))


def fall() -> None:
    os._exit(7)


def crash() -> None:
    os.kill(os.getpid(), 11)


def write(path: str) -> None:
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - as a reader's temporary file would
        file.write("x" * 100)
        file.flush()


def test_what_comes_out_is_what_the_work_gives() -> None:
    assert confined(ROOMY, double, 21) == 42


def test_an_error_of_the_work_is_raised_here() -> None:
    with pytest.raises(ValueError, match="row 7"):
        confined(ROOMY, complain, "row 7")


def test_work_that_spins_ends_with_its_processor_time() -> None:
    with pytest.raises(OutOfTime):
        confined(Limits(1, 60, ROOMY.memory_bytes), spin)


def test_work_that_waits_ends_with_the_clock() -> None:
    with pytest.raises(OutOfTime):
        confined(Limits(20, 1, ROOMY.memory_bytes), wait)


def test_work_that_swells_ends_at_its_memory() -> None:
    with pytest.raises(OutOfMemory):
        confined(ROOMY, swell)


@pytest.mark.parametrize(("work", "how"), [(fall, "status 7"), (crash, "signal 11")])
def test_work_that_dies_says_how(work: object, how: str) -> None:
    with pytest.raises(Died, match=how):
        confined(ROOMY, work)  # type: ignore[arg-type]


def test_work_writes_no_file(tmp_path: object) -> None:
    with pytest.raises((OSError, Died)):
        confined(ROOMY, write, f"{tmp_path}/x")


def addresses() -> int:
    """Bytes of addresses that a small table takes."""
    from indexer.intake import take

    take("표.csv", "자치구,대수\n강동구,1\n송파구,2\n".encode())
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmPeak"))


def test_a_small_table_is_far_from_the_limit() -> None:
    """The limit counts addresses, and what a library reserves and never uses counts with them."""
    assert confined(ROOMY, addresses) < ROOMY.memory_bytes / 2
