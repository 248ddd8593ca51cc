"""A Python twin of nori, for ranking in the embedded engine: never decides what matches.

Rules read from Lucene's analysis-nori and measured against it (reference/korean-search.md §2):
decompound mode "mixed" gives the compound and then its parts, the part-of-speech filter looks at the
left tag of every token, hanja become their reading. Each unbroken run is analysed alone, so that a
word gives the same tokens in a query as in a record.
"""

import json
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Protocol

from search import text

_PARTS = re.compile(r"[0-9]+|[^0-9]+")


class Morpheme(Protocol):
    """What of mecab's answer is used."""

    surface: str
    feature: "Feature"


class Feature(Protocol):
    pos: str
    type: str | None
    start_pos: str | None
    reading: str | None
    expression: str | None


class Tagger(Protocol):
    def parse(self, sentence: str) -> Iterable[Morpheme]: ...


def stop_tags() -> frozenset[str]:
    """Parts of speech that carry no meaning to rank by; the same list OpenSearch is given."""
    settings = json.loads(files("mappings").joinpath("analysis.json").read_text(encoding="utf-8"))
    return frozenset(settings["filter"]["ko_pos"]["stoptags"])


class Analyzer:
    """Words to ranking tokens, with a cache of words: rows of public data repeat them (92 % and more)."""

    def __init__(self, tagger: Tagger, stop: frozenset[str], cache_size: int = 100_000) -> None:
        self._tagger = tagger
        self._stop = stop
        self._cache_size = cache_size
        self._cache: dict[str, tuple[str, ...]] = {}

    def tokens(self, value: str) -> list[str]:
        """Ranking tokens of a value, in order."""
        found: list[str] = []
        for run in text.runs(value):
            if run.isascii():
                found.append(run)
            else:
                # digits apart: 114동 and 115동 are one entry of the cache, not two
                for part in _PARTS.findall(run):
                    found.extend(self._part(part))
        return found

    def _part(self, part: str) -> tuple[str, ...]:
        if part.isascii():
            return (part,)
        known = self._cache.get(part)
        if known is None:
            if len(self._cache) >= self._cache_size:
                self._cache.clear()
            known = self._cache[part] = tuple(self._analysed(part))
        return known

    def _analysed(self, run: str) -> list[str]:
        found: list[str] = []
        for morpheme in self._tagger.parse(run):
            found.extend(self._mixed(morpheme))
        return found

    def _mixed(self, morpheme: Morpheme) -> list[str]:
        feature = morpheme.feature
        parts = [] if not feature.expression else [part.split("/") for part in feature.expression.split("+")]
        left = (
            feature.start_pos
            if feature.type == "Inflect" and feature.start_pos
            else feature.pos.split("+")[0]
        )
        kept = [] if left in self._stop else [_reading(morpheme)]
        if feature.type in {"Compound", "Inflect", "Preanalysis"}:
            kept += [part[0] for part in parts if len(part) > 1 and part[0] and part[1] not in self._stop]
        return [token.lower() for token in kept]


def _reading(morpheme: Morpheme) -> str:
    """The reading where the surface holds hanja, else the surface."""
    reading = morpheme.feature.reading
    has_hanja = any("\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" for char in morpheme.surface)
    return reading if has_hanja and reading else morpheme.surface


def load() -> Analyzer:
    """An analyser over mecab-ko-dic 2.1.1, the dictionary that nori ships."""
    from mecab import MeCab  # loading takes about 17 ms and 100 MB: only processes that rank pay it

    return Analyzer(MeCab(), stop_tags())
