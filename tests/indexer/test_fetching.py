"""The fetch as a job: what is new comes in, what is not stays, who cancels is heard, staff release what is held."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from catalogue import datasets, fetches, holds, runs
from catalogue.store import Catalogue
from indexer import fetching, jobs
from indexer.jobs import run_next
from indexer.storage import Missing
from settings import SEOUL
from sources.client import Limits
from tests.indexer.supplied import Portal
from tests.sources.calling import KEYS, NOW
from tests.sources.entries import (
    BULK,
    GATEWAY,
    JUMIN,
    KOSIS,
    MINISTRY,
    ODCLOUD,
    POPULATION,
    STANDARD,
    WAYS,
)
from tests.sources.entries import SEOUL as PLAZA
from tests.sources.stubs import Fault, Stub

EVERY = tuple(way.entry for way in WAYS)
LATEST_SECONDS = 5.0


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


@pytest.fixture
def portal(stub: Stub, tmp_path: Path) -> Iterator[Portal]:
    made = Portal(tmp_path, stub, EVERY)
    yield made
    made.catalogue.close()


def rows_of(stub: Stub, world: str) -> list[dict[str, object]]:
    found = stub.worlds[world]
    assert isinstance(found, list)
    return found


def test_a_run_brings_everything_and_the_next_one_touches_nothing(portal: Portal, stub: Stub) -> None:
    run, outcomes = portal.run()
    assert (run.state, run.trigger) == (runs.DONE, "test")
    assert {one.entry: one.state for one in outcomes.values()} == dict.fromkeys(
        (way.name for way in WAYS), fetches.NEW
    )
    for way in WAYS:
        told = outcomes[way.name]
        assert (told.requests >= way.calls, told.size_bytes > 0, told.records_before) == (True, True, None)
        assert told.message.startswith(f"{told.records:,}건을 받았습니다.")
    assert {name for name, records in portal.counts() if records} == {way.name for way in WAYS}
    assert "9개를 살펴보았습니다(새 판 9)" in run.message
    editions, build = portal.editions(), portal.workshop.engine.live().build.id
    asked = len(stub.calls)

    run, outcomes = portal.run()
    assert (run.state, run.build) == (runs.DONE, None)
    assert {one.state for one in outcomes.values()} == {fetches.UNCHANGED}
    assert portal.editions() == editions
    assert portal.workshop.engine.live().build.id == build
    assert len(stub.calls) == 2 * asked
    assert not list((portal.var / "fetching").glob("*")), "no pages are left behind"


def test_only_the_entries_named_are_fetched_and_one_that_is_not_listed_is_named(
    portal: Portal, stub: Stub
) -> None:
    _, outcomes = portal.run(KOSIS.name)
    assert set(outcomes) == {KOSIS.name}
    assert {call.host for call in stub.calls} == {KOSIS.host}
    with pytest.raises(Missing, match="nowhere"):
        portal.run("nowhere")
    assert runs.recent(portal.catalogue)[0].state == runs.FAILED


def test_without_its_key_a_source_is_left_alone_and_asked_for_says_which_setting(
    portal: Portal, stub: Stub
) -> None:
    portal.keys = {"kosis": KEYS["kosis"]}
    run, outcomes = portal.run()
    assert (run.state, set(outcomes)) == (runs.DONE, {KOSIS.name})
    run, outcomes = portal.run(PLAZA.name, GATEWAY.name, MINISTRY.name)
    assert run.state == runs.FAILED
    named = ((PLAZA, "GBP_SEOUL_KEY"), (GATEWAY, "GBP_DATAGOKR_KEY"), (MINISTRY, "GBP_DATAGOKR_KEY"))
    for way, setting in named:
        told = outcomes[way.name]
        assert (told.kind, setting in told.message, told.requests) == ("key", True, 0)
    assert not stub.calls_to(PLAZA.host)


def test_the_plans_say_what_can_run_by_itself(portal: Portal) -> None:
    portal.keys = {"kosis": KEYS["kosis"]}
    portal.run()
    standing = {one.plan.entry: one for one in fetches.standings(portal.catalogue)}
    assert {name for name, one in standing.items() if one.plan.ready} == {KOSIS.name}
    assert standing[KOSIS.name].succeeded_at is not None
    assert standing[KOSIS.name].failing_since is None
    assert standing[PLAZA.name].last is None


@pytest.mark.parametrize("way", [KOSIS, POPULATION, JUMIN], ids=lambda way: way.name)
def test_the_next_month_is_a_new_edition_and_nothing_to_look_into(portal: Portal, way: object) -> None:
    """Months move on: the first of the year leaves, the last comes in, columns with months in their names change."""
    entry = next(one.entry for one in WAYS if one is way)
    portal.entries = (entry,)
    _, first = portal.run()
    for months in (1, 2):
        portal.now = datetime(2026, 1 + months, 8, 3, tzinfo=SEOUL)
        run, outcomes = portal.run()
        assert outcomes[entry.id].state == fetches.NEW, outcomes[entry.id].message
        assert outcomes[entry.id].records == first[entry.id].records
        assert run.state == runs.DONE


def test_a_new_row_comes_in_and_only_its_dataset_is_written(portal: Portal, stub: Stub) -> None:
    portal.entries = tuple(way.entry for way in (KOSIS, STANDARD, ODCLOUD, BULK))
    portal.run()
    before = dict(portal.counts())
    rows = rows_of(stub, STANDARD.world)
    rows.append({**rows[0], "prkplceNo": "174-1-999999", "prkplceNm": "새 주차장"})
    run, outcomes = portal.run()
    assert outcomes[STANDARD.name].state == fetches.NEW
    assert sum(one.state == fetches.NEW for one in outcomes.values()) == 1
    assert dict(portal.counts()) == {**before, STANDARD.name: STANDARD.rows + 1}
    assert "데이터셋 1개를 색인했습니다" in run.message


def test_a_new_field_is_told_and_holds_nothing_back(portal: Portal, stub: Stub) -> None:
    portal.run(STANDARD.name)
    for row in rows_of(stub, STANDARD.world):
        row["evChargerCo"] = "2"
    _, outcomes = portal.run(STANDARD.name)
    told = outcomes[STANDARD.name]
    assert (told.state, "새 항목: evChargerCo" in told.message) == (fetches.NEW, True)


def test_what_a_gate_holds_waits_for_one_person(portal: Portal, stub: Stub) -> None:
    portal.run(STANDARD.name)
    before = portal.counts()
    stub.fault = Fault("fewer_rows", host=STANDARD.host)
    for _ in range(2):  # the second night finds the same edition still waiting
        run, outcomes = portal.run(STANDARD.name)
        told = outcomes[STANDARD.name]
        assert (run.state, told.state, told.kind) == (runs.WARNED, fetches.HELD, "drop")
        assert "120건에서 48건으로 60% 줄었습니다" in told.message
        assert "담당자가 확인할 때까지" in told.message
        assert portal.counts() == before
    assert holds.release(portal.catalogue, STANDARD.name, "김담당", "실제로 줄었음") == 0
    run, outcomes = portal.run(STANDARD.name)
    assert (run.state, outcomes[STANDARD.name].state) == (runs.DONE, fetches.UNCHANGED)
    assert dict(portal.counts())[STANDARD.name] == 48


def test_personal_data_wait_for_two(portal: Portal, stub: Stub) -> None:
    portal.run(STANDARD.name)
    rows_of(stub, STANDARD.world)[0]["prkplceNm"] = "홍길동 800102-1234567"
    run, outcomes = portal.run(STANDARD.name)
    told = outcomes[STANDARD.name]
    assert (run.state, told.state, told.kind) == (runs.WARNED, fetches.HELD, "personal")
    assert "1234567" not in told.message
    assert holds.release(portal.catalogue, STANDARD.name, "김담당", "공개 자료") == 1
    assert portal.run(STANDARD.name)[1][STANDARD.name].state == fetches.HELD
    assert holds.release(portal.catalogue, STANDARD.name, "이담당", "공개 자료") == 0
    assert portal.run(STANDARD.name)[1][STANDARD.name].state == fetches.UNCHANGED


def test_an_edition_held_is_forgotten_when_the_source_is_right_again(portal: Portal, stub: Stub) -> None:
    portal.run(STANDARD.name)
    stub.fault = Fault("fewer_rows", host=STANDARD.host)
    portal.run(STANDARD.name)
    stub.fault = None
    run, outcomes = portal.run(STANDARD.name)
    assert (run.state, outcomes[STANDARD.name].state) == (runs.DONE, fetches.NEW)
    assert holds.held(portal.catalogue) == []
    assert dict(portal.counts())[STANDARD.name] == STANDARD.rows


def test_a_source_with_nothing_says_so_and_the_old_data_stay(portal: Portal, stub: Stub) -> None:
    portal.run()
    before = portal.counts()
    for way in (GATEWAY, STANDARD, ODCLOUD, MINISTRY, POPULATION):
        stub.worlds[way.world] = []
    stub.worlds[BULK.world] = "관리번호,화장실명\r\n".encode("cp949")
    run, outcomes = portal.run()
    assert run.state == runs.WARNED
    for way in (GATEWAY, STANDARD, ODCLOUD, MINISTRY, POPULATION, BULK):
        told = outcomes[way.name]
        assert (told.state, told.kind) == (fetches.FAILED, "few"), told.message
        assert "한 건도 없다고" in told.message
    assert portal.counts() == before


def test_the_day_of_the_last_success_is_that_of_the_office(
    portal: Portal, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three in the morning in Seoul is the day before in UTC."""
    night = datetime(2026, 3, 2, 3, 10, tzinfo=SEOUL)
    monkeypatch.setattr(fetches, "now", lambda: night)
    portal.run(KOSIS.name)
    stub.fault = Fault("kosis_50")
    _, outcomes = portal.run(KOSIS.name)
    assert "이전 판을 그대로 둡니다(2026-03-02에 마지막으로 받음)." in outcomes[KOSIS.name].message


