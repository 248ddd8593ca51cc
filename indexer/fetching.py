"""The nightly job: every source for itself, each dataset for itself, then the index over what is new.

A source that fails touches neither the others nor what is published: its datasets keep the edition they have.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from catalogue import fetches, runs
from catalogue.fetches import Outcome
from catalogue.tables import Run
from indexer import receiving
from indexer.publishing import Progress
from indexer.receiving import Ended, Receiving
from indexer.reindexing import reindex
from indexer.storage import Missing
from indexer.supply import FOLDER
from indexer.work import Done
from indexer.workshop import Workshop
from search.engine import NothingPublished
from sources.client import Client
from sources.entry import Entry

WATCH_SECONDS = 0.5
"""Between two looks at how far the sources are, and whether somebody has cancelled."""


@dataclass
class Tally:
    """How far the sources are; they add to it, one thread watches."""

    total: int
    stop: threading.Event = field(default_factory=threading.Event)
    done: int = 0
    step: str = ""
    states: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def at(self, title: str, pages: int = 0, of: int = 0) -> None:
        """Raises Ended when the run is to end."""
        if self.stop.is_set():
            raise Ended
        self.step = f"받기 {title}" + (f" {pages}/{of}쪽" if of > 1 else "")

    def add(self, outcome: Outcome) -> None:
        with self._lock:
            self.states[outcome.state] += 1
            self.done += 1

    def sleep(self, seconds: float) -> None:
        """Wait between calls. Raises Ended when the run is to end."""
        if self.stop.wait(seconds):
            raise Ended


def fetch(workshop: Workshop, run: Run, progress: Progress) -> Done:
    """Fetch the entries of the run (all of them where it names none), then index what changed.

    Raises Missing for an entry that is not in the list, and what the index raises.
    """
    supply = workshop.supply
    by_source, has_folder = _wanted(workshop, run.datasets["only"])
    fetches.plan(workshop.catalogue, supply.planned(), only_new=True)
    tally = Tally(sum(map(len, by_source.values())) + has_folder)
    client = supply.client(tally.sleep)  # one for all: two sources may stand behind one host
    try:
        with ThreadPoolExecutor(len(by_source) + 1) as pool:
            waiting = [
                pool.submit(_source, workshop, run.id, entries, client, tally)
                for entries in by_source.values()
            ]
            if has_folder:
                waiting.append(pool.submit(_folder, workshop, run.id, tally))
            _watched(waiting, tally, progress)
    finally:
        client.close()
    done = _indexed(workshop, progress)
    state = _state(tally)
    return Done(f"{_told(tally)} {done.message}", done.build, done.state if state == runs.DONE else state)


def _wanted(workshop: Workshop, only: Sequence[str]) -> tuple[dict[str, list[Entry]], bool]:
    """Entries by source, and whether the folder is wanted."""
    known = {one.id: one for one in workshop.supply.entries}
    here = workshop.supply.folder is not None
    missing = [name for name in only if name not in known and not (here and name == FOLDER)]
    if missing:
        raise Missing(f"no dataset {missing[0]!r} in the list: gbp fetch --list shows what there is")
    found: dict[str, list[Entry]] = {}
    asked = [known[name] for name in only if name in known]
    for entry in asked if only else filter(workshop.supply.is_ready, known.values()):
        found.setdefault(entry.source, []).append(entry)
    return found, here and (not only or FOLDER in only)


def _watched(waiting: Sequence["Future[None]"], tally: Tally, progress: Progress) -> None:
    """Wait for all sources. What ends the run (a cancel, a stop) ends them, too."""
    pending = set(waiting)
    try:
        while pending:
            ended, pending = wait(pending, WATCH_SECONDS, FIRST_EXCEPTION)
            for one in ended:
                one.result()
            progress(tally.step or "받기", tally.done, max(tally.total, tally.done))
    except BaseException:
        tally.stop.set()
        raise


def _source(workshop: Workshop, run: int, entries: Sequence[Entry], client: Client, tally: Tally) -> None:
    for entry in entries:
        _noted(workshop, run, tally, _entry(workshop, entry, client, tally))


def _entry(workshop: Workshop, entry: Entry, client: Client, tally: Tally) -> Iterator[Outcome]:
    tally.at(entry.title)
    yield receiving.received(
        workshop, Receiving(entry, client, lambda pages, of: tally.at(entry.title, pages, of))
    )


def _folder(workshop: Workshop, run: int, tally: Tally) -> None:
    def outcomes() -> Iterator[Outcome]:
        for outcome in receiving.folder(workshop):
            yield outcome  # what is kept is noted, also when the run ends now
            tally.at(outcome.entry)

    _noted(workshop, run, tally, outcomes())


def _noted(workshop: Workshop, run: int, tally: Tally, outcomes: Iterator[Outcome]) -> None:
    while True:
        began = runs.now()
        try:
            outcome = next(outcomes, None)
        except Ended:
            return
        if outcome is None:
            return
        fetches.note(workshop.catalogue, run, outcome, began)
        tally.add(outcome)


def _indexed(workshop: Workshop, progress: Progress) -> Done:
    """An empty catalogue is no fault here: nothing has come yet."""
    try:
        return reindex(workshop, (), progress, everything=False)
    except Missing:
        try:
            workshop.engine.live()
        except NothingPublished:
            return Done("색인할 데이터셋이 아직 없습니다.")
        raise


_SAID: Mapping[str, str] = {
    fetches.NEW: "새 판",
    fetches.UNCHANGED: "그대로",
    fetches.HELD: "보류",
    fetches.FAILED: "실패",
}


def _told(tally: Tally) -> str:
    parts = [f"{label} {tally.states[state]}" for state, label in _SAID.items() if tally.states[state]]
    if not parts:
        return "받을 자료가 없습니다. 인증키가 있는 출처도 자료 폴더도 없습니다."
    return f"자료 {tally.done}개를 살펴보았습니다({', '.join(parts)})."


def _state(tally: Tally) -> str:
    bad = tally.states[fetches.HELD] + tally.states[fetches.FAILED]
    if not bad:
        return runs.DONE
    return runs.FAILED if tally.states[fetches.FAILED] == tally.done else runs.WARNED
