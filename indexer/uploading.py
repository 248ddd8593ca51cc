"""Files that staff hand over: what intake makes of one is shown before it is taken in."""

import json
from dataclasses import replace
from typing import Any

from catalogue import datasets, runs, uploads
from catalogue.tables import Run, Upload
from catalogue.uploads import Room
from indexer.adding import UNKNOWN_PROVIDER, add
from indexer.areas import Areas
from indexer.comparing import Shape, told
from indexer.intake.report import as_line
from indexer.intake.table import Outcome
from indexer.publishing import Progress
from indexer.reindexing import reindex
from indexer.storage import Missing
from indexer.taking import inspected
from indexer.work import Done
from indexer.workshop import Workshop
from sources import names
from sources.contract import Facts, Fetched

_UNFIT = {Outcome.REFUSE, Outcome.NOT_TABULAR}


def inspect(workshop: Workshop, run: Run, progress: Progress) -> Done:
    """Note the report of an upload, with what differs from the edition before. Raises Missing."""
    upload, data = _upload(workshop, run)
    progress(f"읽기 {upload.file}", 0, 1)
    outcome, line = inspected(upload.file, data, as_line)
    report: dict[str, Any] = json.loads(line)
    report["differs"] = _differs(workshop, upload, report)
    report["alike"] = _alike(workshop, upload)
    message = " ".join(report["messages"])
    uploads.inspected(workshop.catalogue, upload.id, report, message, fit=outcome not in _UNFIT)
    if outcome in _UNFIT:
        return Done(f"{upload.file}: 받을 수 없는 파일입니다. {message}")
    return Done(f"{upload.file}: {report['rows']:,}행을 읽어 보았습니다.")


def _differs(workshop: Workshop, upload: Upload, report: dict[str, Any]) -> list[str]:
    """Of the file, before wide columns become rows: what a person sees when looking at both."""
    before = datasets.current_of(workshop.catalogue, _dataset_file(workshop, upload))
    if before is None or not report["columns"]:
        return []
    was = Shape(int(before.report.get("rows") or before.records), _roles(before.report))
    now = Shape(int(report["rows"]), _roles(report))
    return told(was, now)


def _alike(workshop: Workshop, upload: Upload) -> list[dict[str, str]]:
    """Datasets called like the one that the file would begin: it may be a new edition of one of them."""
    if datasets.find(workshop.catalogue, _dataset_file(workshop, upload)) is not None:
        return []
    guessed = names.facts(upload.file)
    found = datasets.called(workshop.catalogue, guessed.title, guessed.provider or UNKNOWN_PROVIDER)
    return [{"id": one.id, "file": one.source_file} for one in found]


def _roles(report: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["role"] for one in report.get("columns", ())}


def take(workshop: Workshop, run: Run, progress: Progress) -> Done:
    """Take an upload in and publish it. Raises Missing, and what the index raises."""
    upload, data = _upload(workshop, run)
    progress(f"받아들이기 {upload.file}", 0, 1)
    said = Facts(**upload.facts)
    instead = _dataset_file(workshop, upload)
    fetched = Fetched(upload.file, data, said, names.facts(upload.file), instead)
    (added,) = add(workshop.catalogue, workshop.storage, Areas.load(), [fetched])
    Room(workshop.storage.var).path(upload.id).unlink(missing_ok=True)  # an edition, or nothing to keep
    if added.dataset is None:
        uploads.taken(workshop.catalogue, upload.id, None, added.why)
        return Done(f"{upload.file}: 받아들이지 못했습니다. {added.why}", state=runs.FAILED)
    uploads.taken(workshop.catalogue, upload.id, added.dataset, added.why)
    if added.held:
        why = f"{upload.file}: 받아 두었지만 공개하지 않습니다. {added.why}"
        return Done(why, state=runs.WARNED)
    done = reindex(workshop, (), progress, everything=False)
    return replace(done, message=f"{upload.file}: {added.records:,}건을 받아들였습니다. {done.message}")


def _dataset_file(workshop: Workshop, upload: Upload) -> str:
    """What the files of the dataset are called of which it is an edition."""
    there = datasets.get(workshop.catalogue, upload.dataset) if upload.dataset else None
    return there.source_file if there else upload.file


def _upload(workshop: Workshop, run: Run) -> tuple[Upload, bytes]:
    (name,) = run.datasets["only"]
    upload = uploads.get(workshop.catalogue, name)
    path = Room(workshop.storage.var).path(name)
    if upload is None or not path.is_file():
        raise Missing(f"upload {name} is gone: hand the file over again")
    return upload, path.read_bytes()
