"""Series beside each other: their values, and how they become comparable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.charts.chart import REGION, YEAR
from app.charts.narrowing import narrowed
from app.charts.yearly import yearly
from app.comparing.asking import As, By, Chosen
from app.naming import named
from app.totals import Value, totals
from app.trends.series import Series
from app.wording import plain_name
from search.documents import Column, Dataset
from search.engine import Snapshot
from search.plan import Filter, Selection

PEOPLE = 1_000
"""Values per head are told per so many residents."""

FEW_COMMON = 0.5
"""Of the places of a series: fewer are hardly a comparison, and it is said why."""


@dataclass(frozen=True)
class Line:
    """A series to be drawn: values by year or by place, what they are called, what there is to say of them."""

    chosen: Chosen
    name: str
    unit: str
    kind: str
    values: Mapping[str, float]
    notes: tuple[str, ...]
    url: str
    year: int | None = None
    """Of places: the year their values are of, where it is one."""


class NotComparable(ValueError):
    """The series cannot be told in the way that is asked for; the message says why, in Korean."""


def lines(snapshot: Snapshot, found: Iterable[Chosen], by: By, way: As) -> tuple[Line, ...]:
    """Each series by year or by place, made comparable. Raises NotComparable."""
    plain = tuple(_line(snapshot, one, by) for one in found)
    names = [line.name for line in plain]
    titled = (
        line.name if names.count(line.name) == 1 else f"{line.chosen.dataset.title}: {line.name}"
        for line in plain
    )
    plain = tuple(replace(line, name=name) for line, name in zip(plain, _distinct(list(titled)), strict=True))
    if by == "region":
        plain = tuple(_beside(line, plain) for line in plain)
    if way == "index":
        first = _first_common(plain) if by == "year" else ""
        return tuple(_index(line, by, first) for line in plain)
    if way == "per_head":
        people = residents(snapshot.datasets.values())
        if people is None:
            raise NotComparable("인구 자료가 없어 인구 천 명당 값을 낼 수 없습니다.")
        return tuple(_per_head(snapshot, line, people, by) for line in plain)
    return plain


def _line(snapshot: Snapshot, one: Chosen, by: By) -> Line:
    facet = YEAR if by == "year" else REGION
    told_of = narrowed(snapshot, one.dataset, one.selection)
    shape = told_of.shape
    found = totals(snapshot, one.dataset, shape.selection, one.column, facet)
    notes = tuple(narrowing.note for narrowing in told_of.narrowings)
    values = {str(value.key): value.value for value in found.values if str(value.key)}
    if by == "year":
        is_register = found.register or shape.is_register
        told = Series(()) if is_register else yearly(found, shape)
        values = {str(point.year): float(point.value or 0) for point in told.whole}
        notes = (*notes, *_notes(told, is_register=is_register))
    column = named(one.dataset, one.column)
    moment = (
        next((f"{value.period} 기준" for value in found.values if value.period), "") if by == "region" else ""
    )
    title = " ".join(
        filter(None, (one.wanted.region, one.wanted.category.partition("=")[2], plain_name(column)))
    )
    mean = "평균 " if found.kind == "rate" and not title.startswith("평균") else ""
    return Line(
        one,
        mean + title,
        column.unit or "",
        found.kind,
        values,
        tuple(filter(None, (moment, *notes))),
        f"/datasets/{one.dataset.id}",
        _year_of(one.dataset, found.values),
    )


def _beside(line: Line, every: Iterable[Line]) -> Line:
    """Said of one with few places in common with the others: 천호동 and 천호1동 are of two levels, no place and its part."""
    others = {place for other in every if other is not line for place in other.values}
    common = len(line.values.keys() & others)
    if not others or common >= FEW_COMMON * len(line.values):
        return line
    note = f"지역 {len(line.values)}곳 가운데 {common}곳만 다른 계열에도 있습니다. 법정동(천호동)과 행정동(천호1동)은 따로 셉니다"
    return replace(line, notes=(*line.notes, note))


def _year_of(dataset: Dataset, values: Iterable[Value]) -> int | None:
    """The year of the moment at which places are told, or the only one there is."""
    periods = {value.period[:4] for value in values if value.period[:4].isdigit()}
    if len(periods) == 1:
        return int(periods.pop())
    return dataset.years[0] if len(dataset.years) == 1 else None


def _notes(told: Series, *, is_register: bool) -> Iterator[str]:
    if is_register:
        yield "날짜는 레코드마다 확인한 날이어서 해마다의 값이 아닙니다"
    yield from (one.why for one in told.breaks)
    yield from (f"{point.year}년은 {point.parts}만 있어 뺐습니다" for point in told.points if point.parts)


def _distinct(names: list[str]) -> list[str]:
    """Names none of which stands twice."""
    return [name if names.count(name) == 1 else f"{name} ({at})" for at, name in enumerate(names, start=1)]


def _first_common(found: Iterable[Line]) -> str:
    """The first year of which every series has a value, or nothing."""
    years = [set(line.values) for line in found if line.values]
    return min(set.intersection(*years), default="") if years else ""


def _index(line: Line, by: By, common: str) -> Line:
    """The first common year, else its own first, or of places their mean, is 100."""
    base = 0.0
    if line.values:
        first = common or min(line.values)
        base = line.values[first] if by == "year" else sum(line.values.values()) / len(line.values)
    values = {key: value / base * 100 for key, value in line.values.items()} if base > 0 else {}
    told = f"{common or min(line.values)}년=100" if by == "year" and line.values else "지역 평균=100"
    missing = () if base > 0 else ("첫 값이 0이거나 음수여서 지수를 낼 수 없습니다",)
    return replace(line, unit=told, values=values, notes=(*line.notes, *missing))


def residents(datasets: Iterable[Dataset]) -> tuple[Dataset, Column] | None:
    """The dataset that counts residents over most years, and its column."""
    found = [
        (len(one.years), len(one.regions), one, column)
        for one in datasets
        for column in one.numbers()[:1]
        if "주민등록" in one.title + one.area and "인구" in one.title and column.kind == "stock"
    ]
    best = max(found, key=lambda item: item[:2], default=None)
    return (best[2], best[3]) if best else None


def _per_head(snapshot: Snapshot, line: Line, people: tuple[Dataset, Column], by: By) -> Line:
    """By the residents of the same year or place; of a mean there is nothing to divide."""
    if line.kind == "rate":
        notes = (*line.notes, "비율·평균이어서 인구로 나누지 않았습니다")
        return replace(line, values={}, notes=notes)
    dataset, column = people
    places = _places(line.chosen, dataset)
    if places is None:
        notes = (*line.notes, "인구 자료에 없는 지역이 있어 인구로 나누지 않았습니다")
        return replace(line, values={}, notes=notes)
    if by == "region" and line.year is None:
        notes = (*line.notes, "여러 해의 값이어서 한 해의 인구로 나누지 않았습니다")
        return replace(line, values={}, notes=notes)
    filters = [Filter("dataset", (dataset.id,)), *([Filter("region", places)] if places else [])]
    if by == "region" and line.year:
        filters.append(Filter("year", (line.year,)))
    counted = totals(
        snapshot, dataset, Selection(filters=tuple(filters)), column, YEAR if by == "year" else REGION
    )
    heads = {str(value.key): value.value for value in counted.values}
    values = {
        key: value / heads[key] * PEOPLE for key, value in line.values.items() if heads.get(key, 0.0) > 0
    }
    notes = (*line.notes, f"인구: {dataset.title}")
    unit = f"{line.unit}/천 명" if line.unit else "천 명당"
    return replace(line, unit=unit, values=values, notes=notes)


def _places(one: Chosen, people: Dataset) -> tuple[str, ...] | None:
    """The places a series is of, which the residents are counted in; None where one of them is not."""
    wanted = (one.wanted.region,) if one.wanted.region else one.dataset.regions
    return wanted if set(wanted) <= set(people.regions) else None
