"""The scheduler's process: it only enqueues. What it asks for is done by the worker, like any other run."""

from datetime import datetime

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from catalogue import runs
from catalogue.store import Catalogue
from settings import SettingsError

TIMEZONE = "Asia/Seoul"
MISFIRE_GRACE_SECONDS = 3_600
"""APScheduler's default of one second silently drops a run whenever the machine is busy (ui-ops §4.1)."""


def configure(scheduler: BaseScheduler, catalogue: Catalogue, schedule: str) -> None:
    """Add the re-index by cron line. Raises SettingsError for a line that is none."""
    try:
        trigger = CronTrigger.from_crontab(schedule, timezone=TIMEZONE)
    except ValueError as error:
        raise SettingsError(f"GBP_SCHEDULE={schedule!r} is not a cron line: {error}") from error
    scheduler.add_job(
        lambda: runs.enqueue(catalogue, "schedule"),
        trigger,
        id="index",
        coalesce=True,
        max_instances=1,
        misfire_grace_time=MISFIRE_GRACE_SECONDS,
    )


def catch_up(catalogue: Catalogue, schedule: str, now: datetime) -> int | None:
    """Queue a run when one was due since the last that succeeded: jobs in memory forget what they missed."""
    last = runs.last_done(catalogue)
    if last is None or last.finished_at is None:
        return None
    due = CronTrigger.from_crontab(schedule, timezone=TIMEZONE).get_next_fire_time(None, last.finished_at)
    return runs.enqueue(catalogue, "schedule") if due is not None and due <= now else None


def run(catalogue: Catalogue, schedule: str) -> None:
    """Enqueue on schedule until the process is told to stop."""
    scheduler = BlockingScheduler(timezone=TIMEZONE)
    configure(scheduler, catalogue, schedule)
    catch_up(catalogue, schedule, runs.now())
    scheduler.start()
