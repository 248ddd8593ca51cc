"""The folder source: files that the office drops into a directory, or names on the command line."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sources import names
from sources.contract import Facts, Fetched, Unreadable

DATA_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".json", ".xml", ".zip"})
MAX_BYTES = 1_000_000_000
"""More than any published file of the real ones (the largest seen has 700 MB); a mistake or an attack."""


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those inside the folders named, in order of name; metadata files left out."""
    for path in paths:
        if path.is_dir():
            inside = sorted(found for found in path.rglob("*") if found.is_file())
            yield from (
                found
                for found in inside
                if found.suffix.lower() in DATA_SUFFIXES
                and found.stem != "metadata"
                and not found.name.startswith(".")
            )
        else:
            yield path


def read(
    paths: Iterable[Path], metadata: Mapping[str, Facts], given: Facts
) -> Iterator[Fetched | Unreadable]:
    """Each file with its facts: what the call gave, else the metadata file, else the file's name."""
    for path in files(paths):
        name = unicodedata.normalize("NFC", path.name)
        try:
            if path.stat().st_size > MAX_BYTES:
                yield Unreadable(name, f"larger than {MAX_BYTES:,} bytes: split it")
                continue
            data = path.read_bytes()
        except OSError as error:
            yield Unreadable(name, f"cannot be read: {error.strerror}")
            continue
        yield Fetched(name, data, given.or_else(metadata.get(name, Facts())).or_else(names.facts(name)))
