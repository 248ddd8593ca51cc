"""Where data come from by themselves: the list, the office's folder, keys, and the client that calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from catalogue.fetches import Planned
from settings import SEOUL
from sources.client import Client, Clock
from sources.connectors import CONNECTORS
from sources.entry import Entry

FOLDER = "folder"
"""The entry by which the office's own folder stands in runs and plans."""

FOLDER_SCHEDULE, FOLDER_FRESH_DAYS = "0 3 * * *", 400


Sleep = Callable[[float], None]


def plain_client(sleep: Sleep) -> Client:
    return Client(clock=Clock(sleep=sleep))


def office_time() -> datetime:
    return datetime.now(SEOUL)


@dataclass(frozen=True)
class Supply:
    """What is fetched, and by what means. ``folder``: None where the office drops files nowhere."""

    entries: tuple[Entry, ...] = ()
    folder: Path | None = None
    keys: Mapping[str, str] = field(default_factory=dict)
    client: Callable[[Sleep], Client] = plain_client
    now: Callable[[], datetime] = office_time

    def is_ready(self, entry: Entry) -> bool:
        """Whether the operator has set the key of its source: nothing is called that nobody has asked for."""
        connector = CONNECTORS[entry.source]
        return bool(self.keys.get(connector.key_of or connector.name))

    def planned(self) -> list[Planned]:
        """The list as the catalogue keeps it for pages and the scheduler."""
        found = [
            Planned(
                entry=one.id,
                source=one.source,
                title=one.title,
                provider=one.provider,
                source_file=source_file(one),
                schedule=one.schedule,
                fresh_days=one.fresh_days,
                ready=self.is_ready(one),
            )
            for one in self.entries
        ]
        if self.folder is not None:
            found.append(Planned(FOLDER, FOLDER, "자료 폴더", "", "", FOLDER_SCHEDULE, FOLDER_FRESH_DAYS))
        return found


def source_file(entry: Entry) -> str:
    """The name under which editions of an entry stand in the catalogue: its dataset goes by the entry's id."""
    return f"{entry.id}.csv"
