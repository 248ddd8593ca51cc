"""Text on pictures in the page's own typeface, letter by letter from the files the page is served with."""

import re
import threading
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).parents[1] / "static" / "vendor" / "pretendard-gov"
STYLES = "pretendardvariable-gov-dynamic-subset.css"
_FACE = re.compile(
    r"url\(\s*['\"]?\.?/?([^'\")]+\.woff2)['\"]?\s*\)[^}]*?unicode-range:\s*([^;}]+)", re.DOTALL
)
_MISSING = "□"

Colour = str
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Style:
    """Size in pixels, weight as in CSS (400 regular, 700 bold)."""

    size: int
    weight: int = 400
    colour: Colour = "#1e2124"


@dataclass
class Lettering:
    """The typeface is split over files by code point, as browsers load it. Threads may share one."""

    files: dict[int, Path]
    _fonts: dict[tuple[Path, int, int], Font] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Lettering":
        """Which file holds which letter, by the style sheet's ``unicode-range``."""
        css = (folder / STYLES).read_text(encoding="utf-8")
        return cls(
            {
                code: folder / file
                for file, ranges in _FACE.findall(css)
                for part in ranges.split(",")
                for code in _codes(part.strip())
            }
        )

    def width(self, text: str, style: Style) -> float:
        with self._lock:
            return sum(self._font(letter, style).getlength(letter) for letter in self._known(text))

    def write(self, image: Image.Image, at: tuple[float, float], text: str, style: Style) -> float:
        """Draw on one line from its left baseline corner; gives where it ends."""
        x, y = at
        canvas = ImageDraw.Draw(image)
        with self._lock:
            for letter in self._known(text):
                font = self._font(letter, style)
                canvas.text((x, y), letter, font=font, fill=style.colour, anchor="ls")
                x += font.getlength(letter)
        return x

    def lines(self, text: str, style: Style, most: float, count: int) -> list[str]:
        """Broken at blanks, or within a word where it is too long; what is beyond ``count`` lines ends in ``…``."""
        found = [""]
        for word in text.split():
            joined = f"{found[-1]} {word}".strip()
            if self.width(joined, style) <= most:
                found[-1] = joined
            else:
                found += self._cut(word, style, most)
        found = [line for line in found if line]
        if len(found) <= count:
            return found
        return [*found[: count - 1], self.short(" ".join(found[count - 1 :]), style, most)]

    def short(self, text: str, style: Style, most: float) -> str:
        """As much as fits, with ``…`` where something is left out."""
        if self.width(text, style) <= most:
            return text
        while text and self.width(text + "…", style) > most:
            text = text[:-1]
        return text.rstrip() + "…"

    def _cut(self, word: str, style: Style, most: float) -> list[str]:
        parts = [""]
        for letter in word:
            if parts[-1] and self.width(parts[-1] + letter, style) > most:
                parts.append("")
            parts[-1] += letter
        return parts

    def _known(self, text: str) -> str:
        return "".join(letter if ord(letter) in self.files else _MISSING for letter in text)

    def _font(self, letter: str, style: Style) -> Font:
        file = self.files.get(ord(letter)) or next(iter(self.files.values()))
        key = (file, style.size, style.weight)
        if key not in self._fonts:
            font = ImageFont.truetype(str(file), style.size)
            font.set_variation_by_axes([style.weight])
            self._fonts[key] = font
        return self._fonts[key]


def _codes(part: str) -> range:
    """``U+AC00-AC02``; ``U+20``."""
    first, _, last = part.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)
