"""Series of sensors and of the district as a whole: air, weather, noise, water, waste, energy."""

from indexer.sample.kind import SEOUL
from indexer.sample.panels import WHOLE, Measure, Panel, fixed, hours, split

SENSORS = fixed(("측정소명",), (("강동구",), 1.0), (("천호대로",), 1.15))
RAIN_GAUGES = fixed(("관측소명",), (("강동구청",), 1.0), (("고덕",), 1.05))
STREAMS = fixed(("지점명",), (("고덕천",), 1.0), (("망월천",), 1.0), (("성내천",), 1.0))
NOISE_SPOTS = fixed(("지점명",), (("주거지역",), 1.0), (("도로변",), 1.0), (("학교지역",), 1.0))

AIR = (
    Measure("미세먼지(㎍/㎥)", 36, -1.6, "rate", 0, 3, season="spring"),
    Measure("초미세먼지(㎍/㎥)", 20, -0.9, "rate", 0, 2, season="winter"),
    Measure("오존(ppm)", 0.027, 0.0006, "rate", 3, 0.002, season="summer"),
    Measure("이산화질소(ppm)", 0.026, -0.0011, "rate", 3, 0.004, season="winter"),
    Measure("일산화탄소(ppm)", 0.5, -0.01, "rate", 1, 0.05, season="winter"),
    Measure("아황산가스(ppm)", 0.004, -0.0001, "rate", 3),
)

ENVIRONMENT_SERIES = (
    Panel("대기오염 월평균 농도", "환경 > 대기오염", SENSORS, AIR, step="month", time="월", provider=SEOUL,
        form="json"),
    Panel("대기오염 일평균 농도", "환경 > 대기오염", SENSORS, AIR, step="day", time="측정일자",
        provider=SEOUL, typical=8036),
    Panel("시간별 대기오염 측정자료", "환경 > 대기오염", SENSORS, AIR, hours(0, 23), "day", "측정일자",
        provider=SEOUL, form="cp949", typical=70_200),
    Panel("강수량 관측현황", "환경 > 기상", RAIN_GAUGES,
        (Measure("강수량(㎜)", 108, 0.01, "amount", season="summer"),), step="month", time="월"),
    Panel("기온 관측현황", "환경 > 기상", RAIN_GAUGES,
        (Measure("평균기온(℃)", 13.1, 0.05, "rate", 1, 0.4, season="heat"),), step="month", time="월"),
    Panel("하천수질 측정현황", "환경 > 수질·하천", STREAMS,
        (Measure("BOD(㎎/L)", 2.4, -0.05, "rate", 1, 0.6, season="summer"),
        Measure("수소이온농도(pH)", 7.6, 0, "rate", 1, 0.3)), step="month", time="월"),
    Panel("생활소음 측정현황", "환경 > 소음·악취", NOISE_SPOTS,
        (Measure("소음도(dB)", 61, -0.2, "rate", 1, 5),), split("시간대", "주간", "야간"), "month",
        "기준년월"),
    Panel("음식물쓰레기 발생량", "환경 > 음식물쓰레기", WHOLE,
        (Measure("발생량(톤)", 3400, -0.01, "amount", season="even"),),
        split("배출원", "공동주택", "단독주택", "음식점"), "month", "월"),
    Panel("재활용품 수거량", "환경 > 재활용", WHOLE, (Measure("수거량(톤)", 1900, 0.02, "amount"),),
        split("품목", "종이", "플라스틱", "비닐", "캔", "유리병", "스티로폼"), "month", "월", form="xlsx"),
    Panel("전력사용량 현황", "환경 > 에너지", WHOLE,
        (Measure("사용량(MWh)", 140_000, 0.01, "amount", commas=False, season="summer"),),
        split("용도", "일반용", "주택용", "교육용", "산업용", "가로등"), "month", "기준년월"),
    Panel("탄소포인트제 참여현황", "환경 > 온실가스", WHOLE,
        (Measure("참여가구(가구)", 21_000, 0.05, "level", commas=True),)),
)  # fmt: skip
