"""One dataset from its source into the catalogue: fetched, read, compared with the edition before, kept or held."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from catalogue import datasets, fetches, holds
from catalogue.datasets import Current, NewEdition
from catalogue.fetches import Outcome
from indexer.adding import Added, add
from indexer.areas import Areas
from indexer.comparing import Bounds, Finding, Shape, compare, new_columns
from indexer.storage import edition_name
from indexer.supply import FOLDER, source_file
from indexer.work import line_of
from indexer.workshop import Workshop
from settings import SEOUL
from sources import folder as folder_source
from sources import metadata
from sources.client import Client
from sources.connector import Means
from sources.connectors import CONNECTORS
from sources.contract import Facts, Fetched, Unreadable
from sources.entry import Entry, EntryError
from sources.errors import SourceError
from sources.opening import Opened, doubled, has_rows, rows_of, table_of
from sources.packing import Packed, pack
from sources.paging import Progress
from sources.shelf import Shelf
from sources.silence import without
from sources.tags import Tag, Unchanged

FEW, INTAKE, ERROR, PERSONAL = "few", "intake", "error", "personal"
"""Kinds of outcomes besides those of ``sources.errors`` and of the gate."""

_TOLD = 8
_TAKEN_BACK = "담당자가 거두어들인 판과 같습니다."


class Ended(Exception):
    """The run ends: what is under way in other threads goes no further."""


@dataclass(frozen=True)
class Receiving:
    """An entry with what it is fetched by. ``said`` is told pages done and expected; what it raises ends it."""

    entry: Entry
    client: Client
    said: Callable[[int, int], None]


def received(workshop: Workshop, one: Receiving) -> Outcome:
    """Fetch, read, compare and keep. Whatever goes wrong is the outcome. Raises Ended where ``said`` does."""
    entry, calls = one.entry, one.client.requests
    try:
        outcome = _received(workshop, one)
    except Ended:
        raise
    except SourceError as error:
        outcome = _failed(workshop, entry, error.kind, str(error))
    except (EntryError, KeyError) as error:
        outcome = _failed(workshop, entry, "request", f"목록의 항목을 고쳐야 합니다: {error}")
    except Exception as error:  # noqa: BLE001 - one dataset must not end the others
        outcome = _failed(workshop, entry, ERROR, line_of(error))
    message = without(outcome.message, workshop.supply.keys.values())
    return replace(outcome, message=message, requests=one.client.requests - calls)


def _received(workshop: Workshop, one: Receiving) -> Outcome:
    entry, supply, now = one.entry, workshop.supply, workshop.supply.now()
    shelf = _shelf(workshop, entry, now)
    known = workshop.storage.var / "tags" / f"{entry.id}.json"
    tag = _tag(workshop, entry, known)
    means = Means(one.client, shelf, supply.keys, now, Progress(one.said), tag)
    try:
        raw = CONNECTORS[entry.source].fetch(entry, means)
        table = table_of(raw) if isinstance(raw, Packed) else None
        if table is not None:
            _check_decided(entry, table)
    except Unchanged:
        shelf.clear()
        return _unchanged(workshop, entry)
    except SourceError as error:
        if error.kind in _UNFIT:
            shelf.clear()
        raise
    data = pack(raw) if isinstance(raw, Packed) else raw
    shown = data if table is None else table.data
    if not has_rows(shown):
        shelf.clear()
        # what was chosen from may not have been empty: then it is the list that asks for what is not there
        why = " ".join(table.notes) if table and table.notes else "자료가 한 건도 없다고 답했습니다"
        return _failed(workshop, entry, FEW, why)
    # of rows with one key the newest was kept already, where an entry says by what
    is_single = not entry.key or (table is not None and bool(entry.newest_by))
    twice = 0 if is_single else doubled(rows_of(shown), entry.key)
    fetched = Fetched(source_file(entry), data, Facts(), guessed=entry.facts)
    bounds = Bounds(entry.at_least, entry.most_drop)
    outcome = _kept(workshop, fetched, (entry.id, entry.source), bounds, twice)
    shelf.clear()  # only now: an edition that is not kept yet must not be fetched twice
    tag.keep(known, edition_name(data))
    return outcome


def _tag(workshop: Workshop, entry: Entry, known: Path) -> Tag:
    """What the source said of the newest edition; nothing while that waits for staff, or its bytes are gone."""
    last = datasets.last_edition(workshop.catalogue, source_file(entry))
    there = last is not None and not last.held and workshop.storage.holds(last.hash)
    return Tag.opened(known, last.hash if last and there else None)


def _unchanged(workshop: Workshop, entry: Entry) -> Outcome:
    before = datasets.current_of(workshop.catalogue, source_file(entry))
    records = before.records if before else None
    said = "지난번과 같습니다(출처가 바뀌지 않았다고 답했습니다)."
    return Outcome(entry.id, entry.source, fetches.UNCHANGED, said, "", records, records)


def _check_decided(entry: Entry, table: Opened) -> None:
    """Columns that the list decides something about must be there. Raises SourceError."""
    decided = {name for what in ("roles", "kinds", "units") for name in entry.overrides.get(what, ())}
    there = next(csv.reader(io.StringIO(table.data.decode())), [])
    if there and (lost := sorted(decided - set(there))):
        raise SourceError("fields", f"항목 {', '.join(lost)}이 답에 없습니다: 목록을 고쳐 주십시오")


_UNFIT = frozenset({"count", "form", "fields"})
"""Of pages that do not fit together: the next fetch begins anew."""


def _kept(
    workshop: Workshop, fetched: Fetched, name: tuple[str, str], bounds: Bounds, doubled: int = 0
) -> Outcome:
    """``name``: the entry and its source."""
    catalogue = workshop.catalogue
    before = datasets.current_of(catalogue, fetched.file)
    was = Shape.of(before.records, before.columns, before.report) if before else None
    last = datasets.last_edition(catalogue, fetched.file)
    if (
        last
        and last.hash == edition_name(fetched.data)
        and not last.held
        and workshop.storage.holds(last.hash)
        and _says_nothing_new(before, fetched.facts)
    ):
        records = before.records if before else None
        return Outcome(
            *name, fetches.UNCHANGED, "지난번과 같습니다.", "", records, records, 0, len(fetched.data)
        )
    seen: list[Finding] = []
    news: list[str] = []

    def check(new: NewEdition) -> list[Finding]:
        shape = Shape.of(new.records, new.columns, new.report)
        seen.extend(compare(was, shape, bounds, doubled))
        news.append(new_columns(was, shape))
        return seen

    (added,) = add(catalogue, workshop.storage, Areas.load(), [fetched], check)
    stays = _stays(workshop, name[0], before)
    records = before.records if before else None
    outcome = _outcome(name, added, seen, " ".join(filter(None, news)), stays)
    return replace(outcome, records_before=records, size_bytes=len(fetched.data))


def _says_nothing_new(before: Current | None, facts: Facts) -> bool:
    """The office's metadata file may say another title of the same bytes."""
    if before is None:
        return True
    there = {
        name: getattr(before, name) for name in ("title", "area", "provider", "description", "overrides")
    }
    there["date"] = before.report.get("published") or ""
    said = {name: getattr(facts, name) for name in there}
    return all(value in ("", None) or value == there[name] for name, value in said.items())


