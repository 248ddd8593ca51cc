"""The folder source: files that the office drops into a directory, or names on the command line."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sources import names
from sources.contract import Facts, Fetched, Unreadable

MAX_BYTES = 1_000_000_000
"""More than any published file of the real ones (the largest seen has 700 MB); a mistake or an attack."""

METADATA = ("metadata.tsv", "metadata.csv")
BOUNDARIES = "boundaries.geojson"
"""Borders for maps, as the sample has them and the state folder too: no data."""
TRUTH = "truth.json"
"""What a sample adds up to, which lies beside its files: no data."""


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and the data files inside the folders named, in order of name."""
    for path in paths:
        if path.is_dir():
            yield from (found for found in _inside(path) if found.suffix.lower() in names.ENDINGS)
        else:
            yield path


def left_out(paths: Iterable[Path]) -> Iterator[Path]:
    """Files inside the folders named whose ending is of no data file."""
    for path in paths:
        if path.is_dir():
            yield from (found for found in _inside(path) if found.suffix.lower() not in names.ENDINGS)


def _inside(folder: Path) -> Iterator[Path]:
    """Without metadata, borders, what a sample adds up to, hidden files and those that Windows, Excel and macOS leave behind."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
            continue
        if path.name in {*METADATA, BOUNDARIES, TRUTH}:
            continue
        if path.is_file() and path.name.lower() not in {"thumbs.db", "desktop.ini"}:
            yield path


def read(
    paths: Iterable[Path], metadata: Mapping[str, Facts], given: Facts
) -> Iterator[Fetched | Unreadable]:
    """Each file with what the call gave, else the metadata file; beside it what its name says.

    A dataset goes by the name of its file, so of two files of one name only the first is read.
    """
    seen: dict[str, Path] = {}
    for path in files(paths):
        name = unicodedata.normalize("NFC", path.name)
        if name in seen:
            yield Unreadable(name, f"{path}: {seen[name]} has the same name: rename one of them")
            continue
        seen[name] = path
        try:
            if path.stat().st_size > MAX_BYTES:
                yield Unreadable(name, f"larger than {MAX_BYTES:,} bytes: split it")
                continue
            data = path.read_bytes()
        except OSError as error:
            yield Unreadable(name, f"cannot be read: {error.strerror}")
            continue
        yield Fetched(name, data, given.or_else(metadata.get(name, Facts())), names.facts(name))
