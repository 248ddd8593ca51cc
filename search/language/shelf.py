"""What many words are looked up in, each way of looking made when it is first asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow.compute as pc

from search.batch import listed, texts
from search.language.beginnings import Beginnings
from search.language.initials import Initials
from search.language.slips import Slips
from search.language.substrings import Substrings

_NUMBER = r"\p{N}"


@dataclass(frozen=True)
class Shelf:
    """Some words of a vocabulary. Some that are words no more may still stand here: who looks asks for that."""

    words: Sequence[str]

    def warm(self, typing: bool) -> None:
        """Make now what is else made when it is first asked for: for slips and, of what is still typed, beginnings.

        Of 250,000 words a quarter of a second, and a whole one for what is typed.
        """
        _ = self.substrings, self.slips
        if typing:
            _ = self.initials, self.beginnings

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def substrings(self) -> Substrings:
        return Substrings.of(self.words)

    @cached_property
    def slips(self) -> Slips:
        """Words that may be slipped into: a number with another digit is another number."""
        words = texts(self.words)
        return Slips.of(listed(words.filter(pc.invert(pc.match_substring_regex(words, _NUMBER)))))

    @cached_property
    def initials(self) -> Initials:
        return Initials.of(self.words)

    @cached_property
    def beginnings(self) -> Beginnings:
        return Beginnings.of(self.words)
