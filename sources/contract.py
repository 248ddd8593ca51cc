"""What every source gives: a file as published with what is known about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Facts:
    """What is known of a file besides its bytes; empty where nobody said. ``date`` is ISO 8601.

    ``overrides`` are decisions of intake that staff fix: ``header_rows``, ``year``, and by column
    ``roles``, ``kinds``, ``units``. None says nothing about them, an empty one takes them back.
    """

    title: str = ""
    area: str = ""
    provider: str = ""
    description: str = ""
    date: str = ""
    sample: bool = False
    overrides: Mapping[str, Any] | None = None

    def or_else(self, other: "Facts") -> "Facts":
        """These facts, the empty ones filled from ``other``."""
        return Facts(
            title=self.title or other.title,
            area=self.area or other.area,
            provider=self.provider or other.provider,
            description=self.description or other.description,
            date=self.date or other.date,
            sample=self.sample or other.sample,
            overrides=_merged(self.overrides, other.overrides),
        )


def _merged(mine: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Decision by decision; an empty mapping takes all of the other's back."""
    if mine is None or other is None:
        return other if mine is None else mine
    return {**other, **mine} if mine else {}


@dataclass(frozen=True)
class Fetched:
    """One state of one file: ``file`` is its base name, composed (NFC).

    ``facts`` is what somebody said of it, ``guessed`` what its name says: that yields to everything else.
    """

    file: str
    data: bytes
    facts: Facts
    guessed: Facts = Facts()
    instead: str = ""
    """What the files of its dataset are called, where it is an edition of one that goes by another name."""

    @property
    def dataset_file(self) -> str:
        """The name by which its dataset is known."""
        return self.instead or self.file


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be read at all, and why."""

    file: str
    why: str
