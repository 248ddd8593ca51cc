"""A load, played: users that wait for their answers, or requests that come when they come."""

import asyncio
import random
import selectors
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice, takewhile
from time import perf_counter, process_time

from benchmarks import bench
from benchmarks.load.checking import Kept
from benchmarks.load.client import Broken, Connection
from benchmarks.load.plan import Closed, Open, Plan, Result

NAMED = 5
"""So many faults are named in a result."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A request: milliseconds from due to the last byte of its answer, and from due until it was sent."""

    ms: float
    late_ms: float
    status: int | None
    bytes: int = 0

    @property
    def is_answer(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass
class _Played:
    plan: Plan
    samples: list[Sample] = field(default_factory=list)
    kept: Kept = field(default_factory=Kept)
    faults: list[str] = field(default_factory=list)

    async def ask(self, connection: Connection, number: int, due: float) -> None:
        """One request of the plan, and what became of it."""
        at = number % len(self.plan.asks)
        ask = self.plan.asks[at]
        sent = perf_counter()
        try:
            async with asyncio.timeout(self.plan.timeout):
                answer = await connection.get(ask.path)
        except (Broken, OSError, TimeoutError) as error:
            self._add(Sample(_ms(due), (sent - due) * 1000, None), f"{ask.path}: {error!r}")
            return
        sample = Sample(_ms(due), (sent - due) * 1000, answer.status, len(answer.body))
        self._add(sample, f"{ask.path}: status {answer.status}")
        if sample.is_answer and ask.is_checked:
            self.kept.keep(at, answer)

    def _add(self, sample: Sample, fault: str) -> None:
        self.samples.append(sample)
        if not sample.is_answer and len(self.faults) < NAMED:
            self.faults.append(fault)


def _ms(since: float) -> float:
    return (perf_counter() - since) * 1000


def play(plan: Plan) -> Result:
    """The load in this process."""
    played = _Played(plan)
    work = _closed(played, plan.load) if isinstance(plan.load, Closed) else _open(played, plan.load)
    started, worked = perf_counter(), process_time()
    with asyncio.Runner(loop_factory=_loop) as runner:
        runner.run(work)
    return _result(played, perf_counter() - started, process_time() - worked)


def _loop() -> asyncio.AbstractEventLoop:
    """select() wakes at the microsecond; epoll rounds up to the next millisecond, which would count as latency."""
    return asyncio.SelectorEventLoop(selectors.SelectSelector())


async def _closed(played: _Played, load: Closed) -> None:
    numbers = _numbers(played.plan)
    await asyncio.gather(*(_user(played, numbers) for _ in range(load.users)))


async def _user(played: _Played, numbers: Iterator[int]) -> None:
    connection = Connection(*played.plan.address)
    for number in numbers:
        await played.ask(connection, number, perf_counter())
    connection.close()


def _numbers(plan: Plan) -> Iterator[int]:
    """The requests of a closed load, taken by whichever user is free."""
    if plan.requests is not None:
        return iter(range(plan.requests))
    until = perf_counter() + (plan.seconds or 0)
    return takewhile(lambda _: perf_counter() < until, count())


async def _open(played: _Played, load: Open) -> None:
    """Each request in a task of its own, on the connection used last: those used long ago the server may close."""
    free: list[Connection] = []
    room = asyncio.Semaphore(load.in_flight)
    started = perf_counter()

    async def send(number: int, due: float) -> None:
        connection = free.pop() if free else Connection(*played.plan.address)
        await played.ask(connection, number, due)
        free.append(connection)
        room.release()

    async with asyncio.TaskGroup() as tasks:
        for number, after in enumerate(arrivals(played.plan, load)):
            await asyncio.sleep(started + after - perf_counter())
            await room.acquire()
            tasks.create_task(send(number, started + after))
    for connection in free:
        connection.close()


def arrivals(plan: Plan, load: Open) -> Iterator[float]:
    """Seconds from the start at which requests are due: by chance, the same for the same seed."""
    chance = random.Random(load.seed)

    def dues() -> Iterator[float]:
        due = 0.0
        while True:
            due += chance.expovariate(load.rate)
            yield due

    if plan.requests is not None:
        return islice(dues(), plan.requests)
    return takewhile(lambda due: due < (plan.seconds or 0), dues())


def _result(played: _Played, seconds: float, worked: float) -> Result:
    samples = played.samples
    times = [one.ms for one in samples if one.is_answer] or [0.0]
    wrong = list(played.kept.wrong(played.plan.asks))
    return Result(
        requests=len(samples),
        answers=sum(one.is_answer for one in samples),
        errors=sum(not one.is_answer for one in samples),
        checked=played.kept.checked(),
        wrong=sum(often for often, _ in wrong),
        # each once: one page packed in two different seconds is two bodies with one fault
        faults=(*played.faults, *list(dict.fromkeys(said for _, said in wrong))[:NAMED]),
        statuses=dict(Counter(str(one.status or "-") for one in samples)),
        bytes=sum(one.bytes for one in samples),
        seconds=seconds,
        p50_ms=bench.quantile(times, 0.5),
        p95_ms=bench.quantile(times, 0.95),
        p99_ms=bench.quantile(times, 0.99),
        max_ms=max(times),
        late_ms=bench.quantile([one.late_ms for one in samples] or [0.0], 0.99),
        busy=worked / seconds,
    )
