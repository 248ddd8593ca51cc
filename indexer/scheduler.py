"""The scheduler's process: it only enqueues. What it asks for is done by the worker, like any other run."""

import re
import threading
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.cron import CronTrigger

from catalogue import datasets, runs
from catalogue.store import Catalogue
from settings import SEOUL, SettingsError

MISFIRE_GRACE_SECONDS = 3_600
"""APScheduler's default of one second silently drops a run whenever the machine is busy (ui-ops §4.1)."""

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


def trigger(schedule: str) -> CronTrigger:
    """The trigger of a cron line, in Seoul time. Raises SettingsError for a line that is none."""
    fields = schedule.split()
    try:
        if len(fields) == 5:
            fields[4] = _week_days(fields[4])
        return CronTrigger.from_crontab(" ".join(fields), timezone=SEOUL)
    except ValueError as error:
        raise SettingsError(
            f"GBP_SCHEDULE={schedule!r} is not a cron line ({error}): "
            "write minute, hour, day, month, day of the week, like 0 3 * * *"
        ) from error


def _week_days(field: str) -> str:
    """Days of the week by name: in a cron line 0 and 7 are Sunday, to APScheduler 0 is Monday."""
    return ",".join(_named(part) for part in field.split(","))


def _named(part: str) -> str:
    found = re.fullmatch(r"(\*|[0-7])(?:-([0-7]))?(?:/([1-7]))?", part)
    if not found or part == "*":
        return part
    first = 0 if found[1] == "*" else int(found[1])
    # in cron 2/3 goes on to the end of the week, a plain 2 does not
    last = int(found[2] or (6 if found[3] else first))
    days = range(first, last + 1, int(found[3] or 1))
    if not days:
        raise ValueError(f"{part} ends before it begins")
    return ",".join(dict.fromkeys(_DAYS[day] for day in days))


def configure(scheduler: BaseScheduler, catalogue: Catalogue, schedule: str) -> None:
    """Add the re-index by cron line. Raises SettingsError for a line that is none."""
    scheduler.add_job(
        lambda: runs.enqueue(catalogue, "schedule"),
        trigger(schedule),
        id="index",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=MISFIRE_GRACE_SECONDS,
    )


def catch_up(catalogue: Catalogue, schedule: str, now: datetime) -> int | None:
    """Queue a run when one was due since the last that succeeded: jobs in memory forget what they missed.

    A portal with data that no run has ever indexed is due too.
    """
    last = runs.last_done(catalogue)
    if last is None or last.finished_at is None:
        return runs.enqueue(catalogue, "schedule") if datasets.current(catalogue) else None
    due = trigger(schedule).get_next_fire_time(None, last.finished_at)
    return runs.enqueue(catalogue, "schedule") if due is not None and due <= now else None


def run(catalogue: Catalogue, schedule: str, stop: threading.Event) -> None:
    """Enqueue on schedule until told to stop."""
    scheduler = BackgroundScheduler(timezone=SEOUL)
    configure(scheduler, catalogue, schedule)
    catch_up(catalogue, schedule, runs.now())
    scheduler.start()
    stop.wait()
    scheduler.shutdown()
