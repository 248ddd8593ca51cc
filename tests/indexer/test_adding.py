"""Files into the catalogue: what is known of a dataset is kept, what is damaged is mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import datasets
from indexer.adding import UNKNOWN_PROVIDER, add
from indexer.areas import UNKNOWN, Areas
from indexer.storage import Missing
from indexer.workshop import Workshop
from sources.contract import Facts, Fetched, Unreadable
from tests.conftest import embedded
from tests.indexer.small import PLAYGROUNDS, TABLES, put, small


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    made = small(tmp_path, embedded(tmp_path / "index"))
    yield made
    made.catalogue.close()


def known(workshop: Workshop, dataset: str) -> datasets.Current:
    return next(one for one in datasets.current(workshop.catalogue) if one.id == dataset)


def test_a_file_without_metadata_is_described_by_its_name(workshop: Workshop) -> None:
    put(workshop, "경찰청_범죄 발생 현황_20231231.csv", PLAYGROUNDS)
    found = known(workshop, "경찰청-범죄-발생-현황-20231231")
    assert (found.title, found.provider) == ("범죄 발생 현황", "경찰청")
    assert found.area != UNKNOWN
    assert found.report["published"] == "2023-12-31"
    put(workshop, "zzz.csv", PLAYGROUNDS)
    found = known(workshop, "zzz")
    assert (found.title, found.area, found.provider) == ("zzz", UNKNOWN, UNKNOWN_PROVIDER)


def test_what_staff_said_of_a_dataset_holds_for_its_next_edition(workshop: Workshop) -> None:
    said = Facts("어린이 놀이터", "환경 > 공원", "공원녹지과", "구가 돌보는 놀이터")
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS, said)
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS + "놀이터30,길동,2020,3\n", Facts(provider="푸른도시과"))
    found = known(workshop, "강동구-놀이터")
    assert (found.title, found.area, found.provider, found.description) == (
        "어린이 놀이터",
        "환경 > 공원",
        "푸른도시과",
        "구가 돌보는 놀이터",
    )
    assert found.records == 30


def test_a_refusal_names_the_reason_and_the_rest_goes_on(workshop: Workshop) -> None:
    given: list[Fetched | Unreadable] = [
        Unreadable("없음.csv", "cannot be read"),
        Fetched("빈 파일.csv", b"", Facts()),
        Fetched("표.csv", PLAYGROUNDS.encode(), Facts()),
    ]
    gone, empty, taken = add(workshop.catalogue, workshop.storage, Areas.load(), given)
    assert (gone.dataset, gone.why) == (None, "cannot be read")
    assert empty.dataset is None
    assert empty.why
    assert taken.dataset == "표"


def test_the_same_file_again_is_no_change(workshop: Workshop) -> None:
    assert not put(workshop, "강동구_놀이터.csv", TABLES["강동구_놀이터.csv"]).changed


def test_adding_again_mends_a_damaged_edition(workshop: Workshop) -> None:
    current = known(workshop, "강동구-놀이터")
    path = workshop.storage.var / "editions" / current.hash
    path.write_bytes(b"half")
    with pytest.raises(Missing, match="damaged"):
        workshop.storage.edition(current.hash)
    put(workshop, "강동구_놀이터.csv", PLAYGROUNDS)
    assert workshop.storage.edition(current.hash) == PLAYGROUNDS.encode()


@pytest.mark.parametrize("harm", ["gone", "damaged", "of other columns"])
def test_a_table_is_made_again_from_the_edition(workshop: Workshop, harm: str) -> None:
    current = known(workshop, "강동구-놀이터")
    whole = list(workshop.flat(current).records())
    path = workshop.storage.var / "tables" / f"{current.hash}.parquet"
    if harm == "gone":
        path.unlink()
    elif harm == "damaged":
        path.write_bytes(path.read_bytes()[:100])
    else:
        other = workshop.storage.table(known(workshop, "강동구-민원").hash)
        workshop.storage.keep_table(current.hash, other)
    assert list(workshop.flat(current).records()) == whole
    assert len(workshop.storage.table(current.hash)) == 29


def test_a_dataset_that_is_lost_altogether_is_named(workshop: Workshop) -> None:
    current = known(workshop, "강동구-놀이터")
    (workshop.storage.var / "tables" / f"{current.hash}.parquet").unlink()
    (workshop.storage.var / "editions" / current.hash).unlink()
    with pytest.raises(Missing, match=r"강동구-놀이터 \(강동구_놀이터\.csv\).*gbp add"):
        workshop.flat(current)


def test_what_a_file_says_of_itself_above_the_table_describes_it(workshop: Workshop) -> None:
    above = "기온분석\n[검색조건]\n지역/지점 : 서울\n\n"
    days = "".join(f"2020-03-{day:02d},{day / 2},{day + 5}\n" for day in range(1, 29))
    put(workshop, "ta_2020.csv", f"{above}날짜,최저기온(℃),최고기온(℃)\n{days}")
    found = known(workshop, "ta-2020")
    assert found.title == "기온분석"
    assert found.described == "기온분석 · [검색조건] · 지역/지점 : 서울"
    assert found.description == ""


def test_who_describes_a_dataset_is_believed_before_the_file(workshop: Workshop) -> None:
    above = "기온분석\n\n"
    days = "".join(f"2020-03-{day:02d},{day / 2},{day + 5}\n" for day in range(1, 29))
    said = Facts(title="weather", description="날마다의 기온")
    put(workshop, "ta.csv", f"{above}날짜,최저기온(℃),최고기온(℃)\n{days}", said)
    found = known(workshop, "ta")
    assert (found.title, found.described) == ("weather", "날마다의 기온")
