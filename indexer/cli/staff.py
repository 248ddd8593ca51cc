"""``gbp staff``: who may enter the staff pages."""

import sys

import click

from catalogue import audit
from catalogue import staff as people
from catalogue.store import Catalogue
from settings import Settings

_COMMAND_LINE = "command line"


@click.group()
def staff() -> None:
    """Who may enter the staff pages (/admin), and as what."""


@staff.command(name="add")
@click.argument("name")
@click.option("--role", type=click.Choice(people.ROLES), default=people.OPERATOR, show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")
def add_one(name: str, role: str, password_stdin: bool) -> None:
    """Add somebody, or give them another role and password."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("password", hide_input=True, confirmation_prompt=True)
    catalogue = Catalogue(Settings.from_env().database_url)
    people.add(catalogue, people.Passwords(), name, role, password)
    audit.note(catalogue, _COMMAND_LINE, "staff add", name, role)
    click.echo(f"{name}: {role}; /admin lets them in")


@staff.command(name="remove")
@click.argument("name")
def remove_one(name: str) -> None:
    """Let somebody in no more."""
    catalogue = Catalogue(Settings.from_env().database_url)
    if not people.remove(catalogue, name):
        raise click.ClickException(f"nobody is called {name!r}: gbp staff list")
    audit.note(catalogue, _COMMAND_LINE, "staff remove", name)
    click.echo(f"{name}: removed")


@staff.command(name="list")
def list_all() -> None:
    """Names and roles."""
    for one in people.everyone(Catalogue(Settings.from_env().database_url)):
        click.echo(f"{one.name:<24} {one.role}")
