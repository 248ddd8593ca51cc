"""The dataset list: one entry of ``sources/datasets/*.toml`` for each dataset that is fetched."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def read(lists: Iterable[Traversable]) -> tuple[Entry, ...]:
    """Entries of list files. Raises EntryError, also for an id that stands there twice."""
    found: dict[str, Entry] = {}
    for one in sorted(lists, key=lambda file: file.name):
        try:
            parsed = tomllib.loads(one.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise EntryError(f"{one.name}: {error}") from error
        for where, fields in _tables(one.name, parsed):
            entry = _entry(where, fields)
            if entry.id in found:
                raise EntryError(f"{where}: the id stands there twice")
            found[entry.id] = entry
    return tuple(found.values())


def _tables(file: str, parsed: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Where an entry stands, and its fields, those of all entries of the file among them."""
    shared, tables = parsed.get("all", {}), parsed.get("dataset", [])
    if not isinstance(shared, dict) or not _are(dict, tables):
        raise EntryError(f"{file}: write one table [all] and a table [[dataset]] for each dataset")
    for number, fields in enumerate(tables, start=1):
        yield f"{file}, dataset {fields.get('id', number)}", {**shared, **fields}


def _are(kind: type, values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(one, kind) for one in values)


_TEXTS = ("id", "source", "title", "area", "provider", "schedule")
_REST = ("fresh_days", "at_least", "verified", "request")


def _entry(where: str, fields: Mapping[str, Any]) -> Entry:
    _check(where, fields)
    return Entry(
        **{name: fields[name] for name in (*_TEXTS, *_REST)},
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
    unknown = sorted(set(fields) - set(_RULES))
    if unknown:
        raise EntryError(f"{where}: unknown field {unknown[0]!r}; known: {', '.join(sorted(_RULES))}")
    for name, (is_right, what) in _RULES.items():
        if (name in fields or name in _NEEDED) and not is_right(fields.get(name)):
            raise EntryError(f"{where}, field {name}: {what}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 1


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _are_names(value: Any) -> bool:
    """A name, or a list with at least one."""
    return isinstance(value, str) or (bool(value) and _are(str, value))


def _is_table_of_names(value: Any) -> bool:
    return isinstance(value, dict) and all(_are_names(one) for one in value.values())


_RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "id": (
        lambda value: _is_text(value) and bool(_ID.fullmatch(value)),
        "small letters, digits and single hyphens",
    ),
    "source": (_is_text, "write a text"),
    "title": (_is_text, "write a text"),
    "area": (_is_text, "write a text"),
    "provider": (_is_text, "write a text"),
    "schedule": (
        lambda value: _is_text(value) and bool(_CRON.fullmatch(value)),
        "a cron line such as 20 3 * * *",
    ),
    "fresh_days": (_is_count, "write a whole number from 1"),
    "at_least": (_is_count, "write a whole number from 1"),
    "verified": (lambda value: isinstance(value, bool), "write true or false"),
    "request": (_is_table, "write a table of what is asked for"),
    "description": (lambda value: isinstance(value, str), "write a text"),
    "columns": (_is_table_of_names, "a table of names, each with one name of the wire or a list of them"),
    "where": (_is_table_of_names, "a table of names, each with one value or a list of them"),
    "key": (_are_names, "a name or a list of them"),
    "newest_by": (lambda value: isinstance(value, str), "write the name of a column"),
    "most_drop": (lambda value: type(value) in {int, float} and 0 < value <= 1, "a share between 0 and 1"),
    "overrides": (_is_table, "write a table"),
}
_NEEDED = (*_TEXTS, *_REST)


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
