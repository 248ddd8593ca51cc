"""One entry for each way of fetching, with what the stub's world holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sources.entry import Entry


@dataclass(frozen=True)
class Way:
    """``rows`` of the table under ``columns``, in ``calls`` to ``host``; ``world`` is the stub's name of the rows."""

    entry: Entry
    host: str
    world: str
    rows: int
    calls: int
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.entry.id


def made(name: str, source: str, request: Mapping[str, Any], **more: Any) -> Entry:
    about = Entry(
        id=name,
        source=source,
        title=f"강동구 {name}",
        area="안전 > CCTV",
        provider="서울특별시 강동구",
        description="",
        schedule="10 3 * * *",
        fresh_days=30,
        at_least=5,
        verified=False,
        request=request,
    )
    return replace(about, **{name: _tuples(value) for name, value in more.items()})


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {name: (one,) if isinstance(one, str) else tuple(one) for name, one in value.items()}
    return value


SUBWAY = {
    "사용일자": ["USE_YMD", "USE_DT"],
    "노선명": ["SBWY_ROUT_LN_NM", "LINE_NUM"],
    "역명": ["SBWY_STNS_NM", "SUB_STA_NM"],
    "승차총승객수": ["GTON_TNOPE", "RIDE_PASGR_NUM"],
    "하차총승객수": ["GTOFF_TNOPE", "ALIGHT_PASGR_NUM"],
    "등록일자": ["REG_YMD", "WORK_DT"],
}
RIDES = {
    "사용일자": "pasngDe",
    "시각": "pasngHr",
    "노선명": "lineNm",
    "역명": "stnNm",
    "승차인원": "rideNope",
    "하차인원": "gffNope",
}
CAR_PARKS = {
    "주차장관리번호": ["PRKPLCE_NO", "prkplceNo"],
    "주차장명": ["PRKPLCE_NM", "prkplceNm"],
    "주차구획수": ["PRKCMPRT", "prkcmprt"],
    "소재지도로명주소": ["RDNMADR", "rdnmadr"],
    "위도": ["LATITUDE", "latitude"],
    "경도": ["LONGITUDE", "longitude"],
    "데이터기준일자": ["REFERENCE_DATE", "referenceDate"],
}
SHELTERS = {
    "관리번호": "MNG_NO",
    "시설명": "FCLT_NM",
    "최대수용인원": "MAX_ACTC_PERNE",
    "운영상태": "OPER_STTS",
    "경도(EPSG4326)": ["LOT_EPST4326", "LOT_EPSG4326"],
    "최종수정시점": "LAST_MDFCN_PNT",
}
RESIDENTS = {
    "기준연월": "statsYm",
    "행정동코드": "admmCd",
    "행정동명": "dongNm",
    "총인구수": "totNmprCnt",
    "세대수": "hhCnt",
}

