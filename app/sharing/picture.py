"""The picture itself: name, source, a few numbers, a sketch of the first chart. 1200 × 630 px, as sites ask for."""

import io
from dataclasses import dataclass

import pandas as pd
from PIL import Image, ImageDraw

from app.charts.theme import BAR_COLOUR, GRID_COLOUR, LINE_COLOUR
from app.sharing.lettering import Lettering, Style

WIDTH, HEIGHT, EDGE = 1200, 630, 64
SKETCH = (700, 300, WIDTH - EDGE, HEIGHT - 120)
"""Left, top, right, bottom."""

SKETCHED = 12
TITLE, SMALL = Style(60, 700, "#052b57"), Style(28, 400, "#464c53")
LABEL, NUMBER, BADGE = Style(26, 400, "#464c53"), Style(44, 700, "#0b50d0"), Style(26, 700, "#8a5300")
NAME = Style(30, 700, "#ffffff")
_BAND = "#052b57"
_BAND_HEIGHT = 84


@dataclass(frozen=True)
class Shared:
    """What a picture shows. ``numbers``: label and value; ``frame``: of a chart, with ``key`` and ``value``."""

    title: str
    source: str
    numbers: tuple[tuple[str, str], ...]
    portal: str
    sample: bool
    frame: pd.DataFrame | None = None
    is_line: bool = False


def png(shared: Shared, lettering: Lettering) -> bytes:
    """The picture as a PNG file."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "#ffffff")
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, HEIGHT - _BAND_HEIGHT, WIDTH, HEIGHT), fill=_BAND)
    lettering.write(image, (EDGE, HEIGHT - 30), shared.portal, NAME)
    y = _head(image, shared, lettering)
    _numbers(image, shared, lettering, y)
    if shared.frame is not None:
        _sketch(canvas, shared.frame, is_line=shared.is_line)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _head(image: Image.Image, shared: Shared, lettering: Lettering) -> float:
    """Title and source; gives where they end."""
    y = 100.0
    if shared.sample:
        lettering.write(image, (EDGE, 60), "표본 자료: 실제 통계가 아닙니다", BADGE)
        y = 130.0
    for line in lettering.lines(shared.title, TITLE, WIDTH - 2 * EDGE, 2):
        lettering.write(image, (EDGE, y), line, TITLE)
        y += 74
    lettering.write(image, (EDGE, y - 20), lettering.short(shared.source, SMALL, WIDTH - 2 * EDGE), SMALL)
    return y + 50


def _numbers(image: Image.Image, shared: Shared, lettering: Lettering, y: float) -> None:
    most = (SKETCH[0] if shared.frame is not None else WIDTH) - EDGE - 40
    for label, value in shared.numbers:
        if y + 60 > HEIGHT - _BAND_HEIGHT:
            return
        lettering.write(image, (EDGE, y), lettering.short(label, LABEL, most), LABEL)
        lettering.write(image, (EDGE, y + 50), lettering.short(value, NUMBER, most), NUMBER)
        y += 104


def _sketch(canvas: ImageDraw.ImageDraw, frame: pd.DataFrame, *, is_line: bool) -> None:
    values = [float(one) for one in frame["value"].dropna()]
    values = values[-3 * SKETCHED :] if is_line else values[:SKETCHED]
    low, high = min(0.0, *values), max(0.0, *values)
    if len(values) < 2 or low == high:
        return
    left, top, right, bottom = SKETCH
    if is_line:
        step = (right - left) / (len(values) - 1)
        points = [
            (left + at * step, bottom - (one - low) / (high - low) * (bottom - top))
            for at, one in enumerate(values)
        ]
        canvas.line((left, bottom, right, bottom), fill=GRID_COLOUR, width=3)
        canvas.line(points, fill=LINE_COLOUR, width=6, joint="curve")
        return
    height = (bottom - top) / len(values)
    zero = left + (0 - low) / (high - low) * (right - left)
    for at, one in enumerate(values):
        end = left + (one - low) / (high - low) * (right - left)
        box = (min(zero, end), top + at * height + 3, max(zero, end) + 1, top + (at + 1) * height - 3)
        canvas.rectangle(box, fill=BAR_COLOUR)
