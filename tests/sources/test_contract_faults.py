"""Every fault that the sources are known for (source-formats §10): named rightly, or read rightly all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sources.client import Limits
from sources.errors import Kind, SourceError
from sources.opening import opened, rows_of
from tests.sources.calling import NOW, Fetching
from tests.sources.entries import (
    BULK,
    GATEWAY,
    GATEWAYS,
    JUMIN,
    KOSIS,
    MINISTRY,
    ODCLOUD,
    PAGED,
    POPULATION,
    SEOUL,
    STANDARD,
    WAYS,
    Way,
)
from tests.sources.stubs import NAMES, Fault, Stub

SAME = "the same table"
ONCE = Limits(seconds=0.25, size_bytes=3_000_000, grace_seconds=0.1, tries=1, pause_seconds=0.0)
DATAGOKR = (*GATEWAYS, ODCLOUD)


@dataclass(frozen=True)
class Case:
    """``then``: the kind of the error, the number of rows, or that the table is as without the fault."""

    way: Way
    fault: Fault
    then: Kind | int | str
    generation: int = 3

    def __str__(self) -> str:
        detail = f"-{self.fault.detail}" if self.fault.detail else ""
        return f"{self.way.name}-{self.fault.name}{detail}-g{self.generation}"


def cases(ways: Sequence[Way], then: Kind | int | str, *faults: str) -> list[Case]:
    """A fault with its detail: ``g1 31``."""
    found = []
    for fault in faults:
        name, _, detail = fault.partition(" ")
        found += [Case(way, Fault(name, host=way.host, detail=detail), then) for way in ways]
    return found


ANYWHERE = [
    *cases(WAYS, "page", "html_200", "empty_body"),
    *cases(WAYS, "cut", "half_with_length", "half_without_length"),
    *cases(WAYS, "slow", "drip", "stall", "slow"),
    *cases(WAYS, "large", "huge", "gzip_bomb"),
    *cases(WAYS, "key", "status_403"),
    *cases(WAYS, "gone", "status_404"),
    *cases(WAYS, "rate", "status_429"),
    *cases(WAYS, "server", "status_500", "status_502", "status_503", "status_504"),
    *cases(WAYS, "blocked", "redirect_elsewhere", "redirect_loop"),
    *cases(WAYS, "charset", "wrong_charset"),
    *cases([one for one in WAYS if one not in (JUMIN, BULK)], SAME, "cp949_as_utf8"),
]
DATA_PORTAL = [
    *cases(GATEWAYS, "key", "g1", "g1 20", "g1 29", "g1 31", "g2_401", "g2_403", "g3_401", "g3_403"),
    *cases(GATEWAYS, "gone", "g1 12", "g2_404", "g3_400"),
    *cases(GATEWAYS, "quota", "g1 22", "g3_429", "quota_22"),
    *cases(GATEWAYS, "rate", "g1 23", "g2_429", "rate_23"),
    *cases(GATEWAYS, "server", "g1 01", "g1 04", "g1 05", "g1 99", "g2_500"),
    *cases(GATEWAYS, "server", *(f"provider_{code}" for code in ("01", "02", "04", "05", "99"))),
    *cases(GATEWAYS, "request", "provider_10", "provider_11", "provider_10 null"),
    *cases(GATEWAYS, 0, "provider_03", "provider_03 null", "provider_03 3", "provider_03 003"),
    *cases(GATEWAYS, 0, "items_blank", "items_null", "items_missing"),
    *cases((GATEWAY, STANDARD, MINISTRY), 1, "items_object"),
    *cases(GATEWAYS, SAME, "flat_items", "capped_100", "unwrapped"),
    *cases(GATEWAYS, SAME, *(f"success_spelling {code}" for code in ("0", "00", "000", "0000"))),
    *cases((ODCLOUD,), "key", "odcloud_401"),
    *(
        Case(way, Fault(name, host=way.host), kind, generation)
        for way in GATEWAYS
        for name, kind in (("quota_22", "quota"), ("rate_23", "rate"))
        for generation in (1, 2)
    ),
]
PAGES = [
    *cases(PAGED, SAME, "string_counts", "total_missing", "repeated_page end"),
    *cases(PAGED, "count", "total_wrong", "repeated_page"),
]
STATISTICS = [
    *cases((KOSIS,), "key", "kosis_10", "kosis_11", "kosis_12", "kosis_xml_error 11", "kosis_errmsg 11"),
    *cases((KOSIS,), "request", "kosis_20", "kosis_31", "kosis_41", "kosis_errcode 20"),
    *cases((KOSIS,), "gone", "kosis_21"),
    *cases((KOSIS,), "rate", "kosis_40", "kosis_errmsg 40"),
    *cases((KOSIS,), "quota", "kosis_42", "kosis_errmsg 42"),
    *cases((KOSIS,), "server", "kosis_50", "kosis_unquoted_error", "kosis_errcode", "kosis_errmsg"),
    *cases((KOSIS,), 0, "kosis_30", "kosis_xml_error", "kosis_errmsg 30", "kosis_unquoted_error 30"),
    *cases((KOSIS,), 1, "kosis_single"),
    *cases((KOSIS,), KOSIS.rows, "kosis_symbols"),
    *cases((KOSIS,), SAME, "kosis_unquoted", "kosis_tab"),
]
PLAZA = [
    *cases((SEOUL,), "key", "seoul_info_100", "seoul_335"),
    *cases((SEOUL,), 0, "seoul_info_200"),
    *cases((SEOUL,), "request", *(f"seoul_{code}" for code in (300, 301, 331, 332, 333, 334, 336))),
    *cases((SEOUL,), "gone", "seoul_310"),
    *cases((SEOUL,), "server", "seoul_500", "seoul_600", "seoul_601"),
    *cases((SEOUL,), "count", "seoul_total_changes"),
    *cases(
        (SEOUL,), SAME, "seoul_wrapper", "seoul_old_names", "seoul_new_names", "seoul_float_counts", "seoul_euc_header"
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def serving() -> Iterator[Stub]:
    with Stub() as stub:
        yield stub


@pytest.fixture
def stub(serving: Stub) -> Iterator[Stub]:
    yield serving
    serving.fault, serving.generation = None, 3


@pytest.fixture(scope="module")
def right(serving: Stub, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """The table of each way without a fault."""
    fetching = Fetching(serving, tmp_path_factory.mktemp("right"))
    return {way.name: table(fetching.fetch(way.entry)) for way in WAYS}


def table(edition: bytes) -> list[dict[str, str]]:
    made = opened(edition)
    return rows_of(made.data if made else edition)


@pytest.mark.parametrize("case", [*ANYWHERE, *DATA_PORTAL, *PAGES, *STATISTICS, *PLAZA], ids=str)
def test_each_fault_is_named_or_borne(
    stub: Stub, right: dict[str, list[dict[str, str]]], tmp_path: Path, case: Case
) -> None:
    stub.fault, stub.generation = case.fault, case.generation
    hasty = case.then == "slow"  # too much is found whatever the machine is busy with
    fetching = Fetching(stub, tmp_path, ONCE if hasty else replace(ONCE, seconds=20.0, grace_seconds=9.0))
    if isinstance(case.then, str) and case.then != SAME:
        with pytest.raises(SourceError) as error:
            table(fetching.fetch(case.way.entry))
        assert error.value.kind == case.then, str(error.value)
        return
    rows = table(fetching.fetch(case.way.entry))
    assert rows == right[case.way.name] if case.then == SAME else len(rows) == case.then


def test_every_fault_that_a_stub_has_is_tried() -> None:
    tried = {case.fault.name for case in (*ANYWHERE, *DATA_PORTAL, *PAGES, *STATISTICS, *PLAZA)}
    later = {"renamed_field", "fewer_rows", "duplicate_ids", "blank_values", "control_character"}
    assert set(NAMES) - tried == later, (
        "these are good answers to a connector: see below and test_fetch_faults"
    )


@pytest.mark.parametrize("way", [GATEWAY, STANDARD, MINISTRY, ODCLOUD, SEOUL], ids=lambda way: way.name)
def test_raw_control_characters_in_a_text_are_borne(stub: Stub, tmp_path: Path, way: Way) -> None:
    stub.fault = Fault("control_character")
    assert len(table(Fetching(stub, tmp_path).fetch(way.entry))) == way.rows


@pytest.mark.parametrize("way", [SEOUL, STANDARD, ODCLOUD, MINISTRY], ids=lambda way: way.name)
def test_blanks_of_any_kind_are_empty(stub: Stub, tmp_path: Path, way: Way) -> None:
    stub.fault = Fault("blank_values")
    rows = table(Fetching(stub, tmp_path).fetch(way.entry))
    assert len(rows) == way.rows
    emptied = [name for name in rows[0] if sum(not row[name] for row in rows) > way.rows / 2]
    assert len(emptied) == 1
    assert {row[emptied[0]].strip() for row in rows} & {"null", "None", ""} == {""}


def test_a_page_smaller_than_asked_for_is_not_the_end(stub: Stub, tmp_path: Path) -> None:
    """The service gives 100 rows whatever is asked for."""
    entry = replace(STANDARD.entry, request={**STANDARD.entry.request, "rows": 1_000})
    stub.fault = Fault("capped_100")
    stub.calls.clear()
    assert len(table(Fetching(stub, tmp_path).fetch(entry))) == STANDARD.rows
    assert [call.params["pageNo"] for call in stub.calls] == ["1", "2"]


@pytest.mark.parametrize("way", [GATEWAY, STANDARD, MINISTRY, POPULATION], ids=lambda way: way.name)
def test_xml_of_a_service_makes_the_same_table(
    stub: Stub, right: dict[str, list[dict[str, str]]], tmp_path: Path, way: Way
) -> None:
    """Some send XML whatever they are asked for."""
    as_xml = stub.answer

    def answer(asked, fault, url):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        params = {
            name: value
            for name, value in asked.params.items()
            if name not in {"type", "returnType", "dataType"}
        }
        return as_xml(asked._replace(params=params), fault, url)

    stub.answer = answer  # type: ignore[method-assign]
    try:
        rows = table(Fetching(stub, tmp_path, now=NOW).fetch(way.entry))
    finally:
        stub.answer = as_xml  # type: ignore[method-assign]
    assert rows == right[way.name]
