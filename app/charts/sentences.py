"""One sentence for each chart that says what it shows, made from the very numbers of its table."""

from collections.abc import Sequence

from app.trends.series import Point, Series, growth
from app.wording import listed, measured, number, plain_name, with_particle
from search.documents import Column

NO_CHANGE_PERCENT = 0.05
LEAST_FOR_GROWTH = 3

Named = tuple[str, float]
"""A name and its value."""


def subject(column: Column, kind: str) -> str:
    """The name of what is told; a mean is called a mean."""
    name = plain_name(column)
    return ("평균 " if kind == "rate" and "평균" not in name else "") + name


def most(kind: str) -> str:
    return "가장 높" if kind == "rate" else "가장 많"


def counts(found: Series) -> str:
    """Records of years: how many rows there are of a year is no development of what they tell of."""
    values = [(point.year, float(point.value or 0)) for point in found.points if point.value is not None]
    most_year, highest = max(values, key=lambda pair: pair[1])
    total = sum(value for _, value in values)
    return (
        f"{values[0][0]}년부터 {values[-1][0]}년까지의 레코드 {measured(total, '건')}이 있습니다. "
        f"가장 많은 해는 {most_year}년({measured(highest, '건')})입니다."
    )


def line(column: Column, kind: str, found: Series) -> str:
    """The change from the first comparable year to the last, the greatest year, and what cannot be compared."""
    unit, about = column.unit, with_particle(subject(column, kind), "은/는")
    points = found.since_break()
    if len(points) < 2:
        points = found.whole
    if len(points) < 2:
        return " ".join([_alone(about, points or _known(found), unit), *_left_out(found)])
    first, last = points[0], points[-1]
    highest = max(points, key=lambda point: float(point.value or 0))
    told = _moved if kind == "rate" else _change
    change = told(float(first.value or 0), float(last.value or 0), unit)
    course = f"{first.year}년 {measured(float(first.value or 0), unit)}에서 {last.year}년 {change}"
    if kind != "rate":
        course += _growth(found)
    top = f"{most(kind)}은 해는 {highest.year}년({measured(float(highest.value or 0), unit)})입니다."
    return " ".join([f"{about} {course}.", top, *_left_out(found)])


def _known(found: Series) -> tuple[Point, ...]:
    return tuple(point for point in found.points if point.value is not None)


def _alone(about: str, points: Sequence[Point], unit: str | None) -> str:
    """The last year where no two can be compared."""
    last = points[-1]
    return f"{about} {last.year}년 {measured(float(last.value or 0), unit)}입니다."


def _growth(found: Series) -> str:
    yearly = growth(found)
    if yearly is None or len(found.since_break()) < LEAST_FOR_GROWTH:
        return ""
    return f"(해마다 평균 {yearly:+.1f}%)"


def _left_out(found: Series) -> list[str]:
    said = []
    if found.gaps:
        said.append(f"{listed(tuple(map(str, found.gaps)))}년은 자료가 없습니다.")
    said += [
        f"{point.year}년은 {point.parts}만 있어 견주지 않았습니다." for point in found.points if point.parts
    ]
    said += [f"{one.year}년부터 뜻이 달라져 그 뒤만 견주었습니다." for one in found.breaks[-1:]]
    return said


def _change(first: float, last: float, unit: str | None) -> str:
    said = measured(last, unit)
    if not first:
        return with_particle(said, "이/가") + " 되었습니다"
    percent = (last - first) / abs(first) * 100
    now = with_particle(said, "으로/로")
    if abs(percent) < NO_CHANGE_PERCENT:
        return f"{now} 거의 그대로입니다"
    return f"{now} {abs(percent):,.1f}% {'늘었습니다' if percent > 0 else '줄었습니다'}"


def _moved(first: float, last: float, unit: str | None) -> str:
    """Of a rate the difference: 37% to 39% is no growth by 5%."""
    now = with_particle(measured(last, unit), "으로/로")
    step = abs(last - first)
    if step < NO_CHANGE_PERCENT / 100 * max(abs(first), abs(last), 1e-12):
        return f"{now} 거의 그대로입니다"
    said = f"{number(round(step, 2))}%포인트" if unit == "%" else measured(round(step, 2), unit)
    return f"{now} {said} {'높아졌습니다' if last > first else '낮아졌습니다'}"


def ends(column: Column, kind: str, values: Sequence[Named], *, of: int, counted: str = "개") -> str:
    """Of values sorted by size: the greatest, the next, and the least where all ``of`` them are there.

    ``counted``: what the names are counted by, 곳 for places.
    """
    unit, about, high = column.unit, with_particle(subject(column, kind), "은/는"), most(kind)
    (first, largest), (second, next_to), (last, least) = values[0], values[1], values[-1]
    top = f"{about} {_where(values, largest, first, counted)} {high}고({measured(largest, unit)})"
    shown = (
        f"모두 {of:,}{counted} 가운데 앞의 {with_particle(f'{len(values)}{counted}', '을/를')} 보여 줍니다."
    )
    if largest == least and of > len(values):
        return f"{about} ‘{first}’ 등 {len(values)}{counted}에서 {measured(largest, unit)}입니다. {shown}"
    if largest == least:
        return f"{about} {of:,}{counted} 모두 {measured(largest, unit)}입니다."
    if largest == next_to:
        (second, next_to) = next(pair for pair in values if pair[1] != largest)
    following = f"{with_particle(f'‘{second}’', '이/가')} 그다음입니다({measured(next_to, unit)})."
    if of > len(values):
        return f"{top}, {following} {shown}"
    if of == 2:
        return f"{top}, {following}"
    little = "낮습니다" if high.endswith("높") else "적습니다"
    return f"{top}, {_where(values, least, last, counted)} 가장 {little}({measured(least, unit)})."


def _where(values: Sequence[Named], value: float, name: str, counted: str) -> str:
    """``‘길동’에서``; of several with the same value that they are."""
    same = sum(one == value for _, one in values)
    return f"‘{name}’에서" if same == 1 else f"‘{name}’ 등 {same}{counted}에서"


def peak(column: Column, kind: str, values: Sequence[Named], shown: str) -> str:
    """Of values in an order of their own: where they are greatest and least. ``shown`` says of what: 월, 시간대."""
    unit, about, high = column.unit, with_particle(subject(column, kind), "은/는"), most(kind)
    (top, largest) = max(values, key=lambda pair: pair[1])
    (bottom, least) = min(values, key=lambda pair: pair[1])
    little = "낮은" if high.endswith("높") else "적은"
    return (
        f"{about} {high}은 {with_particle(shown, '이/가')} ‘{top}’({measured(largest, unit)}), "
        f"가장 {little} {with_particle(shown, '이/가')} ‘{bottom}’({measured(least, unit)})입니다."
    )
