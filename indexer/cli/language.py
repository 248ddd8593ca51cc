"""Commands on the language of the search: synonyms and words of the dictionary."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from catalogue import datasets, language
from catalogue import judged as judged_queries
from indexer.cli.workplace import workshop
from indexer.workshop import Workshop
from search import dictionary, text
from search.dictionary import Entry
from search.engine import EngineError
from search.finding import relevance
from search.finding.find import Asked, find
from search.language import synonyms as groups_of
from search.language.synonyms import Group, Synonyms
from search.morphology import load
from settings import Settings

_WHY = click.option("--why", required=True, help="The reason, for those who come after.")
_BY = click.option("--by", required=True, help="Who says so.")


@click.group()
def synonyms() -> None:
    """Words that find each other. A change holds at once, without a new index."""


@synonyms.command("list")
def list_groups() -> None:
    """Every group with its reason."""
    for group in workshop(Settings.from_env()).groups():
        click.echo(f"{group.row}\t{group.why}")


@synonyms.command("add")
@click.argument("words", nargs=-1, required=True)
@_WHY
@_BY
def add_group(words: tuple[str, ...], why: str, by: str) -> None:
    """A group; tells how many records each word finds before and after.

    Words that find each other, or ``날씨 → 기온 강수량``: a word that finds others and is not found by them.
    """
    group = _checked(words, why)
    shop = workshop(Settings.from_env())
    if groups_of.holds(shop.groups(), group):
        raise click.ClickException(f"there is a group of {' '.join(words)} already: gbp synonyms list")
    before = Synonyms.of(shop.groups())
    language.edit(shop.catalogue, "synonyms", words, why, by)
    for line in _effect(shop, group, before, Synonyms.of(shop.groups())):
        click.echo(line)


@synonyms.command("remove")
@click.argument("words", nargs=-1, required=True)
@_BY
@click.option("--why", default="", help="The reason.")
def remove_group(words: tuple[str, ...], why: str, by: str) -> None:
    """A group by its words, in any order."""
    shop = workshop(Settings.from_env())
    if not groups_of.holds(shop.groups(), Group.of(words, why)):
        raise click.ClickException(f"no group of exactly {' '.join(words)}: gbp synonyms list")
    language.edit(shop.catalogue, "synonyms", words, why, by, removed=True)
    click.echo(f"taken out: {' '.join(words)}")


@click.group()
def words() -> None:
    """Words the Korean dictionary reads otherwise; they order what is found, from the next index on."""


@words.command("list")
def list_words() -> None:
    """Every word with its parts and the reason."""
    for entry in workshop(Settings.from_env()).words():
        click.echo(f"{entry.rule}\t{entry.why}")


@words.command("add")
@click.argument("word")
@click.argument("parts", nargs=-1)
@_WHY
@_BY
def add_word(word: str, parts: tuple[str, ...], why: str, by: str) -> None:
    """A word and the parts it is made of: gbp words add 공영주차장 공영 주차장 --why … --by …"""
    entry = Entry(word, parts, why)
    if fault := entry.fault():
        raise click.UsageError(fault)
    shop = workshop(Settings.from_env())
    language.edit(shop.catalogue, "word", (word, *parts), why, by)
    click.echo(f"{entry.rule}: 다음 색인은 모든 데이터셋을 새로 읽습니다(gbp index)")


@words.command("remove")
@click.argument("word")
@_BY
@click.option("--why", default="", help="The reason.")
def remove_word(word: str, why: str, by: str) -> None:
    """A word."""
    shop = workshop(Settings.from_env())
    if word not in {entry.word for entry in shop.words()}:
        raise click.ClickException(f"no word {word!r}: gbp words list")
    language.edit(shop.catalogue, "word", (word,), why, by, removed=True)
    click.echo(f"taken out: {word}. 다음 색인은 모든 데이터셋을 새로 읽습니다(gbp index)")


@words.command("misread")
def misread_words() -> None:
    """Compounds in names of datasets and columns that are read otherwise, ready to be added."""
    shop = workshop(Settings.from_env())
    names: list[str] = []
    for one in datasets.current(shop.catalogue):
        names += [one.title, *(column["name"] for column in one.columns["columns"])]
    analyzer = load(shop.dictionary())
    for entry in dictionary.misread(names, analyzer.pieces):
        click.echo(f"{entry.rule}\t{' + '.join(analyzer.pieces(entry.word))}")


@click.group()
def judged() -> None:
    """Queries with what they are meant to find: the gate asks them of every build."""


@judged.command("list")
def list_judged() -> None:
    """Every query with its class and grades."""
    for kind, q, grades in judged_queries.queries(workshop(Settings.from_env()).catalogue):
        click.echo(f"{kind}\t{q}\t{';'.join(f'{title}={grade}' for title, grade in grades.items())}")


@judged.command("load")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def load_judged(file: Path) -> None:
    """The queries of a tsv (class, query, judged as title=grade;…) instead of those there are."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found = relevance.read(lines)
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name}: no text in UTF-8: save it as tsv (UTF-8)") from error
    except relevance.JudgedError as error:
        raise click.ClickException(f"{file.name}: {error}") from error
    if not found:
        raise click.ClickException(f"{file.name}: no query below its header; those there are stay")
    judged_queries.replace(
        workshop(Settings.from_env()).catalogue, ((one.kind, one.q, one.grades) for one in found)
    )
    click.echo(f"{len(found)} queries")


@judged.command("score")
def score_judged() -> None:
    """How well the published build answers them and its known items, by class."""
    shop = workshop(Settings.from_env())
    live = shop.engine.live()
    queries = [relevance.Judged(*one) for one in judged_queries.queries(shop.catalogue)]
    queries += relevance.known_items(live.datasets.values(), len(live.datasets))
    found = relevance.scores(relevance.asked(live, queries, shop.language_of(live)))
    click.echo(relevance.table(shop.engine.name, found))


def _checked(words: tuple[str, ...], why: str) -> Group:
    group = Group.of(words, why)
    plain = [text.joined(word) for word in (*group.words, *group.finds)]
    if not group.words or len(set(plain) - {""}) < len(plain) or len(plain) < 2:
        raise click.UsageError(
            "a group has two words or more, each with letters or digits, each once: "
            "gbp synonyms add 화장실 변소 --why … --by …, or 날씨 → 기온 강수량"
        )
    return group


def _effect(shop: Workshop, group: Group, before: Synonyms, after: Synonyms) -> Iterable[str]:
    """What each word finds in the live build without and with the group; nothing where there is no build."""
    try:
        live = shop.engine.live()
    except EngineError as error:
        return [f"not tried: {error}"]
    reading = shop.language_of(live)
    ways = [replace(reading, synonyms=known) for known in (before, after)]
    counts = ([find(live, Asked(word), way).total for way in ways] for word in group.words)
    return [
        f"{word}: {was:,} → {now:,} records" for word, (was, now) in zip(group.words, counts, strict=True)
    ]
