"""What both engines are given of a batch, field by field (search/schema.py)."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from search import schema
from search.batch import TEXT, Batch, joined, listed, present, texts
from search.documents import CELLS_DEGREES, cell_middle
from search.morphology import Analyzer
from search.runs import Runs


def keywords(batch: Batch) -> dict[str, pa.Array]:
    """What records are counted and filtered by; a field that no record has is left out."""
    found = {
        "dataset": batch.all(batch.dataset),
        "area": present(batch.all(batch.area)),
        "provider": present(batch.all(batch.provider)),
        "region": present(batch.region),
        "period": present(batch.period),
        **_cells(batch),
        **batch.dimensions,
    }
    return {name: values for name, values in found.items() if values.null_count < len(batch)}


def _cells(batch: Batch) -> dict[str, pa.Array]:
    """What ``documents.cells`` says of each place."""
    if batch.lat.null_count == len(batch):
        return {}
    by = pa.scalar(",", TEXT)
    return {
        name: pc.binary_join_element_wise(_middles(batch.lat, size), _middles(batch.lon, size), by)
        for name, size in CELLS_DEGREES.items()
    }


def _middles(degrees: pa.Array, size: float) -> pa.Array:
    """The middle of the cell that each lies in, by number of cell made but once."""
    numbers = pc.floor(pc.divide(degrees, size)).dictionary_encode()
    return texts([cell_middle(number, size) for number in listed(numbers.dictionary)]).take(numbers.indices)


def matched(batch: Batch, analyzer: Analyzer) -> dict[str, pa.Array]:
    """Morphemes to rank by in title and body, and the terms of the three match fields, blank-separated."""
    # what names a record is mostly one of its cells
    made = {id(values): _terms(values, analyzer) for values in (*batch.values(), *batch.title)}
    found = [made[id(values)] for values in batch.values()] or [(batch.all(""),) * 4]
    body, inside, seams, single = (joined(parts, " ") for parts in zip(*found, strict=True))
    return {
        "title": _title(batch, [made[id(part)][0] for part in batch.title], analyzer.terms(batch.called)[0]),
        "body": body,
        schema.INSIDE: inside,
        schema.ACROSS: joined([present(inside), present(seams)], " "),
        schema.SINGLE: single,
    }


def _terms(values: pa.Array, analyzer: Analyzer) -> tuple[pa.Array, ...]:
    """Of each value what ``Analyzer.terms`` makes of it: morphemes, bigrams, those where runs meet, single ones."""
    cut = Runs.of(values)
    words = replace(cut, lists=cut.worded(cut.lists))
    tokens, inside = words.each(analyzer.run, 2)
    found = (cut.with_numbers(tokens), inside, cut.worded(cut.seams()), cut.singles())
    return tuple(cut.placed(cut.joined(one, " ")) for one in found)


def _title(batch: Batch, parts: list[pa.Array], called: str) -> pa.Array:
    if not parts:
        return batch.all(called)
    nameless = pc.equal(batch.titles(), batch.called)
    return pc.if_else(nameless, called, joined(parts, " "))
