"""The office's folder, looked at between runs: what somebody drops there is fetched soon, once it is whole."""

from dataclasses import dataclass, field
from pathlib import Path

from catalogue import runs
from catalogue.store import Catalogue
from indexer.supply import FOLDER
from sources import folder as folder_source

State = dict[str, tuple[int, int]]


@dataclass
class FolderWatch:
    """Asks for a fetch of the folder when it has changed and then kept still for one look."""

    folder: Path | None
    seen: State = field(default_factory=dict)
    changing: bool = False

    def look(self, catalogue: Catalogue) -> bool:
        """Whether a fetch was asked for. The first look asks for one, too: files may have come meanwhile."""
        if self.folder is None or not self.folder.is_dir():
            return False
        now = _state(self.folder)
        if now != self.seen:
            # a file that is still being copied changes from look to look
            self.seen, self.changing = now, True
            return False
        if not self.changing:
            return False
        self.changing = False
        runs.enqueue(catalogue, "folder", [FOLDER], job=runs.FETCH)
        return True


def _state(folder: Path) -> State:
    found: State = {}
    for path in (*folder_source.files([folder]), *(folder / name for name in folder_source.METADATA)):
        try:
            about = path.stat()
        except OSError:
            continue
        found[str(path)] = (about.st_mtime_ns, about.st_size)
    return found
