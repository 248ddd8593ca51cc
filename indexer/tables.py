"""The typed table of a dataset's newest edition: as stored, else made again from the bytes."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa

from catalogue import datasets
from catalogue.datasets import Current
from catalogue.store import Catalogue
from indexer.adding import described, filled, sure_findings, table_name
from indexer.intake.overrides import Overrides
from indexer.intake.report import as_json
from indexer.storage import Missing, Storage
from indexer.taking import taken
from search.batch import TEXT, present


def table_of(catalogue: Catalogue, storage: Storage, current: Current) -> tuple[Current, pd.DataFrame]:
    """The dataset with its table. Made again, without the network, where it is lost or no longer fits.

    It may fit no longer when a process was killed between storing the table and noting its columns.
    Raises Missing naming the file where the bytes are gone or intake refuses them now.
    """
    try:
        frame = storage.table(table_name(current.hash, current.overrides))
    except Missing:
        return _again(catalogue, storage, current)
    names = {column["name"] for column in current.columns["columns"]}
    fits = names <= set(frame.columns) and len(frame) == current.records
    return (current, frame) if fits else _again(catalogue, storage, current)


def _again(catalogue: Catalogue, storage: Storage, current: Current) -> tuple[Current, pd.DataFrame]:
    where = f"{current.id} ({current.source_file})"
    try:
        data = storage.edition(current.hash)
    except Missing as error:
        raise Missing(f"{where}: {error}") from error
    # the name under which these bytes came, which may say of what year they are
    found = taken(
        str(current.report.get("file") or current.source_file), data, Overrides.of(current.overrides)
    )
    if found.long is None:
        raise Missing(f"{where}: {' '.join(found.messages)}")
    frame = found.long.frame
    storage.keep_table(table_name(current.hash, current.overrides), frame)
    kept = {key: current.report.get(key) for key in ("published", "overrides")}
    report = {**as_json(found), **kept, "values": filled(found.long)}
    now = replace(current, records=len(frame), columns=described(found.long), report=report)
    if datasets.retaken(catalogue, now, sure_findings(found)):
        raise Missing(f"{where}: held back now for personal data in it: gbp status says more; index again")
    return now, frame


def texts_of(column: "pd.Series[Any]") -> pa.Array:
    """The cells of a stored column; null where they are blank."""
    found = pa.array(column, from_pandas=True)
    # pandas hands its texts over in pieces
    whole = found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
    return present(whole.cast(TEXT))
