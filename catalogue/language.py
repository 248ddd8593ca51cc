"""What staff have changed in the language of the search: groups of synonyms and words, added or taken out.

The portal comes with groups and words of its own; only what differs from them is kept here, so that an
update of theirs reaches everyone who has not said otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select

from catalogue import tables
from catalogue.store import Catalogue

Kind = Literal["synonyms", "word"]


@dataclass(frozen=True)
class Edit:
    """Words of a group, or a word and its parts; ``removed`` takes one of the portal's own out."""

    words: tuple[str, ...]
    why: str
    removed: bool
    by: str
    at: datetime


def edits(catalogue: Catalogue, kind: Kind) -> tuple[Edit, ...]:
    """All that was changed, in the order in which it was: a later edit of the same words counts."""
    wanted = select(tables.LanguageEdit).where(tables.LanguageEdit.kind == kind)
    with catalogue.reading() as session:
        rows = session.scalars(wanted.order_by(tables.LanguageEdit.id)).all()
    return tuple(Edit(tuple(row.words["words"]), row.why, row.removed, row.by, row.at) for row in rows)


def edit(
    catalogue: Catalogue, kind: Kind, words: Sequence[str], why: str, by: str, *, removed: bool = False
) -> None:
    """Note an edit; nothing is ever overwritten, so that anyone can see who changed what and why."""
    with catalogue.session() as session:
        session.add(
            tables.LanguageEdit(
                kind=kind,
                words={"words": list(words)},
                why=why,
                removed=removed,
                by=by,
                at=datetime.now(UTC),
            )
        )
