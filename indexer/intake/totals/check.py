"""Rows that call themselves totals, held against the rows they are totals of."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.lexicon import MEAN_WORDS, is_total_word
from indexer.intake.table import Role

_MOST_SAID = 3
# published parts are rounded one by one
_SLACK = 0.002


def wrong_totals(facts: Mapping[str, Facts], roles: Mapping[str, Role], totals: pd.Series) -> Iterator[str]:
    """One line for each measure whose grand total is not the sum of the detail rows of the same time."""
    dims = [facts[n].texts for n, role in roles.items() if role in (Role.REGION, Role.CATEGORY, Role.LABEL)]
    times = [facts[n].texts for n, role in roles.items() if role == Role.TIME]
    if not dims or not totals.any():
        return
    grand = totals & pd.Series(
        np.logical_and.reduce([_is_whole(texts) for texts in dims]), index=totals.index
    )
    keys = times[0] if times else pd.Series("", index=totals.index)
    for texts in times[1:]:
        keys = keys.str.cat(texts, sep="\n")
    said = 0
    for name in (n for n, role in roles.items() if role == Role.MEASURE):
        for line in _wrong(name, facts[name].numbers, grand, totals, keys):
            yield line
            said += 1
            break
        if said >= _MOST_SAID:
            return


def _is_whole(texts: pd.Series) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Total words, blanks, and what every row says alike."""
    if len(set(texts)) == 1:
        return np.ones(len(texts), dtype=bool)
    known = {text: not text or (is_total_word(text) and text not in MEAN_WORDS) for text in texts.unique()}
    return texts.map(known).to_numpy(dtype=bool)


def _wrong(
    name: str, numbers: pd.Series, grand: pd.Series, totals: pd.Series, keys: pd.Series
) -> Iterator[str]:
    for key in keys[grand].unique():
        here = keys == key
        whole, parts = numbers[here & grand].dropna(), numbers[here & ~totals].dropna()
        if len(whole) != 1 or len(parts) < 3 or not parts.any():
            continue
        said, added = float(whole.iloc[0]), float(parts.sum())
        if abs(said - added) > max(_SLACK * abs(said), 0.5 * len(parts) * (parts % 1 != 0).any(), 1e-6):
            row = int(whole.index[0])
            yield (
                f"{row}행 합계의 '{name}' 값 {said:,.10g}이 세부 행의 합 {added:,.10g}과 다릅니다: "
                "세부 행의 합을 씁니다"
            )
