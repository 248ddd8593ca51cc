"""One dataset from its source into the catalogue: fetched, read, compared with the edition before, kept or held."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus

from catalogue import datasets, fetches
from catalogue.datasets import Current, NewEdition
from catalogue.fetches import Outcome
from indexer.adding import Added, add
from indexer.areas import Areas
from indexer.comparing import Bounds, Finding, Shape, compare, new_columns
from indexer.storage import edition_name
from indexer.supply import FOLDER, source_file
from indexer.workshop import Workshop
from sources import folder as folder_source
from sources import metadata
from sources.client import Client
from sources.connector import Means
from sources.connectors import CONNECTORS
from sources.contract import Facts, Fetched, Unreadable
from sources.entry import Entry, EntryError
from sources.errors import SourceError
from sources.opening import doubled_keys, table_of
from sources.packing import Packed, pack
from sources.paging import Progress
from sources.shelf import Shelf

FEW, INTAKE, ERROR, PERSONAL = "few", "intake", "error", "personal"
"""Kinds of outcomes besides those of ``sources.errors`` and of the gate."""

_STAYS = "이전 판을 그대로 둡니다."
_LONGEST_ENTRY = 120


@dataclass(frozen=True)
class Receiving:
    """An entry with what it is fetched by. ``said`` is told pages done and expected; what it raises ends it."""

    entry: Entry
    client: Client
    said: Callable[[int, int], None]


def received(workshop: Workshop, one: Receiving) -> Outcome:
    """Fetch, read, compare and keep. Whatever goes wrong is the outcome; what ``said`` raises passes through."""
    entry, calls = one.entry, one.client.requests
    shelf = _shelf(workshop, entry)
    try:
        outcome = _received(workshop, one, shelf)
    except SourceError as error:
        if error.kind in {"count", "form", "fields"}:
            shelf.clear()  # its pages do not fit together: the next fetch begins anew
        outcome = _failed(workshop, entry, error.kind, str(error))
    except (EntryError, KeyError) as error:
        outcome = _failed(workshop, entry, "request", f"목록의 항목을 고쳐야 합니다: {error}")
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        outcome = _failed(workshop, entry, ERROR, f"{type(error).__name__}: {error}")
    return _without_keys(outcome, workshop.supply.keys.values(), one.client.requests - calls)


def _received(workshop: Workshop, one: Receiving, shelf: Shelf) -> Outcome:
    entry, supply = one.entry, workshop.supply
    means = Means(one.client, shelf, supply.keys, supply.now(), Progress(one.said))
    raw = CONNECTORS[entry.source].fetch(entry, means)
    doubled = 0
    if isinstance(raw, Packed):
        table = table_of(raw)
        if not table.rows:
            shelf.clear()
            return _failed(workshop, entry, FEW, "자료가 한 건도 없다고 답했습니다")
        doubled = doubled_keys(raw, table.data)
    data = pack(raw) if isinstance(raw, Packed) else raw
    bounds = Bounds(entry.at_least, entry.most_drop)
    fetched = Fetched(source_file(entry), data, Facts(), guessed=entry.facts)
    outcome = _kept(workshop, fetched, (entry.id, entry.source), bounds, doubled)
    shelf.clear()  # only now: an edition that is not kept yet must not be fetched twice
    return outcome


def _kept(
    workshop: Workshop, fetched: Fetched, name: tuple[str, str], bounds: Bounds, doubled: int = 0
) -> Outcome:
    """``name``: the entry and its source."""
    catalogue = workshop.catalogue
    before = datasets.current_of(catalogue, fetched.file)
    was = Shape.of(before.records, before.columns) if before else None
    last = datasets.last_edition(catalogue, fetched.file)
    if last is not None and last.hash == edition_name(fetched.data) and not last.held:
        records = before.records if before else None
        return Outcome(
            *name, fetches.UNCHANGED, "지난번과 같습니다.", "", records, records, 0, len(fetched.data)
        )
    seen: list[Finding] = []
    news: list[str] = []

    def check(new: NewEdition) -> list[Finding]:
        shape = Shape.of(new.records, new.columns)
        seen.extend(compare(was, shape, bounds, doubled))
        news.append(new_columns(was, shape))
        return seen

    (added,) = add(catalogue, workshop.storage, Areas.load(), [fetched], check)
    return _outcome(name, added, before, seen, " ".join(filter(None, news)), len(fetched.data))


def _outcome(
    name: tuple[str, str], added: Added, before: Current | None, seen: Sequence[Finding], news: str, size: int
) -> Outcome:
    records = before.records if before else None
    stays = f" {_STAYS}" if before else ""
    if added.dataset is None:
        return Outcome(*name, fetches.FAILED, f"{added.why}{stays}", INTAKE, None, records, 0, size)
    if added.held:
        why = " ".join([*(f"{one['message']}." for one in seen), added.why]).strip()
        kind = str(seen[0]["kind"]) if seen else PERSONAL
        message = f"{why} 받아 두었지만 담당자가 확인할 때까지 공개하지 않습니다.{stays}"
        return Outcome(*name, fetches.HELD, message, kind, added.records, records, 0, size)
    state = fetches.NEW if added.changed else fetches.UNCHANGED
    message = " ".join(filter(None, (f"{added.records:,}건을 받았습니다.", news)))
    return Outcome(*name, state, message, "", added.records, records, 0, size)


def _failed(workshop: Workshop, entry: Entry, kind: str, why: str) -> Outcome:
    before = datasets.current_of(workshop.catalogue, source_file(entry))
    since = fetches.last_success(workshop.catalogue, entry.id)
    when = f"({since:%Y-%m-%d}에 마지막으로 받음)" if since else ""
    stays = f" {_STAYS[:-1]}{when}." if before else ""
    records = before.records if before else None
    return Outcome(entry.id, entry.source, fetches.FAILED, f"{why.rstrip('.')}.{stays}", kind, None, records)


def _without_keys(outcome: Outcome, keys: Iterable[str], requests: int) -> Outcome:
    """A key must stand in no row, whatever text an error brought along."""
    message = outcome.message
    for key in filter(None, keys):
        for spelt in {key, quote(key, safe=""), quote_plus(key), quote(quote(key, safe=""), safe="")}:
            message = message.replace(spelt, "***")
    return Outcome(
        outcome.entry,
        outcome.source,
        outcome.state,
        message,
        outcome.kind,
        outcome.records,
        outcome.records_before,
        requests,
        outcome.size_bytes,
    )


def _shelf(workshop: Workshop, entry: Entry) -> Shelf:
    asked = {"source": entry.source, "request": entry.request}
    return Shelf.opened(workshop.storage.var / "fetching" / entry.id, asked, workshop.supply.now())


def folder(workshop: Workshop) -> Iterator[Outcome]:
    """Every file of the office's folder, each by its name."""
    there = workshop.supply.folder
    if there is None:
        return
    if not there.is_dir():
        yield Outcome(FOLDER, FOLDER, fetches.FAILED, f"자료 폴더 {there.name}이(가) 없습니다.", "network")
        return
    try:
        known = _metadata(there)
    except (metadata.MetadataError, OSError) as error:
        yield Outcome(FOLDER, FOLDER, fetches.FAILED, str(error), "request")
        known = {}
    for found in folder_source.read([there], known, Facts()):
        name = (f"{FOLDER}/{found.file}"[:_LONGEST_ENTRY], FOLDER)
        if isinstance(found, Unreadable):
            yield Outcome(*name, fetches.FAILED, found.why, "network")
        else:
            yield _kept(workshop, found, name, Bounds())


def _metadata(there: Path) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for name in folder_source.METADATA:
        if (there / name).is_file():
            found |= metadata.read(there / name)
    return found