SEOUL = Way(
    made(
        "seoul-subway",
        "seoul",
        {"service": "CardSubwayStatsNew", "arguments": ["{time}"], "span": {"unit": "day", "lag": 5, "count": 3}},
        columns=SUBWAY,
        key=["사용일자", "노선명", "역명"],
    ),
    "openapi.seoul.go.kr",
    "seoul:CardSubwayStatsNew",
    rows=2_450,
    calls=5,
    columns=tuple(SUBWAY),
)  # fmt: skip
KOSIS = Way(
    made(
        "kosis-population",
        "kosis",
        {
            "org": "101",
            "table": "DT_1B040A3",
            "items": ["T20", "T21", "T22"],
            "levels": {"objL1": "11740+11710+"},
            "period": "M",
            "newest": 5,
        },
    ),
    "kosis.kr",
    "kosis:DT_1B040A3",
    rows=10,
    calls=1,
    columns=("시점", "행정구역별", "총인구수 (명)", "남자인구수 (명)", "여자인구수 (명)"),
)
GATEWAY = Way(
    made(
        "gateway-rides",
        "datagokr",
        {"style": "gateway", "path": "B553766/psgr/getPsgr", "format": {"dataType": "JSON"}, "rows": 50},
        columns=RIDES,
        key=["사용일자", "시각", "역명"],
    ),
    "apis.data.go.kr",
    "datagokr:B553766/psgr/getPsgr",
    rows=114,
    calls=3,
    columns=tuple(RIDES),
)
STANDARD = Way(
    made(
        "standard-car-parks",
        "datagokr",
        {"style": "standard", "service": "tn_pubr_public_prkplce_info_api", "params": {"instt_code": "3240000"},
         "rows": 50},
        columns=CAR_PARKS,
        key=["주차장관리번호"],
    ),
    "api.data.go.kr",
    "standard:tn_pubr_public_prkplce_info_api",
    rows=120,
    calls=3,
    columns=tuple(CAR_PARKS),
)  # fmt: skip
ODCLOUD = Way(
    made(
        "odcloud-parking",
        "datagokr",
        {"style": "odcloud", "namespace": "15081659", "rows": 20},
        columns={"단속동": "단속동", "단속건수": ["단속건수", " 단속건수 "], "기준일자": "기준일자"},
        key=["연번"],
    ),
    "api.odcloud.kr",
    "odcloud:15081659",
    rows=38,
    calls=2,
    columns=("연번", "단속동", "단속건수", "기준일자"),
)
MINISTRY = Way(
    made(
        "mois-shelters",
        "mois",
        {"kind": "standard", "slug": "civil_defense_shelter_info", "params": {"cond[OPN_ATMY_GRP_CD::EQ]": "3240000"},
         "rows": 40},
        columns=SHELTERS,
        key=["관리번호"],
        newest_by="최종수정시점",
    ),
    "apis.data.go.kr",
    "datagokr:1741000/civil_defense_shelter_info/info",
    rows=90,
    calls=3,
    columns=tuple(SHELTERS),
)  # fmt: skip
POPULATION = Way(
    made(
        "mois-population",
        "mois",
        {"kind": "api", "service": "admmPpltnHhStus", "params": {"admmCd": "1174000000", "lv": "3", "regSeCd": "1"},
         "months": 4, "rows": 40},
        columns=RESIDENTS,
        key=["기준연월", "행정동코드"],
    ),
    "apis.data.go.kr",
    "mois:admmPpltnHhStus",
    rows=76,
    calls=3,
    columns=tuple(RESIDENTS),
)  # fmt: skip
JUMIN = Way(
    made(
        "mois-jumin",
        "mois",
        {
            "kind": "population_csv",
            "page": "downloadCsv",
            "xlsStats": "1",
            "months": 2,
            "form": {"sltOrgType": "2", "sltOrgLvl1": "1100000000", "sltOrgLvl2": "1174000000", "category": "month"},
        },
        key=["행정구역"],
    ),
    "jumin.mois.go.kr",
    "jumin:downloadCsv",
    rows=20,
    calls=1,
    columns=("행정구역", "2025년11월_총인구수", "2025년12월_총인구수"),
)  # fmt: skip
BULK = Way(
    made(
        "mois-bulk-toilets",
        "mois",
        {"kind": "bulk", "slug": "public_restroom_info", "org": "3240000"},
        key=["관리번호"],
    ),
    "file.localdata.go.kr",
    "bulk:public_restroom_info",
    rows=174,
    calls=1,
    columns=("관리번호", "화장실명", "남성용-대변기수"),
)

WAYS = (SEOUL, KOSIS, GATEWAY, STANDARD, ODCLOUD, MINISTRY, POPULATION, JUMIN, BULK)
PAGED = tuple(one for one in WAYS if one.calls > 1)
PACKED = (SEOUL, KOSIS, GATEWAY, STANDARD, ODCLOUD, MINISTRY, POPULATION)
"""Those whose edition is made of answers; the others are files as published."""
GATEWAYS = tuple(one for one in WAYS if one.host in {"apis.data.go.kr", "api.data.go.kr"})
