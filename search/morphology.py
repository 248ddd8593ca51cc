"""A Python twin of nori, for ranking in the embedded engine: never decides what matches.

Rules read from Lucene's analysis-nori and measured against it (reference/korean-search.md §2):
decompound mode "mixed" gives the compound and then its parts, the part-of-speech filter looks at the
left tag of every token, hanja become their reading. Each unbroken run is analysed alone, so that a
word gives the same tokens in a query as in a record.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files

from search import text
from search.dictionary import NO_WORDS, Dictionary
from search.language import hanja

CACHED_WORDS = 150_000
"""Some 80 MB of Korean words, with their morphemes; a full cache is emptied, not grown."""

CACHED_DIGITS = 4
"""Longer ones are serial numbers and coordinates, each another: a cache would hold little else."""

_PARTS = re.compile(r"[0-9]+|[^0-9]+")
_WITH_PARTS = frozenset({"Compound", "Inflect", "Preanalysis"})

Morpheme = tuple[str, str]
"""Surface, and mecab-ko-dic's eight features joined by commas:
part of speech, meaning, final consonant, reading, type, first and last part of speech, expression."""

Terms = tuple[str, str, str, str]
"""Blank-separated: ranking tokens, then the terms of the three match fields (search/schema.py)."""

RunTerms = tuple[str, str]
"""Of an unbroken run: its ranking tokens, its bigrams, and itself where it is found as a whole only."""

_NO_MORPHEME = -2
"""Where mecab's text of a run ends: a line that says so, and nothing after the last line break."""

_NO_TERMS = ("", "", "", "")

Tagger = Callable[[str], Iterable[Morpheme]]


def stop_tags() -> frozenset[str]:
    """Parts of speech that carry no meaning to rank by; the same list OpenSearch is given."""
    settings = json.loads(files("mappings").joinpath("analysis.json").read_text(encoding="utf-8"))
    return frozenset(settings["filter"]["ko_pos"]["stoptags"])


