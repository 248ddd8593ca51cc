"""Totals of real published files against hand-made truth: cards, charts and the API say the same number.

``python -m tests.real_totals`` reads the folder of real files in place, indexes every file that has totals in
the truth on the embedded engine, and prints the count. The tests run it on both engines.
"""

import json
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from app.charts import entries
from app.charts.chart import REGION, YEAR, Chart, Source
from app.charts.kinds import bars, trend
from app.charts.shape import shape
from app.forms import DATASET, Facet, dataset_facets
from app.naming import named
from app.pages.cards import cards_of
from app.totals import totals
from app.wording import number, plain_name
from catalogue import runs
from catalogue.store import Catalogue
from indexer.adding import add
from indexer.areas import Areas
from indexer.intake.meaning.wide import TITLES, read_heading
from indexer.intake.period import parse
from indexer.jobs import run_next
from indexer.storage import Storage
from indexer.workshop import Workshop
from search.documents import Column, Dataset
from search.engine import Engine, Snapshot
from search.finding.find import Asked as Search
from search.finding.find import find
from search.language.query import Language
from search.language.synonyms import Synonyms
from search.opening import open_engine
from search.plan import Filter, Groups, Selection
from sources import folder
from sources.contract import Facts

SHARED = Path(__file__).parents[2] / "shared" / "data"
REAL = SHARED / "real"
CLOSE = 1e-9
NAMELESS, WHOLE = "값", "전체"
"""Sums of decimals in another order differ in their last digits."""


@dataclass(frozen=True)
class Truth:
    """A total that a person has added up: of a measure of a file where columns have these values."""

    file: str
    measure: str
    where: dict[str, Any]
    value: float


@dataclass
class Score:
    """What was compared. ``wrong`` names each total that differs, ``not_held`` those the portal has no number for."""

    totals: int = 0
    cards: int = 0
    charts: int = 0
    wrong: list[str] = field(default_factory=list)
    not_held: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shown = f"{self.totals} by the API, {self.cards} on cards, {self.charts} in charts"
        return f"{shown}, {len(self.wrong)} wrong, {len(self.not_held)} not held"


def truths() -> list[Truth]:
    entries = json.loads((SHARED / "truth.json").read_text(encoding="utf-8"))
    return [
        Truth(plain(entry["file"]), one["measure"], one["where"], one["value"])
        for entry in entries
        for one in entry.get("sums") or ()
    ]


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def indexed(var: Path, engine: Engine, files: list[Path]) -> Workshop:
    """The files on an engine."""
    shop = Workshop(Catalogue(f"sqlite:///{var / 'c.sqlite'}"), Storage(var), engine)
    list(add(shop.catalogue, shop.storage, Areas.load(), folder.read(files, {}, Facts())))
    run_next(shop, None, runs.enqueue(shop.catalogue, "test", all_of_them=True))
    return shop


def compare(snapshot: Snapshot, wanted: list[Truth]) -> Score:
    """Every total of the truth against what the portal says."""
    by_file = {plain(one.source_file): one for one in snapshot.datasets.values()}
    score = Score()
    for truth in wanted:
        found = asked(snapshot, by_file[truth.file], truth)
        if found is None:
            score.not_held.append(str(truth))
        else:
            _compare(snapshot, found, truth, score)
    return score


@dataclass(frozen=True)
class Asked:
    """A total as the portal is asked for it: a column under filters by facet."""

    dataset: Dataset
    column: Column
    filters: tuple[tuple[Facet, str | int], ...]

    def selection(self, without: Facet | None = None) -> Selection:
        kept = (Filter(facet.field, (value,)) for facet, value in self.filters if facet != without)
        return Selection(filters=(Filter("dataset", (self.dataset.id,)), *kept))


def asked(snapshot: Snapshot, dataset: Dataset, truth: Truth) -> Asked | None:
    """None where no number column is the measure or no column has the values."""
    heading = read_heading(truth.measure)
    names = {one.name: one for one in dataset.numbers()}
    where = _where(truth.where)
    column = names.get(truth.measure)
    if column is None:
        whole = names.get(WHOLE) if truth.measure.endswith("계") else None
        column = whole or names.get(heading.rest or NAMELESS) or _only(dataset, truth.measure)
        where = {TITLES[dim]: value for dim, value in heading.dims.items()} | where
        if heading.period and not {"year", "period"} & set(where):
            where["period"] = str(heading.period)
    if column is None:
        return None
    filters = []
    known = {one.name for one in dataset.columns} | {"year", "period"}
    for name, value in where.items():
        if name not in known and name in TITLES.values() and name not in truth.where:
            continue  # a dimension that was not turned into rows is in the name of the measure
        facet = _facet(snapshot, dataset, name, str(value))
        if facet is None and _holds_everywhere(snapshot, dataset, str(value)):
            continue  # the one station of the file: by its number, which is a code and no choice
        if facet is None:
            return None
        filters.append(facet)
    return Asked(dataset, column, tuple(filters))


def _holds_everywhere(snapshot: Snapshot, dataset: Dataset, value: str) -> bool:
    """Whether every record of the dataset holds the value."""
    language = Language.of([dataset], Synonyms.of(()), datetime.now(UTC).year)
    wanted = Search(f'"{value}"', (Filter("dataset", (dataset.id,)),))
    return find(snapshot, wanted, language).total == dataset.records


