"""Defects that do not stop a file from being read, but that a reader of its numbers must know."""

from collections.abc import Iterator

from indexer.intake.profile import Understood


def defects_of(found: Understood) -> Iterator[str]:
    """One line for each, with the row where it is seen first."""
    yield from ()
