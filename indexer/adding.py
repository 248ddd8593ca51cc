"""Files into the catalogue: read, take in, store. What cannot be taken is named; the rest goes on."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from catalogue import datasets, holds
from catalogue.store import Catalogue
from indexer.areas import Areas
from indexer.intake.overrides import Overrides
from indexer.intake.preface import names_nothing, own_title, preface
from indexer.intake.report import as_json
from indexer.intake.screening import said
from indexer.intake.table import Long, Taken
from indexer.storage import Storage, edition_name
from indexer.taking import in_order, taken
from sources.contract import Facts, Fetched, Unreadable

UNKNOWN_PROVIDER = "제공기관 미상"


@dataclass(frozen=True)
class Added:
    """What became of a file. ``dataset`` is None where it was refused; ``why`` then says the reason.

    ``held`` means that it is kept but not published before staff release it; ``why`` says what for.
    """

    file: str
    dataset: str | None
    records: int
    changed: bool
    why: str = ""
    held: bool = False


Check = Callable[[datasets.NewEdition], Sequence[dict[str, Any]]]
"""What an edition is to be held back for besides personal data; it is stored, but not published."""


def unchecked(_: datasets.NewEdition) -> Sequence[dict[str, Any]]:
    """A person who names a file on the command line has looked at it."""
    return ()


def add(
    catalogue: Catalogue,
    storage: Storage,
    areas: Areas,
    found: Iterable[Fetched | Unreadable],
    check: Check = unchecked,
) -> Iterator[Added]:
    """Files are read several at once and stored in turn; yields as it goes."""

    def read(fetched: Fetched | Unreadable) -> _Read:
        return _read(catalogue, fetched)

    for one in in_order(read, found):
        if isinstance(one.fetched, Unreadable) or one.taken is None:
            yield Added(one.fetched.file, None, 0, changed=False, why=one.why)
        elif one.taken.long is None:
            why = " ".join(one.taken.messages)
            yield Added(one.fetched.file, None, 0, changed=False, why=why)
        else:
            new = _edition(areas, one.fetched, one.facts, one.taken, one.taken.long)
            new = replace(new, held_for=[*new.held_for, *check(new)])
            yield _store(catalogue, storage, new, one.fetched.data, one.taken, one.taken.long)


@dataclass(frozen=True)
class _Read:
    """A file with all that is known of it by now; ``taken`` is None where it could not be read at all."""

    fetched: Fetched | Unreadable
    facts: Facts = field(default_factory=Facts)
    taken: Taken | None = None
    why: str = ""


def _read(catalogue: Catalogue, fetched: Fetched | Unreadable) -> _Read:
    if isinstance(fetched, Unreadable):
        return _Read(fetched, why=fetched.why)
    facts = fetched.facts.or_else(_known(catalogue, fetched.dataset_file)).or_else(fetched.guessed)
    try:
        overrides = Overrides.of(facts.overrides or {})
    except ValueError as error:
        return _Read(fetched, why=str(error))
    return _Read(fetched, facts, taken(fetched.file, fetched.data, overrides))


def _edition(areas: Areas, fetched: Fetched, facts: Facts, found: Taken, long: Long) -> datasets.NewEdition:
    title = _title(facts, fetched, found)
    decisions = dict(facts.overrides or {})
    return datasets.NewEdition(
        source_file=fetched.dataset_file,
        title=title,
        area=facts.area or areas.guess(title, preface(found.table) if found.table else ""),
        provider=facts.provider or UNKNOWN_PROVIDER,
        description=facts.description,
        sample=fetched.facts.sample,
        hash=edition_name(fetched.data),
        size_bytes=len(fetched.data),
        records=len(long.frame),
        columns=described(long),
        report={
            **as_json(found),
            "published": facts.date or None,
            "overrides": decisions,
            "values": filled(long),
        },
        overrides=decisions,
        held_for=sure_findings(found),
    )


def _title(facts: Facts, fetched: Fetched, found: Taken) -> str:
    """What somebody said, else what the name of the file says, else what stands in it above the table."""
    title = facts.title or fetched.file
    guessed = title in {fetched.file, fetched.guessed.title}
    own = own_title(found.table) if found.table and guessed and names_nothing(title) else ""
    return own or title


def _store(
    catalogue: Catalogue, storage: Storage, new: datasets.NewEdition, data: bytes, found: Taken, long: Long
) -> Added:
    storage.keep_edition(data)
    storage.keep_table(table_name(new.hash, new.overrides), long.frame)
    dataset, changed = datasets.add(catalogue, new)
    held = any(one.dataset == dataset for one in holds.held(catalogue))
    why = " ".join(said([one for one in found.personal if one.sure])) if held else ""
    return Added(str(new.report["file"]), dataset, new.records, changed, why, held)


def sure_findings(found: Taken) -> list[dict[str, Any]]:
    """Personal data that hold an edition back, masked, as the catalogue keeps them."""
    return [asdict(one) for one in found.personal if one.sure]


def _known(catalogue: Catalogue, file: str) -> Facts:
    """What the catalogue says of a dataset already: the next edition need not say it again."""
    there = datasets.find(catalogue, file)
    if there is None:
        return Facts()
    dataset, decisions = there
    return Facts(dataset.title, dataset.area, dataset.provider, dataset.description, overrides=decisions)


def table_name(edition: str, decisions: Mapping[str, Any]) -> str:
    """Of the typed table that the bytes make with these overrides."""
    if not decisions:
        return edition
    fixed = hashlib.sha256(json.dumps(decisions, sort_keys=True).encode()).hexdigest()
    return f"{edition}-{fixed[:16]}"


def filled(long: Long) -> int:
    """Number cells with a number in them: rows may all be there and their numbers gone."""
    numbers = [f"#{one.name}" for one in long.columns if f"#{one.name}" in long.frame]
    return int(long.frame[numbers].notna().to_numpy().sum())


def described(long: Long) -> dict[str, object]:
    """The columns of a typed table as the catalogue keeps them."""
    return {"columns": [asdict(column) for column in long.columns]}
