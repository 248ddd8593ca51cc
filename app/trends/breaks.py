"""Where a series breaks: dong that were divided or changed, and changes of method that the metadata tell of."""

import re
from collections.abc import Iterable, Iterator

from app.trends.series import Break
from app.wording import listed, with_particle
from search.documents import Dataset
from search.language.places import Past, past

_SENTENCE = re.compile(r"[^.!?\n※]+")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*년")
_CHANGED = re.compile(
    r"(?:기준|방법|방식|분류|체계|범위|대상|정의|산식|산정|집계|통계|구역|경계)\S*\s*(?:\S+\s*)?"
    r"(?:변경|개편|개정|전환|바뀌|조정|확대|통합)"
)


def breaks(dataset: Dataset, places: Iterable[str]) -> tuple[Break, ...]:
    """Breaks of a dataset's series over some places; of the whole district none of its dong matters."""
    wanted = tuple(places)
    return (*(one for place in wanted for one in _of_place(place, wanted)), *_told(dataset))


def _of_place(place: str, places: tuple[str, ...]) -> Iterator[Break]:
    known = past(place)
    for day in known.changed:
        yield Break(int(day[:4]), f"{day} {place}의 경계가 바뀌었습니다.")
    if known.ended:
        yield Break(int(known.ended[:4]), f"{known.ended} {_divided(place, known, places)}.")


def _divided(place: str, known: Past, places: tuple[str, ...]) -> str:
    into = with_particle(listed(known.successors), "으로/로")
    if set(known.successors) <= set(places):
        return f"{with_particle(place, '이/가')} {into} 나뉘어, 나뉜 동의 값을 함께 더해 이었습니다"
    return f"{with_particle(place, '이/가')} {into} 나뉘어 그 뒤의 값은 없습니다"


def _told(dataset: Dataset) -> Iterator[Break]:
    """Sentences of the description that name a year and a change of how things are counted."""
    for sentence in _SENTENCE.findall(dataset.description):
        if _CHANGED.search(sentence) and (year := _YEAR.search(sentence)):
            yield Break(int(year[1]), f"자료 설명: ‘{sentence.strip()}’")
