"""The dong of the district in shades, on the boundaries that the operator supplies: no map from elsewhere."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from bokeh.models import ColumnDataSource

from app.charts import drawing, order, outlines
from app.charts.boundaries import Area, Boundaries
from app.charts.chart import RECORDS, REGION, Chart, Source, Told
from app.charts.kinds.bars import names
from app.charts.sentences import ends
from app.charts.theme import EDGE_COLOUR, NOTHING_COLOUR, SHADES, TEXT_COLOUR, styled
from app.charts.worth import spread, worth
from app.totals import totals
from app.wording import measured, plain_name, short

NAME = "map"
LEAST_AREAS = 3
CLASSES = 5
HEIGHT_PX = 320
WIDE = 1.0
MARGIN = 0.04
NAME_WIDE, NAME_HIGH = 0.17, 0.1
"""Of the map: the room that a name with its number takes on a phone."""
WEIGHT = 0.97
_SHADES = tuple(SHADES[at] for at in (0, 1, 2, 4, 6))


def charts(source: Source) -> Iterator[Chart]:
    """Where the places of the records are areas of the boundary file."""
    if source.boundaries is None:
        return
    found = {area.name for area in source.boundaries.areas} & set(source.shape.regions.counts)
    if len(found) < LEAST_AREAS:
        return
    why = f"{len(found)}개 구역의 값이 있어 지도에 놓았습니다. 색이 짙을수록 큰 값입니다."
    for column in source.shape.compared:
        yield Chart(NAME, column or RECORDS, (REGION,), why)


def tell(source: Source, chart: Chart) -> Told | None:
    shape, boundaries = source.shape, source.boundaries
    found = totals(source.snapshot, shape.dataset, shape.selection, chart.column, REGION)
    if boundaries is None:
        return None
    places = {str(value.key): value for value in found.values}
    known = {area.name for area in outlines.level(boundaries, places)}
    values = {key: value for key, value in places.items() if key in known}
    if len(values) < LEAST_AREAS or not any(one.value for one in values.values()):
        return None
    ranked = order.ranked(values, lambda key: values[key].value)
    rows = [(key, values[key].value, values[key].records, values[key].period) for key in ranked]
    frame = pd.DataFrame(rows, columns=["key", "value", "records", "period"])
    named = [(key, values[key].value) for key in ranked]
    left = len(places) - len(values)
    notes = [f"경계: {boundaries.source}"] if boundaries.source else []
    notes += [f"경계 파일에 없는 구역 {left}곳은 지도에 없습니다."] if left else []
    return Told(
        chart=chart,
        frame=frame,
        names=names(chart, frame),
        summary=ends(chart.column, found.kind, named, of=len(named), counted="곳"),
        rule=found.rule,
        worth=worth(
            WEIGHT, len(values) / (len(known) + left), spread([one.value for one in values.values()])
        ),
        height_px=HEIGHT_PX,
        partial=found.partial,
        notes=tuple(notes),
        title=f"{chart.title} 지도",
    )


def classes(values: "pd.Series[float]") -> tuple[list[int], list[tuple[float, float]]]:
    """Class of each value, and of each class its least and greatest value: as many areas in each (quantiles).

    Steps of equal width would leave one large dong alone in the dark and all others alike.
    """
    distinct = values.nunique()
    cuts = np.quantile(values, np.linspace(0, 1, min(CLASSES, distinct) + 1)[1:-1])
    found = np.searchsorted(np.unique(cuts), values.to_numpy(), side="right").tolist()
    bounds = [
        (float(part.min()), float(part.max())) for _, part in values.groupby(pd.Series(found, values.index))
    ]
    order_of = {old: new for new, old in enumerate(sorted(set(found)))}
    return [order_of[one] for one in found], bounds


def draw(told: Told, boundaries: Boundaries | None) -> Any:
    if boundaries is None:
        raise ValueError("a map of areas needs their boundaries")
    found, bounds = classes(told.frame["value"])
    shades = _SHADES if len(bounds) == CLASSES else _SHADES[-len(bounds) :]
    by_name = dict(zip(told.frame["key"], found, strict=True))
    areas = outlines.level(boundaries, by_name)
    factor = outlines.narrow(areas)
    plot = _canvas(areas, factor)
    dark = {name for name, at in by_name.items() if at >= len(bounds) - 2}
    colours = {name: shades[at] for name, at in by_name.items()}
    shown = _patches(plot, told, areas, colours, factor)
    roomy = _roomy(areas, list(told.frame["key"]), factor)
    _names(plot, [area for area in areas if area.name in roomy], dark, factor)
    _numbers(plot, told, areas, dark, roomy, factor)
    tips = [(REGION.label, "@name"), (plain_name(told.chart.column), "@told")]
    drawing.hover(plot, tips, [shown])
    drawing.legend(plot, list(zip(_bounds(bounds), shades, strict=True)))
    styled(plot)
    plot.sizing_mode = "scale_width"
    plot.aspect_ratio = WIDE
    return plot


def _canvas(areas: tuple[Area, ...], factor: float) -> Any:
    """An empty map in which all areas fit, north up."""
    _, xs, ys = outlines.rings(areas, factor)
    x, y = np.concatenate(xs), np.concatenate(ys)
    half = (0.5 + MARGIN) * max(float(np.ptp(y)), float(np.ptp(x)))
    middle_x, middle_y = float(x.max() + x.min()) / 2, float(y.max() + y.min()) / 2
    return drawing.blank(
        x_range=drawing.between(middle_x - half, middle_x + half),
        y_range=drawing.between(middle_y - half, middle_y + half),
    )


def _patches(plot: Any, told: Told, areas: tuple[Area, ...], colours: dict[str, str], factor: float) -> Any:
    """Every area; those without a value are left blank and say so."""
    names, xs, ys = outlines.rings(areas, factor)
    values = zip(told.frame["key"], told.frame["value"], strict=True)
    said = {key: measured(float(value), told.chart.column.unit) for key, value in values}
    data = ColumnDataSource(
        {
            "xs": xs,
            "ys": ys,
            "name": names,
            "told": [said.get(name, "자료 없음") for name in names],
            "colour": [colours.get(name, NOTHING_COLOUR) for name in names],
        }
    )
    return plot.patches("xs", "ys", source=data, fill_color="colour", line_color=EDGE_COLOUR, line_width=1)


def _roomy(areas: tuple[Area, ...], first: list[str], factor: float) -> set[str]:
    """Areas whose name does not run into another's on a phone; those with much come first."""
    _, xs, ys = outlines.rings(areas, factor)
    side = max(float(np.ptp(np.concatenate(xs))), float(np.ptp(np.concatenate(ys))))
    by_name = {area.name: area.centre for area in areas}
    kept: dict[str, tuple[float, float]] = {}
    for name in (*first, *(area.name for area in areas if area.name not in first)):
        x, y = by_name[name][0] * factor, by_name[name][1]
        if all(abs(x - a) > NAME_WIDE * side or abs(y - b) > NAME_HIGH * side for a, b in kept.values()):
            kept[name] = (x, y)
    return set(kept)


