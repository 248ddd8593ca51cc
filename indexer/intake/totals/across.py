"""Columns that say the same of one year or place after another: what adds up in one adds up in all."""

from collections import Counter
from collections.abc import Mapping, Sequence

from indexer.intake.meaning.lexicon import COLUMN_TOTALS, words_of
from indexer.intake.meaning.wide import read_heading
from indexer.intake.totals.adding import Sum
from search.language.gazetteer import gazetteer

_MANY, _MANY_SIDO = 5, 15


def _kin(measures: Sequence[str]) -> dict[str, list[str]]:
    """Columns that say the same of one year or place after another, by what they say."""
    kin: dict[str, list[str]] = {}
    for name in measures:
        heading = read_heading(name)
        if heading.period_text or "region" in heading.dims:
            kin.setdefault(" ".join([heading.rest, *sorted(set(words_of(name)) & COLUMN_TOTALS)]), []).append(
                name
            )
    return {rest: names for rest, names in kin.items() if len(names) > 1}


def agreed(measures: Sequence[str], sums: dict[int, Sum]) -> dict[int, Sum]:
    """Without what adds up in one year or place only, by chance."""
    found = {measures[place] for place in sums}
    lone = {
        name
        for names in _kin(measures).values()
        if len(names) >= _MANY and sum(n in found for n in names) < 0.2 * len(names)
        for name in names
        if not set(words_of(name)) & COLUMN_TOTALS
    }
    return {place: one for place, one in sums.items() if measures[place] not in lone}


def repeated(measures: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """What is a total in most years or places is one in the others, rounded or not yet filled in."""
    return {
        name: "다른 해·지역에서 합계인 열"
        for names in _kin(measures).values()
        if sum(n in columns for n in names) >= 0.6 * len(names)
        for name in names
        if name not in columns
    }


def countries(measures: Sequence[str]) -> dict[str, str]:
    """The country's column beside those of all its 시도."""
    places = {name: read_heading(name) for name in measures}
    country = {name: heading.rest for name, heading in places.items() if heading.dims.get("region") == "전국"}
    beside = Counter(h.rest for h in places.values() if h.dims.get("region") in gazetteer().sido)
    return {name: "모든 시도의 합" for name, rest in country.items() if beside[rest] >= _MANY_SIDO}
