"""The typed table of a dataset's newest edition: as stored, else made again from the bytes."""

from dataclasses import replace

import pandas as pd

from catalogue import datasets
from catalogue.datasets import Current
from catalogue.store import Catalogue
from indexer.adding import described
from indexer.intake import take
from indexer.intake.report import as_json
from indexer.storage import Missing, Storage


def table_of(catalogue: Catalogue, storage: Storage, current: Current) -> tuple[Current, pd.DataFrame]:
    """The dataset with its table. Made again, without the network, where it is lost or no longer fits.

    It may fit no longer when a process was killed between storing the table and noting its columns.
    Raises Missing naming the file where the bytes are gone or intake refuses them now.
    """
    try:
        frame = storage.table(current.hash)
    except Missing:
        return _again(catalogue, storage, current)
    names = {column["name"] for column in current.columns["columns"]}
    fits = names <= set(frame.columns) and len(frame) == current.records
    return (current, frame) if fits else _again(catalogue, storage, current)


def _again(catalogue: Catalogue, storage: Storage, current: Current) -> tuple[Current, pd.DataFrame]:
    try:
        taken = take(current.source_file, storage.edition(current.hash))
    except Missing as error:
        raise Missing(f"{current.id} ({current.source_file}): {error}") from error
    if taken.long is None:
        raise Missing(f"{current.id} ({current.source_file}): {' '.join(taken.messages)}")
    frame = taken.long.frame
    storage.keep_table(current.hash, frame)
    report = {**as_json(taken), "published": current.report.get("published")}
    now = replace(current, records=len(frame), columns=described(taken.long), report=report)
    datasets.retaken(catalogue, now.id, now.records, now.columns, now.report)
    return now, frame
