"""The words of a table: those a build carries of it, its places, and hanja as they are read."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indexer.tables import texts_of
from search.batch import TEXT, listed
from search.documents import Column
from search.korean import Korean
from search.language.hanja import readings
from search.language.vocabulary import LONGEST
from search.runs import Runs

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
        if not column.is_number and column.role not in _WORDLESS_ROLES:
            found.update(_counted(texts_of(frame[column.name]), whole=column.role == "label"))
    return "\n".join(f"{word} {records}" for word, records in found.most_common(MOST_WORDS))


def _counted(values: pa.Array, *, whole: bool) -> dict[str, int]:
    """Of each word how many values hold it, of a register all at once."""
    cut = Runs.of(values)
    held_by = np.bincount(cut.places.drop_null(), minlength=len(cut.lists))
    runs = cut.lists.values
    # a name is also typed without its blanks
    joined = pc.binary_join(cut.lists, pa.scalar("", TEXT)) if whole else runs.slice(0, 0)
    written = pa.concat_arrays([runs, joined]).dictionary_encode()
    spelt = listed(written.dictionary)
    fitting = np.array([1 < len(word) <= LONGEST for word in spelt], dtype=bool)
    apart = fitting & np.array([not word.isdigit() for word in spelt], dtype=bool)

    places = np.concatenate([pc.list_parent_indices(cut.lists), np.arange(len(joined))])
    codes = written.indices.to_numpy()
    kept = np.concatenate([apart[codes[: len(runs)]], fitting[codes[len(runs) :]]])
    # a value that holds a word twice holds it once
    once = pd.unique(places[kept].astype(np.int64) * len(spelt) + codes[kept])
    records = np.bincount(once % max(len(spelt), 1), held_by[once // max(len(spelt), 1)], len(spelt))
    return {word: int(count) for word, count in zip(spelt, records, strict=True) if count}


def spoken(cells: Iterable[str]) -> Iterator[str]:
    """Words in hanja as they are read: they are searched for in Hangul."""
    korean = Korean()
    for cell in cells:
        for word in cell.split():
            yield from readings(word, korean.read_hanja)
