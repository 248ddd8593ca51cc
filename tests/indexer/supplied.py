"""A portal that fetches from a stub, as the nightly job does; nobody waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from catalogue import datasets, fetches, runs
from catalogue.store import Catalogue
from catalogue.tables import Fetch, Run
from indexer.jobs import run_now
from indexer.publishing import Progress
from indexer.storage import Storage
from indexer.supply import Sleep, Supply
from indexer.workshop import Workshop
from sources.client import Client, Clock, Limits
from sources.entry import Entry
from tests.conftest import embedded
from tests.faults.killing import State, counts
from tests.sources.calling import KEYS, NOW, gateways
from tests.sources.stubs import Stub

QUICK = Limits(seconds=3.0, size_bytes=2_000_000, grace_seconds=0.4, tries=2, pause_seconds=0.0)


@dataclass
class Portal:
    """``limits`` are those of a call; the clock of the office says ``now``."""

    var: Path
    stub: Stub
    entries: Sequence[Entry] = ()
    folder: Path | None = None
    keys: Mapping[str, str] | None = None
    now: datetime = NOW
    limits: Limits = QUICK

    def __post_init__(self) -> None:
        catalogue = Catalogue(f"sqlite:///{self.var / 'catalogue.sqlite'}")
        self._workshop = Workshop(catalogue, Storage(self.var), embedded(self.var / "index"))

    @property
    def workshop(self) -> Workshop:
        keys = KEYS if self.keys is None else self.keys
        supply = Supply(tuple(self.entries), self.folder, keys, self._client, lambda: self.now)
        return replace(self._workshop, supply=supply)

    @property
    def catalogue(self) -> Catalogue:
        return self._workshop.catalogue

    def _client(self, sleep: Sleep) -> Client:
        # what would be waited for is only looked at: whether the run is to end
        return Client(self.limits, gateways(self.stub), Clock(sleep=lambda _: sleep(0.0)))

    def run(self, *only: str, watch: Progress | None = None) -> tuple[Run, dict[str, Fetch]]:
        run = run_now(self.workshop, watch, "test", only, everything=False, job=runs.FETCH)
        return run, self.outcomes(run)

    def outcomes(self, run: Run) -> dict[str, Fetch]:
        return {one.entry: one for one in fetches.of_run(self.catalogue, run.id)}

    def editions(self) -> dict[str, str]:
        return {one.id: one.hash for one in datasets.current(self.catalogue)}

    def counts(self) -> State:
        return counts(self._workshop.engine)
