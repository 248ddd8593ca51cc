"""Total rows that show by their size that a table holds means, prices or shares."""

import numpy as np
import pandas as pd

_OWN = 2


def mean_rows(values: pd.Series, total: pd.Series) -> bool:
    """Is the total row of a column the mean of its details instead of their sum?"""
    details = values[~total].dropna()
    whole = values[total].dropna()
    if len(details) < 5 or len(whole) != 1 or details.sum() == 0:
        return False
    mean, said = float(details.mean()), float(whole.iloc[0])
    return abs(said - mean) <= max(0.006, 0.002 * abs(mean)) and abs(said - float(details.sum())) > abs(mean)


def totals_below(values: pd.Series, total: pd.Series, aside: pd.Series) -> bool:
    """Is every total smaller than some of its own details? No sum of counts is.

    Its own are the rows below it up to the next of the rows set ``aside``, or, where there are none, those above.
    """
    numbers, totals = values.to_numpy(), np.flatnonzero(total.to_numpy())
    edges = np.flatnonzero(aside.to_numpy())
    compared = []
    for row in totals[~np.isnan(numbers[totals])]:
        before, after = np.searchsorted(edges, row), np.searchsorted(edges, row, side="right")
        below = numbers[row + 1 : edges[after] if after < len(edges) else len(numbers)]
        above = numbers[edges[before - 1] + 1 if before else 0 : row]
        own = next(
            (part[~np.isnan(part)] for part in (below, above) if (~np.isnan(part)).sum() >= _OWN), None
        )
        if own is not None:
            compared.append(own.min() >= 0 and numbers[row] < own.max())
    return bool(compared) and all(compared)
