"""``gbp sample``: made-up files."""

from pathlib import Path

import click

from sources import folder


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
