"""The dataset list: one entry of ``sources/datasets/*.toml`` for each dataset that is fetched."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sources.contract import Facts

MOST_DROP = 0.3
"""Of the rows of the edition before: what loses more is held until staff say that it is right."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CRON = re.compile(r"(?:\S+\s+){4}\S+")


class EntryError(ValueError):
    """An entry that cannot be used; names file, entry and field."""


@dataclass(frozen=True)
class Entry:
    """A dataset of a source.

    ``request`` is what its connector asks for. ``columns``: our name of a column to the names it has or had
    on the wire; a field that is not named there keeps its own. ``where``: rows to keep, by our names.
    ``key``: columns that tell rows apart; of rows with one key that newest by ``newest_by`` is kept.
    ``fresh_days``: how old the newest data may be; ``at_least``: fewer rows are no edition; ``most_drop``: share of
    rows that may be lost since the edition before. ``verified``: answered so when it was last tried.
    """

    id: str
    source: str
    title: str
    area: str
    provider: str
    description: str
    schedule: str
    fresh_days: int
    at_least: int
    verified: bool
    request: Mapping[str, Any]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    newest_by: str = ""
    most_drop: float = MOST_DROP
    overrides: Mapping[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> Facts:
        overrides = dict(self.overrides) or None
        return Facts(self.title, self.area, self.provider, self.description, overrides=overrides)


def load() -> tuple[Entry, ...]:
    """The list as it comes with the portal, in order of file and place. Raises EntryError."""
    return read(one for one in files("sources").joinpath("datasets").iterdir() if one.name.endswith(".toml"))


def read(lists: Iterator[Traversable]) -> tuple[Entry, ...]:
    """Entries of list files. Raises EntryError, also for an id that stands there twice."""
    found: dict[str, Entry] = {}
    for one in sorted(lists, key=lambda file: file.name):
        try:
            parsed = tomllib.loads(one.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise EntryError(f"{one.name}: {error}") from error
        for number, fields in enumerate(parsed.get("dataset", ()), start=1):
            where = f"{one.name}, dataset {fields.get('id', number)}"
            entry = _entry(where, {**parsed.get("all", {}), **fields})
            if entry.id in found:
                raise EntryError(f"{where}: the id stands there twice")
            found[entry.id] = entry
    return tuple(found.values())


_TEXTS = ("id", "source", "title", "area", "provider", "schedule")
_KNOWN = {*Entry.__dataclass_fields__}


def _entry(where: str, fields: Mapping[str, Any]) -> Entry:
    _check(where, fields)
    return Entry(
        **{name: fields[name] for name in (*_TEXTS, "fresh_days", "at_least", "verified", "request")},
        description=fields.get("description", ""),
        columns={name: _names(value) for name, value in fields.get("columns", {}).items()},
        where={name: _names(value) for name, value in fields.get("where", {}).items()},
        key=_names(fields.get("key", ())),
        newest_by=fields.get("newest_by", ""),
        most_drop=float(fields.get("most_drop", MOST_DROP)),
        overrides=fields.get("overrides", {}),
    )


def _check(where: str, fields: Mapping[str, Any]) -> None:
    """Raises EntryError."""
    unknown = sorted(set(fields) - _KNOWN)
    if unknown:
        raise EntryError(f"{where}: unknown field {unknown[0]!r}; known: {', '.join(sorted(_KNOWN))}")
    for name in _TEXTS:
        if not isinstance(fields.get(name), str) or not fields[name].strip():
            raise EntryError(f"{where}, field {name}: write a text")
    for name in ("fresh_days", "at_least"):
        if not isinstance(fields.get(name), int) or fields[name] < 1:
            raise EntryError(f"{where}, field {name}: write a whole number from 1")
    if not _ID.fullmatch(fields["id"]):
        raise EntryError(f"{where}, field id: small letters, digits and single hyphens")
    if not _CRON.fullmatch(fields["schedule"]):
        raise EntryError(f"{where}, field schedule: a cron line such as 20 3 * * *")
    if not isinstance(fields.get("request"), dict) or not isinstance(fields.get("verified"), bool):
        raise EntryError(f"{where}: a table 'request' and a flag 'verified' must be there")
    if not 0 < fields.get("most_drop", MOST_DROP) <= 1:
        raise EntryError(f"{where}, field most_drop: a share between 0 and 1")


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
