"""What ``gbp fetch`` prints: the list, and what became of each dataset."""

import json
from collections.abc import Iterator

from catalogue import fetches
from catalogue.store import Catalogue
from catalogue.tables import Fetch, Run
from indexer.supply import Supply


def listed(supply: Supply, *, as_lines: bool) -> Iterator[str]:
    """One line an entry: id, source, whether its key is set, schedule, title."""
    for one in supply.entries:
        ready = supply.is_ready(one)
        if as_lines:
            fields = ("id", "source", "title", "area", "provider", "schedule", "at_least", "verified")
            about = {name: getattr(one, name) for name in fields}
            yield json.dumps({**about, "ready": ready}, ensure_ascii=False)
        else:
            state = "ready" if ready else "no key"
            yield f"{one.id:<44} {one.source:<9} {state:<7} {one.schedule:<14} {one.title}"


def outcomes(catalogue: Catalogue, run: Run, *, as_lines: bool) -> Iterator[str]:
    """One line a dataset, then one for the run."""
    for one in fetches.of_run(catalogue, run.id):
        if as_lines:
            yield json.dumps(_outcome(one), ensure_ascii=False)
        elif one.state != fetches.UNCHANGED:
            yield f"{one.entry}: {one.state}: {one.message}"
    if as_lines:
        about = {"run": run.id, "state": run.state, "build": run.build, "message": run.message}
        yield json.dumps(about, ensure_ascii=False)
    else:
        yield run.message


def _outcome(one: Fetch) -> dict[str, object]:
    names = (
        "entry",
        "source",
        "state",
        "kind",
        "message",
        "records",
        "records_before",
        "requests",
        "size_bytes",
    )
    return {name: getattr(one, name) for name in names}
