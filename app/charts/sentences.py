"""One sentence for each chart that says what it shows, made from the very numbers of its table."""

import pandas as pd

from app.charts.entries import RECORDS, Chart
from app.totals import Totals
from app.wording import measured, plain_name, with_particle

NO_CHANGE_PERCENT = 0.05


def sentence(chart: Chart, found: Totals, frame: pd.DataFrame) -> str:
    """For a line the change from first to last, for bars the ends. A mean is called a mean."""
    name = plain_name(chart.column)
    mean = "평균 " if found.kind == "rate" and not name.startswith("평균") else ""
    subject = with_particle(mean + name, "은/는")
    pairs = zip(frame["key"].tolist(), frame["value"].tolist(), strict=True)
    values = [(key, value) for key, value in pairs if not pd.isna(value)]
    high = "높" if found.kind == "rate" else "많"
    if chart.column is RECORDS and chart.form == "line":
        return _counts(values)
    if chart.form == "line":
        return _line(subject, values, chart.column.unit, high)
    return _bars(subject, values, chart.column.unit, "가장 " + high, of=len(found.values))


def _counts(values: list[tuple[str, float]]) -> str:
    """Records of years: how many rows there are of a year is no development of what they tell of."""
    most_year, most = max(values, key=lambda pair: pair[1])
    total = sum(value for _, value in values)
    return (
        f"{values[0][0]}년부터 {values[-1][0]}년까지의 레코드 {measured(total, '건')}이 있습니다. "
        f"가장 많은 해는 {most_year}년({measured(most, '건')})입니다."
    )


def _line(subject: str, values: list[tuple[str, float]], unit: str | None, high: str) -> str:
    (first_year, first), (last_year, last) = values[0], values[-1]
    most_year, most = max(values, key=lambda pair: pair[1])
    change = _change(first, last, measured(last, unit))
    return (
        f"{subject} {first_year}년 {measured(first, unit)}에서 {last_year}년 {change}. "
        f"가장 {high}은 해는 {most_year}년({measured(most, unit)})입니다."
    )


def _change(first: float, last: float, said: str) -> str:
    if not first:
        return with_particle(said, "이/가") + " 되었습니다"
    percent = (last - first) / abs(first) * 100
    now = with_particle(said, "으로/로")
    if abs(percent) < NO_CHANGE_PERCENT:
        return f"{now} 거의 그대로입니다"
    return f"{now} {abs(percent):,.1f}% {'늘었습니다' if percent > 0 else '줄었습니다'}"


def _bars(subject: str, values: list[tuple[str, float]], unit: str | None, most: str, *, of: int) -> str:
    (first, largest), (second, next_to), (last, least) = values[0], values[1], values[-1]
    top = f"{subject} ‘{first}’에서 {most}고({measured(largest, unit)})"
    following = with_particle(f"‘{second}’", "이/가")
    if of > len(values):
        shown = f"모두 {of:,}개 가운데 앞의 {len(values)}개를 보여 줍니다."
        return f"{top}, {following} 그다음입니다({measured(next_to, unit)}). {shown}"
    if of == 2:
        return f"{top}, {following} 그다음입니다({measured(next_to, unit)})."
    little = "낮습니다" if most.endswith("높") else "적습니다"
    return f"{top}, ‘{last}’에서 가장 {little}({measured(least, unit)})."
