"""What intake makes of a file: a table as published, and what each of its columns means."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd


class Role(StrEnum):
    """What a column is for (design §2)."""

    TIME = "time"
    REGION = "region"
    CATEGORY = "category"
    LABEL = "label"
    MEASURE = "measure"
    RATE = "rate"
    CODE = "code"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    X = "x"
    Y = "y"
    TEXT = "text"


class Kind(StrEnum):
    """How a measure adds up (design §5): flow over time and place, stock over place only."""

    FLOW = "flow"
    STOCK = "stock"


class Outcome(StrEnum):
    OK = "ok"
    WARN = "warn"
    REFUSE = "refuse"
    NOT_TABULAR = "not_tabular"


class Refused(Exception):
    """No table can be had from the bytes; the message says what is wrong, where, and what to do."""

    def __init__(self, message: str, outcome: Outcome = Outcome.REFUSE) -> None:
        super().__init__(message)
        self.outcome = outcome


@dataclass(frozen=True)
class SetAside:
    """A row of the file that is not a record: ``row`` counts from 1 in the file."""

    row: int
    why: str
    cells: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """Cells as published, trimmed: ``frame`` holds text only, '' for blank, one column a name.

    ``frame.index`` holds the row number in the file (from 1), so that every message can name it.
    Column names are unique, in file order.
    """

    frame: pd.DataFrame
    format: str
    encoding: str | None
    header_rows: int
    preamble: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column as it stands in the file. ``total`` marks a total or mean of other columns."""

    name: str
    role: Role
    kind: Kind | None = None
    unit: str | None = None
    why: str = ""
    total: bool = False


@dataclass(frozen=True)
class Coordinates:
    """Columns that give a position; ``valid`` counts rows with a usable one."""

    lat: str
    lon: str
    crs: str
    valid: int


@dataclass(frozen=True)
class Total:
    """A sum over detail rows only, never of a rate. ``where`` may hold {"year": 2020}."""

    measure: str
    where: dict[str, Any]
    value: float


@dataclass(frozen=True)
class Profile:
    """What the columns mean and what the whole is about."""

    columns: tuple[Column, ...]
    wide: str | None = None
    years: tuple[int, ...] = ()
    years_from: str | None = None
    region_level: str | None = None
    coordinates: Coordinates | None = None
    totals: tuple[Total, ...] = ()
    messages: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class LongColumn:
    """A column of the long table: ``source`` names the published column(s) it came from."""

    name: str
    role: Role
    kind: Kind | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Long:
    """The typed long table: one row a record, ready to flatten.

    ``frame`` has one text column for each of ``columns`` under its name (cells as published), and
    beside them the typed columns, whose names start with '#':
    ``#year`` Int64, ``#period`` string (2020, 2020-05, 2020-05-31, 2020-Q1), ``#region`` string,
    ``#lat``, ``#lon`` float64 (WGS84), and ``#<measure or rate name>`` float64 for each measure and rate.
    """

    frame: pd.DataFrame
    columns: tuple[LongColumn, ...]


class Personal(StrEnum):
    """Kinds of personal data: the four unique identifiers of the law, and what points to a person besides."""

    IDENTITY = "주민등록번호·외국인등록번호"
    PASSPORT = "여권번호"
    LICENCE = "운전면허번호"
    CARD = "카드번호"
    ACCOUNT = "계좌번호"
    MOBILE = "휴대전화번호"
    MAIL = "전자우편 주소"
    PERSONS = "이름·생년월일·주소"


@dataclass(frozen=True)
class Finding:
    """Personal data in one column (or beside the table, where ``column`` is empty).

    ``row`` is the first row of the file that has it, ``example`` its masked cell. ``sure`` holds the
    dataset back; the others are for staff to look at.
    """

    kind: Personal
    column: str
    cells: int
    row: int
    example: str
    sure: bool


@dataclass(frozen=True)
class Taken:
    """A file taken in: the table as published, its meaning, and the records to be indexed."""

    file: str
    outcome: Outcome
    messages: tuple[str, ...]
    table: Table | None = None
    profile: Profile | None = None
    long: Long | None = None
    personal: tuple[Finding, ...] = ()

    @property
    def held(self) -> bool:
        """Nothing of it may be published before staff release it."""
        return any(found.sure for found in self.personal)
