"""``gbp staff``: who may enter the staff pages."""

import sys

import click

from catalogue import audit
from catalogue import staff as people
from catalogue.audit import Action
from catalogue.store import Catalogue
from settings import Settings

PASSWORD_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of stdin."
)


def asked(*, from_stdin: bool, twice: bool = False) -> str:
    """The password that somebody types."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("password", hide_input=True, confirmation_prompt=twice)
    return typed


@click.group()
def staff() -> None:
    """Who may enter the staff pages (/admin), and as what."""


@staff.command(name="add")
@click.argument("name")
@click.option("--role", type=click.Choice(people.ROLES), default=people.OPERATOR, show_default=True)
@PASSWORD_STDIN
def add_one(name: str, role: str, password_stdin: bool) -> None:
    """Add somebody, or give them another role and password."""
    password = asked(from_stdin=password_stdin, twice=True)
    catalogue = Catalogue(Settings.from_env().database_url)
    people.add(catalogue, people.Passwords(), name, role, password)
    audit.note(catalogue, audit.COMMAND_LINE, Action.STAFF_ADD, name, role)
    click.echo(f"{name}: {role}; /admin lets them in")


@staff.command(name="remove")
@click.argument("name")
def remove_one(name: str) -> None:
    """Let somebody in no more."""
    catalogue = Catalogue(Settings.from_env().database_url)
    if not people.remove(catalogue, name):
        raise click.ClickException(f"nobody is called {name!r}: gbp staff list")
    audit.note(catalogue, audit.COMMAND_LINE, Action.STAFF_REMOVE, name)
    click.echo(f"{name}: removed")


@staff.command(name="list")
def list_all() -> None:
    """Names and roles."""
    for one in people.everyone(Catalogue(Settings.from_env().database_url)):
        click.echo(f"{one.name:<24} {one.role}")
