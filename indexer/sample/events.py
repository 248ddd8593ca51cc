"""Lists with one row for each thing that happened; they can have any length."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd

from indexer.sample import draws
from indexer.sample.facilities import Extra, numbers_of, words_of
from indexer.sample.kind import FIRST_YEAR, Form, Kind, Order, Values
from indexer.sample.phrases import letters
from indexer.sample.places import Dong, dongs, pieces, residents, road_addresses, texts

BUSY_YEAR = 2019  # sizes of this year serve for all events: their yearly change would not be seen


@dataclass(frozen=True)
class Event:
    """A kind of event: the header of its day and of its dong, and the columns beside."""

    title: str
    area: str
    day: str
    dong: str
    extras: tuple[Extra, ...]
    typical: int
    form: Form | None = None


EVENTS = (
    Event("불법주정차 단속내역", "교통 > 주정차단속", "단속일자", "단속동",
        (("단속시간", draws.pick("09:40", "14:20", "11:05", "18:30", "20:15")),
        ("위반유형", draws.pick("일반", "횡단보도", "소화전", "어린이보호구역")),
        ("차종", draws.pick("승용", "화물", "승합")),
        ("단속방법", draws.pick("고정형CCTV", "주민신고", "차량탑재형", "인력")),
        ("과태료(원)", draws.pick("40,000", "32,000", "80,000"))), 42_000, "cp949"),
    Event("민원접수 처리내역", "일반행정 > 민원", "접수일자", "접수동",
        (("민원분야", draws.pick("교통", "청소", "건축", "환경", "복지", "도로")), ("처리부서", draws.office),
        ("처리상태", draws.pick("처리완료", "답변완료", "이송", "처리중")),
        ("처리일수(일)", draws.count(1, 21)), ("민원내용", letters(0.25))), 46_000),
    Event("무단투기 과태료 부과내역", "환경 > 무단투기", "단속일자", "적발동",
        (("위반유형", draws.pick("종량제봉투 미사용", "혼합배출", "담배꽁초", "차량이용")),
        ("부과금액(원)", draws.pick("100,000", "200,000", "50,000"))), 24_000),
    Event("도로 포트홀 보수내역", "도시관리 > 도로", "접수일자", "행정동",
        (("보수면적(㎡)", draws.decimal(0.1, 9)), ("접수경로", draws.pick("순찰", "민원", "앱신고"))),
        18_000),
    Event("대형폐기물 배출신고 내역", "환경 > 폐기물", "배출일자", "행정동",
        (("품목", draws.pick("의자", "장롱", "매트리스", "책상", "소파", "서랍장")),
        ("수량", draws.count(1, 6)), ("수수료(원)", draws.amount(1000, 20_000))), 30_000),
)  # fmt: skip


def event_kind(event: Event) -> Kind:
    return Kind(
        title=event.title,
        area=event.area,
        typical=event.typical,
        build=partial(build_event, event),
        about="발생 건별 목록",
        form=event.form,
        absorbs=True,
        time=event.day,
        numbers=numbers_of(event.extras),
        categories=words_of(event.extras),
    )


def build_event(event: Event, order: Order) -> Iterator[pd.DataFrame]:
    """Events in the order of their days, each in a dong that existed on its day."""
    first = date(FIRST_YEAR, 1, 1)
    span = (order.day - first).days + 1
    offsets = np.sort(order.rng.integers(0, span, order.records))
    where = happened(order.rng, first, offsets)
    calendar = texts((first + timedelta(days=day)).isoformat() for day in range(span))
    for piece in pieces(order.records):
        legal = texts(dong.legal for dong in dongs())[where[piece]]
        extras = {header: draw(order.rng, len(legal)) for header, draw in event.extras}
        yield pd.DataFrame(
            {
                "연번": np.arange(piece.start + 1, piece.stop + 1),
                event.day: calendar[offsets[piece]],
                event.dong: texts(dong.name for dong in dongs())[where[piece]],
                "위치": road_addresses(order.rng, legal, order.rich),
                **extras,
            }
        )


def happened(rng: np.random.Generator, first: date, offsets: Values) -> Values:
    """The number in `dongs()` of a dong for each day, drawn by size among those that existed."""
    every = dongs()
    sizes = np.array([residents(dong.name, BUSY_YEAR) for dong in every])
    where = np.zeros(len(offsets), dtype=int)
    borders = sorted({0, int(offsets.max()) + 1, *changes(every, first)})
    for start, end in pairwise(borders):
        here = (offsets >= start) & (offsets < end)
        day = first + timedelta(days=start)
        weights = sizes * np.array([dong.since <= day < dong.until for dong in every])
        where[here] = rng.choice(len(every), int(here.sum()), p=weights / weights.sum())
    return where


def changes(every: tuple[Dong, ...], first: date) -> set[int]:
    """Days, counted from `first`, on which a dong came or went."""
    moved = {day for dong in every for day in (dong.since, dong.until)}
    return {(day - first).days for day in moved if first < day < date.max and day.year < 9999}
