"""A night of all sources, and each fault in turn: old data stay, the outcome says why, the others go on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from catalogue import datasets, fetches, runs
from catalogue.store import Catalogue
from catalogue.tables import Fetch, Run
from indexer.jobs import run_now
from indexer.storage import Storage
from indexer.supply import Sleep, Supply
from indexer.workshop import Workshop
from settings import SEOUL
from sources.client import Client, Clock, Limits
from sources.entry import Entry, load
from tests.conftest import embedded
from tests.faults.killing import counts
from tests.sources.stubs import Fault, Stub

HOSTS = (
    *("apis.data.go.kr", "api.data.go.kr", "api.odcloud.kr", "infuser.odcloud.kr", "file.localdata.go.kr"),
    *("jumin.mois.go.kr", "kosis.kr", "openapi.seoul.go.kr"),
)
KEYS = {"seoul": "stub-key", "kosis": "stub-key", "datagokr": "stub+key/with=signs"}
SMALL = Limits(seconds=4.0, size_bytes=2_000_000, grace_seconds=0.5, tries=2, pause_seconds=0.0)
NIGHT = datetime(2026, 9, 20, 4, 0, tzinfo=SEOUL)

BIKES, PEOPLE, TOILETS, FINES, CAMERAS, HOUSES, BULK = NAMES = (
    "seoul-bike-stations",
    "kosis-gangdong-population-monthly",
    "gangdong-toilets-standard",
    "gangdong-illegal-parking",
    "gangdong-cctv",
    "jumin-gangdong-households-monthly",
    "gangdong-toilets-file",
)
"""One of every way there is: pages of Seoul, KOSIS, standard data, odcloud, MOIS, two kinds of CSV."""

GENERAL = [
    ("html_200", "page"),
    ("empty_body", "page"),
    ("half_with_length", "cut"),
    ("half_without_length", "cut"),
    ("drip", "slow"),
    ("stall", "slow"),
    ("huge", "large"),
    ("gzip_bomb", "large"),
    ("status_500", "server"),
    ("status_503", "server"),
    ("status_504", "server"),
    ("status_429", "rate"),
    ("status_404", "gone"),
    ("redirect_elsewhere", "blocked"),
    ("redirect_loop", "blocked"),
]
"""Whoever answers so."""

TABLE = [
    *((BIKES, fault, kind) for fault, kind in GENERAL),
    *((HOUSES, fault, kind) for fault, kind in GENERAL),
    (BIKES, "wrong_charset", "charset"),
    (BIKES, "renamed_field", "fields"),
    (BIKES, "fewer_rows", "drop"),
    (BIKES, "duplicate_ids", "doubled"),
    (BIKES, "seoul_info_100", "key"),
    (BIKES, "seoul_info_200", "few"),
    (BIKES, "seoul_310", "gone"),
    (BIKES, "seoul_336", "request"),
    (BIKES, "seoul_500", "server"),
    (BIKES, "seoul_600", "server"),
    (PEOPLE, "kosis_10", "key"),
    (PEOPLE, "kosis_11", "key"),
    (PEOPLE, "kosis_20", "request"),
    (PEOPLE, "kosis_21", "gone"),
    (PEOPLE, "kosis_30", "few"),
    (PEOPLE, "kosis_40", "rate"),
    (PEOPLE, "kosis_50", "server"),
    (PEOPLE, "fewer_rows", "drop"),
    (PEOPLE, "html_200", "page"),
    (TOILETS, "g1", "key"),
    (TOILETS, "g2_401", "key"),
    (TOILETS, "g2_403", "key"),
    (TOILETS, "g2_404", "gone"),
    (TOILETS, "g2_429", "rate"),
    (TOILETS, "g2_500", "server"),
    (TOILETS, "g3_401", "key"),
    (TOILETS, "g3_403", "key"),
    (TOILETS, "g3_400", "gone"),
    (TOILETS, "g3_429", "quota"),
    (TOILETS, "quota_22", "quota"),
    (TOILETS, "rate_23", "rate"),
    (TOILETS, "provider_03", "few"),
    (TOILETS, "provider_10", "request"),
    (TOILETS, "total_wrong", "count"),
    (TOILETS, "fewer_rows", "drop"),
    (FINES, "odcloud_401", "key"),
    (FINES, "fewer_rows", "drop"),
    (CAMERAS, "g3_403", "key"),
    (CAMERAS, "fewer_rows", "drop"),
    (BULK, "fewer_rows", "drop"),
    (BULK, "wrong_charset", "charset"),
]
"""Dataset, fault, the kind that its outcome must have."""

HARMLESS = [
    (TOILETS, "control_character"),
    (TOILETS, "string_counts"),
    (TOILETS, "total_missing"),
    (TOILETS, "repeated_page"),
    (BIKES, "seoul_float_counts"),
    (BIKES, "cp949_as_utf8"),
    (PEOPLE, "kosis_unquoted"),
    (PEOPLE, "kosis_tab"),
]
"""Odd, but all of it is there."""


def entries() -> tuple[Entry, ...]:
    there = {one.id: one for one in load()}
    return tuple(replace(there[name], at_least=1) for name in NAMES)


class Night:
    """The portal with all sources, played by the stub."""

    def __init__(self, var: Path, stub: Stub) -> None:
        self.var, self.stub = var, stub
        gateways = {host: f"{stub.base}/{host}" for host in HOSTS}

        def client(sleep: Sleep) -> Client:
            # what would be waited for is only looked at: whether the run is to end
            return Client(SMALL, gateways, Clock(sleep=lambda _: sleep(0.0)))

        supply = Supply(entries(), None, KEYS, client, lambda: NIGHT)
        catalogue = Catalogue(f"sqlite:///{var / 'catalogue.sqlite'}")
        self.workshop = Workshop(catalogue, Storage(var), embedded(var / "index"), supply=supply)

    def run(self, *only: str) -> tuple[Run, dict[str, Fetch]]:
        run = run_now(self.workshop, None, "test", only, everything=False, job=runs.FETCH)
        return run, {one.entry: one for one in fetches.of_run(self.workshop.catalogue, run.id)}

    def editions(self) -> dict[str, str]:
        return {one.id: one.hash for one in datasets.current(self.workshop.catalogue)}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    """After a first good night."""
    with Stub() as stub:
        made = Night(tmp_path_factory.mktemp("night"), stub)
        run, outcomes = made.run()
        assert (run.state, {one.state for one in outcomes.values()}) == (runs.DONE, {fetches.NEW}), {
            one.entry: one.message for one in outcomes.values()
        }
        yield made
        made.workshop.catalogue.close()


@pytest.fixture
def quiet(night: Night) -> Iterator[Night]:
    yield night
    night.stub.fault = None
    night.stub.restore()


def test_a_full_night_brings_every_dataset_and_the_next_one_touches_nothing(quiet: Night) -> None:
    before, build = counts(quiet.workshop.engine), quiet.workshop.engine.live().build.id
    assert {name for name, records in before if records} == set(NAMES)
    run, outcomes = quiet.run()
    assert (run.state, {one.state for one in outcomes.values()}) == (runs.DONE, {fetches.UNCHANGED})
    assert quiet.workshop.engine.live().build.id == build


def host_of(name: str) -> str:
    return {
        BIKES: "openapi.seoul.go.kr",
        PEOPLE: "kosis.kr",
        TOILETS: "api.data.go.kr",
        FINES: "api.odcloud.kr",
        CAMERAS: "apis.data.go.kr",
        HOUSES: "jumin.mois.go.kr",
        BULK: "file.localdata.go.kr",
    }[name]


@pytest.mark.parametrize(("name", "fault", "kind"), TABLE)
def test_a_fault_keeps_the_old_data_says_why_and_hurts_nobody_else(
    quiet: Night, name: str, fault: str, kind: str
) -> None:
    before, editions = counts(quiet.workshop.engine), quiet.editions()
    quiet.stub.fault = Fault(fault, host=host_of(name))
    other = TOILETS if name != TOILETS else BIKES
    run, outcomes = quiet.run(name, other)
    assert outcomes[name].kind == kind, outcomes[name].message
    assert outcomes[name].state in {fetches.FAILED, fetches.HELD}
    assert "이전 판" in outcomes[name].message
    assert outcomes[other].state in fetches.ANSWERED
    assert run.state == runs.WARNED
    assert counts(quiet.workshop.engine) == before
    assert quiet.editions() == editions
    (standing,) = [one for one in fetches.standings(quiet.workshop.catalogue) if one.plan.entry == name]
    assert standing.failing_since is not None
    assert standing.succeeded_at is not None
    for key in KEYS.values():
        assert key not in outcomes[name].message


@pytest.mark.parametrize(("name", "fault"), HARMLESS)
def test_an_odd_answer_that_holds_everything_is_taken(quiet: Night, name: str, fault: str) -> None:
    before = counts(quiet.workshop.engine)
    quiet.stub.fault = Fault(fault, host=host_of(name))
    _, outcomes = quiet.run(name)
    assert outcomes[name].state in {fetches.NEW, fetches.UNCHANGED}, outcomes[name].message
    assert counts(quiet.workshop.engine) == before


def test_after_a_fault_the_next_run_is_well_again(quiet: Night) -> None:
    quiet.stub.fault = Fault("status_500", host=host_of(BIKES))
    quiet.run(BIKES)
    quiet.stub.fault = None
    run, outcomes = quiet.run(BIKES)
    assert run.state == runs.DONE
    assert outcomes[BIKES].state in fetches.ANSWERED
    (standing,) = [one for one in fetches.standings(quiet.workshop.catalogue) if one.plan.entry == BIKES]
    assert standing.failing_since is None


def test_a_fault_that_passes_is_waited_out(quiet: Night) -> None:
    quiet.stub.fault = Fault("status_504", times=1, host=host_of(BIKES))
    run, _ = quiet.run(BIKES)
    assert run.state == runs.DONE


def test_pages_that_have_come_are_not_asked_for_again_and_the_edition_is_the_same(
    quiet: Night, tmp_path: Path
) -> None:
    cut = Night(tmp_path / "cut", quiet.stub)
    quiet.stub.cut_after(2)
    run, outcomes = cut.run(BIKES)
    assert (run.state, outcomes[BIKES].kind) == (runs.FAILED, "cut")
    quiet.stub.restore()
    before = len(quiet.stub.calls_to(host_of(BIKES)))
    cut.run(BIKES)
    again = quiet.stub.calls_to(host_of(BIKES))[before:]
    assert [call.path.split("/")[-3] for call in again] == ["2001"]
    assert cut.editions()[BIKES] == quiet.editions()[BIKES]
    cut.workshop.catalogue.close()


def test_no_key_stands_in_anything_that_is_kept(quiet: Night) -> None:
    quiet.stub.fault = Fault("g3_403")
    quiet.run(TOILETS, CAMERAS, FINES)
    kept = [path for path in quiet.var.rglob("*") if path.is_file()]
    assert len(kept) > 10
    for path in kept:
        data = path.read_bytes()
        for key in ("stub-key", "stub+key/with=signs", "stub%2Bkey%2Fwith%3Dsigns"):
            assert key.encode() not in data, path
