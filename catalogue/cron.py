"""Cron lines as cron means them, in Seoul time: of the scheduler, and of staff who write one."""

import re
from datetime import datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from settings import SEOUL, SettingsError

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


def trigger(schedule: str, name: str = "GBP_SCHEDULE") -> CronTrigger:
    """The trigger of a cron line, in Seoul time; ``name`` is who wrote it.

    Raises SettingsError for a line that is none. Days that never come (31 February) are one: see ``upcoming``.
    """
    fields = schedule.split()
    try:
        if len(fields) == 5:
            fields[4] = _week_days(fields[4])
        return CronTrigger.from_crontab(" ".join(fields), timezone=SEOUL)
    except ValueError as error:
        raise SettingsError(
            f"{name}={schedule!r} is not a cron line ({error}): "
            "write minute, hour, day, month, day of the week, like 0 3 * * *"
        ) from error


def upcoming(schedule: str, after: datetime, count: int = 3) -> list[datetime]:
    """The next times of a cron line; none where its day never comes. Raises SettingsError."""
    found = trigger(schedule)
    times: list[datetime] = []
    while len(times) < count and (at := _next(found, after)):
        times.append(at)
        after = at + timedelta(seconds=1)
    return times


def _next(found: CronTrigger, after: datetime) -> datetime | None:
    at: datetime | None = found.get_next_fire_time(None, after)
    return at


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
