"""The words of a table: those a build carries of it, its places, and hanja as they are read."""

from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd

from search import text
from search.documents import Column
from search.korean import Korean
from search.language.hanja import readings
from search.language.vocabulary import LONGEST

MOST_WORDS = 20_000
"""Of a dataset: names of a large register among them; what is rarer is found, but not guessed at."""

MOST_REGIONS = 5_000
"""Of a dataset: more than the 3,500 읍면동 of the whole country."""

_WORDLESS_ROLES = frozenset({"code", "time", "latitude", "longitude", "x", "y"})


def regions(frame: pd.DataFrame, longest: int) -> tuple[str, ...]:
    """The places of the records, as they are counted by; a register of more is no list to choose from."""
    found = sorted({str(region)[:longest] for region in frame["#region"].dropna().unique() if region})
    return tuple(found[:MOST_REGIONS])


def words(columns: tuple[Column, ...], frame: pd.DataFrame) -> str:
    """Words of the text columns with the number of records that hold them (``Dataset.words``)."""
    found: Counter[str] = Counter()
    for column in columns:
        if column.is_number or column.role in _WORDLESS_ROLES:
            continue
        for value, records in frame[column.name].value_counts().items():
            for word in _words_of(str(value), whole=column.role == "label"):
                found[word] += int(records)
    return "\n".join(f"{word} {records}" for word, records in found.most_common(MOST_WORDS))


def _words_of(value: str, *, whole: bool) -> set[str]:
    words = {run for run in text.cut(value) if 1 < len(run) <= LONGEST and not run.isdigit()}
    # a name is also typed without its blanks
    return words | {joined} if whole and 1 < len(joined := "".join(text.cut(value))) <= LONGEST else words


def spoken(cells: Iterable[str]) -> Iterator[str]:
    """Words in hanja as they are read: they are searched for in Hangul."""
    korean = Korean()
    for cell in cells:
        for word in cell.split():
            yield from readings(word, korean.read_hanja)
