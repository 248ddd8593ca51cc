"""Positions: which columns give them, in which system, and which of them can be true."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import Transformer

from indexer.intake.meaning.degrees import degrees_of, is_written, part_of, split_axes
from indexer.intake.meaning.facts import Facts
from indexer.intake.table import Coordinates, Role

# the land and its islands, with a margin for the sea around them
LAT_BOUNDS, LON_BOUNDS = (32.9, 38.65), (124.5, 131.95)
_LAT_NAME = re.compile(
    r"위도|latitude|(?:^|[^a-z])lat(?:$|[^a-z])|^lat|lat$|y좌표|좌표정보\(?y|좌표\(?y|coordy|ycoord|ycrd|crdy|ymin$|좌표\[y|(?:위치|위치정보|발생위치)\(?y|^y$|^yy$|^ypos|wgs84y|^la$|[a-z]la$"
)
_LON_NAME = re.compile(
    r"경도|longitude|(?:^|[^a-z])(?:lon|lng|lot)(?:$|[^a-z])|^lon|lng$|x좌표|좌표정보\(?x|좌표\(?x|coordx|xcoord|xcrd|crdx|xmin$|좌표\[x|(?:위치|위치정보|발생위치)\(?x|^x$|^xx$|^xpos|wgs84x|^lo$|[a-z]lo$|lnt$"
)
_WKT = re.compile(r"^POINT\s*\(\s*(?P<lon>\d+\.?\d*)\s+(?P<lat>\d+\.?\d*)\s*\)$")
_ASKED = 500
_SAYS_LAT, _SAYS_LON = (
    re.compile(r"위도|latitude|북위", re.IGNORECASE),
    re.compile(r"경도|longitude|동경", re.IGNORECASE),
)
# Korean systems with false origin, by what the two columns hold over the country
_SYSTEMS: tuple[tuple[str, tuple[float, float], tuple[float, float]], ...] = (
    ("EPSG:5179", (740_000, 1_400_000), (1_440_000, 2_080_000)),
    ("EPSG:5186", (-70_000, 560_000), (510_000, 700_000)),
    ("EPSG:5174", (-70_000, 560_000), (-110_000, 600_000)),
)


@dataclass(frozen=True)
class Positions:
    """Where the records are: WGS84 degrees, NaN where a position is missing or impossible."""

    found: Coordinates
    lat: pd.Series
    lon: pd.Series
    messages: tuple[str, ...] = ()


def axis_role(facts: Facts) -> Role | None:
    """Role of a column that by name and values is one axis of a position."""
    is_lat, is_lon = bool(_LAT_NAME.search(facts.key)), bool(_LON_NAME.search(facts.key))
    if not (is_lat or is_lon) or (facts.numeric_share < 0.8 and not is_written(facts)):
        return None
    values = degrees_of(facts).dropna()
    if len(values) == 0:
        return None
    if part_of(facts.name):
        return Role.CODE
    for bounds, role in ((LAT_BOUNDS, Role.LATITUDE), (LON_BOUNDS, Role.LONGITUDE)):
        if _share(values, bounds) > 0.5:
            return role
    # a name that says degrees with values that cannot be any: still no measure
    is_axis = values.abs().median() > 10_000 or re.search("위도|경도|latitude|longitude|좌표", facts.key)
    return (Role.Y if is_lat else Role.X) if is_axis else None


def _share(values: pd.Series, bounds: tuple[float, float]) -> float:
    return float(values.between(*bounds).mean())


def positions(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> Positions | None:
    """The best pair of columns: degrees if there are any, else a projected system."""
    lats = [name for name, role in roles.items() if role == Role.LATITUDE]
    lons = [name for name, role in roles.items() if role == Role.LONGITUDE]
    if lats and lons:
        axes = {name: degrees_of(facts[name]) for name in (*lats, *lons)}
        lat, lon = max(
            ((a, b) for a in lats for b in lons),
            key=lambda pair: _usable(axes[pair[0]], axes[pair[1]]).sum(),
        )
        return _degrees(lat, lon, axes[lat], axes[lon])
    if found := _split(list(facts.values())):
        return found
    written = next((facts[n] for n, role in roles.items() if role == Role.TEXT and _is_wkt(facts[n])), None)
    if written:
        return _points(written)
    xs = [name for name, role in roles.items() if role == Role.X]
    ys = [name for name, role in roles.items() if role == Role.Y]
    return _projected(facts[xs[0]], facts[ys[0]]) if xs and ys else None


def _is_wkt(facts: Facts) -> bool:
    sample = facts.distinct[:_ASKED]
    return bool(sample) and sum(bool(_WKT.match(text)) for text in sample) > 0.8 * len(sample)


def _points(facts: Facts) -> Positions:
    """``POINT(127.05 37.51)``: longitude first, as well-known text has it."""
    pairs = facts.texts.str.extract(_WKT.pattern)
    lat, lon = pairs["lat"].astype("float64"), pairs["lon"].astype("float64")
    good = _usable(lat, lon)
    bad = int((lat.notna() & ~good).sum())
    messages = (
        (f"'{facts.name}' 열에 우리나라 밖의 좌표가 {bad:,}행 있습니다: 위치로 쓰지 않습니다",) if bad else ()
    )
    found = Coordinates(facts.name, facts.name, "EPSG:4326", int(good.sum()))
    return Positions(found, lat.where(good), lon.where(good), messages)


def _usable(lat: pd.Series, lon: pd.Series) -> pd.Series:
    return lat.between(*LAT_BOUNDS) & lon.between(*LON_BOUNDS)


def _split(columns: list[Facts]) -> Positions | None:
    """Degrees, minutes and seconds in columns of their own."""
    split = split_axes(columns)
    axes = {stem: axis.decimal() for stem, axis in split.items()}
    names = {stem: axis.degrees.name for stem, axis in split.items()}
    lats = [stem for stem, values in axes.items() if _share(values.dropna(), LAT_BOUNDS) > 0.5]
    lons = [stem for stem, values in axes.items() if _share(values.dropna(), LON_BOUNDS) > 0.5]
    if not lats or not lons:
        return None
    found = _degrees(names[lats[0]], names[lons[0]], axes[lats[0]], axes[lons[0]])
    said = f"'{lats[0]}'와 '{lons[0]}'의 도·분·초 열을 합쳐 위치로 읽었습니다"
    return Positions(found.found, found.lat, found.lon, (said, *found.messages))


def _degrees(lat_name: str, lon_name: str, lat: pd.Series, lon: pd.Series) -> Positions:
    good = _usable(lat, lon)
    swapped = int(_usable(lon, lat).sum())
    given = lat.notna() & lon.notna()
    bad = int((given & ~good).sum())
    messages = []
    if _SAYS_LON.search(lat_name) and _SAYS_LAT.search(lon_name):
        messages.append(
            f"'{lat_name}' 열은 위도를, '{lon_name}' 열은 경도를 담고 있어 이름과 반대입니다: 값대로 읽었습니다"
        )
    if bad:
        first = int(lat.index[(given & ~good).to_numpy()][0])
        messages.append(
            f"우리나라 밖이거나 있을 수 없는 좌표가 {bad:,}행 있습니다(처음은 {first}행): 위치로 쓰지 않습니다"
        )
    if swapped:
        messages.append(f"위도와 경도가 바뀐 행이 {swapped:,}개 있습니다: 위치로 쓰지 않습니다")
    found = Coordinates(lat_name, lon_name, "EPSG:4326", int(good.sum()))
    return Positions(found, lat.where(good), lon.where(good), tuple(messages))


def _projected(x: Facts, y: Facts) -> Positions | None:
    both = x.numbers.notna() & y.numbers.notna()
    if not both.any():
        return None
    crs, swapped = _system(x, y, both)
    scale = 1.0
    if crs is None:
        # metres written without their decimal point
        scale = 1_000.0
        x_metres, y_metres = _scaled(x, scale), _scaled(y, scale)
        crs, swapped = _system(x_metres, y_metres, both)
    if crs is None:
        return None
    first, second = (y, x) if swapped else (x, y)
    lon, lat = Transformer.from_crs(crs, "EPSG:4326", always_xy=True).transform(
        first.numbers.to_numpy() / scale, second.numbers.to_numpy() / scale
    )
    lats, lons = pd.Series(lat, index=x.texts.index), pd.Series(lon, index=x.texts.index)
    lats, lons = lats.where(np.isfinite(lats)), lons.where(np.isfinite(lons))
    good = _usable(lats, lons)
    bad = int((both & ~good).sum())
    messages = (
        [f"{crs}로 보아 우리나라 밖에 놓이는 좌표가 {bad:,}행 있습니다: 위치로 쓰지 않습니다"] if bad else []
    )
    if _SAYS_LAT.search(f"{x.name} {y.name}"):
        messages.append(
            f"'{y.name}'·'{x.name}' 열은 이름과 달리 {crs} 미터 좌표입니다: 경위도로 바꾸어 읽었습니다"
        )
    if scale != 1:
        messages.append(f"좌표가 {scale:,.0f}배로 적혀 있어 나누어 읽었습니다")
    if swapped:
        messages.append("X와 Y가 바뀌어 있어 바꾸어 읽었습니다")
    found = Coordinates(y.name, x.name, crs, int(good.sum()))
    return Positions(found, lats.where(good), lons.where(good), tuple(messages))


def _scaled(facts: Facts, scale: float) -> Facts:
    metres = (facts.numbers / scale).astype("str")
    return Facts(facts.name, metres.where(facts.numbers.notna(), ""))


def _system(x: Facts, y: Facts, both: pd.Series) -> tuple[str | None, bool]:
    """The system the name gives, else the one whose range the values fit."""
    named = re.search(r"(?:EPSG[:\s_]*)?(51[78]\d|2097|32652|4326)", f"{x.name} {y.name}")
    if re.search(r"utm-?_?k", f"{x.name} {y.name}", re.IGNORECASE):
        return "EPSG:5179", False
    if named:
        return f"EPSG:{named[1]}", False
    a, b = x.numbers[both], y.numbers[both]
    for swapped, first, second in ((False, a, b), (True, b, a)):
        for crs, xs, ys in _SYSTEMS:
            if _share(first, xs) > 0.9 and _share(second, ys) > 0.9:
                return crs, swapped
    return None, False
