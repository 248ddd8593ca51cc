"""Records as OpenSearch is given them: pure, lines of a bulk body, made side by side.

Match fields are normalised here, morphemes are left to nori: each unbroken run is a value of its own,
analysed alone, so that a word gives the same tokens in a query as in a record.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from search import prepared
from search.batch import TEXT, Batch, joined, laid, present, texts
from search.json_lines import (
    Fragments,
    as_object,
    encoded,
    inside_json,
    members,
    nested,
    number_members,
    written,
)
from search.runs import Runs
from search.stored import as_stored

_NOTHING = pa.scalar("", TEXT)


def bodies(batch: Batch, version: str, most_bytes: int) -> Iterator[bytes]:
    """What is to be done with each record, and its document: lines of bodies of about so many bytes.

    Each has an id of its own: a request sent again after a lost answer doubles nothing.
    """
    named = ('{"index":{"_id":', encoded(f"{version}.")[:-1], batch.ordinal.cast(TEXT), '"}}\n')
    ends, data = laid(written((*named, *_document(batch, version), "\n")))  # a body is a stretch of them
    start = 0
    while start < len(batch):
        stop = max(int(np.searchsorted(ends, ends[start] + most_bytes, "right")) - 1, start + 1)
        yield data[int(ends[start]) : int(ends[stop])].to_pybytes()
        start = stop


def documents(batch: Batch, version: str) -> pa.Array:
    """The documents as JSON; what a record has not is left out."""
    return written(_document(batch, version))


def _document(batch: Batch, version: str) -> Fragments:
    columns = [
        *(members(name, values) for name, values in prepared.keywords(batch).items()),
        (f'"version":{encoded(version)}',),
        number_members("year", batch.year),
        number_members("ordinal", batch.ordinal),
        _points(batch),
        *_matched(batch),
        *(number_members(slot, values) for slot, values in batch.measures.items()),
        ('"record":', *inside_json(as_stored(batch))),
    ]
    return as_object(columns)


def _points(batch: Batch) -> Fragments | None:
    if batch.lat.null_count == len(batch):
        return None
    points = [one and f'"location":{{"lat":{one[0]!r},"lon":{one[1]!r}}}' for one in batch.located()]
    return (texts(points),)


def _matched(batch: Batch) -> Iterator[Fragments | None]:
    """Title and body in runs, and what the match fields hold."""
    # what names a record is mostly one of its cells
    cut = {id(values): Runs.of(values) for values in (*batch.values(), *batch.title)}
    quoted = {key: _runs(one) for key, one in cut.items()}
    cells = [id(values) for values in batch.values()]
    runs = [(quoted[key],) for key in cells]
    yield nested("title", [(_title(batch, [quoted[id(part)] for part in batch.title]),)], "[]")
    yield nested("body", runs, "[]")
    yield _as_one(nested("inside", [(_worded(cut[key], quoted[key]),) for key in cells], "[]"))
    yield nested("across", [(_whole(cut[key]),) for key in cells], "[]")
    yield nested("single", [(_single(cut[key]),) for key in cells], "[]")


def _as_one(listed: Fragments | None) -> Fragments | None:
    """The runs of a list in one text: to bigrams inside words a blank is as good as another value, and costs less."""
    return None if listed is None else (pc.replace_substring(written(listed), '","', " "),)


def _title(batch: Batch, parts: list[pa.Array]) -> pa.Array:
    """The runs of what each record is called: those of its parts, one after another."""
    called = _runs(Runs.of(texts([batch.called]))).take(pa.array(np.zeros(len(batch), np.int64)))
    if not parts:
        return called
    return pc.if_else(pc.equal(batch.titles(), batch.called), called, present(joined(parts, ",")))


def _runs(cut: Runs) -> pa.Array:
    """The runs of each value as they stand in a JSON list: letters and digits only, nothing to be escaped."""
    return cut.placed(written(('"', cut.joined(cut.lists, '","'), '"')))


def _whole(cut: Runs) -> pa.Array:
    """Each value without what is no letter or digit, where it is no number and a bigram fits in."""
    found = cut.joined(cut.lists, "")
    fitting = pc.and_not(pc.greater(pc.utf8_length(found), 1), pa.array(cut.are_numbers))
    return cut.placed(pc.if_else(fitting, written(('"', found, '"')), pa.scalar(None, TEXT)))


def _worded(cut: Runs, values: pa.Array) -> pa.Array:
    """What was made of each row's value, but of numbers."""
    if not cut.are_numbers.any():
        return values
    return pc.if_else(cut.placed(pa.array(cut.are_numbers)), pa.scalar(None, TEXT), values)


def _single(cut: Runs) -> pa.Array:
    """Runs of one character, and numbers, as they stand in a JSON list."""
    found = cut.joined(cut.singles(), " ")
    return cut.placed(written(('"', pc.replace_substring(found, " ", '","'), '"')))
