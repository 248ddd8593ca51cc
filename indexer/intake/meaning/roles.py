"""What each column is for, from its name and from what its cells hold."""

import re
from collections.abc import Container, Mapping

from indexer.intake.meaning import lexicon
from indexer.intake.meaning.coordinates import axis_role
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.nameless import nameless_roles
from indexer.intake.meaning.regions import is_address, is_region
from indexer.intake.meaning.units import is_rate_unit, unit_in_name
from indexer.intake.names import NAMELESS
from indexer.intake.period import parse, years_in_text
from indexer.intake.reading.sheets import SHEET
from indexer.intake.table import Role

PHONE = r"^\(?0?\d{1,4}\)?[\s.)\-]{1,2}\d{3,4}[\s.\-]+\d{4}(?:$|[\s,~/])|^1\d{3}-\d{4}$|^\d{3,4}-\d{4}$"
_CODES = re.compile(r"^(?:\[(?:[A-Z]|Item)\]|C)(.+)$")
_NAMES = ("_NM", "_nm", "Nm", "NM", "_NAME", "Name")
_FEW, _MOST_DATES = 40, 1_000
_WHOLE_YEAR, _SOME = r"(?:19|20)\d{2}(?:년도?)?", 3
_STAMP = r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-4])[0-5]\d(?:[0-5]\d)?$"
_MOMENT = re.compile(r"dt$|dttm$|date$|time$|일시$|시각$|시간$|일자$")
_ANSWERS, _LISTED, _NAME_LENGTH = 4, 10, 25
# of a unit that can be added, only a plain word for a mean, a share or a price says that it must not
_RATE_WITH_UNIT = (
    r"평균|율$|률$|비율|단가(?!구)|(?<!당해년)(?<!기준년)(?<!경상)(?<!불변)(?<!시장)(?<!기초)가격$|시세$|당$|당[^가-힣]"
    r"|(?:[\d십백천만]명|[1십백천만]인|(?<!총)인구[십백천만]*명?|세대|가구)당(?![월일해년초기])"
)
# lengths and times are as often a height or a duration as an amount
_LENGTHS = (
    "m",
    "cm",
    "mm",
    "km",
    "㎝",
    "㎜",
    "㎞",
    "분",
    "초",
    "시간",
    "층",
    "도",
    "세",
    "월",
    "일",
    "년",
    "점",
    "원",
)


def roles_of(facts: Mapping[str, Facts]) -> dict[str, Role]:
    roles = {name: Role.CODE if code_of(name, facts) else role_of(column) for name, column in facts.items()}
    return roles | nameless_roles(facts, roles)


def code_of(name: str, names: Container[str]) -> str | None:
    """The column whose codes this one holds: ``자치구별`` for ``[A]자치구별``, ``C1_NM`` for ``C1``."""
    match = _CODES.match(name)
    if match and match[1] in names:
        return match[1]
    return next((named for ending in _NAMES if (named := f"{name}{ending}") in names), None)


def role_of(facts: Facts) -> Role:
    """The first rule that fits, from what is surest to what is left over."""
    return (
        axis_role(facts)
        or _time(facts)
        or _region(facts)
        or _clock(facts)
        or _code(facts)
        or _quantity(facts)
        or _words(facts)
    )


def _time(facts: Facts) -> Role | None:
    """A name that dates the record and cells that are dates; the day of an event in a life does not count."""
    event = lexicon.EVENT_DATE.search(facts.bare)
    if not facts.count or (event and not re.search(r"기준일|s(?:a|t)(?:t|d|r)?t?ymd$", facts.key)):
        return None
    sample = facts.distinct[:300]
    if lexicon.TIME.search(facts.bare) or lexicon.TIME.search(facts.key):
        return Role.TIME if _are_parts(facts, sample) or _dates(sample) >= 0.6 else None
    return Role.TIME if _dates_itself(facts, sample) else None


def _are_parts(facts: Facts, sample: list[str]) -> bool:
    """Year, month or day in a column of its own."""
    patterns = (lexicon.YEAR_PART, lexicon.QUARTER_PART, lexicon.MONTH_PART, lexicon.DAY_PART)
    named = any(pattern.search(facts.key) or pattern.search(facts.bare) for pattern in patterns)
    return named and all(re.fullmatch(r"\d{1,4}(?:년|월|일|분기)?", value) for value in sample)


def _dates(sample: list[str]) -> float:
    return sum(map(_is_time, sample)) / len(sample)


