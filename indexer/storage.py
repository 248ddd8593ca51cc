"""Bytes as fetched and typed tables on disk, named by the hash of the bytes; never half a file."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


class Missing(Exception):
    """Something asked for that is not there, or can no longer be read; says which and what to do."""


def edition_name(data: bytes) -> str:
    """SHA-256 of the bytes."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Storage:
    """``editions/<hash>`` and ``tables/<hash>.parquet`` below the state folder."""

    var: Path

    def keep_edition(self, data: bytes) -> str:
        """Store bytes once, or mend what is stored of them; gives their SHA-256."""
        name = edition_name(data)
        path = self.var / "editions" / name
        if not path.exists() or path.read_bytes() != data:
            _write(path, data)
        return name

    def holds(self, name: str) -> bool:
        """Whether the bytes of an edition are there; not whether they are whole."""
        return (self.var / "editions" / name).is_file()

    def edition(self, name: str) -> bytes:
        """Bytes of an edition. Raises Missing for one that is gone or no longer what was stored."""
        try:
            data = (self.var / "editions" / name).read_bytes()
        except FileNotFoundError:
            raise Missing(f"editions/{name} is gone: gbp add the file again") from None
        if edition_name(data) != name:
            raise Missing(f"editions/{name} is damaged: gbp add the file again")
        return data

    def keep_table(self, name: str, frame: pd.DataFrame) -> None:
        """Store the typed table of an edition."""
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), sink, compression="zstd")
        _write(self.var / "tables" / f"{name}.parquet", sink.getvalue().to_pybytes())

    def table(self, name: str) -> pd.DataFrame:
        """The typed table of an edition. Raises Missing for one that is gone or damaged."""
        path = self.var / "tables" / f"{name}.parquet"
        try:
            frame: pd.DataFrame = pq.read_table(path).to_pandas()
        except (FileNotFoundError, pa.ArrowException) as error:
            raise Missing(f"tables/{path.name} cannot be read: gbp add the file again") from error
        return frame


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all, whoever else writes the same, and also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
