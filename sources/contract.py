"""What every source gives: a file as published with what is known about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """What is known of a file besides its bytes; empty where nobody said. ``date`` is ISO 8601."""

    title: str = ""
    area: str = ""
    provider: str = ""
    description: str = ""
    date: str = ""
    sample: bool = False

    def or_else(self, other: "Facts") -> "Facts":
        """These facts, the empty ones filled from ``other``."""
        return Facts(
            title=self.title or other.title,
            area=self.area or other.area,
            provider=self.provider or other.provider,
            description=self.description or other.description,
            date=self.date or other.date,
            sample=self.sample or other.sample,
        )


@dataclass(frozen=True)
class Fetched:
    """One state of one file: ``file`` is its base name, composed (NFC).

    ``facts`` is what somebody said of it, ``guessed`` what its name says: that yields to everything else.
    """

    file: str
    data: bytes
    facts: Facts
    guessed: Facts = Facts()


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be read at all, and why."""

    file: str
    why: str
