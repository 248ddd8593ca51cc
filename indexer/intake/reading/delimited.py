"""Delimited text to a grid: delimiter by consistency, line ends of any kind, damaged quotes mended or refused."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from indexer.intake.reading.decode import decode
from indexer.intake.reading.grid import Grid, numbered
from indexer.intake.table import Refused

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_LINES = 60
_MOST_KNOWN = 100_000
# of one cell
_MOST_LINES = 50
_DOUBLED = re.compile(r'(?<=[,\t;|\r\n])""(?=[^,\t;|\r\n"])|(?<=[^,\t;|\r\n"])""(?=[,\t;|\r\n]|$)')


@dataclass(frozen=True)
class _Read:
    rows: list[list[str]]
    numbers: list[int]


def read_delimited(data: bytes) -> Grid:
    decoded = decode(data)
    text = decoded.text.removeprefix("\ufeff")
    if not text.strip():
        raise Refused("파일이 비어 있습니다: 자료가 들어 있는 파일을 올려 주십시오")
    messages = list(decoded.messages)
    delimiter = _delimiter(text)
    read = _rows(text, delimiter)
    if not any(map(any, read.rows)):
        raise Refused("모든 칸이 비어 있습니다: 자료가 든 파일을 올려 주십시오")
    if _uneven(read.rows) and (mended := _mend_quotes(text, delimiter, read)):
        read = mended
        messages.append("따옴표가 두 번씩 쓰여 칸이 어긋난 파일이라 겹따옴표를 하나로 고쳐 읽었습니다")
    elif swallowed := _swallowed(read):
        raise Refused(
            f"{read.numbers[swallowed]}행의 따옴표가 닫히지 않았습니다: 그 행의 큰따옴표를 고쳐 주십시오"
        )
    elif _is_open(text, read.rows):
        if len(read.rows[-1][-1].strip().splitlines()) > 1:
            raise Refused(
                f"{read.numbers[-1]}행의 따옴표가 닫히지 않아 그 아래 행들이 한 칸에 들어갔습니다: "
                "그 행의 큰따옴표를 고쳐 주십시오"
            )
        messages.append("마지막 칸의 따옴표가 닫히지 않았습니다: 파일이 끝까지 받아졌는지 확인해 주십시오")
    rows = read.rows
    for row in rows:
        # in place: a large file has no room for all its rows twice
        row[:] = map(str.strip, row)
    if max(map(len, rows)) == 1 and len(rows) < 2:
        raise Refused("구분자가 있는 표가 아니라 한 줄짜리 글입니다: csv·xlsx 표를 올려 주십시오")
    kind = {"\t": "tsv"}.get(delimiter, "csv")
    return Grid(rows, read.numbers or numbered(rows), kind, decoded.encoding, messages=tuple(messages))


def _delimiter(text: str) -> str:
    """The delimiter under which most lines have the same number of cells, more than one."""
    sample = "\n".join(re.split(r"\r\n|\r|\n", text[:200_000])[:_SAMPLE_LINES])
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if any(row)]
        if not widths:
            continue
        width, count = Counter(w for w in widths).most_common(1)[0]
        score = count / len(widths) if width > 1 else 0.0
        # a thousands comma inside tab-separated numbers gives uneven widths, so evenness decides
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(text: str, delimiter: str) -> _Read:
    csv.field_size_limit(10_000_000)
    reader = csv.reader(lines_of(text), delimiter=delimiter)
    rows, numbers, start = [], [], 1
    known: dict[str, str] = {}
    try:
        for row in reader:
            # one string for all cells that are the same: they are most of what a large file takes of memory
            rows.append([known.setdefault(cell, cell) for cell in row])
            numbers.append(start)
            if len(known) > _MOST_KNOWN:
                known.clear()
            start = reader.line_num + 1
    except csv.Error as error:
        raise Refused(
            f"{reader.line_num}행을 csv로 읽을 수 없습니다({error}): 그 행을 고쳐 주십시오"
        ) from error
    return _Read(rows, numbers)


def lines_of(text: str) -> Iterator[str]:
    """Lines with their ends, as ``StringIO`` gives them, which copies the whole text at four bytes a letter."""
    if text.count("\r") != text.count("\r\n"):
        yield from io.StringIO(text, newline="")
        return
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _is_open(text: str, rows: list[list[str]]) -> bool:
    """Does the last cell begin with a quote that nothing closes?"""
    last = rows[-1][-1] if rows and rows[-1] else ""
    return text.count('"') % 2 == 1 and bool(last) and text.rstrip().endswith('"' + last.rstrip())


def _uneven(rows: list[list[str]]) -> bool:
    widths = Counter(len(row) for row in rows if any(row))
    return widths.most_common(1)[0][1] < 0.9 * widths.total()


def _mend_quotes(text: str, delimiter: str, plain: _Read) -> _Read | None:
    """Fields written ``""a, b""`` (quoted twice by two programs): halve them if every row then agrees."""
    if delimiter + '""' not in text:
        return None
    for attempt in (text.replace('""', '"'), _DOUBLED.sub('"', text)):
        mended = _rows(attempt, delimiter)
        widths = Counter(len(row) for row in mended.rows if any(row))
        even = widths.most_common(1)[0][1] / widths.total()
        if even > 0.99 and len(mended.rows) >= len(plain.rows) * 0.5:
            return mended
    return None


def _swallowed(read: _Read) -> int | None:
    """The row in which an open quote has swallowed the lines after it, if there is one."""
    for index, (start, following) in enumerate(zip_longest(read.numbers, read.numbers[1:])):
        reaches_far = following is None or following - start > _MOST_LINES
        if reaches_far and any(cell.count("\n") > _MOST_LINES for cell in read.rows[index]):
            return index
    return None
