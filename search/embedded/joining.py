"""Indexes written apart become one: an index of tantivy is a list of segments, each of which stands for itself.

``meta.json`` lists the segments with the schema, ``.managed.json`` the files that may be removed when no segment
needs them (read from indexes of tantivy 0.27; a new one has to be looked at).
"""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from search.engine import EngineError
from search.folders import MANAGED, META, write_whole


def join(folder: Path, others: Sequence[Path]) -> None:
    """Moves the segments of others into an index that nobody writes any more; the others are gone then."""
    meta, managed = _read(folder / META), _read(folder / MANAGED)
    for other in others:
        told = _read(other / META)
        if (told["schema"], told["index_settings"]) != (meta["schema"], meta["index_settings"]):
            raise EngineError(f"the index in {other} has other fields than that in {folder}")
        for path in _files(other, told["segments"]):
            path.rename(folder / path.name)
            managed.append(path.name)
        meta["segments"] += told["segments"]
        # deletions are counted by it: what comes next must be later than all that was
        meta["opstamp"] = max(meta["opstamp"], told["opstamp"])
    write_whole(folder / MANAGED, json.dumps(managed))
    write_whole(folder / META, json.dumps(meta))
    for other in others:
        shutil.rmtree(other)


def _files(folder: Path, segments: Sequence[dict[str, Any]]) -> list[Path]:
    """The files of segments: their names begin with the segment's id, written without its hyphens."""
    ids = {segment["segment_id"].replace("-", "") for segment in segments}
    return sorted(path for path in folder.iterdir() if path.name.split(".")[0] in ids)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
