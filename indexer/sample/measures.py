"""The numbers of a counting table: size × share × growth × season × chance."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from indexer.sample.kind import Values
from indexer.sample.panels import Labels, Measure, Panel
from indexer.sample.series import BASE_YEAR, growth, outings, season


@dataclass(frozen=True)
class Cells:
    """The rows of a panel as indexes into its periods, places and categories; `size` is the place's size."""

    days: tuple[date, ...]
    places: tuple[Labels, ...]
    period: Values
    place: Values
    category: Values
    size: Values


def own_ways(panel: Panel, grid: Cells, rng: np.random.Generator) -> Values:
    """What each place and category has of its own, for all measures and all time: about 1."""
    own: Values = rng.lognormal(0, 0.15, (len(grid.places), len(panel.split.labels)))
    return own[grid.place, grid.category]


def values_of(panel: Panel, measure: Measure, grid: Cells, own: Values, rng: np.random.Generator) -> Values:
    """The values of one measure, one for each cell."""
    moves = season(grid.days, panel.step, measure.season) * (outings(grid.days) if measure.outing else 1)
    if measure.sort == "rate":
        return rates(measure, grid, moves, rng)
    shares = np.array(panel.split.shares)[grid.category]
    ageing = np.array([growth(grid.days, trend) for trend in panel.split.trends])[grid.category, grid.period]
    time = (growth(grid.days, measure.trend) * moves)[grid.period]
    usual: Values = measure.each * grid.size * shares * ageing * time * own
    if measure.sort == "count":
        return rng.poisson(usual)
    noise = rng.lognormal(0, 0.05 if measure.sort == "amount" else 0.004, len(usual))
    digits = measure.digits if measure.sort == "amount" else 0
    rounded: Values = np.round(usual * noise, digits)
    return rounded if digits else rounded.astype(int)


def rates(measure: Measure, grid: Cells, moves: Values, rng: np.random.Generator) -> Values:
    """Rates of each cell: never negative but for degrees, never above 100 where they are per cent."""
    place = rng.uniform(-measure.spread, measure.spread, len(grid.places))[grid.place]
    kinds = int(grid.category.max()) + 1
    category = (rng.uniform(0.7, 1.3, kinds) if kinds > 1 else np.ones(1))[grid.category]
    drift = measure.trend * np.array([day.year - BASE_YEAR for day in grid.days])[grid.period]
    usual = (measure.each * category + place + drift) * moves[grid.period]
    top = 100.0 if "%" in measure.header else np.inf
    bottom = -np.inf if "℃" in measure.header else 0.0
    noise = rng.lognormal(0, 0.03, len(place))
    rounded: Values = np.round(np.clip(usual * noise, bottom, top), measure.digits)
    return rounded if measure.digits else rounded.astype(int)
