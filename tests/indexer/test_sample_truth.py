"""The truth beside a sample is what its files hold, as intake reads them too."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from indexer.intake import take
from indexer.intake.table import Long, Role
from indexer.sample import METADATA, TRUTH, plan, write_file, write_sample
from indexer.sample.catalogue import kinds
from indexer.sample.truth import RECORDS
from sources import folder as source
from sources.contract import Facts

DATASETS, TOTAL, SEED = 16, 24_000, 2020


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample")
    write_sample(path, datasets=DATASETS, records=TOTAL)
    return path


@pytest.fixture(scope="module")
def truth(made: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((made / TRUTH).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def read(made: Path) -> dict[str, Long]:
    """Every file as intake reads it."""
    found = {item.file: take(item.file, (made / item.file).read_bytes()).long for item in plan(16, 24_000)}
    return {file: long for file, long in found.items() if long is not None}


def test_all_records_are_told_by_year_and_by_area(truth: dict[str, Any]) -> None:
    assert (truth["datasets"], truth["records"]) == (DATASETS, TOTAL)
    for counts in (truth["records_by_year"], truth["records_by_area"]):
        assert sum(counts.values()) == TOTAL
    assert sum(one["records"] for one in truth["files"].values()) == TOTAL


def test_intake_finds_the_same_records_in_the_same_years(
    truth: dict[str, Any], read: dict[str, Long]
) -> None:
    assert truth["files"].keys() == read.keys()
    for file, long in read.items():
        counts = long.frame["#year"].value_counts().sort_index()
        assert truth["files"][file]["records_by_year"] == by_year(counts), file


def test_intake_finds_the_same_sums_of_every_measure_in_every_year(
    truth: dict[str, Any], read: dict[str, Long]
) -> None:
    compared = 0
    for file, long in read.items():
        for column in long.columns:
            if column.role != Role.MEASURE:
                continue
            sums = long.frame.groupby("#year")[f"#{column.name}"].sum()
            told = truth["files"][file]["sums"][column.name]
            assert told["by_year"] == pytest.approx(by_year(sums)), (file, column.name)
            assert told["sum"] == pytest.approx(float(sums.sum()), abs=0.01)
            compared += len(sums)
    assert compared > 100


def by_year(numbers: "pd.Series[Any]") -> dict[str, float]:
    return {str(year): float(number) for year, number in numbers.items()}


def test_the_values_told_select_just_these_records(truth: dict[str, Any], read: dict[str, Long]) -> None:
    assert len(truth["values"]) >= 8
    for told in truth["values"]:
        frame = read[told["file"]].frame
        chosen = frame[frame[told["column"]] == told["value"]]
        assert 0 < len(chosen) == told["records"] < len(frame), told
        assert float(chosen[f"#{told['measure']}"].sum()) == pytest.approx(told["sum"], abs=0.01)


def test_at_most_forty_values_are_told_in_a_small_file(tmp_path: Path) -> None:
    write_sample(tmp_path, datasets=len(kinds()), records=40_000)
    told = json.loads((tmp_path / TRUTH).read_text(encoding="utf-8"))
    assert len(told["values"]) == 40
    assert (tmp_path / TRUTH).stat().st_size < 1_000_000


@pytest.mark.parametrize("title", ["CCTV 설치현황", "불법주정차 단속내역"])
def test_a_file_written_in_pieces_adds_up_as_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, title: str
) -> None:
    monkeypatch.setattr("indexer.sample.places.PIECE_RECORDS", 333)
    item = next(item for item in plan(40, 40_000) if item.title == title)
    item = replace(item, records=1_000)  # the last piece is a single row
    told = write_file(tmp_path, item, item.order(SEED))
    frame = pd.read_csv(tmp_path / item.file, encoding=item.form, thousands=",")
    assert told.years[RECORDS].sum() == len(frame) == 1_000
    assert told.words[RECORDS].to_dict() == frame[told.column].value_counts().to_dict()
    for measure in told.measures():
        assert told.years[measure].sum() == frame[measure].sum()


def test_the_truth_is_no_data_file(made: Path) -> None:
    names = {one.file for one in source.read([made], {}, Facts())}
    assert TRUTH not in names | {path.name for path in source.left_out([made])}
    assert len(names) == DATASETS
    assert METADATA not in names
