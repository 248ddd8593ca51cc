"""What the bundled sample promises."""

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from pyproj import Transformer

from indexer.cli.sample import sample
from indexer.intake import take
from indexer.sample import METADATA, TRUTH, Planned, plan, write_file, write_sample
from indexer.sample.catalogue import kinds

DATASETS, RECORDS, SEED = 16, 24_000, 2020


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample")
    write_sample(path, datasets=DATASETS, records=RECORDS, seed=SEED)
    return path


@pytest.fixture(scope="module")
def metadata(folder: Path) -> list[dict[str, str]]:
    with (folder / METADATA).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def table(folder: Path, item: Planned) -> pd.DataFrame:
    """A file of the sample with every cell as text, blanks as ""."""
    path = folder / item.file
    if item.form == "xlsx":
        return pd.read_excel(path, engine="calamine", dtype=str).fillna("")
    if item.form == "json":
        rows = json.loads(path.read_text(encoding="utf-8"))
        return pd.DataFrame(rows).astype(str)
    return pd.read_csv(path, encoding=item.form, dtype=str, keep_default_na=False)


def dong_times() -> dict[str, tuple[date, date]]:
    """First day and first day no more of every 행정동."""
    rows = json.loads(files("mappings").joinpath("regions.json").read_text(encoding="utf-8"))["dong"]
    return {
        row["name"]: (
            date.fromisoformat(row["valid_from"] or "0001-01-01"),
            date.fromisoformat(row["valid_to"] or "9999-12-31"),
        )
        for row in rows
    }


def leaf_of(title: str) -> str:
    """The area whose longest keyword is in the title, as mappings/areas.json says of itself."""
    table = json.loads(files("mappings").joinpath("areas.json").read_text(encoding="utf-8"))
    squeezed = title.replace(" ", "").casefold()
    found = [
        (len(word), f"{category['name']} > {area['name']}")
        for category in table["categories"]
        for area in category["areas"]
        for word in area["keywords"]
        if word.casefold() in squeezed
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else ""


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_sample(tmp_path, datasets=DATASETS, records=RECORDS, seed=SEED)
    assert {path.name for path in again} == {path.name for path in folder.iterdir()}
    assert all(path.read_bytes() == (folder / path.name).read_bytes() for path in again)


def test_another_seed_gives_other_numbers_in_the_same_files(folder: Path, tmp_path: Path) -> None:
    other = write_sample(tmp_path, datasets=DATASETS, records=RECORDS, seed=SEED + 1)
    data = [path for path in other if path.name not in {METADATA, TRUTH}]
    assert all(path.read_bytes() != (folder / path.name).read_bytes() for path in data)


def test_at_least_twelve_datasets_in_eight_areas_over_ten_years(folder: Path) -> None:
    planned = plan(DATASETS, RECORDS)
    assert len(planned) >= 12
    assert len({item.kind.area.split(" > ")[0] for item in planned}) >= 8
    years = {
        year
        for item in planned
        for header in ("연도", "기준연도", "사용월", "기준년월", "월")
        for year in table(folder, item).get(header, pd.Series(dtype=str)).str[:4]
    }
    assert years >= {str(year) for year in range(2015, 2026)}


@pytest.mark.parametrize(("datasets", "records"), [(DATASETS, RECORDS), (60, 90_000)])
def test_the_dong_of_each_period_existed_in_that_period(tmp_path: Path, datasets: int, records: int) -> None:
    write_sample(tmp_path, datasets=datasets, records=records)
    times = dong_times()
    checked = 0
    for item in plan(datasets, records):
        frame = table(tmp_path, item)
        time = next((name for name in frame if name in PERIOD_HEADERS), None)
        place = next((name for name in map(str, frame) if re.search("동명?$", name)), None)
        if time is None or place is None:
            continue
        for period, name in frame[[time, place]].drop_duplicates().itertuples(index=False):
            since, until = times[name]
            first, last = span(period)
            assert since <= last, (item.title, period, name)
            assert first < until, (item.title, period, name)
            checked += 1
    assert checked > 200


PERIOD_HEADERS = ("연도", "기준연도", "기준년월", "월", "기준일자", "데이터기준일자", "단속일자", "접수일자")


def span(period: str) -> tuple[date, date]:
    """First and last day (at most, the 28th) of 2021, 2021년, 202107, 2021-07 or 2021-07-01."""
    digits = re.sub(r"\D", "", period)
    year, month, day = int(digits[:4]), int(digits[4:6] or 0), int(digits[6:8] or 0)
    return date(year, month or 1, day or 1), date(year, month or 12, day or 28)


def test_sangil_dong_is_one_until_the_summer_of_2021_and_two_after(folder: Path) -> None:
    population = next(item for item in plan(DATASETS, RECORDS) if "주민등록인구" in item.title)
    frame = table(folder, population)
    assert set(frame.loc[frame["행정동"] == "상일동", "연도"]) == {str(year) for year in range(2015, 2021)}
    assert set(frame.loc[frame["행정동"] == "상일2동", "연도"]) == {str(year) for year in range(2021, 2026)}


@pytest.mark.parametrize(
    ("datasets", "records"), [(16, 24_000), (1, 10), (3, 77), (16, 160), (16, 5_001), (40, 30_011)]
)
def test_intake_makes_exactly_as_many_records_as_were_asked(
    tmp_path: Path, datasets: int, records: int
) -> None:
    write_sample(tmp_path, datasets=datasets, records=records)
    planned = plan(datasets, records)
    assert len(planned) == datasets
    assert sum(item.records for item in planned) == records
    assert min(item.records for item in planned) >= 10
    for item in planned:
        assert taken(tmp_path / item.file) == item.records, item.title


def taken(path: Path) -> int:
    """The records that intake makes of a file."""
    long = take(path.name, path.read_bytes()).long
    assert long is not None, path.name
    return len(long.frame)


def test_every_wide_table_is_counted_by_its_filled_cells(tmp_path: Path) -> None:
    wide = [item for item in plan(len(kinds()), 120_000) if "열로 펼쳐진" in item.kind.about]
    assert len(wide) >= 8
    for item in wide:
        write_file(tmp_path, item, item.order(SEED))
        assert taken(tmp_path / item.file) == item.records, item.title


def test_seed_scale_is_planned_exactly() -> None:
    planned = plan(269, 1_326_785)
    sizes = sorted(item.records for item in planned)
    assert sum(sizes) == 1_326_785
    assert sizes[0] >= 10
    assert 200 < sizes[134] < 1000, "most datasets are small"
    assert 100_000 < sizes[-1] < 170_000, "and a few are large"
    accidents = next(item for item in planned if item.title == "교통사고 발생현황")
    assert accidents.records == accidents.kind.typical, "small tables must not lose years to the large ones"
    assert len({item.file for item in planned}) == len({item.title for item in planned}) == 269


@pytest.mark.parametrize("scale", [2, 10])
def test_a_larger_scale_has_the_same_datasets_none_too_large_for_intake(scale: int) -> None:
    planned = plan(269, 1_326_785, scale)
    assert sum(item.records for item in planned) == scale * 1_326_785
    assert max(item.records for item in planned) <= 1_000_000
    assert [item.title for item in planned] == [item.title for item in plan(269, 1_326_785)]


def test_the_command_makes_so_many_times_the_records(tmp_path: Path) -> None:
    said = CliRunner().invoke(sample, ["--datasets", "3", "--records", "200", "--scale", "4", str(tmp_path)])
    assert said.exit_code == 0
    assert json.loads((tmp_path / TRUTH).read_text(encoding="utf-8"))["records"] == 800
    assert {path.name for path in tmp_path.iterdir()} >= {item.file for item in plan(3, 200)}


def test_no_table_has_so_many_columns_that_a_million_rows_are_too_many_cells() -> None:
    for item in plan(len(kinds()), 60_000):
        piece = next(item.kind.build(item.order(SEED)))
        assert piece.shape[1] < 19, item.title


@pytest.mark.parametrize(
    ("title", "number"),
    [("보안등 위치현황", "관리번호"), ("일반음식점 인허가 정보", "관리번호"), ("민원접수 처리내역", "연번")],
)
def test_what_is_written_in_pieces_is_one_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, title: str, number: str
) -> None:
    monkeypatch.setattr("indexer.sample.places.PIECE_RECORDS", 40)
    item = next(item for item in plan(len(kinds()), 60_000) if item.title == title)
    write_file(tmp_path, item, item.order(SEED))
    frame = table(tmp_path, item)
    assert len(frame) == item.records > 40
    assert frame[number].is_unique


