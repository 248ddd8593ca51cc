"""An index in a folder while it is written: by this process, and of many records by several side by side."""

from collections import deque
from pathlib import Path
from typing import Protocol

from search.batch import Batch
from search.embedded.fields import WRITER_HEAP_BYTES, columns, documents, lines, new_index, reads_alike
from search.morphology import Analyzer


class Writing(Protocol):
    """Takes records in until it is closed; only then are they there. What is dropped goes before what is put next."""

    def put(self, batch: Batch) -> None: ...
    def drop(self, dataset: str) -> None: ...
    def close(self) -> None: ...


class OwnWriting:
    """``Writing`` of this process."""

    def __init__(self, folder: Path, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._writer = new_index(folder).writer(WRITER_HEAP_BYTES, num_threads=1)

    def put(self, batch: Batch) -> None:
        found = columns(batch, self._analyzer)
        if reads_alike(batch):
            deque(map(self._writer.add_json, lines(found)), maxlen=0)
        else:
            deque(map(self._writer.add_document, documents(found)), maxlen=0)

    def drop(self, dataset: str) -> None:
        self._writer.delete_documents_by_term("dataset", dataset)

    def close(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
