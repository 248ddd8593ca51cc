"""Names and codes of places: 시도, Seoul's districts, Gangdong's dong with the days on which they held."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

# a dong's name with 제 before the number is the official form of the common one; 홍제1동 keeps its own 제
_OFFICIAL = re.compile(r"^(.+?)제(\d+동)$")


@dataclass(frozen=True)
class Gazetteer:
    sido: dict[str, str]  # any spelling → name of today
    seoul: frozenset[str]
    sigungu: frozenset[str]  # of the whole country, 시 and 군 without their ending too
    district: str
    district_code: str
    dong: dict[str, str]  # any spelling → common name; 법정동 to themselves
    dong_codes: dict[str, str]  # 10 or 8 digits → common name


@cache
def gazetteer() -> Gazetteer:
    data = json.loads(resources.files("mappings").joinpath("regions.json").read_text(encoding="utf-8"))
    sido = {
        spelling: entry["name"]
        for entry in data["sido"]
        for spelling in (entry["name"], entry["short"], *entry["former"], *entry["aliases"])
    }
    dong, codes = {}, {}
    for entry in data["legal_dong"]:
        dong[entry["name"]] = entry["name"]
        codes[entry["code10"]] = entry["name"]
    for entry in data["dong"]:
        dong[entry["name"]] = dong[entry["official"]] = entry["name"]
        codes[entry["code10"]] = codes[entry["code10"][:8]] = entry["name"]
        if entry.get("kostat8"):
            codes[entry["kostat8"]] = entry["name"]
    district = data["district"]
    everywhere = {
        *data["seoul_sigungu"],
        *(name for names in data["other_sigungu"].values() for name in names),
    }
    stems = {name[:-1] for name in everywhere if name[-1] in "시군" and len(name) > 2}
    return Gazetteer(
        sido,
        frozenset(data["seoul_sigungu"]),
        frozenset(everywhere | stems),
        district["name"],
        district["code5"],
        dong,
        codes,
    )


# parts of the country that statistics list beside its 시도: none of them is a place of its own
_AGGREGATES = re.compile(
    r"전국|수도권|비수도권|지방|[동읍면시군구]부|읍·?면부?|도시|농촌|도시지역|농어촌|[4-9](?:개|대)?\s?(?:광역시|대도시)|광역시|지방광역시"
    r"|(?:[89]개)?도|지방도|시지역|군지역|구지역|[가-힣]{2,3}권역?"
)


def is_aggregate(text: str) -> bool:
    """``동부``, ``수도권``, ``5대광역시``: a group of places."""
    return bool(_AGGREGATES.fullmatch(text.strip()))


_BESIDE = re.compile(r"^\d{2,10}\s+|\(\d+\)|\s+")


def plain_place(text: str) -> str:
    """``강 동 구`` → ``강동구``; a code in brackets after the name is taken off."""
    # letters and digits alone, as most places are written, hold nothing to take off
    return text if text.isalnum() else _BESIDE.sub("", text)


def dong_name(text: str) -> str | None:
    """Common name of a Gangdong dong in any spelling, with lost dots and blanks; None for others."""
    found = gazetteer().dong
    plain = plain_place(text)
    if plain in found:
        return found[plain]
    match = _OFFICIAL.match(plain) if "제" in plain else None
    return found.get(f"{match[1]}{match[2]}") if match else None
