"""What can go wrong at a source, by name.

A fault of one system never touches another's host; the general ones touch any. ``detail`` tunes a few:
the field of ``renamed_field``; the code of ``g1``, ``g3_429``, ``kosis_xml_error``; ``null`` or another
spelling of the code for ``provider_*``; how far ``total_wrong`` is off; ``end`` for a ``repeated_page`` that
comes only beyond the last page, without a total; ``line`` for a half body that stops at a line's end;
``rows`` for a ``huge`` of rows; ``random`` for ``wrong_charset``; seconds for ``slow`` and for Retry-After;
megabytes of a ``gzip_bomb``; the Location of ``redirect_elsewhere``.
"""

import re
from dataclasses import dataclass

from tests.sources.stubs.wire import Row

GATEWAY = ("apis.data.go.kr", "api.data.go.kr")
PAGED = (*GATEWAY, "api.odcloud.kr", "openapi.seoul.go.kr")

NAMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "html_200 empty_body half_with_length half_without_length drip stall slow huge gzip_bomb "
        "status_403 status_404 status_429 status_500 status_502 status_503 status_504 "
        "redirect_elsewhere redirect_loop wrong_charset cp949_as_utf8 "
        "renamed_field fewer_rows duplicate_ids blank_values".split(),
        (),
    ),
    **dict.fromkeys(
        "g1 g2_401 g2_403 g2_404 g2_429 g2_500 g3_401 g3_403 g3_400 g3_429 quota_22 rate_23 "
        "provider_01 provider_02 provider_03 provider_04 provider_05 provider_10 provider_11 provider_99 "
        "items_object items_blank items_null items_missing flat_items capped_100 "
        "success_spelling unwrapped".split(),
        GATEWAY,
    ),
    **dict.fromkeys("string_counts total_missing total_wrong repeated_page control_character".split(), PAGED),
    "odcloud_401": ("api.odcloud.kr",),
    **dict.fromkeys(
        "kosis_10 kosis_11 kosis_12 kosis_20 kosis_21 kosis_30 kosis_31 kosis_40 kosis_41 kosis_42 kosis_50 "
        "kosis_unquoted kosis_unquoted_error kosis_single kosis_xml_error kosis_errcode kosis_errmsg "
        "kosis_tab kosis_symbols".split(),
        ("kosis.kr",),
    ),
    **dict.fromkeys(
        "seoul_info_100 seoul_info_200 seoul_300 seoul_301 seoul_310 seoul_331 seoul_332 seoul_333 seoul_334 "
        "seoul_335 seoul_336 seoul_500 seoul_600 seoul_601 seoul_wrapper seoul_old_names seoul_new_names "
        "seoul_float_counts seoul_total_changes seoul_euc_header".split(),
        ("openapi.seoul.go.kr",),
    ),
}
"""Each fault with the hosts it belongs to; none for any host."""

IDENTITY = re.compile(
    r"(_NO|ID|_?CD|_CODE|_SE|_SN|YMD|_YM|_DE|_DT|_PNT|Cd|Ym|ZIP|LAT|LOT|HHMM|번호|코드|연번|일자|시점|연월|위도|경도"
    r"|[Nn]o|[lL]atitude|[lL]ongitude|EPSG\d+|C\d|_YEAR|Year|Date|MSRDT)$|^(tong|ban|la|lo|XCNTS|YDNTS|[XY]CORD|stcode|zipcode)$"
)
NUMBER = re.compile(r"-?\d{1,9}(\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """Applies to data requests once ``after`` of them were served, ``times`` times (``None``: always).

    Only requests of the fault's hosts (of ``host`` alone, where given) count. The OpenAPI document of
    infuser.odcloud.kr is no data: a fault meets it only when ``host`` names it.
    """

    name: str
    times: int | None = None
    after: int = 0
    host: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        if self.name and self.name not in NAMES:
            raise ValueError(f"no fault {self.name!r}")

    def concerns(self, host: str) -> bool:
        if self.host:
            return host == self.host
        return bool(self.name) and host in (NAMES[self.name] or (host,))

    def rows(self, rows: list[Row]) -> list[Row]:
        """The rows of an answer, before they are cut into pages."""
        twist = {
            "fewer_rows": _fewer,
            "duplicate_ids": _twice,
            "blank_values": _blanks,
            "control_character": _controls,
        }.get(self.name)
        if twist:
            return twist(rows)
        if self.name == "renamed_field" and rows:
            return _renamed(rows, self.detail or _field_that_matters(rows[0]))
        return rows


NO_FAULT = Fault("")


def counts_of(row: Row) -> list[str]:
    """Fields that hold an amount, not a name, a code or a date."""
    return [
        name
        for name, value in row.items()
        if not IDENTITY.search(name) and NUMBER.fullmatch(str(value).replace(",", ""))
    ]


def _field_that_matters(row: Row) -> str:
    return next(iter(counts_of(row)), list(row)[-1])


def _renamed(rows: list[Row], field: str) -> list[Row]:
    return [{f"{name}_NEW" if name == field else name: row[name] for name in row} for row in rows]


def _fewer(rows: list[Row]) -> list[Row]:
    return [row for place, row in enumerate(rows) if place % 5 in {0, 2}]


def _twice(rows: list[Row]) -> list[Row]:
    """Every tenth row comes again, ten rows later at most: the same key, other values."""
    found: list[Row] = []
    for place, row in enumerate(rows):
        found.append(row)
        if place % 10 == 0:
            found.append(_changed(row))
    return found


def _changed(row: Row) -> Row:
    fields = counts_of(row)
    if not fields:
        return {**row, list(row)[-1]: f"{row[list(row)[-1]]} (바뀜)"}
    more = {name: float(str(row[name]).replace(",", "")) + 1 for name in fields}
    return {**row, **{name: type(row[name])(f"{value:.0f}") for name, value in more.items()}}


def _blanks(rows: list[Row]) -> list[Row]:
    """Empty fields as sources write them, in two of three rows."""
    blanks = [" ", "", None, "null"]
    return [
        row if place % 3 == 0 else {**row, _field_that_matters(row): blanks[place % 4]}
        for place, row in enumerate(rows)
    ]


def _controls(rows: list[Row]) -> list[Row]:
    found = []
    for row in rows:
        texts = [name for name, value in row.items() if re.search("[가-힣]", str(value))]
        field = (texts or list(row))[-1]
        found.append({**row, field: f"{row[field]}\ue001"})
    return found
