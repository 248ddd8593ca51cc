"""Files with one row for each licensed business, open or closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from pyproj import Transformer

from indexer.sample import draws
from indexer.sample.facilities import compose
from indexer.sample.kind import Form, Kind, Order, Values
from indexer.sample.places import Sites, draw_sites, texts


@dataclass(frozen=True)
class Trade:
    """A kind of business that needs a licence (인허가), with the sorts (업태) it is divided into."""

    title: str
    area: str
    names: tuple[str, ...]
    sorts: tuple[str, ...]
    typical: int
    absorbs: bool = False
    form: Form | None = None


def trade_kind(trade: Trade) -> Kind:
    return Kind(
        title=trade.title,
        area=trade.area,
        typical=trade.typical,
        build=partial(build_trade, trade),
        about="인허가일자·영업상태가 있는 업소 목록이며 좌표계는 중부원점TM(EPSG:5174)",
        provider="행정안전부",
        form=trade.form,
        absorbs=trade.absorbs,
        snapshots=True,
        numbers=("소재지면적(㎡)",),
        categories=("영업상태명",),
    )


# 영업/정상, 휴업, 폐업 with their codes; in real licence files most businesses ever opened have closed since
STATES = (("01", "영업/정상"), ("02", "휴업"), ("03", "폐업"))
STATE_SHARES = (0.42, 0.02, 0.56)


def build_trade(trade: Trade, order: Order) -> Iterator[pd.DataFrame]:
    """One row for each licence ever given, newest last; planar coordinates, trailing blanks in addresses."""
    opened = np.sort(draws.days(2000, order.day.year - 1)(order.rng, order.records))
    for sites in draw_sites(order, ordered=False):
        yield licences(trade, order, sites, opened[sites.numbers - 1])


def licences(trade: Trade, order: Order, sites: Sites, opened: Values) -> pd.DataFrame:
    rng, rows = order.rng, len(opened)
    state = rng.choice(len(STATES), rows, p=STATE_SHARES)
    east, north = Transformer.from_crs(4326, 5174).transform(sites.latitude, sites.longitude)[::-1]
    return pd.DataFrame(
        {
            "개방자치단체코드": texts(["3240000"] * rows),
            "관리번호": "3240000-" + texts(day[:4] for day in opened) + draws.serials(sites.numbers, 6, "-"),
            "인허가일자": opened,
            "영업상태구분코드": texts(code for code, _ in STATES)[state],
            "영업상태명": texts(name for _, name in STATES)[state],
            "폐업일자": np.where(state == 2, closed_days(rng, opened, order.day.isoformat()), ""),
            "사업장명": compose(order, trade.names, sites),
            "업태구분명": draws.pick(*trade.sorts)(rng, rows),
            "소재지전체주소": sites.lot + " ",
            "도로명전체주소": np.where(rng.random(rows) < 0.57, sites.road + "  ", ""),
            "소재지전화": draws.mostly(draws.phones, 0.6)(rng, rows),
            "소재지면적(㎡)": np.round(rng.lognormal(3.9, 0.6, rows), 2),
            "좌표정보(X)": np.round(east, 3),
            "좌표정보(Y)": np.round(north, 3),
            "데이터갱신일자": texts([order.day.isoformat()] * rows),
        }
    )


def closed_days(rng: np.random.Generator, opened: Values, latest: str) -> Values:
    """A day some years after the opening, never after the day of the file."""
    later = rng.integers(1, 12, len(opened))
    moved = texts(f"{int(day[:4]) + int(gap)}{day[4:]}" for day, gap in zip(opened, later, strict=True))
    proper = np.where(
        np.char.endswith(moved.astype(str), "02-29"), texts(day[:4] + "-03-01" for day in moved), moved
    )
    return np.minimum(proper, latest)
