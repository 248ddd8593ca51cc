"""What a number column is called where it leaves that to its dataset, and columns that name what others hold."""

import re
from dataclasses import replace

from app.forms import Facet
from app.wording import plain_name
from search import text
from search.documents import Column, Dataset

UNNAMED = frozenset({"값", "수치", "통계값", "데이터값", "데이터", "수", "건수", "value"})
_ITEMS = frozenset({"항목", "지표", "측정항목", "통계항목", "조사항목"})
"""Columns that say what a number is; their values are never added up."""

_LEADING = re.compile(r"^(?:\S+별\s+)+")
_BRACKETED = re.compile(r"\s*[(\[（〔][^(\[（〔)\]）〕]*[)\]）〕]")
"""The innermost."""
_HANGUL = re.compile("[가-힣]{2}")
_TRAILING = re.compile(r"\s*(?:현황|통계|자료|정보|목록)$")


def is_unnamed(column: Column) -> bool:
    return text.joined(plain_name(column)) in UNNAMED


def named(dataset: Dataset, column: Column) -> Column:
    """``값`` of 동별 고령자 인구 is 고령자 인구; with several such columns a name of its own would be theirs too."""
    alone = sum(map(is_unnamed, dataset.numbers())) == 1
    # 등록인구(연령별 동별): what is in brackets says by what the numbers are divided
    subject = _TRAILING.sub("", _LEADING.sub("", _outside_brackets(dataset.title))).strip()
    spoken = bool(_HANGUL.search(subject))  # the name of a file in Latin letters is no name of a number
    return replace(column, name=subject) if alone and spoken and is_unnamed(column) else column


def _outside_brackets(title: str) -> str:
    while (shorter := _BRACKETED.sub("", title)) != title:
        title = shorter
    return title.strip()


def is_item(facet: Facet) -> bool:
    """Whether the values of a column say what its numbers are of."""
    return text.joined(facet.name).rstrip("명") in _ITEMS
