"""Commands on the index: index, rollback, status."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from catalogue import audit, datasets, holds, runs, staff
from catalogue.audit import Action
from catalogue.tables import Run
from indexer.cli.progress import shown
from indexer.cli.staff import PASSWORD_STDIN, asked
from indexer.cli.workplace import workshop
from indexer.jobs import roll_back_now, run_now
from indexer.workshop import Workshop
from search.engine import EngineError, NothingPublished
from settings import Settings


@click.command()
@click.argument("names", metavar="[DATASET]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Build the whole index anew.")
@click.option("--any-relevance", is_flag=True, help="Publish although searches find their meaning worse.")
@click.option("--json", "as_lines", is_flag=True, help="Progress as JSON lines on stdout.")
def index(names: tuple[str, ...], everything: bool, any_relevance: bool, as_lines: bool) -> None:
    """Build, check and publish: the changed datasets, those named, or all."""
    if names and everything:
        raise click.UsageError("name datasets, or --all, not both")
    shop = replace(workshop(Settings.from_env()), any_relevance=any_relevance)
    if not datasets.everything(shop.catalogue):
        raise click.ClickException("the catalogue is empty: gbp add FILE… first")
    with shown(as_lines=as_lines) as progress:
        run = run_now(shop, progress, audit.COMMAND_LINE, names, everything=everything)
    if as_lines:
        click.echo(json.dumps(_run(run), ensure_ascii=False))
    else:
        click.echo(f"{run.message} {'색인본 ' + run.build if run.build else ''}".strip())


@click.command()
def rollback() -> None:
    """Publish the build before the live one again."""
    shop = workshop(Settings.from_env())
    run = roll_back_now(shop, audit.COMMAND_LINE)
    audit.note(shop.catalogue, audit.COMMAND_LINE, Action.ROLLBACK, str(run.id))
    click.echo(f"published again: {run.build}")
    click.echo("the next gbp index publishes the newest editions again: add the ones you want before")


@click.command()
@click.argument("dataset")
@click.option("--by", required=True, help="Who says so: somebody of the role publisher (gbp staff list).")
@click.option("--reason", required=True, help="Why the values may be published.")
@PASSWORD_STDIN
def release(dataset: str, by: str, reason: str, password_stdin: bool) -> None:
    """Let a dataset be published that was held back for personal data; two persons have to say so, each with their password."""
    shop = workshop(Settings.from_env())
    if not staff.everyone(shop.catalogue):
        raise click.ClickException("nobody may release anything yet: gbp staff add NAME --role publisher")
    password = asked(from_stdin=password_stdin)
    try:
        staff.confirm(shop.catalogue, staff.Passwords(), by, password, audit.COMMAND_LINE, staff.PUBLISHER)
    except (staff.Refused, staff.StaffError):
        audit.note(shop.catalogue, by, Action.LOGIN_REFUSED, dataset, audit.COMMAND_LINE)
        raise
    missing = holds.release(shop.catalogue, dataset, by, reason)
    audit.note(shop.catalogue, by, Action.ACCEPT, dataset, f"{reason} ({audit.COMMAND_LINE})")
    if missing:
        click.echo(f"{dataset}: noted; {missing} more has to release it")
        return
    runs.enqueue(shop.catalogue, "release", [dataset])
    click.echo(f"{dataset}: released. 다음: gbp index (작업자가 돌고 있으면 저절로 색인됩니다)")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def status(as_json: bool) -> None:
    """Datasets, builds, runs, disk and engine; exit status 1 when catalogue or engine cannot be reached."""
    settings = Settings.from_env()
    found = _status(workshop(settings), settings)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(found)))
    sys.exit(0 if found["engine_answers"] else 1)


def _status(shop: Workshop, settings: Settings) -> dict[str, Any]:
    engine, build, builds = _engine(shop)
    known = datasets.current(shop.catalogue)
    return {
        "engine": engine,
        "engine_answers": builds is not None,
        "build": build,
        "builds": builds or [],
        "datasets": [{"id": one.id, "title": one.title, "records": one.records} for one in known],
        "records": sum(one.records for one in known),
        "held": [_hold(one) for one in holds.held(shop.catalogue)],
        "waiting": runs.waiting(shop.catalogue),
        "runs": [_run(run) for run in runs.recent(shop.catalogue, 10)],
        "disk_bytes": sum(_size(path) for path in settings.var.rglob("*")),
    }


def _hold(one: holds.Held) -> dict[str, Any]:
    return {
        "id": one.dataset,
        "title": one.title,
        "edition": one.edition,
        "fetched_at": one.fetched_at.isoformat(),
        "found": one.found,
        "released_by": one.released_by,
    }


def _engine(shop: Workshop) -> tuple[str, str | None, list[str] | None]:
    """Name or what is wrong, the live build, and the builds: None when the engine does not answer."""
    try:
        name = shop.engine.name
        builds = [one.id for one in shop.engine.builds()]
    except EngineError as error:
        return str(error), None, None
    try:
        return name, shop.engine.live().build.id, builds
    except NothingPublished:  # also of a build that is damaged
        return name, None, builds
    except EngineError as error:
        return str(error), None, None


def _size(path: Path) -> int:
    """Bytes of a file; a job may take it away while we look."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except FileNotFoundError:
        return 0


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "state": run.state,
        "trigger": run.trigger,
        "step": run.step,
        "done": run.done,
        "total": run.total,
        "queued_at": run.queued_at.isoformat(),
        "started_at": run.started_at.isoformat() if run.started_at else None,
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "build": run.build,
        "message": run.message,
    }


def _lines(found: dict[str, Any]) -> list[str]:
    return [
        f"engine    {found['engine']}",
        f"build     {found['build'] or 'none: gbp index'}",
        f"datasets  {len(found['datasets'])} with {found['records']:,} records",
        f"disk      {found['disk_bytes']:,} bytes",
        *(f"          {one['id']}  {one['records']:,}  {one['title']}" for one in found["datasets"]),
        *(_waiting(one) for one in found["held"]),
        *(
            f"run {run['id']:<5} {run['state']:<10} {run['trigger']:<14} {run['message'] or _far(run)}"
            for run in found["runs"]
        ),
    ]


def _waiting(one: dict[str, Any]) -> str:
    kinds = ", ".join(f"{each['kind']} ({each['column'] or 'beside the table'})" for each in one["found"])
    by = (
        f"; released by {', '.join(one['released_by'])}, a second person is needed"
        if one["released_by"]
        else ""
    )
    return f"held      {one['id']}  {kinds}{by}"


def _far(run: dict[str, Any]) -> str:
    return f"{run['step']} {run['done']:,}/{run['total']:,}" if run["total"] else ""
