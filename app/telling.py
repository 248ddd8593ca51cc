"""The charts of what is asked of a dataset, made once and kept; of all its records on disk, as its cards are."""

from collections.abc import Callable
from typing import TypeVar

from app.charts import entries
from app.charts.album import CHARTS
from app.charts.chart import Source, Told
from app.charts.narrowing import narrowed
from app.look import Asked, whole
from app.portal import portal, was_late
from search.engine import Snapshot

Made = TypeVar("Made")


def source_of(snapshot: Snapshot, what: Asked) -> Source:
    """The shape of the data under the filters of the address, with the borders of the district."""
    return portal().memory.of(snapshot, ("source", *_key(what)), lambda: _source(snapshot, what))


def _source(snapshot: Snapshot, what: Asked) -> Source:
    found = narrowed(snapshot, what.dataset, what.selection)
    return Source(snapshot, found.shape, portal().boundaries, found)


def told_of(snapshot: Snapshot, what: Asked) -> tuple[Told, ...]:
    """The charts that say most under the filters of the address."""
    return portal().memory.of(snapshot, ("charts", *_key(what)), lambda: _told(snapshot, what))


def _told(snapshot: Snapshot, what: Asked) -> tuple[Told, ...]:
    return of_all(snapshot, what, CHARTS, lambda: entries.told(source_of(snapshot, what)))


def of_all(
    snapshot: Snapshot, what: Asked, name: str, make: Callable[[], tuple[Made, ...]]
) -> tuple[Made, ...]:
    """Charts or cards (``name``); of a whole dataset they may have been made already, by whichever process."""
    album = portal().album if _is_whole(what) else None
    version = snapshot.versions[what.dataset.id]
    if album and (kept := album.kept(version, name)) is not None:
        return kept
    made = make()
    if album and not was_late():
        album.put(version, name, made)
        album.tidy(snapshot.versions.values())
    return made


def one_told(snapshot: Snapshot, what: Asked, name: str) -> Told | None:
    """A chart by its id; None where there is none. It is made alone where the others are not there anyway."""
    memory = portal().memory
    if _is_whole(what) or memory.holds(snapshot, ("charts", *_key(what))):
        shown = next((one for one in told_of(snapshot, what) if one.chart.id == name), None)
        if shown:
            return shown
    return memory.of(
        snapshot, ("chart", *_key(what), name), lambda: entries.one_told(source_of(snapshot, what), name)
    )


def _is_whole(what: Asked) -> bool:
    return what.selection == whole(what.dataset).selection


def _key(what: Asked) -> tuple[object, ...]:
    return (what.dataset.id, what.selection)
