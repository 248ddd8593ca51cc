"""Commands on files: inspect, add, sample."""

import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from catalogue import runs
from catalogue.datasets import NewEdition, current_of
from catalogue.store import Catalogue
from indexer.adding import Added
from indexer.adding import add as add_files
from indexer.areas import Areas
from indexer.cli.workplace import workshop
from indexer.comparing import Bounds, Shape, compare, new_columns
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
def add(
    paths: tuple[Path, ...],
    beside: Path | None,
    definition: Path | None,
    title: str,
    area: str,
    provider: str,
) -> None:
    """Files into the catalogue as editions; a running worker then indexes them."""
    found = list(folder.files(paths))
    if title and len(found) > 1:
        raise click.UsageError("--title fits one file; use --metadata for several")
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
    added = list(
        _told(add_files(shop.catalogue, shop.storage, Areas.load(), reading, differing), differing.found)
    )
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

    def __call__(self, new: NewEdition) -> tuple[()]:
        before = current_of(self.catalogue, new.source_file)
        if before is not None:
            was = Shape.of(before.records, before.columns, before.report)
            now = Shape.of(new.records, new.columns, new.report)
            said = [str(one["message"]) for one in compare(was, now, Bounds())]
            self.found[new.source_file] = [*said, *filter(None, [new_columns(was, now)])]
        return ()


def _told(added: Iterator[Added], differing: Mapping[str, Sequence[str]]) -> Iterator[Added]:
    for one in added:
        if one.dataset is None:
            click.echo(f"{one.file}: refused: {one.why}", err=True)
        elif one.held:
            click.echo(f"{one.file}: held back: {one.why}", err=True)
            click.echo(f"    gbp release {one.dataset} --by NAME --reason TEXT, by two persons", err=True)
        else:
            state = "taken" if one.changed else "unchanged"
            click.echo(f"{one.file}: {state}: {one.dataset} ({one.records:,} records)")
            for line in differing.get(one.file, ()):
                click.echo(f"    이전 판과 다름: {line}", err=True)
        yield one


@click.command()
@click.option("--datasets", default=16, show_default=True, type=click.IntRange(1, 5_000))
@click.option("--records", default=24_000, show_default=True, type=click.IntRange(1, 20_000_000))
@click.option(
    "--scale",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1_000),
    help="So many times the records in the same datasets.",
)
@click.option("--seed", default=2020, show_default=True)
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
def sample(datasets: int, records: int, scale: int, seed: int, target: Path) -> None:
    """Made-up files in the shapes real offices publish, the same for the same seed, and schematic borders."""
    # a third of a second that no other command need wait for
    from indexer import sample as sample_data
    from indexer.sample.boundaries import write_boundaries

    try:
        written = sample_data.write_sample(target, datasets=datasets, records=records, seed=seed, scale=scale)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    write_boundaries(target / folder.BOUNDARIES)
    click.echo(f"{len(written) + 1} files in {target}")