def _names(plot: Any, areas: list[Area], dark: set[str], factor: float) -> None:
    data = ColumnDataSource(
        {
            "x": [area.centre[0] * factor for area in areas],
            "y": [area.centre[1] for area in areas],
            "name": [area.name for area in areas],
            "ink": [_ink(area.name, dark) for area in areas],
        }
    )
    style = {"text_align": "center", "text_baseline": "bottom", "text_color": "ink"}
    drawing.write(plot, data, "x", "y", "name", size="11px", **style)


def _numbers(
    plot: Any, told: Told, areas: tuple[Area, ...], dark: set[str], roomy: set[str], factor: float
) -> None:
    """The value under each name: what a map shows should not need a mouse."""
    frame = told.frame
    centres = {area.name: area.centre for area in areas}
    data = drawing.source(
        frame,
        told.chart.column.unit,
        x=[centres[key][0] * factor for key in frame["key"]],
        y=[centres[key][1] for key in frame["key"]],
        text=[
            short(float(one)) if key in roomy else ""
            for key, one in zip(frame["key"], frame["value"], strict=True)
        ],
        ink=[_ink(key, dark) for key in frame["key"]],
    )
    style = {"text_align": "center", "text_baseline": "top", "text_color": "ink"}
    drawing.write(plot, data, "x", "y", "text", size="10px", **style)


def _ink(name: str, dark: set[str]) -> str:
    return "#ffffff" if name in dark else TEXT_COLOUR


def _bounds(bounds: list[tuple[float, float]]) -> list[str]:
    """Each class in words."""
    return [short(low) if low == high else f"{short(low)}–{short(high)}" for low, high in bounds]
