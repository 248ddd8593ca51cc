"""Intake: bytes of any published file to a typed table and its meaning. Pure: no disk, no network."""

import unicodedata
from pathlib import PurePath

from indexer.intake.defects import defects_of
from indexer.intake.finding.header import find_table
from indexer.intake.long import lengthen
from indexer.intake.meaning.facts import facts_of
from indexer.intake.overrides import Overrides
from indexer.intake.profile import understand
from indexer.intake.reading.reader import read
from indexer.intake.screening import mask, said, screen
from indexer.intake.table import Outcome, Refused, Taken

__all__ = ["Overrides", "take"]


def take(name: str, data: bytes, overrides: Overrides | None = None, *, records: bool = True) -> Taken:
    """What intake makes of a file called ``name``; never raises for what the file holds.

    Only MemoryError goes through: read files from outside with ``indexer.taking``.

    ``records=False`` leaves the long table out, for those who only want the report.
    """
    try:
        return _take(name, data, overrides, records=records)
    except MemoryError:
        raise  # whoever set the limit knows what to say
    except Exception as error:  # noqa: BLE001 - one file that is odder than all others must not stop the rest
        message = f"파일을 읽다가 뜻밖의 오류가 났습니다({type(error).__name__}: {error}): 파일과 함께 관리자에게 알려 주십시오"
        return Taken(PurePath(name).name, Outcome.REFUSE, (message,))


def _take(name: str, data: bytes, overrides: Overrides | None, *, records: bool) -> Taken:
    fixed = overrides or Overrides()
    # names from a Mac come in decomposed Hangul; the report uses the form that people type
    file = unicodedata.normalize("NFC", PurePath(name).name)
    try:
        # the grid of a large file is let go before its columns are looked at
        table = find_table(read(file, data), fixed.header_rows, fixed.names)
        fixed.check(table.frame.columns)
        facts = facts_of(table.frame)
        found = understand(file, table, facts, fixed)
    except Refused as refused:
        return Taken(file, refused.outcome, (mask(str(refused)),))
    personal = screen(table, facts)
    warnings = [*said(personal), *found.table.messages, *found.profile.messages, *defects_of(found, file)]
    outcome = Outcome.WARN if warnings else Outcome.OK
    return Taken(
        file=file,
        outcome=outcome,
        messages=tuple(map(mask, [*warnings, *fixed.said()])),
        personal=personal,
        table=found.table,
        profile=found.profile,
        long=lengthen(found) if records else None,
    )
