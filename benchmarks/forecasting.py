"""How right forecasts are in years they never saw: ``python -m benchmarks.forecasting [FOLDER]``.

Generated series of several kinds, and, where a folder of published files is given, every yearly series of a
measure in them. Of each series the last three years are held out. MASE here is the mean error of the shown
forecasts over those years against that of "stays at the last value" on the same series; covered is the share of
values inside the 80 % interval. Series that are refused are counted by their reason.
"""

import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.trends.forecast import MIN_YEARS, Forecast, forecast
from benchmarks import bench
from indexer.intake import take

HELD_OUT = 3
EACH = 40
LENGTHS = (6, 8, 12, 20, 30)
SEED = 2026

Values = npt.NDArray[np.float64]
Random = np.random.Generator


@dataclass
class Score:
    """Of the shown forecasts: errors against naive ones, back-test figures, coverage; reasons of the others."""

    errors: list[float] = field(default_factory=list)
    naive: list[float] = field(default_factory=list)
    tested: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    shown: int = 0

    def add(self, years: list[int], values: list[float], *, counts: bool) -> None:
        """One series; its last years are held out."""
        known, future = values[:-HELD_OUT], values[-HELD_OUT:]
        found = forecast(years[:-HELD_OUT], known, flow_or_stock=counts, horizon=HELD_OUT)
        if not isinstance(found, Forecast):
            self.refused[re.sub(r"\d{4}년", "어느 해", found.reason)] += 1
            return
        self.shown += 1
        self.tested.append(found.back_test.mase)
        size = float(np.abs(np.diff(known)).mean()) or 1.0
        for point, value in zip(found.points, future, strict=True):
            self.errors.append(abs(point.value - value) / size)
            self.naive.append(abs(known[-1] - value) / size)
            self.covered.append(point.low <= value <= point.high)

    def line(self, name: str) -> tuple[object, ...]:
        of = self.shown + sum(self.refused.values())
        if not self.shown:
            return (name, of, 0, "-", "-", "-")
        mase = sum(self.errors) / (sum(self.naive) or 1.0)
        figures = (f"{np.mean(self.tested):.2f}", f"{mase:.2f}", f"{np.mean(self.covered):.0%}")
        return (name, of, self.shown, *figures)


def _walk(chance: Random, years: int) -> Values:
    return np.asarray(30 + np.cumsum(chance.normal(0, 1, years)))


def _trend(chance: Random, years: int) -> Values:
    return np.asarray(30 + chance.uniform(-0.8, 1.5) * np.arange(years) + chance.normal(0, 1, years))


def _damped(chance: Random, years: int) -> Values:
    steps = chance.uniform(0.5, 3) * chance.uniform(0.7, 0.95) ** np.arange(years)
    return np.asarray(30 + np.cumsum(steps) + chance.normal(0, 0.4, years))


def _counted(chance: Random, years: int) -> Values:
    means = np.clip(8 + chance.uniform(-0.4, 1) * np.arange(years), 0.2, None)
    return np.asarray(chance.poisson(means), dtype=np.float64)


def _saturating(chance: Random, years: int) -> Values:
    middle, width = chance.uniform(0, 1.2) * years, chance.uniform(1.5, 5)
    level = 5 + 60 / (1 + np.exp(-(np.arange(years) - middle) / width))
    return np.asarray(level * (1 + chance.normal(0, 0.03, years)))


def _shifted(chance: Random, years: int) -> Values:
    return np.asarray(30 + chance.normal(0, 1, years) + 8.0 * (np.arange(years) >= chance.integers(1, years)))


KINDS: dict[str, Callable[[Random, int], Values]] = {
    "random walk": _walk,
    "trend": _trend,
    "damped trend": _damped,
    "counts": _counted,
    "saturating": _saturating,
    "level shift": _shifted,
}


def main() -> None:
    """Print the tables."""
    warnings.simplefilter("error")
    scores = _generated()
    rows = [score.line(kind) for kind, score in scores.items()]
    rows.append(_all(scores.values()).line("all generated"))
    if len(sys.argv) > 1:
        real = _real(Path(sys.argv[1]))
        rows += [score.line(name) for name, score in real.items()]
        scores |= real
    head = ("series", "number", "shown", "MASE in back-test", "MASE held out", "covered")
    print(bench.table(head, rows))
    print()
    refused = sum((score.refused for score in scores.values()), Counter())
    print(bench.table(("refused because", "series"), refused.most_common()))


def _generated() -> dict[str, Score]:
    chance = np.random.default_rng(SEED)
    found = {}
    for kind, make in KINDS.items():
        found[kind] = Score()
        for length in LENGTHS:
            for _ in range(EACH):
                values = np.clip(make(chance, length + HELD_OUT), 0, None).tolist()
                found[kind].add(list(range(2000, 2000 + len(values))), values, counts=True)
    return found


def _all(scores: Iterable[Score]) -> Score:
    found = Score()
    for one in scores:
        found.errors += one.errors
        found.naive += one.naive
        found.tested += one.tested
        found.covered += one.covered
        found.refused += one.refused
        found.shown += one.shown
    return found


def _real(folder: Path) -> dict[str, Score]:
    """Held out before the pandemic and in it: no forecast knew of it."""
    before, within = Score(), Score()
    for years, values in _series(folder):
        for last in range(MIN_YEARS + HELD_OUT, len(years) + 1):
            score = before if years[last - 1] < 2020 else within
            score.add(years[:last], values[:last], counts=True)
    return {"real, held out before 2020": before, "real, held out from 2020 on": within}


def _series(folder: Path) -> Iterator[tuple[list[int], list[float]]]:
    """Yearly totals of every measure of every file."""
    for path in sorted(folder.iterdir()):
        taken = take(path.name, path.read_bytes(), records=False) if path.is_file() else None
        totals: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for one in taken.profile.totals if taken and taken.profile else ():
            if set(one.where) == {"year"}:
                name = re.sub(r"(?:19|20)\d{2}", "", one.measure)
                totals[name][int(one.where["year"])] = one.value
        for found in totals.values():
            years = sorted(found)
            if len(years) >= MIN_YEARS + HELD_OUT:
                yield years, [found[year] for year in years]


if __name__ == "__main__":
    main()
