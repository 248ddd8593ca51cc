"""Commands on the index: index, rollback, status."""

import json
import sys

import click

from catalogue import datasets, runs
from catalogue.tables import Run
from indexer.cli.progress import shown
from indexer.cli.workplace import workshop
from indexer.jobs import Workshop, run_next
from indexer.lock import job_lock
from search.engine import Busy, EngineError, NothingPublished
from settings import Settings


@click.command()
@click.argument("names", metavar="[DATASET]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Build the whole index anew.")
@click.option("--json", "as_lines", is_flag=True, help="Progress as JSON lines on stdout.")
def index(names: tuple[str, ...], everything: bool, as_lines: bool) -> None:
    """Build, check and publish: the changed datasets, those named, or all."""
    if names and everything:
        raise click.UsageError("name datasets, or --all, not both")
    shop = workshop(Settings.from_env())
    if not datasets.current(shop.catalogue):
        raise click.ClickException("the catalogue is empty: gbp add FILE… first")
    run = runs.enqueue(shop.catalogue, "command line", names, all_of_them=everything)
    with shown(as_lines=as_lines) as progress:
        done = run_next(shop, progress, run)
    if done is None:
        raise Busy("another process has taken this run: gbp status shows it")
    click.echo(_told(shop, done), err=as_lines)


def _told(shop: Workshop, run: Run) -> str:
    found = next(one for one in runs.recent(shop.catalogue) if one.id == run.id)
    return f"{found.message} {'색인본 ' + found.build if found.build else ''}".strip()


@click.command()
def rollback() -> None:
    """Publish the build before the live one again."""
    settings = Settings.from_env()
    shop = workshop(settings)
    with job_lock(settings.var):
        build = shop.engine.rollback()
    click.echo(f"published again: {build.id} of {build.published_at}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def status(as_json: bool) -> None:
    """Datasets, builds, runs, disk and engine."""
    settings = Settings.from_env()
    found = _status(workshop(settings), settings)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found)))
    sys.exit(0 if found["engine_answers"] else 1)


def _status(shop: Workshop, settings: Settings) -> dict[str, object]:
    engine, build, answers = _engine(shop)
    known = datasets.current(shop.catalogue)
    return {
        "engine": engine,
        "engine_answers": answers,
        "build": build,
        "builds": [one.id for one in shop.engine.builds()] if answers else [],
        "datasets": [{"id": one.id, "title": one.title, "records": one.records} for one in known],
        "records": sum(one.records for one in known),
        "runs": [_run(run) for run in runs.recent(shop.catalogue, 10)],
        "disk_bytes": sum(path.stat().st_size for path in settings.var.rglob("*") if path.is_file()),
    }


def _engine(shop: Workshop) -> tuple[str, str | None, bool]:
    try:
        return shop.engine.name, shop.engine.live().build.id, True
    except NothingPublished:
        return shop.engine.name, None, True
    except EngineError as error:
        return str(error), None, False


def _run(run: Run) -> dict[str, object]:
    return {
        "id": run.id,
        "state": run.state,
        "trigger": run.trigger,
        "queued_at": run.queued_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "message": run.message,
    }


def _lines(found: dict[str, object]) -> list[str]:
    listed = found["datasets"]
    ran = found["runs"]
    assert isinstance(listed, list)  # noqa: S101 - tells the type checker what _status has built
    assert isinstance(ran, list)  # noqa: S101
    return [
        f"engine    {found['engine']}",
        f"build     {found['build'] or 'none: gbp index'}",
        f"datasets  {len(listed)} with {found['records']:,} records",
        f"disk      {found['disk_bytes']:,} bytes",
        *(f"          {one['id']}  {one['records']:,}  {one['title']}" for one in listed),
        *(f"run {one['id']:<5} {one['state']:<10} {one['trigger']:<14} {one['message']}" for one in ran),
    ]
