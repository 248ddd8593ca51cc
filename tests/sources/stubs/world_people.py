"""Residents, made up once and told alike by the ministry's services, its CSV files and KOSIS."""

from functools import cache
from itertools import product
from random import Random

from tests.sources.stubs.places import DISTRICT, DONGS, SEOUL, official
from tests.sources.stubs.wire import Row, Worlds

MONTHS = [f"2025{month:02}" for month in range(9, 13)] + [f"2026{month:02}" for month in range(1, 9)]
YEAR_ENDS = ["202312", "202412"]
OTHERS = {  # code: province, district, people about
    "1171000000": (SEOUL, "송파구", 640_000),
    "1121500000": (SEOUL, "광진구", 340_000),
    "4145000000": ("경기도", "하남시", 330_000),
}
PROVINCES = {"1100000000": (SEOUL, 9_300_000), "4100000000": ("경기도", 13_700_000)}
NATION = ("전국", 51_100_000)
OLDEST = 100
TONGS, BANS = 3, 2

Ages = list[int]


@cache
def ages(code: str, month: str, sex: str, about: int) -> tuple[int, ...]:
    """Residents by single year of age, the last place for all from a hundred on."""
    rng = Random(f"{code}{month}{sex}")
    weights = [max(1.0, 60 - abs(age - 45) * 0.9) * rng.uniform(0.9, 1.1) for age in range(OLDEST)]
    whole = sum(weights)
    return (*(int(about * weight / whole) for weight in weights), rng.randint(0, 9))


def _dong(code: str, month: str) -> dict[str, tuple[int, ...]]:
    about = 8_000 + int(code[5:8]) % 97 * 130
    return {"male": ages(code, month, "male", about), "feml": ages(code, month, "feml", about + 400)}


