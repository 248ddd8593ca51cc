"""Names of the fields both engines share; ``mappings/records.json`` holds the same for OpenSearch."""

from search import text
from search.documents import DIMENSION_SLOTS, MEASURE_SLOTS
from search.plan import Word

FIELDS_VERSION = 11
"""Raised with every change of the fields of either engine: a build of another version is made anew."""

KEYWORDS = ("dataset", "area", "provider", "region", "period", "cell_200m", "cell_2km")
DIMENSIONS = tuple(f"d{n}" for n in range(DIMENSION_SLOTS))
NUMBERS = tuple(f"m{n}" for n in range(MEASURE_SLOTS))
INTEGERS = ("year",)

GROUPABLE = frozenset((*KEYWORDS, *INTEGERS, *DIMENSIONS))
"""Fields one may count by and filter on."""

INSIDE = "inside"
ACROSS = "across"
SINGLE = "single"
"""The three match fields: bigrams inside words, bigrams across blanks, words of one character and numbers."""
MATCHING = (INSIDE, ACROSS, SINGLE)

TITLE_BOOST = 3.0
"""A word in the label of a record says more about it than one in another cell (korean-search.md §5)."""


def match_terms(word: Word) -> tuple[str, tuple[str, ...]]:
    """The match field of a word and the terms a record must all have there."""
    if not word.across and text.is_alone(word.text):
        return SINGLE, tuple(word.text.split(" "))
    name = ACROSS if word.across else INSIDE
    return name, tuple(dict.fromkeys(text.bigrams(word.text)))
