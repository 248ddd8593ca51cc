"""Commands on files: inspect, add."""

import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import click

from catalogue import runs
from catalogue.datasets import NewEdition, called, current_of, find, get
from catalogue.store import Catalogue
from indexer.adding import Added
from indexer.adding import add as add_files
from indexer.areas import Areas
from indexer.cli.workplace import workshop
from indexer.comparing import Shape, told
from indexer.intake.finding.dictionary import column_names
from indexer.intake.overrides import Overrides
from indexer.intake.report import as_line, as_text
from indexer.intake.table import Outcome, Refused, Taken
from indexer.taking import in_order, inspected
from settings import Settings
from sources import folder, metadata
from sources.contract import Facts, Fetched, Unreadable

_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


_METADATA = click.option(
    "--metadata",
    "beside",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="csv or tsv with columns file, title, area, provider, description, overrides.",
)


_DEFINITION = click.option(
    "--definition",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="컬럼정의서: names for the columns of files without a header.",
)


@click.command()
@_PATHS
@_METADATA
@_DEFINITION
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line, for programs.")
def inspect(paths: tuple[Path, ...], beside: Path | None, definition: Path | None, as_lines: bool) -> None:
    """What intake makes of each file; nothing is stored."""
    show = as_line if as_lines else as_text
    known, given = _known(beside, paths), Facts(overrides=_names(definition))
    failed = False
    for found in in_order(partial(_inspected, show), folder.read(paths, known, given)):
        if isinstance(found, Unreadable):
            failed = True
            click.echo(f"{found.file}: {found.why}", err=True)
            continue
        outcome, report = found
        failed |= outcome in {Outcome.REFUSE, Outcome.NOT_TABULAR}
        click.echo(report)
    sys.exit(1 if failed else 0)


def _inspected(show: Callable[[Taken], str], found: Fetched | Unreadable) -> tuple[Outcome, str] | Unreadable:
    if isinstance(found, Unreadable):
        return found
    return inspected(found.file, found.data, show, Overrides.of(found.facts.overrides or {}))


@click.command()
@_PATHS
@_METADATA
@_DEFINITION
@click.option("--title", default="", help="Title, for a single file.")
@click.option("--area", default="", help="대분류 > 분야.")
@click.option("--provider", default="", help="The authority that publishes the files.")
@click.option("--as", "dataset", default="", help="Take a single file as the next edition of this dataset.")
def add(
    paths: tuple[Path, ...],
    beside: Path | None,
    definition: Path | None,
    dataset: str,
    **said: str,
) -> None:
    """Files into the catalogue as editions; a running worker then indexes them.

    A file is the next edition of the dataset that came under the same name, or of the one named by --as.
    """
    found = list(folder.files(paths))
    if (said["title"] or dataset) and len(found) > 1:
        raise click.UsageError("--title and --as fit one file; use --metadata for several")
    title, area, provider = (said[name] for name in ("title", "area", "provider"))
    given = Facts(title=title, area=area, provider=provider, overrides=_names(definition))
    known = _known(beside, paths)
    _tell_strangers(known, found)
    for path in folder.left_out(paths):
        click.echo(f"{path.name}: left out: no data file by its ending; name it to have it tried", err=True)
    if not found:
        raise click.ClickException("no data files there (csv, tsv, txt, xlsx, xls, json, xml, zip)")
    shop = workshop(Settings.from_env())
    differing = _Differing(shop.catalogue)
    reading = folder.read(paths, known, given)
    if dataset:
        reading = map(partial(_instead, _source_file(shop.catalogue, dataset)), reading)
    added = list(_told(add_files(shop.catalogue, shop.storage, Areas.load(), reading, differing), differing))
    taken = [one for one in added if one.dataset is not None]
    if any(one.changed and not one.held for one in taken):
        runs.enqueue(shop.catalogue, "add")
        click.echo("다음: gbp index (작업자가 돌고 있으면 저절로 색인됩니다)")
    held = sum(one.held for one in added)
    counts = f"{len(taken) - held} taken, {len(added) - len(taken)} refused"
    click.echo(counts + (f", {held} held back" if held else ""))
    sys.exit(0 if len(taken) - held == len(added) else 1)


