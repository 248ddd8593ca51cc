"""HTML tables, which many systems hand out under the name .xls."""

from html.parser import HTMLParser

from indexer.intake.reading.decode import decode
from indexer.intake.reading.grid import MOST_CELLS, Grid, numbered
from indexer.intake.table import Refused


def looks_like_html(head: bytes) -> bool:
    lowered = head[:2000].lower()
    # a workbook written as xml has tables too
    return (
        lowered.startswith(b"<")
        and b"urn:schemas-microsoft-com:office:spreadsheet" not in lowered
        and any(tag in lowered for tag in (b"<html", b"<table", b"<!doctype html"))
    )


def read_html(data: bytes) -> Grid:
    """The largest table of the page, spans filled with blanks as a sheet has them."""
    decoded = decode(data)
    parser = _Tables()
    parser.feed(decoded.text)
    parser.close()
    if not parser.tables:
        raise Refused("html 안에 표가 없습니다(오류 안내 쪽일 수 있습니다): 자료를 다시 내려받아 주십시오")
    rows = max(parser.tables, key=lambda table: sum(len(row) for row in table))
    return Grid(rows, numbered(rows), "html", decoded.encoding)


class _Tables(HTMLParser):
    """Collects cells; the parser of the standard library calls back by inheritance."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open = False
        # column -> how many more rows a cell from above reaches into
        self._held: dict[int, int] = {}
        self._above: dict[int, int] = {}
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self._held = {}
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
            self._above, self._held = self._held, {c: n - 1 for c, n in self._held.items() if n > 1}
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._open_cell({key: value or "" for key, value in attrs})
        elif tag == "br" and self._open:
            self.handle_data(" ")

    def _open_cell(self, attrs: dict[str, str]) -> None:
        row = self.tables[-1][-1]
        before = len(row)
        while len(row) in self._above:
            row.append("")
        wide, tall = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
        if tall > 1:
            self._held |= dict.fromkeys(range(len(row), len(row) + wide), tall - 1)
        row.extend([""] * wide)
        self._cells += len(row) - before
        if self._cells > MOST_CELLS:
            raise Refused(f"표의 칸이 {MOST_CELLS:,}개를 넘습니다: 나누어 올려 주십시오")
        self._cell = len(row) - wide
        self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open and self.tables and self.tables[-1]:
            row = self.tables[-1][-1]
            row[self._cell] = f"{row[self._cell]}{data}".strip()


def _span(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdigit() else 1