@cache
def residents(code: str, month: str) -> tuple[Ages, Ages]:
    """Of any code, by age: of the district the sum of its dong, of others what is made up for them."""
    if code.startswith("11740"):
        members = [dong for _, dong, *_ in DONGS if code in {dong, "1174000000"}]
        male, female = ([_dong(dong, month)[sex] for dong in members] for sex in ("male", "feml"))
    else:
        about = OTHERS[code][2] if code in OTHERS else PROVINCES.get(code, NATION)[1]
        male = [ages(code, month, "male", about // 2)]
        female = [ages(code, month, "feml", about - about // 2)]
    return [sum(part) for part in zip(*male, strict=True)], [sum(part) for part in zip(*female, strict=True)]


def _shares(total: int, parts: int) -> list[int]:
    """Parts that sum to the total."""
    return [total * (part + 1) // parts - total * part // parts for part in range(parts)]


def _by_block(dong: str, code: str, month: str, *, by_age: bool) -> list[Row]:
    """The dong's total (blank 통 and 반), then its 통/반."""
    blocks = [("", ""), *((str(t + 1), str(b + 1)) for t, b in product(range(TONGS), range(BANS)))]
    counted = {}
    for sex, by_year in zip(("male", "feml"), residents(code, month), strict=True):
        decades = [sum(by_year[age : age + 10]) for age in range(0, OLDEST, 10)] + [by_year[OLDEST]]
        for decade, people in enumerate(decades):
            counted[f"{sex}{decade * 10}AgeNmprCnt"] = [people, *_shares(people, TONGS * BANS)]
    rows = []
    for place, (tong, ban) in enumerate(blocks):
        male, female = (
            sum(counts[place] for name, counts in counted.items() if name.startswith(sex))
            for sex in ("male", "feml")
        )
        row = {"statsYm": month, "admmCd": code, "ctpvNm": SEOUL, "sggNm": DISTRICT, "dongNm": official(dong)}
        row |= {"tong": tong, "ban": ban, "totNmprCnt": str(male + female)}
        if by_age:
            row |= {"maleNmprCnt": str(male), "femlNmprCnt": str(female)}
            row |= {name: str(counts[place]) for name, counts in counted.items()}
        else:
            homes = _homes(sum(map(sum, residents(code, month))))
            households = [homes, *_shares(homes, TONGS * BANS)][place]
            row |= {"hhCnt": str(households), "hhNmpr": f"{(male + female) / households:.2f}"}
            row |= {"maleNmprCnt": str(male), "femlNmprCnt": str(female)}
            row["maleFemlRate"] = f"{male / female:.2f}"
        rows.append(row)
    return rows


def _homes(people: int) -> int:
    return people * 10 // 23


def _places() -> dict[str, str]:
    """Code -> name as the CSV files write it, all levels mixed."""
    dongs = {code: f"{SEOUL} {DISTRICT} {official(dong)}" for dong, code, *_ in DONGS}
    districts = {code: f"{province} {district} " for code, (province, district, _) in OTHERS.items()}
    provinces = {code: f"{name}  " for code, (name, _) in PROVINCES.items()}
    return {"1000000000": "전국  ", **provinces, "1174000000": f"{SEOUL} {DISTRICT} ", **districts, **dongs}


def _files() -> Worlds:
    counted: list[Row] = []
    aged: list[Row] = []
    for month, (code, name) in product([*YEAR_ENDS, *MONTHS], _places().items()):
        male, female = residents(code, month)
        head: Row = {"기준연월": month, "행정구역": f"{name}({code})"}
        people = sum(male) + sum(female)
        counts = {"총인구수": people, "세대수": _homes(people)}
        counted.append({**head, **counts, "남자 인구수": sum(male), "여자 인구수": sum(female)})
        aged.append({**head, "남": male, "여": female})
    return {"jumin:downloadCsv": counted, "jumin:downloadCsvAge": aged}


def _cell(
    table: str, title: str, place: tuple[str, str], item: tuple[str, str], dated: tuple[str, str]
) -> Row:
    return {
        "ORG_ID": "101", "TBL_ID": table, "TBL_NM": title,
        "C1": place[0], "C1_NM": place[1], "C1_OBJ_NM": "행정구역별",
        "ITM_ID": item[0], "ITM_NM": item[1], "ITM_NM_ENG": "Population", "UNIT_ID": "명", "UNIT_NM": "명",
        "PRD_SE": dated[0], "PRD_DE": dated[1], "LST_CHN_DE": "2026-09-03",
    }  # fmt: skip


ITEMS = {"T20": "총인구수", "T21": "남자인구수", "T22": "여자인구수"}


def _statistics() -> Worlds:
    title = "행정구역(시군구)별, 성별 인구수"
    by_sex: list[Row] = []
    by_age: list[Row] = []
    census: list[Row] = []
    names = {code: name.split()[-1] for code, name in _places().items()}
    short = {"1000000000": "00", "1100000000": "11", "4100000000": "41"}
    wide = {code: short.get(code, code[:5]) for code in names if code.endswith("00000")}
    for month, (code, c1) in product(MONTHS, wide.items()):
        male, female = (sum(part) for part in residents(code, month))
        for item, amount in zip(ITEMS.items(), (male + female, male, female), strict=True):
            cell = _cell("DT_1B040A3", title, (c1, names[code]), item, ("M", month))
            by_sex.append({**cell, "DT": str(amount)})
    for month, code in product(MONTHS[-2:], ["1174000000", *(dong for _, dong, *_ in DONGS)]):
        people = [sum(pair) for pair in zip(*residents(code, month), strict=True)]
        groups = {"0": ("계", sum(people))}
        groups |= {
            str(age): (f"{age - 5} - {age - 1}세", sum(people[age - 5 : age])) for age in range(5, 105, 5)
        }
        groups["105"] = ("100세 이상", people[OLDEST])
        cell = _cell("DT_1B04005N", "행정구역(읍면동)별/5세별 주민등록인구", (wide.get(code, code), names[code]), ("T2", "총인구수"), ("M", month))  # fmt: skip
        by_age += [
            {**cell, "C2": group, "C2_NM": label, "C2_OBJ_NM": "5세별", "DT": str(amount)}
            for group, (label, amount) in groups.items()
        ]
    for year, (dong, code, kostat, _) in product(
        (2023, 2024, 2025), [("강동구", "1174000000", "11250", ""), *DONGS]
    ):
        cell = _cell("DT_1IN1502", "인구총조사 총인구", (kostat, dong), ("T00", "총인구"), ("A", str(year)))
        census.append({**cell, "DT": str(sum(map(sum, residents(code, f"{year}12"))))})
    return {"kosis:DT_1B040A3": by_sex, "kosis:DT_1B04005N": by_age, "kosis:DT_1IN1502": census}


def worlds() -> Worlds:
    blocks = list(product(MONTHS, DONGS))
    return {
        "mois:admmPpltnHhStus": [
            row for month, (dong, code, *_) in blocks for row in _by_block(dong, code, month, by_age=False)
        ],
        "mois:admmSexdAgePpltn": [
            row for month, (dong, code, *_) in blocks for row in _by_block(dong, code, month, by_age=True)
        ],
        **_files(),
        **_statistics(),
    }