class Analyzer:
    """Words to ranking tokens, with a cache of words: rows of public data repeat them (92 % and more).

    Threads may share it: at worst a word is analysed twice.
    """

    def __init__(
        self,
        tagger: Tagger,
        stop: frozenset[str],
        dictionary: Dictionary = NO_WORDS,
        cached_words: int = CACHED_WORDS,
    ) -> None:
        self._tagger = tagger
        self._stop = stop
        self._words = dictionary.parts
        # the longest first: that is the one nori takes where several begin
        longest_first = sorted(self._words, key=len, reverse=True)
        self._own = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self._cached_words = cached_words
        self._known: dict[str, tuple[str, ...]] = {}
        self._runs: dict[str, RunTerms] = {}
        self._morphemes: dict[Morpheme, tuple[str, ...]] = {}

    def terms(self, value: str) -> Terms:
        """All terms of a value, made of those of its words: values differ, their words repeat."""
        runs = text.cut(value)
        if not runs:
            return _NO_TERMS
        tokens, pairs = zip(*map(self.run, runs), strict=True)
        single = " ".join(text.singles(runs))
        if all(map(text.is_digits, runs)):  # numbers are found whole
            return " ".join(tokens), "", "", single
        inside = " ".join(filter(None, pairs))
        across = " ".join(filter(None, (inside, *text.seams(runs)))) if len(runs) > 1 else inside
        return " ".join(filter(None, tokens)), inside, across, single

    def run(self, run: str) -> RunTerms:
        """The terms of an unbroken run. Cached, for writing."""
        if len(run) > CACHED_DIGITS and run.isascii():
            return self._read(run)
        known = self._runs.get(run)
        if known is None:
            if len(self._runs) >= self._cached_words:
                self._runs.clear()
            known = self._runs[run] = self._read(run)
        return known

    def _read(self, run: str) -> RunTerms:
        return " ".join(self._of_run(run)), " ".join(text.bigrams(run))

    def _of_run(self, run: str) -> Iterable[str]:
        """Its tokens, which are kept with the run: they are kept once."""
        if run.isascii() and run.isdecimal():  # most of what is not in the cache
            return (run,)
        return self._made(run) if run.isalpha() and not run.isascii() else self._tokens((run,))

    def tokens(self, value: str) -> list[str]:
        """Ranking tokens of a value, in order."""
        return self._tokens(text.cut(value))

    def _tokens(self, runs: Iterable[str]) -> list[str]:
        found: list[str] = []
        for run in runs:
            # digits apart, as nori has them; besides, 114동 and 115동 are so one entry of the cache, not two
            for part in _PARTS.findall(run):
                found.extend(self._part(part))
        return found

    def _part(self, part: str) -> tuple[str, ...]:
        if part.isascii():
            return (part,)
        known = self._known.get(part)
        if known is None:
            if len(self._known) >= self._cached_words:
                self._known.clear()
            known = self._known[part] = self._made(part)
        return known

    def _made(self, part: str) -> tuple[str, ...]:
        return tuple(token for piece in self._pieces(part) for token in self._piece(piece))

    def pieces(self, run: str) -> list[str]:
        """What a run is read as: its morphemes, compounds in their parts."""
        found: list[str] = []
        for piece in self._pieces(run):
            if piece in self._words:
                found += self._words[piece] or (piece,)
            else:
                found += (
                    part for surface, features in self._tagger(piece) for part in _parts(surface, features)
                )
        return found

    def _pieces(self, part: str) -> Iterator[str]:
        """The part cut at the words of the dictionary."""
        at = 0
        for match in self._own.finditer(part) if self._own else ():
            if match.start() > at:
                yield part[at : match.start()]
            yield match[0]
            at = match.end()
        if at < len(part):
            yield part[at:]

    def _piece(self, piece: str) -> Iterator[str]:
        if piece in self._words:
            yield from (piece, *self._words[piece])
            return
        for morpheme in self._tagger(piece):
            known = self._morphemes.get(morpheme)
            if known is None:
                if len(self._morphemes) >= self._cached_words:
                    self._morphemes.clear()
                known = self._morphemes[morpheme] = tuple(self._mixed(*morpheme))
            yield from known

    def _mixed(self, surface: str, features: str) -> list[str]:
        """The morpheme itself, then the parts of a compound; without those whose tag says nothing."""
        tag, _, _, reading, kind, first_tag, _, expression = features.split(",")
        left = first_tag if kind == "Inflect" and first_tag != "*" else tag.split("+")[0]
        kept = [] if left in self._stop else [_reading(surface, reading)]
        if kind in _WITH_PARTS and expression != "*":
            parts = (part.split("/") for part in expression.split("+"))
            kept += [part[0] for part in parts if len(part) > 1 and part[0] and part[1] not in self._stop]
        return [token.lower() for token in kept]


def _parts(surface: str, features: str) -> list[str]:
    """The parts of a compound that make it up; of everything else the surface itself."""
    kind, expression = features.split(",")[4], features.split(",")[7]
    if kind != "Compound" or expression == "*":
        return [surface]
    return [part.split("/")[0] for part in expression.split("+")]


def _reading(surface: str, reading: str) -> str:
    """The reading where the surface holds hanja, else the surface."""
    return reading if reading != "*" and hanja.has_hanja(surface) else surface


def load(dictionary: Dictionary = NO_WORDS) -> Analyzer:
    """An analyser over mecab-ko-dic 2.1.1, the dictionary that nori ships, and words of our own."""
    return Analyzer(tagger(), stop_tags(), dictionary)


def _morpheme(line: str) -> Morpheme:
    surface, _, features = line.partition("\t")
    return surface, features


@cache
def tagger() -> Tagger:
    """The dictionary, loaded once a process."""
    from mecab import (
        MeCab,  # loading takes about 17 ms and 100 MB: only processes that need words pay it, once
    )
    from mecab.utils import create_lattice

    # the tagger below the package's objects, which take three times as long to make as the analysis; a node for each
    # morpheme takes as long again as one text of all
    tagger = MeCab()._tagger  # noqa: SLF001

    def tag(run: str) -> Iterable[Morpheme]:
        lattice = create_lattice(run)
        if not tagger.parse(lattice):
            raise ValueError(f"mecab cannot analyse {run!r}: {tagger.what()}")
        return [_morpheme(line) for line in lattice.to_string().split("\n")[:_NO_MORPHEME]]

    return tag
