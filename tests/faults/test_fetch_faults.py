"""Bad answers that look like good ones, over every way of fetching; and what nobody has thought of.

Faults that a connector names itself are in tests/sources/test_contract_faults.py, a night with them in
test_sources_at_fault.py.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from sqlalchemy.exc import OperationalError

from catalogue import fetches, runs
from indexer import receiving
from sources import packing
from tests.indexer.supplied import Portal
from tests.sources.entries import (
    BULK,
    GATEWAY,
    JUMIN,
    KOSIS,
    MINISTRY,
    ODCLOUD,
    POPULATION,
    SEOUL,
    STANDARD,
    WAYS,
    Way,
)
from tests.sources.stubs import Fault, Stub
from tests.sources.stubs.wire import Answer, Asked

ALONE = (SEOUL, KOSIS, STANDARD, JUMIN)
"""Each the only one behind its host."""

TABLE = [
    *((way, "fewer_rows", "held", "drop") for way in WAYS),
    *((way, "duplicate_ids", "held", "doubled") for way in WAYS if way not in (KOSIS, MINISTRY)),
    (KOSIS, "duplicate_ids", "failed", "form"),  # one cell with two values
    (MINISTRY, "duplicate_ids", "new", ""),  # the newest of them is kept
    *((way, "renamed_field", "held", "columns") for way in WAYS if way not in (KOSIS, JUMIN, GATEWAY)),
    (GATEWAY, "renamed_field rideNope", "held", "columns"),
    (KOSIS, "renamed_field", "failed", "fields"),  # the numbers themselves are gone
    (KOSIS, "renamed_field PRD_DE", "failed", "fields"),
    (JUMIN, "renamed_field", "new", ""),  # of the sum of men and women, which intake leaves out
    *((way, "half_without_length line", "held", "drop") for way in (JUMIN, BULK)),
    *((way, "half_without_length", "failed", "cut") for way in WAYS),
    *((way, "html_200", "failed", "page") for way in WAYS),
    *((way, "wrong_charset", "failed", "charset") for way in WAYS),
    (STANDARD, "renamed_field prkplceNo", "failed", "fields"),
    (SEOUL, "renamed_field USE_YMD", "failed", "fields"),
    (GATEWAY, "renamed_field", "failed", "fields"),  # of the day
]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """After a first good night."""
    with Stub() as stub:
        made = Portal(tmp_path_factory.mktemp("faults"), stub, tuple(way.entry for way in WAYS))
        assert made.run()[0].state == runs.DONE
        yield made
        made.catalogue.close()


@pytest.fixture
def well(portal: Portal) -> Iterator[Portal]:
    yield portal
    portal.stub.fault = None


def asked(portal: Portal, way: Way, fault: str) -> None:
    name, _, detail = fault.partition(" ")
    portal.stub.fault = Fault(name, host=way.host, detail=detail)


@pytest.mark.parametrize(
    ("way", "fault", "state", "kind"),
    [pytest.param(*case, id=f"{case[0].name}-{case[1]}".replace(" ", "-")) for case in TABLE],
)
def test_a_bad_answer_is_never_published_as_a_good_one(
    well: Portal, way: Way, fault: str, state: str, kind: str
) -> None:
    before = well.counts()
    asked(well, way, fault)
    run, outcomes = well.run(way.name)
    told = outcomes[way.name]
    assert (told.state, told.kind) == (state, kind), told.message
    assert well.counts() == before
    if state != fetches.NEW:
        assert run.state in {runs.WARNED, runs.FAILED}
        assert "이전 판을 그대로 둡니다(20" in told.message, "since when"
        assert any("가" <= sign <= "힣" for sign in told.message)
    well.stub.fault = None
    run, outcomes = well.run(way.name)
    assert (run.state, outcomes[way.name].state in fetches.ANSWERED) == (runs.DONE, True)
    assert well.counts() == before


@pytest.mark.parametrize(
    "fault", ["html_200", "half_with_length", "drip", "huge", "status_403", "fewer_rows"]
)
@pytest.mark.parametrize("way", ALONE, ids=lambda way: way.name)
def test_a_fault_of_one_source_leaves_all_the_others_alone(well: Portal, way: Way, fault: str) -> None:
    before, editions = well.counts(), well.editions()
    asked(well, way, fault)
    run, outcomes = well.run()
    assert run.state == runs.WARNED
    assert outcomes.pop(way.name).state in {fetches.FAILED, fetches.HELD}
    assert {one.state for one in outcomes.values()} == {fetches.UNCHANGED}
    assert len(outcomes) == len(WAYS) - 1
    assert well.counts() == before
    assert well.editions() == editions
    well.stub.fault = None
    assert well.run(way.name)[0].state == runs.DONE


def test_if_every_source_is_at_fault_the_run_has_failed_and_the_portal_stands(well: Portal) -> None:
    before = well.counts()
    well.stub.fault = Fault("status_500")
    run, outcomes = well.run()
    assert run.state == runs.FAILED
    assert {one.kind for one in outcomes.values()} <= {"server", "network"}
    assert well.counts() == before


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RecursionError("too deep"), "RecursionError: too deep"),
        (MemoryError(), "MemoryError"),
        (OSError(28, "No space left on device"), "No space left on device"),
        (OperationalError("INSERT …", {}, Exception("database is locked")), "database is locked"),
        (ZeroDivisionError("x\ny"), "ZeroDivisionError: x"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_nobody_thought_of_hurts_one_dataset_only(
    well: Portal, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def pack(packed: packing.Packed) -> bytes:
        if packed.entry == KOSIS.name:
            raise error
        return packing.pack(packed)

    monkeypatch.setattr(receiving, "pack", pack)
    run, outcomes = well.run()
    told = outcomes[KOSIS.name]
    assert (run.state, told.state, told.kind) == (runs.WARNED, fetches.FAILED, "error")
    assert said in told.message
    assert "INSERT" not in told.message
    assert "\n" not in told.message
    assert "이전 판을 그대로" in told.message
    assert {one.state for name, one in outcomes.items() if name != KOSIS.name} == {fetches.UNCHANGED}


def test_a_mistake_of_the_list_is_said_to_be_one(well: Portal) -> None:
    request = {name: value for name, value in STANDARD.entry.request.items() if name != "service"}
    well.entries = tuple(
        replace(way.entry, request=request) if way is STANDARD else way.entry for way in WAYS
    )
    run, outcomes = well.run(STANDARD.name, KOSIS.name)
    well.entries = tuple(way.entry for way in WAYS)
    told = outcomes[STANDARD.name]
    assert (run.state, told.kind, "service" in told.message) == (runs.WARNED, "request", True)
    assert told.message.startswith("목록의 항목을 고쳐야 합니다")


KEY = "k+e/y=&\"<'% 가{}~$#?"
"""Whatever signs a key may have."""


def echoing(asked: Asked) -> Answer:
    """An answer with all that was asked, as some providers write into their errors."""
    said = f"wrong key {json.dumps(dict(asked.params), ensure_ascii=False)} in {asked.path} {asked.steps}"
    if asked.host == KOSIS.host:
        return Answer(json.dumps({"err": "20", "errMsg": said}, ensure_ascii=False).encode())
    if asked.host == SEOUL.host:
        return Answer(json.dumps({"RESULT": {"CODE": "ERROR-300", "MESSAGE": said}}).encode())
    if asked.host == ODCLOUD.host:
        return Answer(json.dumps({"code": -2, "msg": said}, ensure_ascii=False).encode(), status=400)
    if asked.host == STANDARD.host:
        message = {"errMsg": said, "returnAuthMsg": said, "returnReasonCode": "30"}
        return Answer(json.dumps({"OpenAPI_ServiceResponse": {"cmmMsgHeader": message}}).encode())
    return Answer(f"Unauthorized {said}".encode(), "text/plain", 401)


@pytest.mark.parametrize("encoded", [False, True], ids=["plain", "as the portal shows it"])
def test_no_key_stands_in_any_row_file_or_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], *, encoded: bool
) -> None:
    shown = quote(KEY, safe="") if encoded else KEY
    keys = {"seoul": KEY, "kosis": KEY, "datagokr": shown}
    with Stub() as stub, caplog.at_level(logging.DEBUG):
        plain = stub.answer
        stub.answer = lambda asked, fault, url: (  # type: ignore[method-assign]
            plain(asked, fault, url) if asked.host.startswith("infuser") else echoing(asked)
        )
        ways = (SEOUL, KOSIS, GATEWAY, STANDARD, ODCLOUD, MINISTRY, POPULATION)
        portal = Portal(tmp_path, stub, tuple(way.entry for way in ways), keys=keys)
        run, outcomes = portal.run()
        portal.catalogue.close()
        assert {call.params.get("serviceKey", call.params.get("apiKey", KEY)) for call in stub.calls} == {KEY}
    assert run.state == runs.FAILED
    assert {one.state for one in outcomes.values()} == {fetches.FAILED}
    hidden = [name for name, one in outcomes.items() if "***" in one.message]
    assert len(hidden) == len(ways), [one.message for one in outcomes.values()]
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "catalogue.sqlite" for path in kept)
    texts = [path.read_bytes() for path in kept] + [
        caplog.text.encode(),
        *(one.encode() for one in capfd.readouterr()),
    ]
    for spelt in (KEY, quote(KEY), quote(KEY, safe=""), quote_plus(KEY), json.dumps(KEY)[1:-1], KEY[:9]):
        assert not [text for text in texts if spelt.encode() in text], spelt
