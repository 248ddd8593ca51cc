"""Files with one row for each place: facilities with an address and a position."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from indexer.sample import draws
from indexer.sample.draws import Draw
from indexer.sample.kind import DISTRICT, LAST_YEAR, Form, Kind, Order, Values
from indexer.sample.places import Sites, draw_sites, strings, texts
from indexer.sample.vocabulary import coined, landmarks
from indexer.sample.words import CAFES, DISHES, LANDMARKS, NAMES, TRADES

Layout: TypeAlias = Literal["standard", "list", "survey"]
Extra: TypeAlias = tuple[str, Draw]
TIMES = ("연도", "연월", "일자", "시기", "승인일", "고시일")  # headers of years, months and days end so
# numbers of one thing that say nothing when they are added up
NEVER_ADDED = (
    *("폭(m)", "높이(㎝)", "속도(㎞/h)", "률(%)", "화소수", "가능권수", "일수", "일수(일)"),
    *("기본요금(원)", "이용요금(원/kWh)", "가격(원)", "수강료(원)", "급지구분", "주기(월)"),
)
WORDS = {"word": NAMES, "trade": TRADES, "dish": DISHES, "cafe": CAFES, "landmark": LANDMARKS}
RARE: dict[str, Draw] = {"word": coined, "landmark": landmarks}


@dataclass(frozen=True)
class Facility:
    """A kind of place: what it is called, how many there are, which columns it has besides where it is.

    `names` are patterns such as "{legal} {word}공원". Layout `standard` is that of the national standard
    data, `list` a plain list with a running number, `survey` one that begins with the coordinates.
    `within` names two columns of which the first, such as children, never exceeds the second, such as places.
    """

    title: str
    area: str
    label: str
    names: tuple[str, ...]
    typical: int
    extras: tuple[Extra, ...] = ()
    layout: Layout = "standard"
    form: Form | None = None
    within: tuple[str, str] | None = None


def facility_kind(facility: Facility) -> Kind:
    return Kind(
        title=facility.title,
        area=facility.area,
        typical=facility.typical,
        build=partial(build_facility, facility),
        about="시설별 위치와 현황 목록",
        form=facility.form,
        snapshots=True,
        numbers=numbers_of(facility.extras),
        categories=words_of(facility.extras),
    )


def words_of(extras: tuple[Extra, ...]) -> tuple[str, ...]:
    """Those of the extra columns that hold no time."""
    return tuple(header for header, _ in extras if not header.endswith(TIMES))


def numbers_of(extras: tuple[Extra, ...]) -> tuple[str, ...]:
    """Those that may be added up where they hold numbers."""
    return tuple(header for header in words_of(extras) if not header.endswith(NEVER_ADDED))


def build_facility(facility: Facility, order: Order) -> Iterator[pd.DataFrame]:
    """One row for each place, in the order of its dong."""
    for sites in draw_sites(order, ordered=True):
        names = compose(order, facility.names, sites)
        extras = drawn(facility, order, len(sites.index))
        day = texts([order.day.isoformat()] * len(sites.index))
        if facility.layout == "list":
            columns = list_columns(facility, order, sites, names) | extras | {"기준일자": day}
        elif facility.layout == "survey":
            columns = survey_columns(sites, names, facility.label) | extras | {"데이터기준일자": day}
        else:
            columns = standard_columns(facility, order, sites, names, extras) | {"데이터기준일자": day}
        yield pd.DataFrame(columns)


def drawn(facility: Facility, order: Order, rows: int) -> dict[str, Values]:
    """The extra columns; years and days are moved back where the list is of an earlier year."""
    rng, earlier = order.rng, LAST_YEAR - order.day.year
    columns = {header: draw(rng, rows) for header, draw in facility.extras}
    if facility.within:
        part, whole = facility.within
        columns[part] = np.floor(columns[whole] * rng.uniform(0.6, 1, rows)).astype(int)
    return {
        header: moved_back(values, earlier) if header.endswith(TIMES) and earlier else values
        for header, values in columns.items()
    }


def moved_back(values: Values, earlier: int) -> Values:
    """2019, "2019-02" or "2019-02-28" so many years earlier; blanks stay."""
    if values.dtype != object:
        return values - earlier
    moved = (f"{int(value[:4]) - earlier}{value[4:]}" if value else value for value in values)
    return texts(value.replace("-02-29", "-02-28") for value in moved)


def standard_columns(
    facility: Facility, order: Order, sites: Sites, names: Values, extras: dict[str, Values]
) -> dict[str, Values]:
    rng, rows = order.rng, len(sites.index)
    return {
        facility.label: names,
        "소재지도로명주소": np.where(rng.random(rows) < 0.95, sites.road, ""),
        "소재지지번주소": sites.lot,
        **extras,
        "관리기관명": texts([DISTRICT]) + " " + draws.office(rng, rows),
        "전화번호": draws.mostly(draws.phones, 0.9)(rng, rows),
        "위도": sites.latitude,
        "경도": sites.longitude,
    }


def list_columns(facility: Facility, order: Order, sites: Sites, names: Values) -> dict[str, Values]:
    return {
        "연번": sites.numbers,
        facility.label: names,
        "행정동": sites.names(),
        "주소": sites.road,
        "위도": sites.latitude,
        "경도": sites.longitude,
        "연락처": draws.mostly(draws.phones, 0.8)(order.rng, len(sites.index)),
    }


def survey_columns(sites: Sites, names: Values, label: str) -> dict[str, Values]:
    return {
        "관리번호": draws.serials(sites.numbers, 6),
        "위도": sites.latitude,
        "경도": sites.longitude,
        label: names,
        "행정동명": sites.names(),
        "소재지지번주소": sites.lot,
    }


def compose(order: Order, patterns: tuple[str, ...], sites: Sites) -> Values:
    """Names after the patterns, one drawn for each place."""
    rng, rows = order.rng, len(sites.index)
    known = {"dong": sites.names(), "legal": sites.legal(), "n": strings(rng.integers(1, 60, rows))}
    which = rng.integers(0, len(patterns), rows)
    names = texts([""] * rows)
    for number, pattern in enumerate(patterns):
        text = texts([""] * rows)
        for part in re.split(r"(\{\w+\})", pattern):
            slot = part.strip("{}") if part.startswith("{") else ""
            text = text + (known.get(slot) if slot in known else words(order, slot, rows) if slot else part)
        names = np.where(which == number, text, names)
    return names


def words(order: Order, slot: str, rows: int) -> Values:
    """Common words, and in rich samples rare ones among them."""
    common = order.rng.choice(texts(WORDS[slot]), rows)
    if not order.rich or slot not in RARE:
        return common
    return np.where(order.rng.random(rows) < order.rich, RARE[slot](order.rng, rows), common)
