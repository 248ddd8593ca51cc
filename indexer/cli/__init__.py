"""The command line ``gbp``. Exit status 0 done, 1 failed, 2 misuse."""

import os
import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from catalogue.holds import HoldError
from catalogue.staff import Refused, StaffError
from catalogue.store import CatalogueError
from indexer.cli import files, index, language, processes, sample, staff
from indexer.gate import GateClosed
from indexer.storage import Missing
from search.engine import EngineError
from settings import SettingsError
from sources.entry import EntryError
from sources.metadata import MetadataError

_OURS = (
    *(CatalogueError, EngineError, EntryError, GateClosed, HoldError, Missing),
    *(MetadataError, Refused, SettingsError, StaffError, OSError),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gbp", prog_name="gbp")
def gbp() -> None:
    """Public-data portal of a district: files in, search, totals and charts out."""


for command in (
    processes.up,
    files.inspect,
    files.add,
    index.index,
    index.release,
    index.rollback,
    index.status,
    language.synonyms,
    language.judged,
    language.words,
    processes.fetch,
    processes.serve,
    processes.worker,
    processes.scheduler,
    staff.staff,
    sample.sample,
):
    gbp.add_command(command)


def main() -> None:
    """Run ``gbp``; an error we know is one line on stderr and exit status 1."""
    try:
        gbp.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # who read us has gone (gbp status | head); Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except SQLAlchemyError as error:
        click.echo(f"gbp: the catalogue: {getattr(error, 'orig', None) or error}".splitlines()[0], err=True)
        sys.exit(1)
    except _OURS as error:
        click.echo(f"gbp: {error}", err=True)
        sys.exit(1)