def _only(dataset: Dataset, measure: str) -> Column | None:
    """The number column whose name stands in the header, or the only one of a table turned long."""
    numbers = dataset.numbers()
    within = [one for one in numbers if one.name in measure]
    if within:
        return max(within, key=lambda one: len(one.name))
    return numbers[0] if len(numbers) == 1 else None


def _where(where: dict[str, Any]) -> dict[str, Any]:
    """The truth's names of dimensions as columns of the long table."""
    found = {TITLES.get(name, name): value for name, value in where.items()}
    if "quarter" in found:
        found["period"] = f"{found.pop('year')}-Q{found.pop('quarter')}"
    coded = {"기준_년_코드", "기준_분기_코드"}
    if coded <= set(found):
        found["period"] = f"{found.pop('기준_년_코드')}-Q{found.pop('기준_분기_코드')}"
    if "기준_년분기_코드" in found:
        text = str(found.pop("기준_년분기_코드"))
        found["period"] = f"{text[:4]}-Q{text[4]}"
    for name in {"시점", "가입년월"} & set(found):
        found["period"] = str(parse(str(found.pop(name))))
    return found


def _facet(snapshot: Snapshot, dataset: Dataset, name: str, value: str) -> tuple[Facet, str | int] | None:
    if name == "year":
        return YEAR, int(value)
    facets = {facet.name: facet for facet in dataset_facets(dataset)}
    facets["period"] = Facet("period", "period", "시점")
    tried = [facets.get(name)]
    if name == "region":  # what is written in a column of places and is none (도시이외) stands there as it is
        tried += [facets.get(column.name) for column in dataset.columns if column.role == "region"]
    only = Selection(filters=(Filter("dataset", (dataset.id,)),))
    for facet in filter(None, tried):
        (answer,) = snapshot.ask([Groups(only, by=(facet.field,))])
        values = {str(group.keys[0]) for group in answer.groups}
        if spelt := next((one for one in (value, f"{value}자") if one in values), None):
            return facet, spelt
    return None


def _compare(snapshot: Snapshot, found: Asked, truth: Truth, score: Score) -> None:
    said = list(_said(snapshot, found))
    for kind, value in said:
        count = {"total": "totals", "card": "cards"}.get(kind, "charts")
        setattr(score, count, getattr(score, count) + 1)
        right = value == number(truth.value) if isinstance(value, str) else _same(value, truth.value)
        if not right:
            score.wrong.append(f"{truth}: {kind} says {value}")


def _same(value: float, wanted: float) -> bool:
    return abs(value - wanted) <= CLOSE * max(1.0, abs(wanted))


def _said(snapshot: Snapshot, found: Asked) -> Iterator[tuple[str, float | str]]:
    """The number by the API's totals, on the card, and in the table of each chart that shows it."""
    dataset, selection = found.dataset, found.selection()
    whole = totals(snapshot, dataset, selection, found.column, DATASET)
    yield "total", whole.values[0].value
    formed = shape(snapshot, dataset, selection)
    if whole.kind == "stock" or len(formed.years.counts) < 2:
        label = plain_name(named(dataset, found.column))
        yield from (
            ("card", one.value) for one in cards_of(snapshot, Source(snapshot, formed)) if one.label == label
        )
    for facet, value in found.filters:
        yield from _charted(snapshot, found, facet, value)
    if not found.filters:
        yield from _added(snapshot, found)


def _charted(
    snapshot: Snapshot, found: Asked, facet: Facet, value: str | int
) -> Iterator[tuple[str, float | str]]:
    """The line of the value in a chart by its field, under the other filters."""
    source = Source(snapshot, shape(snapshot, found.dataset, found.selection(without=facet)))
    kind = trend if facet == YEAR else bars
    if facet.field == "period":
        return
    told = kind.tell(source, Chart(kind.NAME, found.column, (facet,), ""))
    if told is None:
        return
    frame: pd.DataFrame = told.frame
    rows = frame[frame["key"] == str(value)]
    if len(rows):
        yield f"{kind.NAME} by {facet.name}", float(rows["value"].iloc[0])


def _added(snapshot: Snapshot, found: Asked) -> Iterator[tuple[str, float | str]]:
    """All lines of a chart by category or by place together."""
    source = Source(snapshot, shape(snapshot, found.dataset, found.selection()))
    facets = [facet for facet, values in source.shape.categories if values.records == source.shape.records]
    if source.shape.regions.records == source.shape.records:
        facets.append(REGION)
    for facet in facets[:2]:
        told = bars.tell(source, Chart(bars.NAME, found.column, (facet,), ""))
        if told is not None and entries.kind_of(told.chart) is bars:
            yield f"bars by {facet.name}", float(told.frame["value"].sum())


def main(opensearch_url: str | None = None) -> int:
    """Print the score of every file, embedded or on a server; exit status 1 where a total is wrong."""
    wanted = truths()
    names = {one.file for one in wanted}
    files = [path for path in sorted(REAL.iterdir()) if plain(path.name) in names]
    with tempfile.TemporaryDirectory() as var:
        shop = indexed(Path(var), open_engine(opensearch_url, None, Path(var) / "index"), files)
        score = compare(shop.engine.live(), wanted)
        shop.catalogue.close()
    sys.stdout.write(f"{len(files)} files, {len(wanted)} totals: {score}\n")
    sys.stdout.write("".join(f"{one}\n" for one in (*score.wrong, *score.not_held)))
    return 1 if score.wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
