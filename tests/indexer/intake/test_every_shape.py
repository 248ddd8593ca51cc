"""For tables written in every shape, intake gives back the table and its totals."""

import csv
import io
from dataclasses import dataclass

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.intake import take

_GU = ("종로구", "중구", "용산구", "성동구", "광진구", "강동구", "송파구", "서초구")
_YEARS = (2018, 2019, 2020, 2021)


@dataclass(frozen=True)
class Shape:
    form: str  # csv or xlsx
    encoding: str
    delimiter: str
    wide: bool
    total: bool
    title: bool
    commas: bool


shapes = st.builds(
    Shape,
    form=st.sampled_from(["csv", "csv", "csv", "xlsx"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16"]),
    delimiter=st.sampled_from([",", "\t", ";"]),
    wide=st.booleans(),
    total=st.booleans(),
    title=st.booleans(),
    commas=st.booleans(),
)
figures = st.lists(
    st.lists(st.integers(min_value=0, max_value=2_000_000), min_size=len(_YEARS), max_size=len(_YEARS)),
    min_size=3,
    max_size=len(_GU),
)


def rows_of(values: list[list[int]], shape: Shape) -> list[list[str]]:
    def said(number: int) -> str:
        return f"{number:,}" if shape.commas else str(number)

    sums = [sum(column) for column in zip(*values, strict=True)]
    if shape.wide:
        rows = [["자치구", *(f"{year}년" for year in _YEARS)]]
        rows += [["합계", *map(said, sums)]] if shape.total else []
        rows += [[gu, *map(said, line)] for gu, line in zip(_GU, values, strict=False)]
    else:
        rows = [["연도", "자치구", "이용건수"]]
        for place, year in enumerate(_YEARS):
            rows += [[str(year), "합계", said(sums[place])]] if shape.total else []
            rows += [[str(year), gu, said(line[place])] for gu, line in zip(_GU, values, strict=False)]
    return [["자치구별 이용건수"], ["(단위: 건)"], *rows] if shape.title else rows


def bytes_of(rows: list[list[str]], shape: Shape) -> bytes:
    if shape.form == "xlsx":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()
    width = max(map(len, rows))
    text = io.StringIO()
    csv.writer(text, delimiter=shape.delimiter).writerows(row + [""] * (width - len(row)) for row in rows)
    return text.getvalue().encode(shape.encoding)


@settings(max_examples=120, deadline=None)
@given(values=figures, shape=shapes)
def test_the_totals_of_each_year_come_back(values: list[list[int]], shape: Shape) -> None:
    taken = take(f"이용건수.{shape.form}", bytes_of(rows_of(values, shape), shape))
    assert taken.profile is not None, taken.messages
    assert taken.table is not None
    assert taken.long is not None
    said = {t.where.get("year"): t.value for t in taken.profile.totals if "year" in t.where}
    assert said == dict(zip(_YEARS, map(sum, zip(*values, strict=True)), strict=True))
    assert len(taken.table.frame) == (len(values) if shape.wide else len(values) * len(_YEARS))
    assert set(taken.long.frame["#region"]) == set(_GU[: len(values)])
    measures = [
        name
        for name in taken.long.frame.columns
        if name.startswith("#") and name not in ("#lat", "#lon", "#year", "#period", "#region")
    ]
    assert taken.long.frame.groupby("#year")[measures].sum().sum(axis=1).to_dict() == said


@settings(max_examples=60, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_no_bytes_make_it_raise(data: bytes) -> None:
    taken = take("무엇.csv", data)
    assert taken.table is not None or taken.messages
    assert not any("뜻밖의" in message for message in taken.messages)
