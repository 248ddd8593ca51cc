"""Charts and cards of whole datasets on disk, for every process and for the next build, as long as a dataset stays what it is.

Whatever may change one is in the name of its file: the version of the dataset, the code of the portal, the
borders. So nothing here is ever out of date, and what cannot be read is made again.
"""

import logging
import pickle
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.charts.boundaries import Boundaries

FOLDER = "charts"
CHARTS, CARDS = "charts", "cards"
_MAKERS = ("app", "search", "mappings")
"""Folders of the code and the tables that charts come from: which dong there are is in one of them."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Album:
    """A folder of files, ``<hash>.charts`` and ``<hash>.cards`` each those of a dataset. ``made_by``: the hash of what makes them."""

    folder: Path
    made_by: str

    @classmethod
    def of(cls, var: Path, boundaries: Boundaries | None) -> "Album":
        """The album in a state folder, for charts that this portal makes with these borders."""
        code = sha256(repr(boundaries).encode())
        for folder in _MAKERS:
            for path in sorted((Path(__file__).parents[2] / folder).rglob("*")):
                if path.suffix in {".py", ".json"}:
                    code.update(path.read_bytes())
        return cls(var / FOLDER, code.hexdigest())

    def kept(self, version: str, what: str) -> tuple[Any, ...] | None:
        """The charts or cards of all records of a dataset in this version (``Snapshot.versions``), if they were made."""
        path = self._path(version, what)
        try:
            found: tuple[Any, ...] = pickle.loads(path.read_bytes())  # noqa: S301 - from the portal's own state folder
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 - whatever a damaged pickle raises: they are made again
            _log.warning("%s cannot be read (%s) and is made again", path, error)
            return None
        return found

    def put(self, version: str, what: str, made: tuple[Any, ...]) -> None:
        """Keep the charts or cards of all records of a dataset. A reader has them all the same where the disk takes nothing."""
        path = self._path(version, what)
        beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            _log.warning("%s cannot be kept in %s: %s", what, self.folder, error)

    def tidy(self, versions: Iterable[str]) -> None:
        """Take away what is of none of these versions, also what was left half written."""
        kept = {self._path(one, CHARTS).stem for one in versions}
        for path in self.folder.glob("*.c*"):
            if (
                path.name.partition(".")[0] not in kept
            ):  # what another process is writing just now is of one of them
                path.unlink(missing_ok=True)

    def _path(self, version: str, what: str) -> Path:
        named = sha256(f"{self.made_by}\n{version}".encode()).hexdigest()
        return self.folder / f"{named}.{what}"
