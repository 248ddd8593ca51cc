"""What ``/compare`` is asked: up to eight series, by year or by place, and how they are made comparable."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.forms import dataset_facets
from app.params import ParamError
from search.documents import Column, Dataset
from search.plan import Filter, Selection

MOST = 8
_BEYOND = re.compile(r"d(?:9|[1-9]\d+)")
By = Literal["year", "region"]
As = Literal["value", "per_head", "index"]
NAMES = frozenset({"by", "as", *(f"{part}{at}" for part in "dmrc" for at in range(1, MOST + 1))})
"""Of each series by its number: dataset, measure, region, category (``성별=여``)."""


@dataclass(frozen=True)
class Wanted:
    """One series: a measure of a dataset, of one place or all, of one value of a category or all."""

    dataset: str
    measure: str = ""
    region: str = ""
    category: str = ""


@dataclass(frozen=True)
class Comparison:
    """What is asked for. ``by`` year or place; ``way``: as it is, per thousand residents, or as an index."""

    wanted: tuple[Wanted, ...]
    by: By = "year"
    way: As = "value"

    def url(self, path: str) -> str:
        """The permalink."""
        pairs = [
            (f"{name}{at}", value)
            for at, one in enumerate(self.wanted, start=1)
            for name, value in zip("dmrc", (one.dataset, one.measure, one.region, one.category), strict=True)
            if value
        ]
        pairs += [("by", self.by)] if self.by != "year" else []
        pairs += [("as", self.way)] if self.way != "value" else []
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def without(self, at: int) -> "Comparison":
        """The same without one series, counted from 0."""
        return replace(self, wanted=(*self.wanted[:at], *self.wanted[at + 1 :]))


def read(args: MultiDict[str, str], *, strict: bool = False) -> Comparison:
    """Raises ParamError. Numbers left out between series do not matter."""
    if strict and (strange := sorted(set(args) - NAMES - {"raw"})):
        raise ParamError(strange[0], f"‘{strange[0]}’ 항목은 쓸 수 없습니다.")
    if beyond := sorted(name for name in args if _BEYOND.fullmatch(name)):
        raise ParamError(beyond[0], f"계열은 {MOST}개까지 견줄 수 있습니다. {beyond[0]} 뒤는 빼 주세요.")
    wanted = tuple(
        Wanted(dataset, *(args.get(f"{name}{at}", "").strip() for name in "mrc"))
        for at in range(1, MOST + 1)
        if (dataset := args.get(f"d{at}", "").strip())
    )
    by, way = args.get("by") or "year", args.get("as") or "value"
    if by not in get_args(By):
        raise ParamError("by", "by는 year(연도별)나 region(지역별)이어야 합니다.")
    if way not in get_args(As):
        raise ParamError("as", "as는 value(값), per_head(인구 천 명당), index(지수) 가운데 하나여야 합니다.")
    return Comparison(wanted, by, way)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Chosen:
    """A series found in the build, with the records it is of."""

    wanted: Wanted
    dataset: Dataset
    column: Column
    filters: tuple[Filter, ...]

    @property
    def selection(self) -> Selection:
        return Selection(filters=(Filter("dataset", (self.dataset.id,)), *self.filters))


def chosen(datasets: Mapping[str, Dataset], asked: Comparison) -> tuple[Chosen, ...]:
    """The series asked for, measures of their own where none is named. Raises ParamError."""
    return tuple(_chosen(datasets, one, at) for at, one in enumerate(asked.wanted, start=1))


def _chosen(datasets: Mapping[str, Dataset], one: Wanted, at: int) -> Chosen:
    dataset = datasets.get(one.dataset)
    if dataset is None:
        raise ParamError(f"d{at}", f"‘{one.dataset[:80]}’ 데이터셋이 없습니다.")
    numbers = {column.name: column for column in dataset.numbers()}
    if not numbers:
        raise ParamError(f"d{at}", f"‘{dataset.title}’에는 견줄 수치가 없습니다.")
    column = numbers.get(one.measure) if one.measure else next(iter(numbers.values()))
    if column is None:
        raise ParamError(f"m{at}", f"‘{dataset.title}’에는 ‘{one.measure[:80]}’ 수치가 없습니다.")
    wanted = replace(one, measure=column.name)
    return Chosen(wanted, dataset, column, tuple(_filters(dataset, one, at)))


def _filters(dataset: Dataset, one: Wanted, at: int) -> Iterator[Filter]:
    if one.region:
        if one.region not in dataset.regions:
            raise ParamError(f"r{at}", f"‘{dataset.title}’에는 ‘{one.region[:80]}’ 지역이 없습니다.")
        yield Filter("region", (one.region,))
    if one.category:
        name, _, value = one.category.partition("=")
        facet = {facet.name: facet for facet in dataset_facets(dataset)}.get(name)
        if facet is None or not value:
            raise ParamError(f"c{at}", f"‘{one.category[:80]}’: 성별=여 처럼 항목과 값을 적어 주세요.")
        yield Filter(facet.field, (value,))
