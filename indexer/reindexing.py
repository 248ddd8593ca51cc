"""The index brought up to the catalogue: what changed is built, checked and published, the rest is left alone."""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from catalogue import datasets, runs
from catalogue.datasets import Current
from indexer.flatten import Flat
from indexer.gate import Unfit
from indexer.publishing import Change, Next, Progress, publish, published
from indexer.storage import Missing
from indexer.work import Done
from indexer.workshop import Workshop
from search.documents import Dataset
from search.engine import Build, Damaged, FieldsChanged, NothingPublished


def build_id() -> str:
    """Sorts by time; the tail keeps two builds of one second apart."""
    return datetime.now(UTC).strftime("%Y%m%dt%H%M%S") + "-" + secrets.token_hex(3)


def reindex(workshop: Workshop, only: Sequence[str], progress: Progress, *, everything: bool) -> Done:
    """Gives what was done; no build where nothing had changed. A dataset that is not fit is left out, and named.

    Raises EngineError, GateClosed, Missing.
    """
    # a whole build needs nothing of the published one, which may be damaged
    live = {} if everything else published(workshop.engine)
    known = {current.id: current for current in datasets.current(workshop.catalogue)}
    if not known:
        _may_be_empty(workshop, everything=everything)
    wanted = _wanted(known, only)
    changed = [one for one in wanted if everything or only or _differs(live.get(one.id), one)]
    gone = sorted(set(live) - set(known)) if not only else []
    if changed or gone or everything:
        try:
            return _without_unfit(workshop, changed, gone, progress, fresh=everything)
        except FieldsChanged:
            pass
    elif not _fields_changed(workshop):
        return Done("바뀐 데이터셋이 없습니다.")
    build = _published(workshop, list(known.values()), [], progress, fresh=True)
    return Done(f"색인의 구조나 사전이 바뀌어 데이터셋 {len(known)}개를 모두 다시 색인했습니다.", build.id)


def _may_be_empty(workshop: Workshop, *, everything: bool) -> None:
    """Whatever there was has been taken back: that is published. Raises Missing where there never was anything."""
    if not datasets.everything(workshop.catalogue):
        raise Missing("the catalogue is empty: gbp add FILE… first; the published build stays")
    try:
        workshop.engine.live()
    except (Damaged, FieldsChanged):
        if not everything:
            raise
    except NothingPublished:
        raise Missing("all that is in the catalogue is held back: gbp status lists it") from None


def _without_unfit(
    workshop: Workshop, changed: Sequence[Current], gone: Sequence[str], progress: Progress, *, fresh: bool
) -> Done:
    """One bad dataset keeps its old records and the others go on; of a fresh build none may be missing."""
    left: dict[str, str] = {}
    while True:
        fit = [one for one in changed if one.id not in left]
        try:
            build = _published(workshop, fit, gone, progress, fresh=fresh)
        except Unfit as error:
            left[error.dataset] = str(error)
            if fresh or (len(left) == len(changed) and not gone):
                raise
            continue
        told = _told(fit, gone)
        if left:
            why = "; ".join(left.values())
            return Done(
                f"{told} {len(left)}개는 색인하지 못해 이전 것을 둡니다: {why}", build.id, runs.WARNED
            )
        return Done(told, build.id)


def _told(changed: Sequence[Current], gone: Sequence[str]) -> str:
    dropped = f", {len(gone)}개를 뺐습니다" if gone else ""
    return f"데이터셋 {len(changed)}개를 색인했습니다{dropped}."


def _published(
    workshop: Workshop, changed: Sequence[Current], gone: Sequence[str], progress: Progress, *, fresh: bool
) -> Build:
    changes = [Change(one.id, one.records, _loader(workshop, one)) for one in changed]
    to = Next(build_id(), fresh, workshop.dictionary(), workshop.jury())
    return publish(workshop.engine, to, changes, gone, progress)


def _loader(workshop: Workshop, current: Current) -> Callable[[], Flat]:
    return lambda: workshop.flat(current)


def _fields_changed(workshop: Workshop) -> bool:
    """Whether the next build cannot stand on the published one: only its beginning tells."""
    try:
        workshop.engine.live()
        workshop.engine.stage(build_id(), dictionary=workshop.dictionary()).abandon()
    except FieldsChanged:
        return True
    except NothingPublished:
        return False
    return False


def _wanted(known: dict[str, Current], only: Sequence[str]) -> list[Current]:
    missing = [key for key in only if key not in known]
    if missing:
        raise Missing(f"no dataset {missing[0]!r} in the catalogue: gbp status lists them")
    return [known[key] for key in only] if only else list(known.values())


def _differs(there: Dataset | None, current: Current) -> bool:
    """Whether a dataset is not in the live build as the catalogue has it."""
    if there is None:
        return True
    described = ("title", "area", "provider", "sample", "source_file", "records")
    columns = [{"name": c.name, "role": c.role, "kind": c.kind, "unit": c.unit} for c in there.columns]
    return (
        any(getattr(there, name) != getattr(current, name) for name in described)
        or there.description != current.described
        or there.edition != current.hash
        or columns != current.columns["columns"]
        or (there.report.get("overrides") or {}) != current.overrides
    )
