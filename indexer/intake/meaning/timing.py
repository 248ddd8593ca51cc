"""When the records are of: from a column, the header, a title row or the file's name, in that order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.intake.distinct import Places, combined, first_rows
from indexer.intake.meaning import lexicon
from indexer.intake.meaning.facts import Facts
from indexer.intake.meaning.wide import Wide
from indexer.intake.period import Period, parse, years_in_text
from indexer.intake.table import Role

# what a statistics portal writes beside a table: the time that was asked for
_ASKED = re.compile(r"조회기간\s*(?:\[[^\]]*\])?\s*[:：]?\s*([\d.~∼\-/ 년월분기Q]+)")


_YEAR, _ANY_DIGITS = re.compile(r"(?:19|20)\d{2}"), re.compile(r"\d+")


@dataclass(frozen=True)
class Periods:
    """The period of each row: ``known[places[row]]``, each different one once."""

    known: list[Period | None]
    places: Places

    @staticmethod
    def of(periods: Sequence[Period | None], places: Places) -> "Periods":
        """``periods`` may hold one several times: many moments are of one day."""
        order = {period: place for place, period in enumerate(dict.fromkeys(periods))}
        merged = np.fromiter((order[period] for period in periods), dtype=np.intp, count=len(periods))
        return Periods(list(order), merged[places])

    @property
    def share_known(self) -> float:
        """Share of the rows that have one."""
        counts = np.bincount(self.places, minlength=len(self.known))
        some = [place for place, period in enumerate(self.known) if period is not None]
        return float(counts[some].sum()) / len(self.places) if len(self.places) else 0.0


@dataclass(frozen=True)
class Timing:
    """``rows``: the period of each row where a column says so; ``year``: the one year of the whole table."""

    years: tuple[int, ...] = ()
    source: str | None = None
    rows: Periods | None = None
    year: int | None = None


def find_timing(
    facts: Mapping[str, Facts], roles: Mapping[str, Role], wide: Wide, preamble: Sequence[str], name: str
) -> Timing:
    rows = periods_of_rows(facts, roles)
    years = _years(rows) if rows is not None else ()
    if years:
        return Timing(years, "column", rows)
    headed = (
        tuple(sorted({h.period.year for h in wide.headings.values() if h.period})) if wide.periods else ()
    )
    if headed:
        return Timing(headed, "header", None, headed[0] if len(headed) == 1 else None)
    asked = next((match[1] for line in preamble if (match := _ASKED.search(line))), "")
    if asked_years := years_in_text(asked.replace(" ", "")):
        return _of_the_whole(asked_years, "title")
    for line in preamble:
        # a line of notes names many dates; only one that speaks of the data's time counts
        if (
            re.search(r"기간|시점|기준|현재|년도|연도|현황|통계|\d{4}\s*년", line)
            and not re.search(r"다운|작성일|출력|조회일|url|http|자료갱신|수록기간", line, re.IGNORECASE)
            and (found := years_in_text(line))
        ):
            return _of_the_whole(found, "title")
    found = years_in_text(name)
    return _of_the_whole(found, "filename") if found else Timing()


def _of_the_whole(years: Sequence[int], source: str) -> Timing:
    return Timing(tuple(years), source, None, years[-1] if len(years) == 1 else None)


def _years(rows: Periods) -> tuple[int, ...]:
    return tuple(sorted({period.year for period in rows.known if period is not None}))


def periods_of_rows(facts: Mapping[str, Facts], roles: Mapping[str, Role]) -> Periods | None:
    """The period of each row, from the column that dates it or from year, month and day side by side."""
    times = [facts[name] for name, role in roles.items() if role == Role.TIME]
    if not times:
        return None
    year = next(
        (f for f in times if (lexicon.YEAR_PART.search(f.key) or lexicon.YEAR_PART.search(f.bare))), None
    )
    if year is not None:
        return _assembled(year, times)
    whole = [_whole_column(found) for found in times]
    best = max(range(len(whole)), key=lambda i: (_dated(whole[i]), -i))
    return whole[best] if _dated(whole[best]) else None


def _dated(rows: Periods) -> int:
    # half of the rows is enough for a column to date the table; the first such column does
    return int(rows.share_known >= 0.5) * 2 + int(rows.share_known > 0)


def _whole_column(facts: Facts) -> Periods:
    quarter = bool(lexicon.QUARTER_PART.search(facts.key))
    texts = facts.cells.texts
    found = [_quarter_code(text) for text in texts] if quarter else facts.periods
    if len({period.year for period in found if period}) > 1:
        # the zero of a computer's clock stands for "no date"
        found = [
            None if text.startswith("1970-01-01") else period
            for text, period in zip(texts, found, strict=True)
        ]
    return Periods.of(found, facts.cells.places)


def _quarter_code(text: str) -> Period | None:
    match = re.fullmatch(r"((?:19|20)\d{2})0?([1-4])", text.strip())
    return Period(int(match[1]), "quarter", int(match[2])) if match else parse(text)


def _assembled(year: Facts, times: Sequence[Facts]) -> Periods:
    def part(pattern: re.Pattern[str]) -> Facts | None:
        return next(
            (f for f in times if f is not year and (pattern.search(f.key) or pattern.search(f.bare))), None
        )

    columns = [year, part(lexicon.QUARTER_PART), part(lexicon.MONTH_PART), part(lexicon.DAY_PART)]
    codes = combined([column.cells.places for column in columns if column])
    found = [
        _assemble(
            *(_digits(column, row, _ANY_DIGITS if place else _YEAR) for place, column in enumerate(columns))
        )
        for row in first_rows(codes)
    ]
    return Periods.of(found, codes)


def _digits(column: Facts | None, row: int, pattern: re.Pattern[str]) -> str:
    match = pattern.search(column.cells.texts[column.cells.places[row]]) if column else None
    return match.group() if match else ""


def _assemble(year: str, quarter: str, month: str, day: str) -> Period | None:
    if not year:
        return None
    if quarter in ("1", "2", "3", "4"):
        return Period(int(year), "quarter", int(quarter))
    if month and 1 <= int(month) <= 12:
        return (
            Period(int(year), "day", int(month), int(day)) if day else Period(int(year), "month", int(month))
        )
    return Period(int(year), "year")
