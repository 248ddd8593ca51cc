"""How fresh data are against what was promised, said to everybody: on a dataset's page and on ``/status``."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from app.portal import portal
from app.views import SourceView
from app.wording import LATE, LATE_OTHERWISE, SOURCES
from catalogue import fetches
from catalogue.fetches import Standing
from catalogue.runs import now
from settings import SEOUL


def lateness(source_file: str) -> str:
    """Why and since when a dataset has no newer data; '' where nothing is amiss."""
    found = fetches.standings(portal().catalogue, source_file)
    if found:
        plan = found[0].plan
        return _lateness(found[0]) if plan.ready and plan.listed and not plan.paused else ""
    last = fetches.last_of(portal().catalogue, fetches.folder_entry(source_file))
    if last is None or last.state in fetches.ANSWERED:
        return ""
    why = LATE.get(last.kind, LATE_OTHERWISE)
    return f"{last.began_at.astimezone(SEOUL):%Y-%m-%d}에 온 새 자료는 아직 공개하지 않았습니다: {why}."


def _lateness(one: Standing) -> str:
    shown = (
        f" 보이는 것은 {one.succeeded_at.astimezone(SEOUL):%Y-%m-%d}에 확인한 자료입니다."
        if one.succeeded_at
        else ""
    )
    if one.failing_since and one.last:
        why = LATE.get(one.last.kind, LATE_OTHERWISE)
        since = f"{one.failing_since.astimezone(SEOUL):%Y-%m-%d}"
        return f"{since}부터 새 자료를 받지 못하고 있습니다: {why}.{shown}"
    if one.is_stale(now()):
        return f"{one.plan.fresh_days}일마다 새로 받기로 했는데 늦었습니다.{shown}"
    return ""


def source_views() -> tuple[SourceView, ...]:
    """Each source that is called, its last success apart from its last try."""
    ready = [one for one in fetches.standings(portal().catalogue) if one.plan.ready and one.plan.listed]
    return tuple(_source(name, list(part)) for name, part in groupby(ready, lambda one: one.plan.source))


def _source(name: str, standings: list[Standing]) -> SourceView:
    at = now()
    tried = _latest(one.last.ended_at for one in standings if one.last)
    succeeded = _latest(one.succeeded_at for one in standings if one.succeeded_at)
    return SourceView(
        label=SOURCES.get(name, name),
        datasets=len(standings),
        failing=sum(one.failing_since is not None for one in standings),
        late=sum(one.is_stale(at) for one in standings),
        succeeded_at=succeeded,
        tried_at=tried,
    )


def _latest(times: Iterable[datetime]) -> datetime | None:
    latest = max(times, default=None)
    return latest.astimezone(SEOUL) if latest else None