def test_a_larger_sample_has_more_words(tmp_path: Path) -> None:
    small, large = (words(tmp_path / str(records), records) for records in (24_000, 120_000))
    assert len(large) > 3 * len(small)
    common = large.most_common(len(large) // 100)
    assert sum(times for _, times in common) > 0.5 * large.total(), "a few words are said again and again"
    assert sum(times == 1 for times in large.values()) > 0.4 * len(large), "many are said once"


def words(folder: Path, records: int) -> Counter[str]:
    """How often each word with a Hangul syllable stands in the cells of a sample of all kinds."""
    write_sample(folder, datasets=len(kinds()), records=records)
    return Counter(
        word
        for item in plan(len(kinds()), records)
        for _, column in table(folder, item).items()
        for cell, times in column.value_counts().items()
        for word in str(cell).split() * int(times)
        if re.search("[가-힣]", word)
    )


def test_some_petitions_tell_what_it_is_about(tmp_path: Path) -> None:
    item = next(item for item in plan(269, 1_326_785) if item.title == "민원접수 처리내역")
    item = replace(item, records=2_000)
    write_file(tmp_path, item, item.order(SEED))
    letters = table(tmp_path, item)["민원내용"]
    told = letters[letters != ""]
    assert 0.15 < len(told) / len(letters) < 0.35
    assert told.str.len().between(100, 340).all()
    assert told.is_unique


def test_every_file_can_be_read_in_its_declared_encoding(folder: Path) -> None:
    planned = plan(DATASETS, RECORDS)
    assert {item.form for item in planned} == {"cp949", "utf-8-sig", "utf-8", "xlsx", "json"}
    for item in planned:
        raw = (folder / item.file).read_bytes()
        assert raw[:4] == b"PK\x03\x04" if item.encoding is None else raw.decode(item.encoding)
        assert item.form != "cp949" or b"\r\n" in raw


def test_every_kind_of_file_can_be_written_and_has_no_row_twice(tmp_path: Path) -> None:
    planned = plan(len(kinds()), 60_000)
    write_sample(tmp_path, datasets=len(kinds()), records=60_000)
    for item in planned:
        frame = table(tmp_path, item)
        assert len(frame) == item.records or "열로 펼쳐진" in item.kind.about, item.title
        assert not frame.duplicated().any(), item.title


def test_metadata_names_every_file_and_marks_all_as_sample(
    folder: Path, metadata: list[dict[str, str]]
) -> None:
    data = {path.name for path in folder.iterdir()} - {METADATA, TRUTH}
    assert {row["file"] for row in metadata} == data
    assert all(row["sample"] == "1" for row in metadata)
    assert all("자동으로 만든 표본 자료" in row["description"] for row in metadata)


def test_what_the_metadata_leave_blank_stands_in_the_file_name(metadata: list[dict[str, str]]) -> None:
    assert any(not row["title"] for row in metadata)
    assert any(not row["provider"] for row in metadata)
    for row in metadata:
        provider, title, day = Path(row["file"]).stem.split("_")
        assert row["title"] in ("", title)
        assert row["provider"] in ("", provider)
        assert re.fullmatch(r"\d{8}", day)


def test_titles_leave_the_mark_to_the_portal() -> None:
    assert not [item.title for item in plan(400, 40_000) if "표본" in item.title]


def test_a_title_without_an_area_is_put_where_the_sample_puts_it() -> None:
    assert {kind.title: leaf_of(kind.title) for kind in kinds()} == {
        kind.title: kind.area for kind in kinds()
    }


def test_places_lie_in_the_district(folder: Path) -> None:
    for item in plan(DATASETS, RECORDS):
        frame = table(folder, item)
        if "위도" in frame:
            assert frame["위도"].astype(float).between(37.52, 37.58).all()
            assert frame["경도"].astype(float).between(127.11, 127.18).all()


def test_planar_coordinates_of_licences_lie_in_the_district_too(folder: Path) -> None:
    licences = table(folder, next(item for item in plan(DATASETS, RECORDS) if "음식점" in item.title))
    east, north = (licences[name].astype(float).to_numpy() for name in ("좌표정보(X)", "좌표정보(Y)"))
    longitude, latitude = Transformer.from_crs(5174, 4326, always_xy=True).transform(east, north)
    assert (abs(latitude - 37.55) < 0.03).all()
    assert (abs(longitude - 127.145) < 0.035).all()
    assert licences["인허가일자"].is_monotonic_increasing
    closed = licences[licences["폐업일자"] != ""]
    assert (closed["폐업일자"] >= closed["인허가일자"]).all()


def test_codes_keep_their_leading_zeros_and_phones_are_nobodys(folder: Path) -> None:
    lamps = next(item for item in plan(DATASETS, RECORDS) if "보안등" in item.title)
    assert table(folder, lamps)["관리번호"].iloc[0] == "000001"
    toilets = next(item for item in plan(DATASETS, RECORDS) if "화장실" in item.title)
    assert table(folder, toilets)["전화번호"].str.fullmatch(r"(02-0000-\d{4})?").all()


@pytest.mark.parametrize(("datasets", "records"), [(0, 100), (5, 49), (100_000, 10_000_000)])
def test_what_cannot_be_met_is_refused_before_anything_is_written(
    tmp_path: Path, datasets: int, records: int
) -> None:
    with pytest.raises(ValueError, match="datasets"):
        write_sample(tmp_path / "sample", datasets=datasets, records=records)
    assert not (tmp_path / "sample").exists()


def test_areas_are_twelve_with_every_leaf_and_keyword_once() -> None:
    areas = json.loads(files("mappings").joinpath("areas.json").read_text(encoding="utf-8"))["categories"]
    leaves = [area["name"] for category in areas for area in category["areas"]]
    keywords = [word for category in areas for area in category["areas"] for word in area["keywords"]]
    assert len(areas) == 12
    assert len(leaves) == len(set(leaves)) >= 60
    assert len(keywords) == len(set(keywords))


def test_regions_hold_the_nineteen_dong_of_today_and_where_the_others_went() -> None:
    table = json.loads(files("mappings").joinpath("regions.json").read_text(encoding="utf-8"))
    current = [row for row in table["dong"] if row["valid_to"] is None]
    codes = {row["code10"] for row in table["dong"]}
    assert (len(current), len(table["sido"]), len(table["seoul_sigungu"])) == (19, 17, 25)
    assert len(codes) == len(table["dong"])
    assert all(re.fullmatch(r"11740\d{5}", code) for code in codes)
    assert next(row for row in table["dong"] if row["name"] == "상일동")["successors"] == [
        "상일1동",
        "상일2동",
    ]
