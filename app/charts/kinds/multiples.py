"""Small lines side by side: how each place went its own way over the years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
from bokeh.models import ColumnDataSource

from app.charts import drawing, order
from app.charts.boundaries import Boundaries
from app.charts.chart import RECORDS, REGION, YEAR, Chart, Source, Told
from app.charts.sentences import subject
from app.charts.theme import GRID_COLOUR, LINE_COLOUR, styled
from app.charts.worth import spread, worth
from app.crossing import Cross, crossed
from app.totals import holds_things
from app.wording import listed, plain_name, short, with_particle
from search.language.places import past
from search.language.regions import district_beside_others

NAME = "multiples"
LEAST_YEARS, MOST_PLACES = 3, 30
PANELS_A_ROW = 3
PANEL_PX = 92
MARGIN_PX = 20
WEIGHT = 0.8
_INNER_WIDE, _INNER_HIGH = 0.84, 0.5
"""Of a panel: the room of its line, beneath its name."""


def charts(source: Source) -> Iterator[Chart]:
    """By the dong of the district; districts side by side are compared by bars."""
    shape = source.shape
    places = [name for name in shape.regions.counts if name]
    if shape.is_register or len(shape.years.counts) < LEAST_YEARS or not 2 < len(places) <= MOST_PLACES:
        return
    if district_beside_others(places) is not None or shape.chosen_places:
        return
    column = (*shape.numbers, RECORDS)[0]
    if column is RECORDS and holds_things(shape.dataset):
        return
    yield Chart(
        NAME, column, (REGION, YEAR), "동마다 여러 해의 값이 있어 저마다의 변화를 나란히 보여 줍니다."
    )


def tell(source: Source, chart: Chart) -> Told | None:
    shape = source.shape
    found = crossed(source.snapshot, shape.dataset, shape.selection, chart.column, (REGION, YEAR))
    values, notes = _joined(found)
    frame = _frame(values)
    if found.partial or frame.empty or not frame["value"].any():
        return None
    moved = _moved(frame)
    if len(moved) < 2 or not any(moved.values()):
        return None
    return Told(
        chart=chart,
        frame=frame,
        names={"key": REGION.label, "value": plain_name(chart.column)},
        summary=_sentence(chart, found.kind, moved, frame),
        rule=f"{found.rule} 칸마다 세로축은 0부터 그 동의 가장 큰 값까지입니다.",
        worth=worth(
            WEIGHT, float(frame["value"].notna().mean()), spread([100 + one for one in moved.values()])
        ),
        height_px=MARGIN_PX + PANEL_PX * -(-frame["key"].nunique() // PANELS_A_ROW),
        notes=notes,
    )


def _joined(found: Cross) -> tuple[dict[str, dict[int, float]], tuple[str, ...]]:
    """By place its values by year; a dong that was divided goes on with the sum of its parts, and it is said.

    Means cannot be joined so: there the old dong ends and the new ones begin.
    """
    values: dict[str, dict[int, float]] = defaultdict(dict)
    for cell in found.cells:
        if str(cell.keys[0]):
            values[str(cell.keys[0])][int(cell.keys[1])] = cell.value
    notes: list[str] = []
    for place in list(values):
        known = past(place)
        notes += [f"{place}: {day}에 경계가 바뀌어 앞뒤를 그대로 견줄 수 없습니다." for day in known.changed]
        if not known.ended or not set(known.successors) <= set(values):
            continue
        parts = listed(known.successors)
        if found.kind == "rate":
            notes.append(f"{place}: {known.ended} {with_particle(parts, '으로/로')} 나뉘었습니다.")
        else:
            _join(values, place, known.successors)
            notes.append(f"{with_particle(place, '은/는')} {known.ended}부터 {parts}의 값을 더해 이었습니다.")
    return values, tuple(notes)


def _join(values: dict[str, dict[int, float]], place: str, parts: tuple[str, ...]) -> None:
    whole = values.pop(place)
    for part in parts:
        for year, value in values.pop(part).items():
            whole[year] = whole.get(year, 0.0) + value
    values[f"{place}({listed(parts)})"] = whole


def _frame(values: dict[str, dict[int, float]]) -> pd.DataFrame:
    """Columns key (place), column (year), value (NaN for a gap); the greatest place first."""
    years = sorted({year for found in values.values() for year in found})
    nan = float("nan")
    places = order.ranked(values, lambda place: values[place][max(values[place])])
    rows = [
        (place, str(year), values[place].get(year, nan))
        for place in places
        for year in range(years[0], years[-1] + 1)
    ]
    return pd.DataFrame(rows, columns=["key", "column", "value"])


def _moved(frame: pd.DataFrame) -> dict[str, float]:
    """Change from the first to the last year in percent, of places that have both."""
    found: dict[str, float] = {}
    for place, part in frame.groupby("key", sort=False):
        first, last = float(part["value"].iloc[0]), float(part["value"].iloc[-1])
        if first > 0 and not pd.isna(last):
            found[str(place)] = (last - first) / first * 100
    return found


def _sentence(chart: Chart, kind: str, moved: dict[str, float], frame: pd.DataFrame) -> str:
    years = frame["column"]
    up, down = max(moved, key=lambda place: moved[place]), min(moved, key=lambda place: moved[place])
    about = with_particle(subject(chart.column, kind), "은/는")
    return (
        f"{years.iloc[0]}년에서 {years.iloc[-1]}년까지 {about} ‘{up}’에서 {moved[up]:+.1f}%로 가장 많이 늘었고 "
        f"‘{down}’에서 {moved[down]:+.1f}%입니다."
        if moved[up] > 0
        else f"{years.iloc[0]}년에서 {years.iloc[-1]}년까지 {about} 모든 곳에서 줄었고, ‘{down}’에서 가장 많이"
        f"({moved[down]:+.1f}%) 줄었습니다."
    )


def draw(told: Told, _: Boundaries | None) -> Any:
    """One figure with a panel for each place: eighteen figures would weigh ten times as much."""
    frame = told.frame
    places = frame["key"].unique().tolist()
    years = [int(year) for year in frame["column"].unique()]
    rows = -(-len(places) // PANELS_A_ROW)
    corner = {place: (at % PANELS_A_ROW, rows - 1 - at // PANELS_A_ROW) for at, place in enumerate(places)}
    most = frame.groupby("key")["value"].max()
    span = max(years[-1] - years[0], 1)
    x = [
        corner[place][0] + _INNER_WIDE * (int(year) - years[0]) / span
        for place, year in zip(frame["key"], frame["column"], strict=True)
    ]
    y = [
        corner[place][1] + _INNER_HIGH * (value / most[place] if most[place] else 0.0)
        for place, value in zip(frame["key"], frame["value"], strict=True)
    ]
    plot = drawing.blank(
        height=told.height_px,
        x_range=drawing.between(-0.15, PANELS_A_ROW),
        y_range=drawing.between(-0.2, rows),
    )
    _grounds(plot, corner.values())
    data = drawing.source(frame, told.chart.column.unit, x=x, y=y)
    lines = [
        list(
            zip(*[(a, b) for a, b, key in zip(x, y, frame["key"], strict=True) if key == place], strict=True)
        )
        for place in places
    ]
    plot.multi_line(
        [list(one[0]) for one in lines], [list(one[1]) for one in lines], line_width=2, color=LINE_COLOUR
    )
    points = plot.scatter("x", "y", source=data, size=4, color=LINE_COLOUR)
    _labels(plot, frame, corner, (str(years[0]), str(years[-1])))
    tips = [
        (REGION.label, "@key"),
        (YEAR.label, "@column"),
        (plain_name(told.chart.column), "@told"),
    ]
    drawing.hover(plot, tips, [points])
    return styled(plot)


def _grounds(plot: Any, corners: Iterable[tuple[int, int]]) -> None:
    found = list(corners)
    plot.segment(
        [x for x, _ in found],
        [y for _, y in found],
        [x + _INNER_WIDE for x, _ in found],
        [y for _, y in found],
        color=GRID_COLOUR,
        line_width=1,
    )


def _labels(
    plot: Any, frame: pd.DataFrame, corner: dict[str, tuple[int, int]], ends: tuple[str, str]
) -> None:
    """Name and last value above each panel; the years beneath the first."""
    last = frame.dropna(subset="value").groupby("key")["value"].last()
    data = ColumnDataSource(
        {
            "x": [x for x, _ in corner.values()],
            "y": [y + 0.86 for _, y in corner.values()],
            "name": drawing.labels((place.split("(")[0] for place in corner), 9),
            "last": [short(float(last[place])) if place in last.index else "" for place in corner],
        }
    )
    drawing.write(plot, data, "x", "y", "name", size="12px", text_baseline="top", text_font_style="bold")
    drawing.write(plot, data, "x", "y", "last", size="11px", text_baseline="top", y_offset=15)
    years = ColumnDataSource({"x": [0.0, _INNER_WIDE], "y": [-0.02, -0.02], "text": list(ends)})
    first = min(y for _, y in corner.values())
    years.data["y"] = [first - 0.02] * 2
    drawing.write(plot, years, "x", "y", "text", size="10px", text_align="center", text_baseline="top")
