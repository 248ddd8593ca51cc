"""What the generator has written, against what the portal says: totals, and addresses whose answer is known."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, urlencode

from app.wording import found, number
from benchmarks.load import Ask
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import Answer, Filter, Groups, Selection

FILE = "truth.json"
CLOSE = 1e-9
"""Sums of decimals in another order differ in their last digits."""
CENT = 0.01
"""The truth is told with two decimals."""


@dataclass(frozen=True)
class Truth:
    """What a sample adds up to, as ``indexer.sample`` has written it down."""

    records: int
    by_year: Mapping[str, int]
    by_area: Mapping[str, int]
    files: Mapping[str, Mapping[str, Any]]
    values: tuple[Mapping[str, Any], ...]

    @classmethod
    def load(cls, folder: Path) -> Self:
        body = json.loads((folder / FILE).read_text(encoding="utf-8"))
        files = {unicodedata.normalize("NFC", name): one for name, one in body["files"].items()}
        return cls(
            body["records"], body["records_by_year"], body["records_by_area"], files, tuple(body["values"])
        )

    def of(self, dataset: Dataset) -> Mapping[str, Any]:
        """Empty for a dataset that is not of the sample."""
        return self.files.get(dataset.source_file, {})


def faults(snapshot: Snapshot, truth: Truth) -> list[str]:
    """Every total of the build that is not the generator's."""
    return [
        *_counts(snapshot, truth),
        *_sums(snapshot, truth),
        *_first_measures(snapshot, truth),
        *_values(snapshot, truth),
    ]


def _counts(snapshot: Snapshot, truth: Truth) -> Iterator[str]:
    every = Selection()
    total, year, area = snapshot.ask(
        [Groups(every), Groups(every, by=("year",)), Groups(every, by=("area",))]
    )
    if (said := total.groups[0].records) != truth.records:
        yield f"records: {said:,}, not {truth.records:,}"
    yield from _differing("records by year", counted(year), truth.by_year)
    yield from _differing("records by area", counted(area), truth.by_area)
    held = {one.source_file: one for one in snapshot.datasets.values()}
    yield from (f"{file}: not in the build" for file in truth.files if file not in held)


def _sums(snapshot: Snapshot, truth: Truth) -> Iterator[str]:
    """Records and sums of every number column by year, dataset by dataset: one after the other, each is short."""
    for dataset in snapshot.datasets.values():
        told = truth.of(dataset)
        if not told:
            continue
        slots = {
            str(one.slot): told["sums"][one.name] for one in dataset.numbers() if one.name in told["sums"]
        }
        only = Selection(filters=(Filter("dataset", (dataset.id,)),))
        (answer,) = snapshot.ask([Groups(only, by=("year",), numbers=tuple(slots))])
        yield from _differing(f"{dataset.id}, records", counted(answer), told["records_by_year"])
        for slot, sums in slots.items():
            yield from _differing(f"{dataset.id}, {slot}", summed(answer, slot), sums["by_year"])


def _first_measures(snapshot: Snapshot, truth: Truth) -> Iterator[str]:
    """The first number slot of all datasets of which the generator tells it, added up by year at once."""
    wanted: Counter[str] = Counter()
    told: list[str] = []
    for dataset in snapshot.datasets.values():
        sums = truth.of(dataset).get("sums", {})
        for column in dataset.numbers()[:1]:
            if column.name in sums:
                told.append(dataset.id)
                wanted.update(sums[column.name]["by_year"])
    every = Selection(filters=(Filter("dataset", tuple(told)),))
    (answer,) = snapshot.ask([Groups(every, by=("year",), numbers=("m0",))])
    yield from _differing("sums of m0", summed(answer, "m0"), wanted, within=CENT * len(told))


def _values(snapshot: Snapshot, truth: Truth) -> Iterator[str]:
    for dataset, column, measure, told in known_values(snapshot, truth):
        chosen = (Filter("dataset", (dataset.id,)), Filter(str(column.slot), (told["value"],)))
        (answer,) = snapshot.ask(
            [Groups(Selection(filters=chosen), by=("dataset",), numbers=(str(measure.slot),))]
        )
        said: dict[str, float] = {"records": sum(group.records for group in answer.groups)}
        said["sum"] = sum(summed(answer, str(measure.slot)).values())
        yield from _differing(
            f"{dataset.id}, {column.name}={told['value']}", said, {k: told[k] for k in said}
        )


def known_values(
    snapshot: Snapshot, truth: Truth
) -> Iterator[tuple[Dataset, Column, Column, Mapping[str, Any]]]:
    """Values of categories that the truth tells of: dataset, its column, its measure, what is told."""
    held = {one.source_file: one for one in snapshot.datasets.values()}
    for told in truth.values:
        dataset = held.get(unicodedata.normalize("NFC", told["file"]))
        column = dataset.column(told["column"]) if dataset else None
        measure = dataset.column(told["measure"]) if dataset else None
        if dataset and column and measure and column.slot and measure.is_number and not column.is_number:
            yield dataset, column, measure, told


def counted(answer: Answer) -> dict[str, float]:
    return {str(group.keys[0]): group.records for group in answer.groups}


def summed(answer: Answer, slot: str) -> dict[str, float]:
    """Sums of a number slot by the key of each group, those without a number left out."""
    return {str(group.keys[0]): group.stats[slot].sum for group in answer.groups if group.stats[slot].count}


def _differing(
    what: str, said: Mapping[str, float], told: Mapping[str, float], within: float = CENT
) -> Iterator[str]:
    for key in sorted({*said, *told}):
        there, wanted = said.get(key, 0.0), told.get(key, 0.0)
        if not isclose(there, wanted, rel_tol=CLOSE, abs_tol=within):
            yield f"{what}, {key}: {there:,}, not {wanted:,}"


def pages(snapshot: Snapshot, truth: Truth) -> list[Ask]:
    """Search pages of which it is known how many records they must tell."""
    held = [(one, truth.of(one)) for one in snapshot.datasets.values()]
    return [
        Ask(f"/search?dataset={quote(one.id)}", contains=found(1, told["records"]))
        for one, told in held
        if told
    ]


def searches(snapshot: Snapshot, truth: Truth) -> list[Ask]:
    """Searches of the API of which the total is known, by dataset, year and area."""
    chosen = [("year", year, records) for year, records in truth.by_year.items()]
    chosen += [("area", area, records) for area, records in truth.by_area.items()]
    chosen += [
        ("dataset", one.id, told["records"]) for one in snapshot.datasets.values() if (told := truth.of(one))
    ]
    return [
        Ask(f"/api/v1/search?{urlencode({name: value, 'size': 1})}", {"total": records})
        for name, value, records in chosen
    ]


def values(snapshot: Snapshot, truth: Truth) -> list[Ask]:
    """Records of one category, whose number is known."""
    return [
        Ask(
            f"/api/v1/datasets/{quote(one.id)}/records?{urlencode({column.name: told['value'], 'size': 1})}",
            {"total": told["records"]},
        )
        for one, column, _, told in known_values(snapshot, truth)
    ]


def dataset_pages(snapshot: Snapshot, truth: Truth) -> list[Ask]:
    """Pages of datasets, each of which tells how many records there are."""
    held = [(one, truth.of(one)) for one in snapshot.datasets.values()]
    return [
        Ask(f"/datasets/{quote(one.id)}", contains=f"{number(told['records'])}건")
        for one, told in held
        if told
    ]
