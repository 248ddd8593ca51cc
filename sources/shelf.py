"""Pages of a fetch that is not finished: what has come is not asked for again."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

KEPT = timedelta(hours=20)
"""Pages of another day are another state of the data: the fetch begins anew."""

_ABOUT = "asked.json"


@dataclass(frozen=True)
class Shelf:
    """A folder of pages by number, from 1."""

    folder: Path

    @classmethod
    def opened(cls, folder: Path, asked: Mapping[str, Any], now: datetime) -> "Shelf":
        """With the pages of the last try, if it asked for the same and not too long ago; else empty."""
        shelf = cls(folder)
        if not shelf._continues(asked, now):
            shelf.clear()
            folder.mkdir(parents=True)
            about = {"asked": asked, "begun": now.isoformat()}
            _write(folder / _ABOUT, json.dumps(about, sort_keys=True).encode())
        return shelf

    def _continues(self, asked: Mapping[str, Any], now: datetime) -> bool:
        try:
            about = json.loads((self.folder / _ABOUT).read_bytes())
            age = now - datetime.fromisoformat(about["begun"])
            same = about["asked"] == json.loads(json.dumps(asked))
        except (OSError, ValueError, LookupError, TypeError):
            return False
        return same and timedelta(0) <= age < KEPT

    def page(self, number: int) -> bytes | None:
        try:
            return (self.folder / f"{number:06d}").read_bytes()
        except FileNotFoundError:
            return None

    def put(self, number: int, page: bytes) -> None:
        _write(self.folder / f"{number:06d}", page)

    def clear(self) -> None:
        """The fetch is finished, or its pages do not fit together."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: the process may be killed at any moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
