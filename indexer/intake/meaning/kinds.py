"""How a measure adds up: flow over time and place, stock over place only."""

import re

from indexer.intake.meaning import lexicon
from indexer.intake.meaning.units import unit_in_name
from indexer.intake.names import bare
from indexer.intake.table import Kind


def kind_of(name: str, title: str) -> tuple[Kind, str]:
    """Kind and the reason; in doubt a stock, for a stock is never added over time."""
    plain = bare(name)
    titled = bare(title)
    is_of_flows = bool(lexicon.FLOW.search(titled) and not lexicon.STOCK.search(titled))
    unit = unit_in_name(name) or ""
    if is_of_flows and not unit and lexicon.BY_PLACE.search(titled) and _is_place(plain):
        return Kind.FLOW, "제목"
    if unit.endswith(("/일", "/년", "/월")):
        return Kind.STOCK, "단위 시간의 양"
    for words, kind in ((lexicon.STOCK, Kind.STOCK), (lexicon.FLOW, Kind.FLOW)):
        tail = _last(words, plain)
        other = _last(lexicon.FLOW if words is lexicon.STOCK else lexicon.STOCK, plain)
        # a Korean compound says at its end what it is: 사망인구 is a 인구, 인구이동건수 a 건수
        if tail >= 0 and tail >= other:
            return kind, f"이름의 '{_word(words, plain)}'"
    if unit in ("건", "회", "편", "mm", "원", "천원", "백만원", "억원"):
        return Kind.FLOW, f"단위 {unit}"
    if is_of_flows:
        return Kind.FLOW, "제목"
    return Kind.STOCK, "알 수 없어 조심스럽게"


def _is_place(plain: str) -> bool:
    """Whether a name says where and not what is counted: 학교 among crimes by place, but not 학교수."""
    words = {_word(lexicon.STOCK, plain[: match.end()]) for match in lexicon.STOCK.finditer(plain)}
    return bool(words) and not plain.endswith("수") and all(map(lexicon.PLACE.fullmatch, words))


def _last(words: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in words.finditer(text)), default=-1)


def _word(words: re.Pattern[str], text: str) -> str:
    return [str(match.group()) for match in words.finditer(text)][-1]
