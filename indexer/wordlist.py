"""The words of a table: those a build carries of it, its places, and hanja as they are read."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from indexer.tables import texts_of
from search.batch import TEXT, listed
from search.documents import Column
from search.korean import Korean
from search.language.hanja import readings
from search.language.word_counts import LONGEST
from search.runs import Runs

Counts = npt.NDArray[np.int64]

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
    found = [
        _counted(texts_of(frame[column.name]), whole=column.role == "label")
        for column in columns
        if not column.is_number and column.role not in _WORDLESS_ROLES
    ]
    if not found:
        return ""
    written = pa.concat_arrays([words for words, _ in found]).dictionary_encode()
    records = _sums(written, np.concatenate([counts for _, counts in found]))
    # of words as common as each other the one that comes first
    commonest = np.argsort(-records, kind="stable")[:MOST_WORDS]
    spelt = written.dictionary.take(pa.array(commonest))
    lines = pc.binary_join_element_wise(spelt, pa.array(records[commonest]).cast(TEXT), pa.scalar(" ", TEXT))
    return "\n".join(listed(lines))


def _counted(values: pa.Array, *, whole: bool) -> tuple[pa.Array, Counts]:
    """Words, each once, with the number of values that hold it; of a register all at once."""
    cut = Runs.of(values)
    held_by = np.bincount(cut.places.drop_null(), minlength=len(cut.lists))
    runs = cut.lists.values
    # a name is also typed without its blanks
    joined = pc.binary_join(cut.lists, pa.scalar("", TEXT)) if whole else runs.slice(0, 0)
    written = pa.concat_arrays([runs, joined]).dictionary_encode()
    spelt = written.dictionary
    letters = pc.utf8_length(spelt).to_numpy()
    fitting = (letters > 1) & (letters <= LONGEST)
    apart = fitting & ~pc.utf8_is_decimal(spelt).to_numpy(zero_copy_only=False)

    places = np.concatenate([pc.list_parent_indices(cut.lists), np.arange(len(joined))])
    codes = written.indices.to_numpy()
    kept = np.concatenate([apart[codes[: len(runs)]], fitting[codes[len(runs) :]]])
    # a value that holds a word twice holds it once
    once = pd.unique(places[kept].astype(np.int64) * len(spelt) + codes[kept])
    size = max(len(spelt), 1)
    records = np.bincount(once % size, held_by[once // size], len(spelt)).astype(np.int64)
    there = np.flatnonzero(records)
    return spelt.take(pa.array(there)), records[there]


def _sums(written: pa.DictionaryArray, counts: Counts) -> Counts:
    """Of each word of the dictionary what is counted of it: sums of whole numbers are exact in a float up to 2^53."""
    return np.bincount(written.indices, counts, len(written.dictionary)).astype(np.int64)


def spoken(cells: Iterable[str]) -> Iterator[str]:
    """Words in hanja as they are read: they are searched for in Hangul."""
    korean = Korean()
    for cell in cells:
        for word in cell.split():
            yield from readings(word, korean.read_hanja)
