"""The area of a dataset nobody gave one: by the words of its title (mappings/areas.json)."""

import json
from dataclasses import dataclass
from importlib.resources import files

UNKNOWN = "미분류"


@dataclass(frozen=True)
class Areas:
    """Keyword to ``대분류 > 분야``, longest keyword first: the longest says most."""

    keywords: tuple[tuple[str, str], ...]

    @classmethod
    def load(cls) -> "Areas":
        tree = json.loads(files("mappings").joinpath("areas.json").read_text(encoding="utf-8"))
        pairs = [
            (_plain(keyword), f"{top['name']} > {leaf['name']}")
            for top in tree["categories"]
            for leaf in top["areas"]
            for keyword in leaf["keywords"]
        ]
        return cls(tuple(sorted(pairs, key=lambda pair: -len(pair[0]))))

    def guess(self, *texts: str) -> str:
        """``대분류 > 분야`` of the longest keyword in the first text that holds any, or UNKNOWN."""
        found = (area for text in map(_plain, texts) for keyword, area in self.keywords if keyword in text)
        return next(found, UNKNOWN)


def _plain(text: str) -> str:
    return "".join(text.lower().split())
