"""Files that staff hand over in the browser: kept apart until their report was read and they are taken in."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select, update

from catalogue.runs import now
from catalogue.store import Catalogue
from catalogue.tables import Upload

WAITING, INSPECTED, REFUSED, TAKEN, DROPPED = "waiting", "inspected", "refused", "taken", "dropped"
MAX_BYTES = 300_000_000
_CHUNK = 1_000_000


class TooLarge(Exception):
    """More bytes than an upload may have."""


@dataclass(frozen=True)
class Room:
    """Where the bytes of uploads lie: under random names, never under those that users give."""

    var: Path

    def path(self, upload: str) -> Path:
        return self.var / "uploads" / upload


def put(catalogue: Catalogue, room: Room, file: str, data: IO[bytes], by: str, dataset: str | None) -> str:
    """Keep a file, as an edition of the dataset where one is named; gives the upload's id.

    Raises TooLarge, and then nothing is kept.
    """
    upload = secrets.token_hex(12)
    path = room.path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        size = _write(path, data)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    with catalogue.session() as session:
        session.add(
            Upload(
                id=upload,
                file=file,
                size_bytes=size,
                by=by,
                at=now(),
                state=WAITING,
                facts={},
                report={},
                message="",
                dataset=dataset,
            )
        )
    return upload


def _write(path: Path, data: IO[bytes]) -> int:
    size = 0
    with path.open("wb") as file:
        while chunk := data.read(_CHUNK):
            size += len(chunk)
            if size > MAX_BYTES:
                raise TooLarge
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size


def get(catalogue: Catalogue, upload: str) -> Upload | None:
    with catalogue.reading() as session:
        return session.get(Upload, upload)


def recent(catalogue: Catalogue, limit: int = 20) -> list[Upload]:
    with catalogue.reading() as session:
        return list(session.scalars(select(Upload).order_by(Upload.at.desc()).limit(limit)))


def inspected(catalogue: Catalogue, upload: str, report: dict[str, Any], message: str, *, fit: bool) -> None:
    """Note what intake would make of it. ``fit``: it can be taken in."""
    _set(catalogue, upload, state=INSPECTED if fit else REFUSED, report=report, message=message)


def facts(catalogue: Catalogue, upload: str, said: Mapping[str, str]) -> None:
    _set(catalogue, upload, facts=dict(said))


def taken(catalogue: Catalogue, upload: str, dataset: str | None, message: str) -> None:
    _set(catalogue, upload, state=TAKEN if dataset else REFUSED, dataset=dataset, message=message)


def drop(catalogue: Catalogue, room: Room, upload: str) -> None:
    """Forget the bytes of an upload that nobody wants."""
    _set(catalogue, upload, state=DROPPED)
    room.path(upload).unlink(missing_ok=True)


def _set(catalogue: Catalogue, upload: str, **values: Any) -> None:
    with catalogue.session() as session:
        session.execute(update(Upload).where(Upload.id == upload).values(**values))
