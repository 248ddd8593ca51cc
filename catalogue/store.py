"""Opening the catalogue: SQLite in WAL mode by default, PostgreSQL by address."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from catalogue.tables import Base

LOCK_WAIT_SECONDS = 30


class CatalogueError(Exception):
    """The catalogue cannot be opened; the message says which and why."""


class Catalogue:
    """Sessions on one database; its tables are made when it is opened."""

    def __init__(self, url: str) -> None:
        """Raises CatalogueError for a database that cannot be reached."""
        try:
            address = make_url(url)
            self._engine = create_engine(address)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise CatalogueError(f"GBP_DATABASE_URL cannot be used: {error}") from error
        if address.get_backend_name() == "sqlite":
            if address.database:
                Path(address.database).parent.mkdir(parents=True, exist_ok=True)
            event.listen(self._engine, "connect", _wal)
            event.listen(self._engine, "begin", _begin)
        self._reading = self._engine.execution_options(reading=True)
        try:
            with self._engine.begin() as connection:
                Base.metadata.create_all(connection)
        except SQLAlchemyError as error:
            where = address.render_as_string(hide_password=True)
            raise CatalogueError(f"the catalogue {where} cannot be opened: {_reason(error)}") from error

    @property
    def engine(self) -> Engine:
        return self._engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction that writes: all of it or nothing, one writer at a time."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: it waits for nobody."""
        with Session(self._reading, expire_on_commit=False) as session, session.begin():
            yield session

    def one(self, question: Select[Any]) -> Row[Any]:
        """The only row of a question. Without a session, which takes longer than so short a question itself."""
        with self._reading.connect() as connection:
            return connection.execute(question).one()

    def close(self) -> None:
        self._engine.dispose()


def _reason(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _wal(connection: Any, _: object) -> None:
    """Readers must not wait for the writer, nor the writer for them."""
    connection.isolation_level = None  # transactions are begun by _begin, not by the driver
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={LOCK_WAIT_SECONDS * 1000}")
    _turn_to_wal(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _turn_to_wal(cursor: Any) -> None:
    """Those who open a new catalogue at once all turn it to WAL; SQLite refuses all but one without waiting."""
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # the low byte is the error, the others say what it was about
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: Connection) -> None:
    """A writer takes its lock before it reads: what it has read is then still so when it writes."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
