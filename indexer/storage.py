"""Bytes as fetched and typed tables on disk, named by the hash of the bytes; never half a file."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


class Missing(Exception):
    """A stored file that is gone; says which and how to get it back."""


@dataclass(frozen=True)
class Storage:
    """``editions/<hash>`` and ``tables/<hash>.parquet`` below the state folder."""

    var: Path

    def keep_edition(self, data: bytes) -> str:
        """Store bytes once; gives their SHA-256."""
        name = hashlib.sha256(data).hexdigest()
        path = self.var / "editions" / name
        if not path.exists():
            _write(path, data)
        return name

    def edition(self, name: str) -> bytes:
        try:
            return (self.var / "editions" / name).read_bytes()
        except FileNotFoundError:
            raise Missing(f"editions/{name} is gone: add the file again") from None

    def keep_table(self, name: str, frame: pd.DataFrame) -> None:
        """Store the typed table of an edition."""
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), sink, compression="zstd")
        _write(self.var / "tables" / f"{name}.parquet", sink.getvalue().to_pybytes())

    def table(self, name: str) -> pd.DataFrame:
        path = self.var / "tables" / f"{name}.parquet"
        if not path.exists():
            raise Missing(f"tables/{name}.parquet is gone: gbp add the file again")
        frame: pd.DataFrame = pq.read_table(path).to_pandas()
        return frame


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
