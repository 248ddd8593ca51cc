"""What a job is: it gets the workshop, its run and somewhere to tell how far it is."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from catalogue import runs
from catalogue.tables import Run
from indexer.publishing import Progress
from indexer.workshop import Workshop


@dataclass(frozen=True)
class Done:
    """What a job did, in Korean; ``build`` where it published one; ``state`` is how its run ends."""

    message: str
    build: str | None = None
    state: str = runs.DONE


Job = Callable[[Workshop, Run, Progress], Done]


class Cancelled(Exception):
    """Somebody has cancelled the run; ``str()`` is who."""


def line_of(error: Exception) -> str:
    """An error in one line. That of a database brings along all that was to be written: values are nobody's business."""
    if isinstance(error, SQLAlchemyError):
        return f"the catalogue: {getattr(error, 'orig', None) or type(error).__name__}".splitlines()[0]
    return f"{type(error).__name__}: {error}".splitlines()[0]
