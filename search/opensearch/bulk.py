"""Records as OpenSearch is given them: pure, lines of a bulk body, made side by side.

Match fields are normalised here, morphemes are left to nori: each unbroken run is a value of its own,
analysed alone, so that a word gives the same tokens in a query as in a record.
"""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from search import prepared, text
from search.batch import TEXT, Batch, joined, listed, mapped, present, texts
from search.stored import as_json, encoded, members, nested, number_members, records_to_json, surrounded


def lines(batch: Batch, version: str) -> Iterator[tuple[str, str]]:
    """What is to be done with each record, and its document.

    Each has an id of its own: a request sent again after a lost answer doubles nothing.
    """
    names = surrounded(f"{version}.", batch.ordinal.cast(TEXT), "")
    actions = surrounded('{"index":{"_id":', as_json(names), "}}")
    yield from zip(map(str, listed(actions)), map(str, listed(documents(batch, version))), strict=True)


def documents(batch: Batch, version: str) -> pa.Array:
    """The documents as JSON; what a record has not is left out."""
    columns = [
        *(members(name, values) for name, values in prepared.keywords(batch).items()),
        batch.all(f'"version":{encoded(version)}'),
        number_members("year", batch.year),
        number_members("ordinal", batch.ordinal),
        _points(batch),
        *_matched(batch),
        *(number_members(slot, values) for slot, values in batch.measures.items()),
        surrounded('"record":', records_to_json(batch), ""),
    ]
    return surrounded("{", joined([column for column in columns if column is not None], ","), "}")


def _points(batch: Batch) -> pa.Array | None:
    if batch.lat.null_count == len(batch):
        return None
    points = [one and f'"location":{{"lat":{one[0]!r},"lon":{one[1]!r}}}' for one in batch.located()]
    return texts(points)


def _matched(batch: Batch) -> Iterator[pa.Array | None]:
    """Title and body in runs, and what the match fields hold."""
    (titles,) = mapped(batch.titles(), lambda title: (_list(text.cut(title)),), 1)
    yield nested("title", [present(titles)], "[]")
    cells = [tuple(map(present, mapped(values, _of_value, 3))) for values in batch.values()]
    for name, parts in zip(("body", "across", "single"), zip(*cells, strict=True), strict=False):
        yield nested(name, list(parts), "[]")
        if name == "body":
            # words apart are as good as values apart to bigrams inside words
            yield nested("inside", list(parts), "[]")


def _of_value(value: str) -> tuple[str, str, str]:
    """Runs of a value, the value without blanks, and its words of one character and years."""
    runs = text.cut(value)
    across = "".join(runs)
    return _list(runs), _list([across] if len(across) > 1 else []), _list(text.singles(runs))


def _list(values: Iterable[str]) -> str:
    """The values as they stand in a JSON list; runs hold letters and digits only, nothing to be escaped."""
    return ",".join(f'"{value}"' for value in values)