def test_pages_of_yesterday_are_not_mixed_with_those_of_today(portal: Portal, stub: Stub) -> None:
    """The days that are asked for have moved on: page by page they would be taken for others."""
    stub.cut_after(4)
    assert portal.run(PLAZA.name)[1][PLAZA.name].state == fetches.FAILED
    stub.restore()
    stub.calls.clear()
    portal.now = NOW - timedelta(hours=4)
    portal.run(PLAZA.name)
    days = {call.steps[-1] for call in stub.calls}
    assert days == {"20251231", "20260101", "20260102"}


class Watch:
    """Hears progress; at some step it does something."""

    def __init__(self, step: str, then: object) -> None:
        self.step, self.then, self.heard = step, then, list[str]()

    def __call__(self, step: str, _done: int, _total: int) -> None:
        self.heard.append(step)
        if self.step in step and callable(self.then):
            self.then()


def broken_off(portal: Portal, catalogue: Catalogue, stub: Stub, fault: str) -> tuple[str, float]:
    """A run cancelled while sources do not answer; its state, and how long it took to end."""
    stub.fault = Fault(fault)
    portal.limits = Limits(pause_seconds=0.0)
    asked = runs.enqueue(catalogue, "test", job=runs.FETCH)
    began: list[float] = []

    def cancel() -> None:
        if stub.calls and not began:
            runs.cancel(catalogue, asked, "김담당")
            began.append(monotonic())

    run_next(portal.workshop, Watch("받기", cancel))
    return runs.get(catalogue, asked).state, monotonic() - began[0]


