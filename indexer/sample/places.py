"""The dong of the district in time, their rough sizes and positions, and made-up addresses in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np

from indexer.sample.kind import DISTRICT, PIECE_RECORDS, Order, Values
from indexer.sample.vocabulary import buildings_named
from indexer.sample.words import ROADS

# made-up residents in thousands at these years: sizes of the right order, a new town that grows, an estate
# that is pulled down and comes back; they are no statistics
ANCHOR_YEARS = (2015, 2018, 2021, 2025)
RESIDENTS = {
    "강일동": (35, 36, 27, 26), "상일동": (10, 19, 36, 36), "상일1동": (16, 16, 16, 19),
    "상일2동": (21, 21, 21, 27), "명일1동": (26, 25, 24, 23), "명일2동": (17, 17, 16, 16),
    "고덕1동": (18, 19, 22, 24), "고덕2동": (17, 9, 23, 25), "암사1동": (35, 34, 33, 31),
    "암사2동": (15, 15, 15, 14), "암사3동": (18, 18, 17, 17), "천호1동": (30, 29, 28, 25),
    "천호2동": (34, 34, 34, 33), "천호3동": (22, 21, 21, 20), "성내1동": (20, 20, 21, 21),
    "성내2동": (24, 24, 24, 25), "성내3동": (22, 22, 22, 23), "길동": (46, 47, 47, 46),
    "둔촌1동": (16, 1, 1, 26), "둔촌2동": (27, 27, 27, 26),
}  # fmt: skip
# latitude, longitude, rounded to about 100 m: enough for clusters on a map, not borders
CENTRES = {
    "강일동": (37.563, 127.174), "상일동": (37.551, 127.166), "상일1동": (37.551, 127.163),
    "상일2동": (37.549, 127.171), "명일1동": (37.549, 127.144), "명일2동": (37.547, 127.157),
    "고덕1동": (37.560, 127.151), "고덕2동": (37.562, 127.162), "암사1동": (37.551, 127.136),
    "암사2동": (37.557, 127.124), "암사3동": (37.559, 127.137), "천호1동": (37.545, 127.137),
    "천호2동": (37.543, 127.123), "천호3동": (37.540, 127.133), "성내1동": (37.531, 127.126),
    "성내2동": (37.534, 127.129), "성내3동": (37.529, 127.135), "길동": (37.539, 127.145),
    "둔촌1동": (37.525, 127.142), "둔촌2동": (37.531, 127.149),
}  # fmt: skip
SPREAD_DEGREES = 0.0018  # one standard deviation, about 200 m
REACH_DEGREES = 0.0045  # no point is farther from its centre: all stay in the district's frame


@dataclass(frozen=True)
class Dong:
    """One 행정동; `until` is the first day on which it no longer exists."""

    name: str
    code: str
    legal: str
    since: date
    until: date


@cache
def dongs() -> tuple[Dong, ...]:
    """All 행정동 with a size here, current and past, from mappings/regions.json by code."""
    table = json.loads(files("mappings").joinpath("regions.json").read_text(encoding="utf-8"))
    known = (row for row in table["dong"] if row["name"] in RESIDENTS)
    made = (
        Dong(
            row["name"],
            row["code10"],
            row["legal"][0],
            date.fromisoformat(row["valid_from"] or "0001-01-01"),
            date.fromisoformat(row["valid_to"] or "9999-12-31"),
        )
        for row in known
    )
    return tuple(sorted(made, key=lambda dong: dong.code))


@cache
def dongs_on(day: date) -> tuple[Dong, ...]:
    """The dong that existed on that day."""
    return tuple(dong for dong in dongs() if dong.since <= day < dong.until)


def residents(name: str, year: float) -> float:
    """Made-up number of residents of a dong, straight lines between the anchor years."""
    return float(np.interp(year, ANCHOR_YEARS, RESIDENTS[name])) * 1000


@dataclass(frozen=True)
class Sites:
    """Places drawn in the district; arrays of one length, `index` points into `where`."""

    where: tuple[Dong, ...]
    index: Values
    numbers: Values
    latitude: Values
    longitude: Values
    road: Values
    lot: Values

    def names(self) -> Values:
        return texts(dong.name for dong in self.where)[self.index]

    def legal(self) -> Values:
        return texts(dong.legal for dong in self.where)[self.index]


def texts(values: object) -> Values:
    """An object array, so that adding strings works element by element."""
    return np.array(list(values), dtype=object)  # type: ignore[call-overload]


def draw_sites(order: Order, *, ordered: bool) -> Iterator[Sites]:
    """Draw the places of a file, in pieces, over the dong of its day, more where more people live.

    `ordered` puts them in the order of their dong.
    """
    where = tuple(dong for dong in dongs_on(order.day) if order.dong in (None, dong.name))
    weights = (
        np.array([residents(dong.name, order.day.year) for dong in where]) ** 0.7
    )  # small dong have offices too
    index = order.rng.choice(len(where), order.records, p=weights / weights.sum())
    index = np.sort(index) if ordered else index
    for piece in pieces(order.records):
        yield sites(order, where, index[piece], np.arange(piece.start + 1, piece.stop + 1))


def sites(order: Order, where: tuple[Dong, ...], index: Values, numbers: Values) -> Sites:
    """Positions and addresses of places in known dong, which are numbered through."""
    rng = order.rng
    centres = np.array([CENTRES[dong.name] for dong in where])[index]
    offset = np.clip(rng.normal(0, SPREAD_DEGREES, (len(index), 2)), -REACH_DEGREES, REACH_DEGREES)
    points = np.round(centres + offset, 6)
    legal = texts(dong.legal for dong in where)[index]
    road, lot = road_addresses(rng, legal, order.rich), lot_addresses(rng, legal)
    return Sites(where, index, numbers, points[:, 0], points[:, 1], road, lot)


def pieces(records: int) -> Iterator[slice]:
    """So many records cut into pieces that fit in memory."""
    for start in range(0, records, PIECE_RECORDS):
        yield slice(start, min(start + PIECE_RECORDS, records))


def road_addresses(rng: np.random.Generator, legal: Values, rich: float) -> Values:
    """서울특별시 강동구 천호대로 1023 (천호동), one in two in a side street: 천호대로157길 12.

    Where names are rich, some say the building too: (천호동, 다온마루빌라).
    """
    rows = len(legal)
    roads = texts([""] * rows)
    for name, known in ROADS.items():
        here = legal == name
        roads[here] = rng.choice(texts(known), int(here.sum()))
    numbers = strings(rng.integers(1, 999, rows))
    side = strings(rng.integers(1, 190, rows)) + "길 " + strings(rng.integers(1, 90, rows))
    tail = np.where(rng.random(rows) < 0.5, side, " " + numbers)
    return DISTRICT + " " + roads + tail + " (" + legal + buildings(rng, rows, rich) + ")"


def buildings(rng: np.random.Generator, rows: int, rich: float) -> Values:
    """The building behind the 법정동 of an address, or nothing."""
    names = texts([""] * rows)
    if rich:
        here = rng.random(rows) < rich
        names[here] = ", " + buildings_named(rng, int(here.sum()))
    return names


def lot_addresses(rng: np.random.Generator, legal: Values) -> Values:
    """서울특별시 강동구 천호동 123-4."""
    main = strings(rng.integers(1, 700, len(legal)))
    sub = np.where(rng.random(len(legal)) < 0.8, "-" + strings(rng.integers(1, 60, len(legal))), "")
    return DISTRICT + " " + legal + " " + main + sub


def strings(numbers: Values) -> Values:
    """Whole numbers as an object array of texts."""
    return numbers.astype(str).astype(object)
