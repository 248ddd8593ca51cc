"""Files into the catalogue: read, take in, store. What cannot be taken is named; the rest goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from catalogue import datasets
from catalogue.store import Catalogue
from indexer.areas import Areas
from indexer.intake import take
from indexer.intake.report import as_json
from indexer.intake.table import Long, Taken
from indexer.storage import Storage
from sources.contract import Facts, Fetched, Unreadable

UNKNOWN_PROVIDER = "제공기관 미상"


@dataclass(frozen=True)
class Added:
    """What became of a file. ``dataset`` is None where it was refused; ``why`` then says the reason."""

    file: str
    dataset: str | None
    records: int
    changed: bool
    why: str = ""


def add(
    catalogue: Catalogue, storage: Storage, areas: Areas, found: Iterable[Fetched | Unreadable]
) -> Iterator[Added]:
    """Take each file in turn; yields as it goes."""
    for fetched in found:
        if isinstance(fetched, Unreadable):
            yield Added(fetched.file, None, 0, changed=False, why=fetched.why)
            continue
        taken = take(fetched.file, fetched.data)
        if taken.long is None:
            why = " ".join(taken.messages) or "no table found"
            yield Added(fetched.file, None, 0, changed=False, why=why)
            continue
        yield _store(catalogue, storage, areas, fetched, taken, taken.long)


def _store(
    catalogue: Catalogue, storage: Storage, areas: Areas, fetched: Fetched, taken: Taken, long: Long
) -> Added:
    name = storage.keep_edition(fetched.data)
    storage.keep_table(name, long.frame)
    facts = fetched.facts.or_else(_known(catalogue, fetched.file)).or_else(fetched.guessed)
    title = facts.title or fetched.file
    new = datasets.NewEdition(
        source_file=fetched.file,
        title=title,
        area=facts.area or areas.guess(title),
        provider=facts.provider or UNKNOWN_PROVIDER,
        description=facts.description,
        sample=fetched.facts.sample,
        hash=name,
        size_bytes=len(fetched.data),
        records=len(long.frame),
        columns=described(long),
        report={**as_json(taken), "published": facts.date or None},
    )
    dataset, changed = datasets.add(catalogue, new)
    return Added(fetched.file, dataset, len(long.frame), changed)


def _known(catalogue: Catalogue, file: str) -> Facts:
    """What the catalogue says of a dataset already: the next edition need not say it again."""
    there = datasets.find(catalogue, file)
    if there is None:
        return Facts()
    return Facts(there.title, there.area, there.provider, there.description)


def described(long: Long) -> dict[str, object]:
    """The columns of a typed table as the catalogue keeps them."""
    return {"columns": [asdict(column) for column in long.columns]}