@pytest.mark.parametrize("fault", ["stall", "drip", "status_503"])
def test_a_run_that_is_cancelled_stops_soon_and_leaves_everything_as_it_was(
    portal: Portal, stub: Stub, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.0)
    monkeypatch.setattr(fetching, "WATCH_SECONDS", 0.05)
    portal.entries = tuple(way.entry for way in (KOSIS, STANDARD, ODCLOUD, BULK))
    portal.run()
    before, editions = portal.counts(), portal.editions()
    others = set(threading.enumerate())  # of tests before, in the same process
    rows_of(stub, STANDARD.world).pop()
    state, seconds = broken_off(portal, portal.catalogue, stub, fault)
    assert state == runs.CANCELLED
    assert seconds < LATEST_SECONDS
    assert (portal.counts(), portal.editions()) == (before, editions)
    assert len(set(threading.enumerate()) - others) < 20
    stub.fault = None
    run, _ = portal.run()
    assert run.state == runs.DONE


def test_progress_counts_datasets_and_names_pages(portal: Portal) -> None:
    far: list[tuple[str, int, int]] = []
    portal.run(PLAZA.name, KOSIS.name, watch=lambda *one: far.append(one))
    fetched = [one for one in far if one[0].startswith("받기")]
    assert fetched[-1][1:] == (2, 2)
    done = [one[1] for one in fetched]
    assert done == sorted(done)


def test_sources_behind_one_host_share_its_distance(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ministry's services stand behind the gateway of data.go.kr."""
    made: list[object] = []
    plain = portal._client

    def client(sleep: object) -> object:
        made.append(sleep)
        return plain(sleep)  # type: ignore[arg-type]

    monkeypatch.setattr(portal, "_client", client)
    _, outcomes = portal.run(GATEWAY.name, MINISTRY.name)
    assert len(made) == 1
    assert [outcomes[way.name].requests for way in (GATEWAY, MINISTRY)] == [GATEWAY.calls, MINISTRY.calls]


def test_what_the_list_says_of_a_dataset_is_what_is_shown(portal: Portal) -> None:
    entry = replace(
        STANDARD.entry, title="강동구 주차장", provider="강동구청", description="한 행은 주차장입니다."
    )
    portal.entries = (entry,)
    portal.run()
    (shown,) = datasets.current(portal.catalogue)
    assert (shown.id, shown.title, shown.provider) == (entry.id, "강동구 주차장", "강동구청")
    assert (shown.area, shown.description) == (entry.area, "한 행은 주차장입니다.")
