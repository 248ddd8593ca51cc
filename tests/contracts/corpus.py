"""A made-up corpus that is hard on matching: every script and sign that Korean public data hold."""

import random
from dataclasses import dataclass

from search.documents import Column, Dataset, Record

WORDS = (
    "강동구 천호동 천호2동 공중화장실 화장실 주차장 공영주차장 무더위쉼터 시ㆍ군·구 65세이상 1인가구 코로나19 "
    "CCTV ＣＣＴＶ 大韓民國 따릉이 제3종 3.3㎡ 02-820-1522 2020-05-01 2020년 ㎍/㎥ café 가나다라마바사 "
    "서울특별시 성동구 N 동 7 ㅎㅈㅅ 😀축제 zero\u200bwidth 한\u1100\u1161 İstanbul ß (재)사랑의집 A/S "
    "37.5412 1,332,718 똠방각하 펲시콜라 “인용” 수원시장안구 𠮷野家 ΑΣ ας ΑΣΑ Ａ\u0301 가\u200b\u11a8 ᄒᆞᆫ글 Ⅲ급 "
    "①번 ٣٤ ﬁre 서울\u200e역 H\u0331 İ I\u0307 ㈜강동 １２３ 大\ufe00韓 🇰🇷길 ẞ e\u0301\u0323 \u0301결합"
).split()


@dataclass(frozen=True)
class Corpus:
    datasets: tuple[Dataset, ...]
    records: dict[str, tuple[Record, ...]]

    def all(self) -> list[Record]:
        return [record for records in self.records.values() for record in records]


def corpus(seed: int, datasets: int = 6, records: int = 60) -> Corpus:
    """Datasets of several sizes; the same for the same seed."""
    chance = random.Random(seed)
    made = [_dataset(chance, number, records * (number + 1) // 3) for number in range(datasets)]
    return Corpus(tuple(made), {one.id: tuple(_records(chance, one)) for one in made})


def _dataset(chance: random.Random, number: int, records: int) -> Dataset:
    columns = (
        Column("이름", "label", slot="d0"),
        Column("구분", "category", slot="d1"),
        Column("주소", "text"),
        Column("대수", "measure", "stock", "대", "m0"),
        Column("비율(%)", "rate", None, "%", "m1"),
        *(Column(name, "text") for name in ("a.b", "", " .", "긴 글")),
    )
    return Dataset(
        id=f"자료-{number}",
        title=f"{chance.choice(WORDS)} 현황 {number}",
        area=f"분야{number % 3} > 세부{number % 4}",
        provider=("강동구", "통계청")[number % 2],
        description=chance.choice(WORDS),
        source_file=f"{number}.csv",
        edition=f"{number:064x}",
        fetched_at="2026-01-01T00:00:00+00:00",
        records=records,
        columns=columns,
        years=(2019, 2020, 2021),
    )


def _records(chance: random.Random, dataset: Dataset) -> list[Record]:
    return [_record(chance, dataset, ordinal) for ordinal in range(dataset.records)]


def _record(chance: random.Random, dataset: Dataset, ordinal: int) -> Record:
    name = "".join(chance.choices(WORDS, k=chance.randint(1, 2)))
    kind = chance.choice(("가", "나", "다"))
    year = chance.choice((2019, 2020, 2021, None))
    measures = {"m1": chance.uniform(-5, 100)} | (
        {"m0": float(chance.randint(0, 10**9))} if ordinal % 5 else {}
    )
    row = {
        "이름": name,
        "구분": kind,
        "주소": " ".join(chance.choices(WORDS, k=chance.randint(0, 5))),
        "대수": f"{int(measures.get('m0', 0)):,}",
        # names that an engine might take for paths, and a cell longer than a term may be
        "a.b": "점" if ordinal % 7 == 0 else "",
        "": "이름없음" if ordinal % 11 == 0 else "",
        " .": "점과 빈칸" if ordinal % 13 == 0 else "",
        "긴 글": "가나다 " * 9_000 + "끝말" if ordinal == 19 else "",
    }
    return Record(
        dataset=dataset.id,
        ordinal=ordinal,
        area=dataset.area,
        provider=dataset.provider,
        title=name,
        row={column: cell for column, cell in row.items() if cell},
        year=year,
        period=f"{year}-{chance.randint(1, 12):02}" if year else None,
        region=chance.choice(("천호1동", "길동", None)),
        location=(37.5, 127.1) if chance.random() < 0.5 else None,
        measures=measures,
        dimensions={"d0": name, "d1": kind},
        extra=(str(year),) if year else (),
    )