def _outcome(name: tuple[str, str], added: Added, seen: Sequence[Finding], news: str, stays: str) -> Outcome:
    if added.dataset is None:
        return Outcome(*name, fetches.FAILED, f"{added.why}{stays}", INTAKE)
    if added.held:
        why = " ".join([*(f"{one['message']}." for one in seen), added.why]).strip() or _TAKEN_BACK
        kind = str(seen[0]["kind"]) if seen else PERSONAL if added.why else holds.WITHDRAWN
        message = f"{why} 받아 두었지만 담당자가 확인할 때까지 공개하지 않습니다.{stays}"
        return Outcome(*name, fetches.HELD, message, kind, added.records)
    state = fetches.NEW if added.changed else fetches.UNCHANGED
    message = " ".join(filter(None, (f"{added.records:,}건을 받았습니다.", news)))
    return Outcome(*name, state, message, "", added.records)


def _failed(workshop: Workshop, entry: Entry, kind: str, why: str) -> Outcome:
    before = datasets.current_of(workshop.catalogue, source_file(entry))
    records = before.records if before else None
    message = f"{why.rstrip('.')}.{_stays(workshop, entry.id, before)}"
    return Outcome(entry.id, entry.source, fetches.FAILED, message, kind, None, records)


def _stays(workshop: Workshop, entry: str, before: Current | None) -> str:
    """What is shown meanwhile, and since when; the day is the office's."""
    if before is None:
        return ""
    since = fetches.last_success(workshop.catalogue, entry) or before.fetched_at
    return f" 이전 판을 그대로 둡니다({since.astimezone(SEOUL):%Y-%m-%d}에 마지막으로 받음)."


def _shelf(workshop: Workshop, entry: Entry, now: datetime) -> Shelf:
    """Pages of yesterday are another state of the data, and the days that are asked for are others, too."""
    asked = {"source": entry.source, "request": entry.request, "day": f"{now:%Y-%m-%d}"}
    return Shelf.opened(workshop.storage.var / "fetching" / entry.id, asked, now)


def folder(workshop: Workshop) -> Iterator[Outcome]:
    """Every file of the office's folder, each by its name; then the folder itself."""
    there = workshop.supply.folder
    if there is None:
        return
    if not there.is_dir():
        yield Outcome(FOLDER, FOLDER, fetches.FAILED, f"자료 폴더 {there.name}이(가) 없습니다.", "network")
        return
    try:
        known = _metadata(there)
    except (metadata.MetadataError, OSError) as error:
        known = {}
        whole = Outcome(
            FOLDER, FOLDER, fetches.FAILED, f"자료 폴더의 설명 파일을 읽지 못했습니다({error}).", "request"
        )
    else:
        whole = Outcome(FOLDER, FOLDER, fetches.UNCHANGED, "자료 폴더를 모두 살펴보았습니다.")
    amiss = []
    for found in folder_source.read([there], known, Facts()):
        outcome = _of_file(workshop, found)
        if outcome.state not in fetches.ANSWERED:
            amiss.append(found.file)
        yield outcome
    if amiss and whole.state == fetches.UNCHANGED:
        told = ", ".join(amiss[:_TOLD]) + (f" 외 {len(amiss) - _TOLD}개" if len(amiss) > _TOLD else "")
        whole = replace(whole, state=fetches.FAILED, kind=INTAKE, message=f"살펴볼 파일이 있습니다: {told}.")
    yield whole


def _of_file(workshop: Workshop, found: Fetched | Unreadable) -> Outcome:
    name = (fetches.folder_entry(found.file), FOLDER)
    why, kind = "", ERROR
    try:
        if isinstance(found, Fetched):
            return _kept(workshop, found, name, Bounds())
        why, kind = f"파일을 읽지 못했습니다({found.why})", "network"
    except Exception as error:  # noqa: BLE001 - one file must not end the others
        why = line_of(error)
    before = datasets.current_of(workshop.catalogue, found.file)
    message = f"{why}.{_stays(workshop, name[0], before)}"
    return Outcome(*name, fetches.FAILED, message, kind, None, before.records if before else None)


def _metadata(there: Path) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for name in folder_source.METADATA:
        if (there / name).is_file():
            found |= metadata.read(there / name)
    return found