def _known(beside: Path | None, paths: tuple[Path, ...]) -> dict[str, Facts]:
    """What metadata files say. Raises MetadataError for overrides that intake does not know."""
    found = metadata.read(beside) if beside else _metadata_inside(paths)
    for file, facts in found.items():
        try:
            Overrides.of(facts.overrides or {})
        except ValueError as error:
            raise metadata.MetadataError(f"metadata: {file}: {error}") from error
    return found


def _names(definition: Path | None) -> dict[str, list[str]] | None:
    """The names that a data dictionary gives, as an override."""
    if definition is None:
        return None
    try:
        return {"names": list(column_names(definition.name, definition.read_bytes()))}
    except Refused as error:
        raise click.ClickException(str(error)) from error


def _metadata_inside(paths: tuple[Path, ...]) -> dict[str, Facts]:
    """The metadata files that lie in the folders named."""
    found: dict[str, Facts] = {}
    for path in paths:
        for name in folder.METADATA:
            if path.is_dir() and (path / name).is_file():
                found |= metadata.read(path / name)
    return found


def _tell_strangers(known: dict[str, Facts], found: list[Path]) -> None:
    """Name the lines of the metadata that fit no file: most often a slip in the file's name."""
    there = {unicodedata.normalize("NFC", path.name) for path in found}
    for name in sorted(set(known) - there):
        click.echo(f"metadata: no file {name!r} among those given", err=True)


@dataclass
class _Differing:
    """A ``Check`` that holds nothing back: a person who names a file has looked at it. What differs is told."""

    catalogue: Catalogue
    found: dict[str, list[str]] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)
    """Of the first edition of a dataset: others called the same, of which it may be the next."""

    def __call__(self, new: NewEdition) -> tuple[()]:
        file, before = str(new.report["file"]), current_of(self.catalogue, new.source_file)
        if before is not None:
            was = Shape.of(before.records, before.columns, before.report)
            now = Shape.of(new.records, new.columns, new.report)
            self.found[file] = told(was, now)
        elif find(self.catalogue, new.source_file) is None:
            self.alike[file] = [one.id for one in called(self.catalogue, new.title, new.provider)]
        return ()


def _source_file(catalogue: Catalogue, dataset: str) -> str:
    """The name under which editions of a dataset come."""
    there = get(catalogue, dataset)
    if there is None:
        raise click.ClickException(f"no dataset {dataset!r} in the catalogue: gbp status lists them")
    return there.source_file


def _instead(name: str, found: Fetched | Unreadable) -> Fetched | Unreadable:
    return replace(found, instead=name) if isinstance(found, Fetched) else found


def _told(added: Iterator[Added], differing: _Differing) -> Iterator[Added]:
    for one in added:
        if one.dataset is None:
            click.echo(f"{one.file}: refused: {one.why}", err=True)
        elif one.held:
            click.echo(f"{one.file}: held back: {one.why or '거두어들인 판과 같은 파일입니다'}", err=True)
            by = "by two persons" if one.why else "by one person"
            click.echo(f"    gbp release {one.dataset} --by NAME --reason TEXT, {by}", err=True)
        else:
            state = "taken" if one.changed else "unchanged"
            click.echo(f"{one.file}: {state}: {one.dataset} ({one.records:,} records)")
        if one.dataset is not None:
            for line in differing.found.get(one.file, ()):
                click.echo(f"    이전 판과 다름: {line}", err=True)
            for other in differing.alike.get(one.file, ()):
                click.echo(f"    제목과 제공기관이 같은 데이터셋이 있습니다: {other}", err=True)
                click.echo(f"    그 새 판이라면: gbp add FILE --as {other}", err=True)
        yield one
