"""What a source calls the state of the file that we hold: asked by it, it need not send the file again (RFC 9110 §13)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sources.client import Answer

_CONDITIONS: Mapping[str, str] = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}


class Unchanged(Exception):
    """The source says that nothing has changed since the edition that we hold."""


@dataclass
class Tag:
    """``held``: what was said of the edition that is kept, by header; ``seen``: what is said of the new one."""

    held: Mapping[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)

    def conditions(self) -> dict[str, str]:
        """Headers of the request."""
        return {_CONDITIONS[name]: value for name, value in self.held.items() if name in _CONDITIONS}

    def check(self, answer: Answer) -> None:
        """Raises Unchanged."""
        if answer.status == 304 and self.held:
            raise Unchanged
        self.seen = {name: answer.headers[name] for name in _CONDITIONS if name in answer.headers}

    @classmethod
    def opened(cls, path: Path, edition: str | None) -> "Tag":
        """Of the edition that is kept; nothing is held where the tag is of another one."""
        try:
            kept = json.loads(path.read_bytes())
            return cls(dict(kept["seen"])) if kept["edition"] == edition else cls()
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def keep(self, path: Path, edition: str) -> None:
        """For the next fetch; a file half written is no tag."""
        if self.seen:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({"edition": edition, "seen": self.seen}), encoding="utf-8")
