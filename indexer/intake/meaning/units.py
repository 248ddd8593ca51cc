"""Units: from brackets in the header, a unit column, a unit line above the table, or the noun itself."""

import re
from collections.abc import Iterable

_ATOM = (
    r"천명|만명|명|人|인|개소|개교|개사|개월|개|건|대|십억원|억원|백만원|천원|만원|원|달러|불|천불|백만불|%p|연%|%|％|‰|"
    r"㎡|㎢|㎥|m²|m2|m³|m3|km²|km2|㎞|km|㎝|cm|㎜|mm|m|ha|a|평|천톤|톤|M/T|t|㎏|kg|g|㎎|mg|㎍|μg|µg|ug|"
    r"ℓ|L|l|리터|kl|㎘|세대|가구|호|동|실|석|좌석|권|종|점|책|회|편|차|척|필지|마리|두|수|본|주|그루|곳|면|층|칸|병상|"
    r"ppm|ppb|℃|°C|도|dB|dB\(A\)|hPa|m/s|분|초|시간|시|일|월|년|배|kWh|MWh|GWh|MW|kW|toe|TOE|kcal|MJ|GJ|tCO2eq|지수|등급|위|TEU|RT"
)
_UNIT = re.compile(rf"^(?:{_ATOM})(?:\s*/\s*(?:{_ATOM}|\d*\s*(?:인|명|시간|일)))*$")
_BASE = re.compile(r"^\d{4}(?:\.\d+)?\s*[=＝]\s*100(?:\.0)?$")
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]{1,14}(?:\([A-Z]\))?)[)\]）]")
_LINE = re.compile(r"단\s*위\s*[:：\s)]\s*([^)\]\n○]{1,40})")
_NOUNS = (
    (
        re.compile(
            r"(?:인구|인구수|인원|인원수|승객수|종사자수|방문자수|이용자수|학생수|유학생수|환자수|확진자?|직원수|정원|현원)$"
        ),
        "명",
    ),
    (re.compile(r"(?<!다)(?:세대|세대수)$"), "세대"),
    (re.compile(r"가구\s*수?$"), "가구"),
    (re.compile(r"건수$"), "건"),
    (re.compile(r"(?:대수|보유대수)$"), "대"),
    (re.compile(r"(?:금액|예산|매출액|지출액)$"), "원"),
)


def is_unit(text: str) -> bool:
    cleaned = text.strip()
    return bool(_UNIT.match(cleaned) or _BASE.match(cleaned))


def unit_in_name(name: str) -> str | None:
    """``운항 (편)`` → ``편``; ``주소(도로명)`` → None."""
    for inner in reversed(_BRACKETS.findall(name)):
        if is_unit(inner):
            return str(inner).strip()
    return None


def unit_of_noun(bare_name: str) -> str | None:
    return next((unit for pattern, unit in _NOUNS if pattern.search(bare_name)), None)


def unit_in_lines(lines: Iterable[str]) -> str | None:
    """The one unit that a line such as ``(단위: 명)`` gives for the whole table; none if it lists several."""
    for line in lines:
        if match := _LINE.search(line):
            found = match[1].strip(" :：")
            return found if is_unit(found) else None
        stripped = line.strip("()[] ")
        if re.fullmatch(r"원/리터|원/ℓ|\d{4}\s*[=＝]\s*100", stripped):
            return stripped
    return None


def is_unit_column(name: str, values: Iterable[str]) -> bool:
    found = list(values)
    return name.replace(" ", "") in ("단위", "단위명", "UNIT", "UNIT_NM") and bool(found)


def is_rate_unit(unit: str | None) -> bool:
    """Shares, concentrations, degrees and prices; a volume per day is an amount all the same."""
    if not unit:
        return False
    if _BASE.match(unit) or unit in (
        "%",
        "％",
        "연%",
        "%p",
        "‰",
        "ppm",
        "ppb",
        "℃",
        "°C",
        "도",
        "dB",
        "dB(A)",
        "hPa",
        "m/s",
        "배",
        "지수",
        "점",
        "등급",
        "위",
    ):
        return True
    return "/" in unit and not re.search(r"/\s*\d*\s*(일|년|월|시|시간)$", unit)