def _dates_itself(facts: Facts, sample: list[str]) -> bool:
    """Whatever it is called: sheets named by year, months in row after row; more, where it has no name."""
    if facts.name == SHEET:
        return all(years_in_text(value) for value in sample)
    months = sum(
        bool(re.fullmatch(r"(?:19|20)\d{2}(?:[-./]\d{1,2}|년\s*\d{1,2}월(?:\s*\d{1,2}일)?)", value))
        for value in sample
    )
    if months >= 0.9 * len(sample) and len(sample) >= 3:
        return True
    if (
        facts.bare in ("구분", "항목")
        and len(sample) >= _SOME
        and all(re.fullmatch(_WHOLE_YEAR, value) for value in sample)
    ):
        return True
    if not facts.name.startswith(NAMELESS) or len(facts.distinct) > _MOST_DATES:
        return False
    form = r"(?:19|20)\d{2}[-./]?\d{2}(?:[-./]?\d{2})?"
    years = facts.name == f"{NAMELESS}1" and all(re.fullmatch(_WHOLE_YEAR, value) for value in sample)
    return years or (all(re.fullmatch(form, value) for value in sample) and _dates(sample) >= 0.999)


def _is_time(text: str) -> bool:
    # in a time column the quarter may stand as fifth digit: 20231
    return parse(text) is not None or bool(re.fullmatch(r"(?:19|20)\d{2}[1-4]", text))


def _region(facts: Facts) -> Role | None:
    return Role.REGION if facts.numeric_share < 0.2 and is_region(facts) else None


def _clock(facts: Facts) -> Role | None:
    """Hours of the day without their colon (0930) and answers yes or no (1, 0) are choices."""
    hours = (
        re.search(r"시간대$|시각$", facts.bare)
        and facts.share_like(r"^(?:[01]?\d|2[0-4])(?::?[0-5]\d)?$") > 0.95
    )
    asked = re.search(r"yn$|여부$|유무$", facts.key) and 0 < len(facts.distinct) <= _ANSWERS
    return Role.CATEGORY if hours or asked else None


def _is_numbering(facts: Facts) -> bool:
    """1, 2, 3, … down the rows: a place in the list, whatever it is called."""
    numbers = facts.numbers
    return (
        len(numbers) >= _LISTED
        and bool(numbers.notna().all())
        and float(numbers.iloc[0]) in (0.0, 1.0)
        and bool((numbers.diff().iloc[1:] == 1).all())
        and not unit_in_name(facts.name)
        and not lexicon.MEASURE_END.search(facts.bare)
    )


def _code(facts: Facts) -> Role | None:
    if _is_numbering(facts):
        return Role.CODE
    named = bool(
        lexicon.CODE.search(facts.bare)
        or lexicon.CODE.search(facts.key)
        or lexicon.CODE_WORD.search(facts.name)
    )
    if lexicon.CALL.search(facts.bare) and (facts.numeric_share < 0.9 or facts.mean_length >= 7):
        named = True
    if named and not lexicon.CODE_NAME.search(facts.key) and facts.mean_length < 40:
        return Role.CODE
    if facts.count and facts.share_like(PHONE) > 0.5:
        return Role.CODE
    if facts.leading_zeros and facts.numeric_share > 0.9 and not _is_choice(facts):
        return Role.CODE
    # a number in a column named after a thing is the thing's number
    thing = re.search(
        r"(?:지점|관측소|정류장|정류소|관측지점|(?:관리|제공|담당|관할|운영|소관|시행)(?:기관|부서|청))$",
        facts.bare,
    )
    numbered = facts.numeric_share > 0.9 and facts.whole and bool((facts.numbers.dropna() > 0).all())
    return Role.CODE if thing and numbered else None


def _is_choice(facts: Facts) -> bool:
    return bool(lexicon.CHOICE.search(facts.bare)) and len(facts.distinct) <= _FEW


def _quantity(facts: Facts) -> Role | None:
    if not facts.count:
        return _empty_quantity(facts)
    if facts.share_like(_STAMP) > 0.9:
        # 14 digits of a clock are a moment, whatever the column is called
        return (
            Role.TIME if _MOMENT.search(facts.key) and not lexicon.EVENT_DATE.search(facts.key) else Role.TEXT
        )
    if facts.numeric_share < 0.85 or facts.share_like(r"^[1-9]0대") > 0.5:
        return None
    if lexicon.EVENT_DATE.search(facts.bare) and facts.share_like(r"^(?:19|20)\d{2}") > 0.8:
        return Role.TEXT
    if (
        _is_choice(facts)
        and facts.whole
        and not unit_in_name(facts.name)
        and not lexicon.MEASURE_END.search(facts.bare)
    ):
        return Role.CATEGORY
    return Role.RATE if is_rate(facts) else Role.MEASURE


