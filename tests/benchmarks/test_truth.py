"""A wrong total is found, named, and makes the exit status 1; a right one passes."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import stand, truth
from benchmarks.truth import Truth
from indexer.workshop import Workshop
from search.engine import Snapshot


@pytest.fixture(scope="module")
def live(published: Workshop) -> Snapshot:
    return published.engine.live()


@pytest.fixture(scope="module")
def told(sample_files: Path) -> Truth:
    return Truth.load(sample_files)


def test_a_published_sample_says_what_its_generator_says(live: Snapshot, told: Truth) -> None:
    assert truth.faults(live, told) == []
    assert len(list(truth.known_values(live, told))) >= 5


def test_a_record_too_few_is_found(live: Snapshot, told: Truth) -> None:
    (said,) = truth.faults(live, replace(told, records=told.records + 1))
    assert said == f"records: {told.records:,}, not {told.records + 1:,}"


def test_a_wrong_year_and_a_missing_area_are_found(live: Snapshot, told: Truth) -> None:
    other = replace(told, by_year={**told.by_year, "1901": 5}, by_area={**told.by_area, "없음 > 없음": 2})
    assert truth.faults(live, other) == [
        "records by year, 1901: 0.0, not 5",
        "records by area, 없음 > 없음: 0.0, not 2",
    ]


def test_a_wrong_sum_is_found_in_its_dataset_and_over_everything(live: Snapshot, told: Truth) -> None:
    dataset = next(one for one in live.datasets.values() if one.numbers() and told.of(one)["sums"])
    column = next(one for one in dataset.numbers() if one.name in told.of(dataset)["sums"])
    file = told.files[dataset.source_file]
    sums = file["sums"][column.name]
    year, value = next(iter(sums["by_year"].items()))
    wrong = {**file["sums"], column.name: {**sums, "by_year": {**sums["by_year"], year: value + 1}}}
    found = truth.faults(
        live, replace(told, files={**told.files, dataset.source_file: {**file, "sums": wrong}})
    )
    assert f"{dataset.id}, {column.slot}, {year}" in found[0]
    assert any(one.startswith("sums of m0") for one in found) == (column == dataset.numbers()[0])


def test_a_wrong_value_of_a_category_is_found(live: Snapshot, told: Truth) -> None:
    wrong = tuple({**one, "records": one["records"] + 1} for one in told.values)
    assert len(truth.faults(live, replace(told, values=wrong))) == len(list(truth.known_values(live, told)))


def test_a_dataset_that_is_not_there_is_found(live: Snapshot, told: Truth) -> None:
    name, file = next(iter(told.files.items()))
    assert truth.faults(live, replace(told, files={**told.files, f"neu {name}": file})) == [
        f"neu {name}: not in the build"
    ]


def test_what_is_wrong_is_printed_and_ends_with_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    stand.ended([])
    with pytest.raises(SystemExit) as ending:
        stand.ended(["records: 1, not 2", "records: 1, not 2"])
    assert ending.value.code == 1
    assert capsys.readouterr().out.count("records: 1, not 2") == 1
