"""Values of a facet with their counts: the same for records and for datasets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Counted = Mapping[str, int]


@dataclass(frozen=True)
class Choice:
    """A value of a facet with its count under the other facets' choices."""

    value: str
    count: int
    chosen: bool


def choices(counts: Counted, chosen: Iterable[str]) -> tuple[Choice, ...]:
    """Choices by count; a chosen value never vanishes, so a reader can always undo it."""
    chosen = tuple(chosen)
    values = [*counts, *(value for value in chosen if value not in counts)]
    found = (Choice(value, counts.get(value, 0), value in chosen) for value in values)
    return tuple(sorted(found, key=lambda choice: (-choice.count, choice.value)))