def _is_magnitude(facts: Facts) -> bool:
    """Of an earthquake, not of a plant."""
    return facts.bare in ("규모", "진도") and not facts.whole and float(facts.numbers.max()) < 10


def is_rate(facts: Facts) -> bool:
    """A unit that is a share, degree or price; a noun that is one."""
    unit = unit_in_name(facts.name)
    if is_rate_unit(unit) or _is_magnitude(facts) or re.search(r"[(\[](?:비율|율|구성비)[)\]]", facts.name):
        return True
    if unit and unit not in _LENGTHS:
        # a unit that can be added: only a plain word for a mean or share speaks against it
        return bool(re.search(_RATE_WITH_UNIT, facts.bare))
    if not lexicon.RATE.search(facts.bare) and not lexicon.RATE.search(facts.key):
        return False
    return not lexicon.AMOUNT.search(facts.bare) or bool(re.search(r"평균|당|비율|율$", facts.bare))


def _empty_quantity(facts: Facts) -> Role | None:
    if is_rate_unit(unit_in_name(facts.name)) or re.search(r"율$|비율$|평균", facts.bare):
        return Role.RATE
    return Role.MEASURE if lexicon.MEASURE_END.search(facts.bare) and not _is_choice(facts) else None


def _words(facts: Facts) -> Role:
    """Text: addresses and remarks, names of the records, or a choice among a few."""
    return _plain_words(facts) or _name_or_choice(facts)


def _plain_words(facts: Facts) -> Role | None:
    if (
        len(facts.distinct) >= 20
        and len(facts.distinct) == facts.count
        and re.search(r"명$|명칭$", facts.bare)
        and facts.mean_length < 40
        and not is_address(facts)
    ):
        return Role.LABEL
    dated = not facts.count or facts.share_like(r"\d{4}|\d{2}[.\-]") > 0.5
    if (
        dated
        and lexicon.EVENT_DATE.search(facts.bare)
        and re.search(r"(?<!요)일$|일자$|일시$|시각$|시점$|date|ymd|시간$|연도$|년도$|년월$", facts.key)
    ):
        return Role.TEXT
    asks = re.search(r"(?:여부|유무)$", facts.bare) and len(facts.distinct) <= _FEW
    if asks or (facts.bare.endswith("별") and len(facts.distinct) <= max(_FEW, 0.1 * facts.count)):
        return Role.CATEGORY
    drawn = facts.share_like(r"^(?:POINT|LINESTRING|(?:MULTI)?POLYGON)\s*\(") > 0.8
    wordy = lexicon.TEXT.search(facts.bare) or facts.mean_length > 40
    return Role.TEXT if drawn or wordy or is_address(facts) else None


def _name_or_choice(facts: Facts) -> Role:
    nameless = facts.name.startswith(NAMELESS) and 5 < facts.mean_length <= _NAME_LENGTH
    if nameless and len(facts.distinct) >= _FEW and len(facts.distinct) > 0.9 * facts.count:
        return Role.LABEL
    few = len(facts.distinct) <= max(_FEW, 0.02 * facts.count)
    many = len(facts.distinct) > max(20, 0.3 * facts.count) or len(facts.distinct) > 0.5 * facts.count
    if re.fullmatch(r"(?:관측)?지점명?", facts.bare):
        return Role.LABEL
    if many and len(facts.distinct) > 100 and re.search(r"(?:시설|관광지|기관)명?$|지점$", facts.bare):
        return Role.LABEL
    if (
        lexicon.LABEL.search(facts.bare)
        and not lexicon.NOT_LABEL.search(facts.key)
        and not lexicon.CATEGORY.search(facts.bare)
    ):
        # a name that stands again and again for a handful of things is a choice
        return Role.LABEL if many or len(facts.distinct) > 20 else Role.CATEGORY
    if not facts.count:
        return (
            Role.CATEGORY if lexicon.CATEGORY.search(facts.bare) or facts.bare.endswith("명") else Role.TEXT
        )
    return Role.CATEGORY if few or lexicon.CATEGORY.search(facts.bare) else Role.TEXT
