"""What the grammar of Korean says of a word: its stem without particle, whether it is a noun, whether it asks."""

from typing import Protocol


class Grammar(Protocol):
    """Implemented by ``search.korean.Korean``; words are normalised (``text.joined``)."""

    def read_hanja(self, run: str) -> str | None:
        """The reading of a run of hanja in Hangul, syllable for character; None where it is not known."""

    def stem(self, word: str) -> str | None:
        """The nouns before a particle or an ending: 인구가 → 인구, 혼잡한가요 → 혼잡; None where there are none."""

    def is_name(self, word: str) -> bool:
        """Whether the word may name something: it ends neither as a verb does nor in the particle of a case."""

    def is_spelt(self, word: str) -> bool:
        """Whether the word is one noun of the dictionary: then it is spelt as it is meant."""

    def is_general(self, word: str) -> bool:
        """Whether a word says what is wanted of a thing (수, 위치, 목록), not of which."""

    def is_filler(self, word: str) -> bool:
        """Whether the word holds no noun that could be meant: 어디에, 있나요, 얼마나, 알려줘."""
