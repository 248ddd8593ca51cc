"""What every connector promises, whatever its source: parametrised over all ways of fetching."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.errors import SourceError
from sources.opening import opened, rows_of
from sources.packing import unpack
from tests.sources.calling import Fetching
from tests.sources.entries import KOSIS, PACKED, PAGED, WAYS, Way
from tests.sources.stubs import Stub


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as serving:
        yield serving


@pytest.fixture
def fetching(stub: Stub, tmp_path: Path) -> Fetching:
    return Fetching(stub, tmp_path)


def named(way: Way) -> str:
    return way.name


every_way = pytest.mark.parametrize("way", WAYS, ids=named)


def table(edition: bytes) -> list[dict[str, str]]:
    made = opened(edition)
    return rows_of(made.data if made else edition)


@every_way
def test_a_good_answer_is_a_table_of_all_rows_under_our_names(fetching: Fetching, way: Way) -> None:
    rows = table(fetching.fetch(way.entry))
    assert len(rows) == way.rows
    assert set(way.columns) <= set(rows[0])
    assert all(row[way.columns[0]] for row in rows)


@every_way
def test_the_same_answers_make_the_same_bytes(fetching: Fetching, way: Way) -> None:
    assert fetching.fetch(way.entry) == fetching.fetch(way.entry)


@pytest.mark.parametrize("way", PACKED, ids=named)
def test_an_edition_is_read_again_without_the_network(stub: Stub, fetching: Fetching, way: Way) -> None:
    edition = fetching.fetch(way.entry)
    first = opened(edition)
    calls = len(stub.calls)
    stub.cut_after(0)
    assert opened(edition) == first
    assert len(stub.calls) == calls
    packed = unpack(edition)
    assert packed
    assert (packed.entry, packed.source, len(packed.asked)) == (way.name, way.entry.source, len(packed.pages))


@every_way
def test_each_page_is_asked_for_once(stub: Stub, fetching: Fetching, way: Way) -> None:
    fetching.fetch(way.entry)
    asked = stub.calls_to(way.host)
    assert len(asked) == way.calls
    assert len({(call.path, tuple(sorted(call.params.items()))) for call in asked}) == way.calls
    assert fetching.pages[-1][0] == fetching.pages[-1][1], "the last page is told to be the last"


@pytest.mark.parametrize(
    ("way", "served"), [pytest.param(way, n, id=f"{way.name}-{n}") for way in PAGED for n in range(way.calls)]
)
def test_a_fetch_broken_off_goes_on_where_it_was(stub: Stub, tmp_path: Path, way: Way, served: int) -> None:
    undisturbed = Fetching(stub, tmp_path / "whole").fetch(way.entry)
    stub.calls.clear()
    stub.cut_after(served)
    broken = Fetching(stub, tmp_path / "broken")
    with pytest.raises(SourceError) as error:
        broken.fetch(way.entry)
    assert error.value.kind in {"network", "cut"}
    assert len(stub.calls_to(way.host)) == served
    stub.restore()
    assert broken.fetch(way.entry) == undisturbed
    assert len(stub.calls_to(way.host)) == way.calls, "finished pages are not asked for again"


def test_a_question_in_halves_goes_on_where_it_was(stub: Stub, tmp_path: Path) -> None:
    stub.kosis_most_cells = 12
    undisturbed = Fetching(stub, tmp_path / "whole").fetch(KOSIS.entry)
    whole = len(stub.calls)
    stub.calls.clear()
    for served in range(whole):
        stub.cut_after(1 if served else 0)
        with pytest.raises(SourceError):
            Fetching(stub, tmp_path / "broken").fetch(KOSIS.entry)
    stub.restore()
    assert Fetching(stub, tmp_path / "broken").fetch(KOSIS.entry) == undisturbed
    assert len(stub.calls) == whole


@every_way
def test_an_empty_result_is_no_error(stub: Stub, fetching: Fetching, way: Way) -> None:
    world = stub.worlds[way.world]
    assert isinstance(world, list)
    nowhere = {"sggNm": "", "admmCd": "1100000000", "C1": "99", "USE_YMD": "19990101"}
    stub.worlds[way.world] = [
        {**row, **{name: value for name, value in nowhere.items() if name in row}} for row in world[:1]
    ]
    if way.name in {"gateway-rides", "standard-car-parks", "odcloud-parking", "mois-shelters"}:
        stub.worlds[way.world] = []
    if way.name == "mois-bulk-toilets":
        stub.worlds[way.world] = (",".join(world[0]) + "\r\n").encode("cp949")
    if way.name == "mois-jumin":
        stub.worlds[way.world] = '"행정구역","2025년11월_총인구수"\r\n'.encode("cp949")
    assert table(fetching.fetch(way.entry)) == []
