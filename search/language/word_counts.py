"""How many records hold each word of a build: summed over its datasets, or the build before with what has changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from search import text
from search.batch import TEXT, listed
from search.documents import Dataset

LONGEST = 30
"""Letters of a word; what is longer is no word that anybody slips in."""


@dataclass(frozen=True)
class WordCounts:
    """Normalised words with the records that hold them; a dataset's own words weigh all its records."""

    words: Mapping[str, int]
    by_name: Mapping[str, int]
    """How many of the records of a word hold it for what their dataset is called and filed under."""

    @classmethod
    def of(cls, datasets: Iterable[Dataset]) -> "WordCounts":
        datasets = tuple(datasets)
        found = _summed(dataset.words for dataset in datasets)
        by_name: dict[str, int] = {}
        for dataset in datasets:
            for word in _named(dataset):
                # at least one: a word of no records would be taken for one that has gone
                by_name[word] = by_name.get(word, 0) + max(dataset.records, 1)
        for word, records in by_name.items():
            found[word] = found.get(word, 0) + records
        for word in [word for word in found if not 1 < len(word) <= LONGEST]:
            del found[word]
        return cls(found, by_name)

    def after(self, came: "WordCounts", gone: "WordCounts") -> "WordCounts":
        """The counts with those of some datasets and without those of others."""
        return WordCounts(
            _changed(self.words, came.words, gone.words), _changed(self.by_name, came.by_name, gone.by_name)
        )


def counted(dataset: Dataset) -> tuple[object, ...]:
    """What of a dataset is counted: where this is the same, so are the counts."""
    columns = tuple(column.name for column in dataset.columns)
    return dataset.records, dataset.title, dataset.provider, dataset.area, columns, dataset.words


def called(dataset: Dataset) -> Iterator[set[str]]:
    """The words of its title and of each column, the whole name among them."""
    for value in (dataset.title, *(column.name for column in dataset.columns)):
        yield words_of(value)


def words_of(value: str) -> set[str]:
    return {text.joined(value), *text.runs(value)}


def _named(dataset: Dataset) -> Iterator[str]:
    """Each word that the dataset is called or filed under, once a text that holds it."""
    filed = map(words_of, (dataset.provider, *dataset.area.split(">")))
    return chain.from_iterable((*called(dataset), *filed))


def _changed(before: Mapping[str, int], came: Mapping[str, int], gone: Mapping[str, int]) -> dict[str, int]:
    now = dict(before)
    for word, records in came.items():
        now[word] = now.get(word, 0) + records
    for word, records in gone.items():
        now[word] -= records
        if not now[word]:
            del now[word]
    return now


def _summed(counted: Iterable[str]) -> dict[str, int]:
    """The words of all datasets (``Dataset.words``) with their sums; hundreds of thousands, all at once."""
    parts = "\n".join(filter(None, counted)).replace("\n", " ")  # no word holds a blank
    if not parts:
        return {}
    values = pc.split_pattern(pa.array([parts], TEXT), " ").values
    words = values.take(pa.array(np.arange(0, len(values), 2))).dictionary_encode()
    records = values.take(pa.array(np.arange(1, len(values), 2))).cast(pa.int64())
    sums = np.bincount(words.indices, records)
    return dict(zip(listed(words.dictionary), sums.astype(np.int64).tolist(), strict=True))
