"""Tables about residents by dong: age, sex, households, moves."""

from indexer.sample.panels import Measure, Panel, Split, by_dong, split

MOIS = "행정안전부"
STATISTICS = "통계청"
# made-up share of each ten years of age of the residents, and how it changes a year: the district grows old
AGE_SHARES = (0.070, 0.082, 0.140, 0.153, 0.158, 0.163, 0.135, 0.068, 0.027, 0.0039, 0.0001)
AGE_TRENDS = (-0.035, -0.02, -0.015, -0.01, -0.012, 0.002, 0.035, 0.03, 0.05, 0.06, 0.04)
SEXES = (("남", 0.487), ("여", 0.513))


def ages(step: int) -> Split:
    """성별 × 연령대 in steps of 1, 5 or 10 years, the last one open: 100세이상."""
    labels, shares, trends = [], [], []
    for sex, half in SEXES:
        for low in range(0, 101, step):
            label = "100세이상" if low == 100 else f"{low}세" if step == 1 else f"{low}~{low + step - 1}세"
            labels.append((sex, label))
            shares.append(half * AGE_SHARES[low // 10] * (1 if low == 100 else step / 10))
            trends.append(AGE_TRENDS[low // 10])
    return Split(("성별", "연령별" if step == 1 else "연령대"), tuple(labels), tuple(shares), tuple(trends))


def crossed(header: str, values: tuple[str, ...]) -> Split:
    """성별 × one more column."""
    labels = tuple((sex, value) for sex, _ in SEXES for value in values)
    shares = tuple(half / len(values) for _, half in SEXES for _ in values)
    return Split(("성별", header), labels, shares, (0.0,) * len(labels))


def residents_of(
    title: str, years_of_age: int, typical: int | None = None, *, monthly: bool = False
) -> Panel:
    measure = Measure("인구수(명)", 1000, sort="level", commas=True)
    return Panel(
        title, "인구/가구 > 주민등록인구", by_dong(), (measure,), ages(years_of_age),
        step="month" if monthly else "year", time="기준년월" if monthly else "연도",
        provider=MOIS, form="cp949", typical=typical,
    )  # fmt: skip


# more people are in the district by night: many work elsewhere
NIGHT_AND_DAY = Split(
    ("시간대구분",),
    tuple((f"{hour:02}",) for hour in range(24)),
    tuple(1.05 if hour < 7 or hour > 19 else 0.9 for hour in range(24)),
    (0.0,) * 24,
)
ELDERLY = crossed("연령구분", ("65~69세", "70~74세", "75~79세", "80~84세", "85세이상"))

POPULATION = (
    residents_of("동별 성별 연령대별 주민등록인구", 10),
    Panel("동별 고령자 인구", "인구/가구 > 고령인구", by_dong(),
        (Measure("고령자(명)", 155, 0.045, "level"),), ELDERLY, wide=True, provider=STATISTICS, form="xlsx"),
    Panel("동별 1인가구 비율", "인구/가구 > 1인가구", by_dong(),
        (Measure("1인가구비율(%)", 33, 1.1, "rate", spread=9),
        Measure("1인가구수(가구)", 140, 0.04, "level", commas=True)), time="기준연도", provider=STATISTICS,
        form="utf-8-sig"),
    residents_of("동별 5세별 주민등록인구", 5),
    residents_of("동별 각세별 주민등록인구", 1, 40_000),
    residents_of("동별 월별 연령별인구 현황", 5, 47_000, monthly=True),
    Panel("동별 세대수 현황", "인구/가구 > 세대", by_dong(),
        (Measure("세대수(세대)", 415, 0.01, "level", commas=True),
        Measure("세대당인구(명)", 2.3, -0.03, "rate", 2, 0.3)), step="month", time="기준년월", provider=MOIS),
    Panel("동별 세대원수별 세대수", "인구/가구 > 세대", by_dong(),
        (Measure("세대수(세대)", 415, 0.01, "level"),),
        split("세대규모", "1인세대", "2인세대", "3인세대", "4인세대", "5인세대", "6인세대",
        "7인이상세대"), wide=True,
        provider=STATISTICS),
    Panel("동별 등록외국인 현황", "인구/가구 > 등록외국인", by_dong(),
        (Measure("외국인수(명)", 11, 0.02, "level", commas=True),),
        split("국적", "중국", "한국계중국", "베트남", "미국", "몽골", "필리핀", "기타"), time="기준연도"),
    Panel("동별 출생 사망 현황", "인구/가구 > 출생·사망", by_dong(),
        (Measure("출생(명)", 0.5, -0.06), Measure("사망(명)", 0.42, 0.03, season="winter")), step="month",
        time="월"),
    Panel("동별 인구이동 전입전출 현황", "인구/가구 > 인구이동", by_dong(),
        (Measure("전입(명)", 14, commas=True, season="spring"),
        Measure("전출(명)", 14.2, commas=True, season="spring")), step="month", time="기준년월",
        provider=STATISTICS),
    Panel("동별 청년인구 현황", "인구/가구 > 청년인구", by_dong("동명"),
        (Measure("청년인구(명)", 290, -0.01, "level", commas=True),),
        crossed("연령대", ("19~24세", "25~29세", "30~34세", "35~39세"))),
    Panel("동별 영유아인구 현황", "인구/가구 > 영유아인구", by_dong(),
        (Measure("영유아(명)", 45, -0.05, "level"),),
        crossed("연령", ("0세", "1세", "2세", "3세", "4세", "5세", "6세")), wide=True),
    Panel("동별 평균연령", "인구/가구 > 평균연령", by_dong(),
        (Measure("평균연령(세)", 43.2, 0.4, "rate", 1, 2.5),), provider=MOIS),
    Panel("동별 인구밀도", "인구/가구 > 인구밀도", by_dong(),
        (Measure("인구밀도(명/㎢)", 21000, -90, "rate", 0, 9000),)),
    Panel("동별 혼인 이혼 현황", "인구/가구 > 혼인·이혼", by_dong(),
        (Measure("혼인(건)", 4.4, -0.04), Measure("이혼(건)", 1.9, -0.02))),
    Panel("동별 시간대별 생활인구", "인구/가구 > 생활인구", by_dong(),
        (Measure("총생활인구수(명)", 950, 0.002, "amount", 1),), NIGHT_AND_DAY, step="day", time="기준일ID",
        provider="서울특별시", typical=166_500),
)  # fmt: skip
