"""A fetch that is killed, or started many times at once: what comes after is what an undisturbed one would be."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import datasets, runs
from catalogue.store import Catalogue
from tests.conftest import embedded
from tests.faults.killing import State, counts, end, environment, kill_at_line
from tests.faults.test_sources_at_fault import HOSTS, KEYS
from tests.sources.stubs import Stub

NAMES = ("seoul-bike-stations", "gangdong-cctv", "gangdong-toilets-standard", "gangdong-illegal-parking")
STARTS = 20
KILLED_AT = (1, 4, 7, 10, 13, 16)
"""Lines of progress: while pages come, while editions are kept, while the index is built and published."""


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with Stub() as made:
        yield made


def start(var: Path, stub: Stub, *words: str) -> "subprocess.Popen[str]":
    """``gbp fetch …`` in a process of its own, with the sources played by the stub."""
    gateways = ",".join(f"{host}={stub.base}/{host}" for host in HOSTS)
    keys = {f"GBP_{source.upper()}_KEY": key for source, key in KEYS.items()}
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "indexer", "fetch", *NAMES, *words],
        env={**os.environ, **environment(var, None), **keys, "GBP_GATEWAYS": gateways},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def outcome(var: Path) -> tuple[State, dict[str, str]]:
    """What readers see, and the editions it is made of."""
    catalogue = Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}")
    editions = {one.id: one.hash for one in datasets.current(catalogue)}
    catalogue.close()
    return counts(embedded(var / "index")), editions


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, stub: Stub) -> tuple[State, dict[str, str]]:
    var = tmp_path_factory.mktemp("undisturbed")
    status, said = end(start(var, stub))
    assert status == 0, said
    found = outcome(var)
    assert set(found[1]) == set(NAMES)
    return found


def test_after_a_kill_at_any_step_the_next_start_ends_as_if_nothing_had_been(
    tmp_path: Path, stub: Stub, undisturbed: tuple[State, dict[str, str]]
) -> None:
    kills = 0
    for line in KILLED_AT:
        var = tmp_path / str(line)
        kills += kill_at_line(start(var, stub, "--json"), line)
        status, said = end(start(var, stub))
        assert status == 0, said
        assert not [key for key in KEYS.values() if any(key in one for one in said)]
        assert outcome(var) == undisturbed
        catalogue = Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}")
        states = [run.state for run in runs.recent(catalogue)]
        catalogue.close()
        assert set(states) <= {runs.DONE, runs.ABANDONED}
        assert list((var / "fetching").glob("*")) == [], "no half-fetched pages are left"
    assert kills >= len(KILLED_AT) - 2


def test_of_many_starts_at_once_one_works_and_the_others_say_who(
    tmp_path: Path, stub: Stub, undisturbed: tuple[State, dict[str, str]]
) -> None:
    said = [end(process) for process in [start(tmp_path, stub) for _ in range(STARTS)]]
    done = [status for status, _ in said if status == 0]
    assert done, [lines for _, lines in said if len(lines) > 1]
    for status, lines in said:
        assert status == 0 or "another job is running (process" in lines[-1], lines
    assert outcome(tmp_path) == undisturbed
    catalogue = Catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    states = [run.state for run in runs.recent(catalogue, 100)]
    catalogue.close()
    assert states == [runs.DONE] * len(done)
